"""Why a conclusion holds: derivations of facts, outcomes, statuses and activities, ending in claims and papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.answers.combination.strategy import strategy
from reasoner.answers.course import Course, Step, asked
from reasoner.answers.frame import finished, frame, reason
from reasoner.answers.holding import look
from reasoner.answers.killer_scopes import without_killer
from reasoner.answers.reasons import ReasonTrees, standing_of
from reasoner.answers.resting import of_tree
from reasoner.asking.conclusion import STATES, STRATEGY, Conclusion
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.well_founded import ON
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import SCENARIO, Assessment
from reasoner.scenario.reason import Reason
from reasoner.scenario.route_reason import route_reason
from reasoner.scenario.trace import Trace

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.located_graph import LocatedGraph
    from reasoner.model.documents.explanation import Explanation
    from reasoner.model.documents.frame import ReasonRow
    from reasoner.model.documents.proof import ProofStep


def explain(
    reasoned: Reasoned, conclusion: Conclusion, request: ScenarioRequest, *, every: bool = False
) -> Explanation:
    """Derivations of a conclusion; ``every`` asks for all minimal ones.

    An empty list means that the conclusion does not hold; ``reasons`` then say so.
    """
    with asked(reasoned, conclusion, request) as (wider, taken):
        trees = Explainer(wider, conclusion, taken).trees(every)
        told: Explanation = {
            "command": "explain",
            **frame(wider, closed_world=conclusion.of_scenario),
            **look(wider, conclusion, taken).judged,
            "answers": [],
            "conclusion": str(conclusion),
            "derivations": [_step(wider, tree, taken.located if taken else None) for tree in trees],
        }
        if not trees:
            told["reasons"] = [_nothing(wider, conclusion, taken)]
        return finished(wider, told)


def _nothing(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> ReasonRow:
    """Why there is no derivation, and what to ask instead."""
    if conclusion.predicate == STRATEGY and taken is not None:
        scenario = taken.assessment().scenario
        if not scenario.killers:
            return without_killer(reasoned, scenario.defeated_killers, scenario.located.place.cell or "")
        text = "it closes none of the routes that retain the cell or protect it; ask escapes for what closes them"
        return reason("TARGET_NOT_ON_ROUTE", text)
    return reason("NOT_REPORTED", f"{conclusion} does not hold; ask why-not for what is missing")


def _step(reasoned: Reasoned, tree: Reason, located: LocatedGraph | None) -> ProofStep:
    return {
        "conclusion": tree.conclusion,
        "text": tree.text,
        "rule": tree.rule,
        "premises": [_step(reasoned, premise, located) for premise in tree.premises],
        "evidence": tree.evidence,
        "papers": [reasoned.label(paper) for paper in reasoned.base.papers(tree.evidence)],
        **of_tree(reasoned, tree, located),
    }


class Explainer(ReasonTrees):
    """Builds the trees of one conclusion; ``taken`` is the scenario that it is about, None for a plain fact."""

    def __init__(self, reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> None:
        super().__init__(reasoned, conclusion)
        self.taken = taken

    def trees(self, every: bool) -> list[Reason]:
        """One tree, or with ``every`` one for each minimal derivation; none when the conclusion does not hold."""
        if self.taken is None:
            return self.fact(every)
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
            label, cell = self.reasoned.label(state.name), last.assessment.place.cell or ""
            if not any(label in step.text for step in tree.steps()):
                continue
            sought = Conclusion(state.outcome.predicate, (cell,), last.assessment.scenario.regimen)
            told = Explainer(last.assessment.reasoned, sought, None).outcome(last.assessment, every=False)
            for reached in told:
                reached.premises += self._earlier(reached, before)
            text = f"{label}: by {' and '.join(map(self.reasoned.label, last.assessment.scenario.regimen))}"
            found.append(Reason(f"reached({state.name})", text, "step", told))
        return found

    # --- the state of a scenario -------------------------------------------------------------------------------------

    def _state(self, assessment: Assessment, every: bool) -> list[Reason]:
        name, predicate = str(self.conclusion.args[0]), self.conclusion.predicate
        scenario = assessment.scenario
        if predicate == "status":
            standing = standing_of(self.reasoned, scenario, name)
            return [route_reason(self.reasoned, scenario, standing)] if standing else []
        index = scenario.located.find(name)
        if index is None:
            return []
        trace = Trace(self.reasoned, scenario)
        if every and trace.value(index) == predicate == ON:
            return trace.ways(index)
        return [trace.value_reason(index)] if trace.comes_to(index) == predicate else []

    def _strategy(self, assessment: Assessment) -> list[Reason]:
        facts = [Fact("effectiveKiller", SCENARIO, killer.agent) for killer in assessment.scenario.killers]
        told = strategy(self.reasoned, assessment, [self.killer(fact, assessment) for fact in facts])
        return [told] if told else []
