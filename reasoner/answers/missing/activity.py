"""Why an activity is not on, or not off: what decides it, and what each way to bring it about lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.missing.row import missing
from reasoner.answers.missing.unread import Unread
from reasoner.answers.resting import of_tree
from reasoner.mechanism.mechanism_graph import PROMOTES
from reasoner.mechanism.place import Miss
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.doubts import FEEDBACK
from reasoner.scenario.reason import Reason
from reasoner.scenario.trace import Trace

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.why_not import MissingCode, MissingRow

#: What it means that a value comes down to a rule of that name.
_CODE_OF_RULE: dict[str, MissingCode] = {
    "denied": "DENIED_HERE",
    "lesion": "DENIED_HERE",
    "action": "SIGN_MISMATCH",
    "unstated": "UNSTATED_IN_STATE",
}
#: What begins the conclusion of a premise that is no part of what holds.
_UNMET = ("off(", "rebounds(", "undetermined(", "kept(", "silent(")


class MissingActivity:
    """What is missing for a value of one activity in a scenario."""

    def __init__(self, reasoned: Reasoned, assessment: Assessment, activity: str) -> None:
        self.reasoned = reasoned
        self.place = assessment.place
        self.activity = activity
        self.located = assessment.scenario.located
        self.trace = Trace(reasoned, assessment.scenario)

    def reasons(self, wanted: str) -> Iterator[MissingRow]:
        """Why it has not the value that is ``wanted``: on or off."""
        index = self.located.find(self.activity)
        if index is None:
            yield from self._unread()
            yield missing("NOT_REPORTED", "no statement or mechanism of the knowledge base is about it here")
            return
        told = self.trace.value_reason(index)
        yield from self._hindered(told)
        value = self.trace.comes_to(index)
        if wanted == ON and value == OFF and told.rule == "closed world":
            if self._is_stated_elsewhere():
                yield missing("OTHER_DISEASE", "it is stated for another disease only")
            yield from self._unread()
        lacking = list(self._lacking(index)) if value == OFF else []
        if not lacking or _decides(told):
            yield self._row(index, told)
        yield from (self._row(index, each) for each in lacking)

    def _row(self, index: int, told: Reason) -> MissingRow:
        value = self.trace.comes_to(index)
        deciding = told.root() if value in (UNDETERMINED, REBOUNDS) else told
        fixed: dict[str, MissingCode] = {ON: "SIGN_MISMATCH", REBOUNDS: "REBOUNDS"}
        code = fixed.get(value) or _CODE_OF_RULE.get(deciding.rule, "NOT_REPORTED")
        text = told.text if deciding.text in told.text else f"{told.text}: {deciding.text}"
        holds = [p.text for p in told.premises if not p.conclusion.startswith(_UNMET)]
        row = missing(code, text, told.rule, holds, evidence=told.claims())
        return {**row, **of_tree(self.reasoned, told, self.located)}

    def _hindered(self, told: Reason) -> Iterator[MissingRow]:
        """What keeps agents from the activity itself that are aimed at it."""
        for premise in told.premises:
            if premise.conclusion.startswith("kept("):
                agent = premise.conclusion.removeprefix("kept(").partition(",")[0]
                yield missing("KILLER_DEFEATED", premise.text, premise.rule, evidence=premise.claims(), agent=agent)

    def _lacking(self, index: int) -> Iterator[Reason]:
        """What each mechanism that would bring a node about lacks, and each thing that it cannot be on without."""
        grounds = self.trace.grounds
        for condition in self.located.prerequisites(index):
            rule = condition.mechanism.name if condition.mechanism else "subunit"
            yield from self._failing(index, condition.nodes, "needs", rule, grounds.of_prerequisite(condition)[0])
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                claims = grounds.of_mechanism(mechanism)
                yield from self._failing(index, mechanism.requires, "would need", mechanism.name, claims)

    def _failing(self, index: int, needed: Sequence[int], verb: str, rule: str, claims: list[str]) -> Iterator[Reason]:
        """The first of several needs that is not on, with those that are; nothing where all are."""
        on = [node for node in needed if self.trace.value(node) == ON]
        failing = next((node for node in needed if self.trace.comes_to(node) != ON), None)
        if failing is not None:
            value, why = self.trace.comes_to(failing), self.trace.value_reason(failing)
            which = FEEDBACK[REBOUNDS] if value == REBOUNDS else f"is {value}"
            text = f"{self.trace.label(index)} {verb} {self.trace.label(failing)}, which {which}"
            if why.root().text != text:
                text += f": {why.root().text}"
            premises = [*map(self.trace.on, on), why]
            yield Reason(f"silent({rule})", text, rule, premises, claims)

    def _unread(self) -> Iterator[MissingRow]:
        """What is said of the activity in narrower cells than that of the place, which is not read for this one."""
        unread = Unread(self.reasoned, self.place)
        for cells, facts in unread.about(self.activity):
            evidence = [claim for fact in facts for claim in self.reasoned.support(fact).supported]
            yield missing("NOT_REPORTED", unread.words("it", cells), evidence=list(dict.fromkeys(evidence)))

    def _is_stated_elsewhere(self) -> bool:
        """Whether the activity is given, and each time in another disease than that of the place."""
        scopes = [str(scope) for scope in self.reasoned.closure.objects("givenIn", self.activity)]
        return bool(scopes) and all(
            self.reasoned.graph.hierarchy.fit(scope, self.place) is Miss.DISEASE for scope in scopes
        )


def _decides(told: Reason) -> bool:
    """Whether it takes a node away whatever would bring it about: a lesion, an action, a denial, a suppression."""
    return told.decisive or told.rule in _CODE_OF_RULE
