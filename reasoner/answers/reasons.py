"""Derivations as trees of reasons: of outcomes, whose closed facts are explained in their turn, and of plain facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.conclusion import OF_ROUTES, Conclusion
from reasoner.closure.saturate import Closure
from reasoner.mechanism.well_founded import ON
from reasoner.model.atom import Fact
from reasoner.model.derivation import Derivation
from reasoner.scenario.assessment import SCENARIO, Assessment, Harm
from reasoner.scenario.reason import Reason
from reasoner.scenario.route_reason import route_reason
from reasoner.scenario.scenario import RouteStanding, Scenario
from reasoner.scenario.trace import Trace

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

ROUTE_FACTS = frozenset({*OF_ROUTES.values(), "leavesOpen"})
MOST_JUSTIFICATIONS = 50
#: What a premise is concluded by that goes without saying.
_ROLE = "role"


class ReasonTrees:
    """Builds the trees of one conclusion."""

    def __init__(self, reasoned: Reasoned, conclusion: Conclusion) -> None:
        self.reasoned = reasoned
        self.conclusion = conclusion

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def outcome(self, assessment: Assessment, every: bool) -> list[Reason]:
        """The derivations of a conclusion about the whole scenario."""
        fact = fact_of(self.conclusion)
        with assessment.concluded() as closure:
            if fact not in closure:
                return []
            trees: list[Derivation] = []
            if every:
                trees = all_derivations(self.reasoned, closure, fact)
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
        evidence = [c for c in derivation.rule.source if c in self.reasoned.base.claims]
        return Reason(self._shown(fact), text, derivation.rule.id, premises, evidence, facts=silent)

    def _leaf(self, fact: Fact, assessment: Assessment) -> Reason:
        scenario = _scenario_of(fact, assessment)
        if fact.predicate in ROUTE_FACTS and scenario is not None:
            standing = standing_of(self.reasoned, scenario, str(fact.object))
            if standing is not None:
                told = route_reason(self.reasoned, scenario, standing)
                return Reason(self._shown(fact), told.text, told.rule, told.premises, told.evidence, facts=told.facts)
        if fact.predicate in ("effectiveKiller", "killerInPlace"):
            return self.killer(fact, assessment)
        support = self.reasoned.support(fact)
        closed = SCENARIO in fact.subject or (isinstance(fact.object, str) and SCENARIO in fact.object)
        if not support.supported and (closed or fact.object is None):
            harms = [h for h in assessment.harms if fact.predicate == "touchesFunction" and h.function == fact.object]
            facts = (fact, *(found for harm in harms for found in reaching(assessment, harm)))
            return Reason(self._shown(fact), self._words(fact), _ROLE, facts=facts)
        return Reason(self._shown(fact), self._words(fact), "asserted", [], list(support.supported))

    def killer(self, fact: Fact, assessment: Assessment) -> Reason:
        """Why an agent acts against the cell of a scenario."""
        agent, scenario = str(fact.object), assessment.scenario
        killing = next((k.killing for k in scenario.killers if k.agent == agent), None)
        facts = (Fact("againstCell", killing.name, killing.cell),) if killing else ()
        claims = [claim for own in facts for claim in self.reasoned.support(own).supported]
        text = (
            f"{self.reasoned.label(agent)} acts against {self.reasoned.label(killing.cell) if killing else 'the cell'}"
        )
        premises = self._enabling(agent, scenario)
        return Reason(self._shown(fact), text, "killing", premises, claims, facts=facts)

    def _enabling(self, agent: str, scenario: Scenario) -> list[Reason]:
        """Why the activities are on without which an agent would not act against the cell."""
        cell = scenario.located.place.cell or ""
        needed = (scenario.located.find_at(name, (cell,)) for name in scenario.graph.dependencies(agent))
        trace = Trace(self.reasoned, scenario)
        return [trace.on(node) for node in needed if node is not None and trace.value(node) == ON]

    # --- plain facts -------------------------------------------------------------------------------------------------

    def fact(self, every: bool) -> list[Reason]:
        """The derivations of a conclusion about no scenario."""
        fact = fact_of(self.conclusion)
        closure = self.reasoned.closure
        if fact not in closure:
            return []
        if every:
            return [self._plain(tree) for tree in all_derivations(self.reasoned, closure, fact)]
        tree = closure.derivation(fact)
        return [self._plain(tree)] if tree else []

    def _plain(self, derivation: Derivation) -> Reason:
        fact = derivation.conclusion
        evidence = list(self.reasoned.support(fact).supported)
        if derivation.rule is None:
            minted = fact in self.reasoned.minted.origins or fact.subject in self.reasoned.minted.names
            return Reason(str(fact), self._words(fact), "minted" if minted else "asserted", [], evidence)
        premises = [self._plain(premise) for premise in derivation.premises]
        evidence += [c for c in derivation.rule.source if c in self.reasoned.base.claims and c not in evidence]
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
        return self.reasoned.label(name)

    def _regimen(self) -> str:
        steps = (*self.conclusion.before, self.conclusion.regimen or ())
        return " then ".join("+".join(map(self.reasoned.label, step)) for step in steps) or "no treatment"

    def _shown(self, fact: Fact) -> str:
        return str(fact).replace(SCENARIO, "+".join(self.conclusion.regimen or ()) or "untreated")

    def _words(self, fact: Fact) -> str:
        predicate = self.reasoned.base.label(fact.predicate)
        subject = self._named(fact.subject)
        if fact.object is None:
            return f"{subject} is a {predicate}"
        return f"{subject} {predicate} {self._named(fact.object)}"


def fact_of(conclusion: Conclusion) -> Fact:
    """The conclusion as a fact, of the scenario when it is about one."""
    args = [SCENARIO, *conclusion.args] if conclusion.regimen is not None else list(conclusion.args)
    return Fact(conclusion.predicate, str(args[0]), args[1] if len(args) > 1 else None)


def standing_of(reasoned: Reasoned, scenario: Scenario, route: str) -> RouteStanding | None:
    """The standing of a route or function at the place of a scenario, also where it does not concern the cell."""
    found = next((s for s in scenario.routes if s.route.name == route), None)
    owner = reasoned.graph.routes.get(route) or reasoned.graph.functions.get(route)
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


def all_derivations(reasoned: Reasoned, closure: Closure, fact: Fact) -> list[Derivation]:
    """One derivation for each minimal set of asserted facts that entails the fact."""
    found = []
    for justification in closure.justifications(fact, limit=MOST_JUSTIFICATIONS):
        derivation = Closure(reasoned.program, sorted(justification, key=str), meter=reasoned.meter).derivation(fact)
        if derivation is not None:
            found.append(derivation)
    return found


def reaching(assessment: Assessment, harm: Harm) -> list[Fact]:
    """How the agents that touch a function reach it."""
    reasoned, acting = assessment.reasoned, assessment.scenario.located.acting
    actions = (action for agent in harm.by for action in acting.in_scope(agent))
    facts = (Fact("mayTouch", action.name, harm.function) for action in actions)
    return [fact for fact in facts if fact in reasoned.closure]
