"""Why a conclusion holds: derivations of facts, outcomes, statuses and activities, ending in claims and papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.answers.document import finished, frame, reason
from reasoner.answers.killer_scopes import without_killer
from reasoner.answers.requests import ScenarioRequest
from reasoner.answers.resting import of_tree, reaching
from reasoner.answers.steps import Course, Step, asked
from reasoner.answers.strategy import strategy
from reasoner.engine.outcomes import SCENARIO, Assessment
from reasoner.engine.reason import Reason
from reasoner.engine.route_reason import route_reason
from reasoner.engine.saturate import Closure
from reasoner.engine.scenario import RouteStanding, Scenario
from reasoner.engine.trace import Trace
from reasoner.engine.well_founded import ON
from reasoner.model.atom import Fact
from reasoner.model.derivation import Derivation
from reasoner.reading.conclusion import OF_ROUTES, STATES, STRATEGY, Conclusion

if TYPE_CHECKING:
    from reasoner.engine.located_graph import LocatedGraph
    from reasoner.engine.reasoned import Reasoned
    from reasoner.model.documents.explanation import Explanation
    from reasoner.model.documents.frame import ReasonRow
    from reasoner.model.documents.proof import ProofStep

ROUTE_FACTS = frozenset({*OF_ROUTES.values(), "leavesOpen"})
MOST_JUSTIFICATIONS = 50
#: What a premise is concluded by that goes without saying.
_ROLE = "role"


def explain(kb: Reasoned, conclusion: Conclusion, request: ScenarioRequest, *, every: bool = False) -> Explanation:
    """Derivations of a conclusion; ``every`` asks for all minimal ones.

    An empty list means that the conclusion does not hold; ``reasons`` then say so.
    """
    with asked(kb, conclusion, request) as (wider, taken):
        trees = Explainer(wider, conclusion, taken).trees(every)
        told: Explanation = {
            "command": "explain",
            **frame(wider, closed_world=conclusion.of_scenario),
            "verdict": None,
            "answers": [],
            "conclusion": str(conclusion),
            "derivations": [_step(wider, tree, taken.located if taken else None) for tree in trees],
        }
        if not trees:
            told["reasons"] = [_nothing(wider, conclusion, taken)]
        return finished(wider, told)


def fact_of(conclusion: Conclusion) -> Fact:
    """The conclusion as a fact, of the scenario when it is about one."""
    args = [SCENARIO, *conclusion.args] if conclusion.regimen is not None else list(conclusion.args)
    return Fact(conclusion.predicate, str(args[0]), args[1] if len(args) > 1 else None)


def _nothing(kb: Reasoned, conclusion: Conclusion, taken: Course | None) -> ReasonRow:
    """Why there is no derivation, and what to ask instead."""
    if conclusion.predicate == STRATEGY and taken is not None:
        scenario = taken.assessment().scenario
        if not scenario.killers:
            return without_killer(kb, scenario.defeated_killers, scenario.located.place.cell or "")
        text = "it closes none of the routes that retain the cell or protect it; ask escapes for what closes them"
        return reason("TARGET_NOT_ON_ROUTE", text)
    return reason("NOT_REPORTED", f"{conclusion} does not hold; ask why-not for what is missing")


def _step(kb: Reasoned, tree: Reason, located: LocatedGraph | None) -> ProofStep:
    return {
        "conclusion": tree.conclusion,
        "text": tree.text,
        "rule": tree.rule,
        "premises": [_step(kb, premise, located) for premise in tree.premises],
        "evidence": tree.evidence,
        "papers": [kb.label(paper) for paper in kb.base.papers(tree.evidence)],
        **of_tree(kb, tree, located),
    }


class Explainer:
    """Builds the trees of one conclusion; ``taken`` is the scenario that it is about, None for a plain fact."""

    def __init__(self, kb: Reasoned, conclusion: Conclusion, taken: Course | None) -> None:
        self.kb = kb
        self.conclusion = conclusion
        self.taken = taken

    def trees(self, every: bool) -> list[Reason]:
        """One tree, or with ``every`` one for each minimal derivation; none when the conclusion does not hold."""
        if self.taken is None:
            return self._fact(every)
        if self.conclusion.predicate in STATES:
            return self._state(self.taken.assessment(), every)
        assessment = self.taken.assessment()
        strategic = self.conclusion.predicate == STRATEGY
        found = self._strategy(assessment) if strategic else self.outcome(assessment, every)
        for tree in found:
            tree.premises += self._earlier(tree, self.taken.before)
        return found

    def _earlier(self, tree: Reason, steps: Sequence[Step]) -> list[Reason]:
        """How the last of the earlier steps reached the states that the tree speaks of."""
        if not steps:
            return []
        *before, last = steps
        found = []
        for state in last.reached:
            label, cell = self.kb.label(state.name), last.assessment.place.cell or ""
            if not any(label in step.text for step in tree.steps()):
                continue
            sought = Conclusion(state.outcome.predicate, (cell,), last.assessment.scenario.regimen)
            told = Explainer(last.assessment.reasoned, sought, None).outcome(last.assessment, every=False)
            for reached in told:
                reached.premises += self._earlier(reached, before)
            text = f"{label}: by {' and '.join(map(self.kb.label, last.assessment.scenario.regimen))}"
            found.append(Reason(f"reached({state.name})", text, "step", told))
        return found

    # --- the state of a scenario -------------------------------------------------------------------------------------

    def _state(self, assessment: Assessment, every: bool) -> list[Reason]:
        name, predicate = str(self.conclusion.args[0]), self.conclusion.predicate
        scenario = assessment.scenario
        if predicate == "status":
            standing = standing_of(self.kb, scenario, name)
            return [route_reason(self.kb, scenario, standing)] if standing else []
        index = scenario.located.find(name)
        if index is None:
            return []
        trace = Trace(self.kb, scenario)
        if every and trace.value(index) == predicate == ON:
            return trace.ways(index)
        return [trace.value_reason(index)] if trace.comes_to(index) == predicate else []

    def _strategy(self, assessment: Assessment) -> list[Reason]:
        facts = [Fact("effectiveKiller", SCENARIO, killer.agent) for killer in assessment.scenario.killers]
        told = strategy(self.kb, assessment, [self._killer(fact, assessment) for fact in facts])
        return [told] if told else []

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def outcome(self, assessment: Assessment, every: bool) -> list[Reason]:
        """The derivations of a conclusion about the whole scenario."""
        fact = fact_of(self.conclusion)
        with assessment.concluded() as closure:
            if fact not in closure:
                return []
            trees: list[Derivation] = []
            if every:
                trees = all_derivations(self.kb, closure, fact)
            first = closure.derivation(fact)
            trees = trees or ([first] if first else [])
            return [self.told(tree, assessment) for tree in trees]

    def told(self, derivation: Derivation, assessment: Assessment) -> Reason:
        """A derivation as a tree of reasons; closed facts of the scenario are explained in their turn."""
        fact = derivation.conclusion
        if derivation.rule is None:
            return self._leaf(fact, assessment)
        told = [self.told(premise, assessment) for premise in derivation.premises]
        premises = [p for p in told if p.rule != _ROLE]
        silent = tuple(fact for p in told if p.rule == _ROLE for fact in p.facts)
        text = self._because(derivation)
        evidence = [c for c in derivation.rule.source if c in self.kb.base.claims]
        return Reason(self._shown(fact), text, derivation.rule.id, premises, evidence, facts=silent)

    def _leaf(self, fact: Fact, assessment: Assessment) -> Reason:
        scenario = _scenario_of(fact, assessment)
        if fact.predicate in ROUTE_FACTS and scenario is not None:
            standing = standing_of(self.kb, scenario, str(fact.object))
            if standing is not None:
                told = route_reason(self.kb, scenario, standing)
                return Reason(self._shown(fact), told.text, told.rule, told.premises, told.evidence, facts=told.facts)
        if fact.predicate in ("effectiveKiller", "killerInPlace"):
            return self._killer(fact, assessment)
        support = self.kb.support(fact)
        closed = SCENARIO in fact.subject or (isinstance(fact.object, str) and SCENARIO in fact.object)
        if not support.supported and (closed or fact.object is None):
            harms = [h for h in assessment.harms if fact.predicate == "touchesFunction" and h.function == fact.object]
            facts = (fact, *(found for harm in harms for found in reaching(assessment, harm)))
            return Reason(self._shown(fact), self._words(fact), _ROLE, facts=facts)
        return Reason(self._shown(fact), self._words(fact), "asserted", [], list(support.supported))

    def _killer(self, fact: Fact, assessment: Assessment) -> Reason:
        agent, scenario = str(fact.object), assessment.scenario
        killing = next((k.killing for k in scenario.killers if k.agent == agent), None)
        facts = (Fact("againstCell", killing.name, killing.cell),) if killing else ()
        claims = [claim for own in facts for claim in self.kb.support(own).supported]
        text = f"{self.kb.label(agent)} acts against {self.kb.label(killing.cell) if killing else 'the cell'}"
        premises = self._enabling(agent, scenario)
        return Reason(self._shown(fact), text, "killing", premises, claims, facts=facts)

    def _enabling(self, agent: str, scenario: Scenario) -> list[Reason]:
        """Why the activities are on without which an agent would not act against the cell."""
        cell = scenario.located.place.cell or ""
        needed = (scenario.located.find_at(name, (cell,)) for name in scenario.graph.dependencies(agent))
        trace = Trace(self.kb, scenario)
        return [trace.on(node) for node in needed if node is not None and trace.value(node) == ON]

    # --- plain facts -------------------------------------------------------------------------------------------------

    def _fact(self, every: bool) -> list[Reason]:
        fact = fact_of(self.conclusion)
        closure = self.kb.closure
        if fact not in closure:
            return []
        if every:
            return [self._plain(tree) for tree in all_derivations(self.kb, closure, fact)]
        tree = closure.derivation(fact)
        return [self._plain(tree)] if tree else []

    def _plain(self, derivation: Derivation) -> Reason:
        fact = derivation.conclusion
        evidence = list(self.kb.support(fact).supported)
        if derivation.rule is None:
            minted = fact in self.kb.minted.origins or fact.subject in self.kb.minted.names
            return Reason(str(fact), self._words(fact), "minted" if minted else "asserted", [], evidence)
        premises = [self._plain(premise) for premise in derivation.premises]
        evidence += [c for c in derivation.rule.source if c in self.kb.base.claims and c not in evidence]
        return Reason(str(fact), self._because(derivation), derivation.rule.id, premises, evidence)

    # --- words -------------------------------------------------------------------------------------------------------

    def _because(self, derivation: Derivation) -> str:
        rule = derivation.rule
        if rule is None or not rule.because:
            return self._words(derivation.conclusion)
        names = {variable: self._named(value) for variable, value in derivation.substitution.items()}
        try:
            return rule.because.format(**names)
        except (KeyError, IndexError, ValueError):
            return self._words(derivation.conclusion)

    def _named(self, value: object) -> str:
        name = str(value)
        if name.startswith(SCENARIO):
            return self._regimen()
        return self.kb.label(name)

    def _regimen(self) -> str:
        steps = (*self.conclusion.before, self.conclusion.regimen or ())
        return " then ".join("+".join(map(self.kb.label, step)) for step in steps) or "no treatment"

    def _shown(self, fact: Fact) -> str:
        return str(fact).replace(SCENARIO, "+".join(self.conclusion.regimen or ()) or "untreated")

    def _words(self, fact: Fact) -> str:
        predicate = self.kb.base.label(fact.predicate)
        subject = self._named(fact.subject)
        if fact.object is None:
            return f"{subject} is a {predicate}"
        return f"{subject} {predicate} {self._named(fact.object)}"


def standing_of(kb: Reasoned, scenario: Scenario, route: str) -> RouteStanding | None:
    """The standing of a route or function at the place of a scenario, also where it does not concern the cell."""
    found = next((s for s in scenario.routes if s.route.name == route), None)
    owner = kb.graph.routes.get(route) or kb.graph.functions.get(route)
    if found is None and owner is not None:
        arms = scenario.located.arms(owner)
        found = scenario.judge(owner, arms) if arms else None
    return found


def _scenario_of(fact: Fact, assessment: Assessment) -> Scenario | None:
    """The scenario or variant that a closed fact speaks of."""
    if fact.subject == SCENARIO:
        return assessment.scenario
    for killer, variant in assessment.variants.items():
        if fact.subject == f"{SCENARIO}_with_{killer}_in_place":
            return variant
    return None


def all_derivations(kb: Reasoned, closure: Closure, fact: Fact) -> list[Derivation]:
    """One derivation for each minimal set of asserted facts that entails the fact."""
    found = []
    for justification in closure.justifications(fact, limit=MOST_JUSTIFICATIONS):
        derivation = Closure(kb.program, sorted(justification, key=str), meter=kb.meter).derivation(fact)
        if derivation is not None:
            found.append(derivation)
    return found
