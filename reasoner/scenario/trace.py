"""Why a node has its value, whatever that is, and why an arm is on, off or undetermined."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.located import LocatedArm, mask_of
from reasoner.mechanism.well_founded import OFF, ON, UNDETERMINED
from reasoner.model.atom import Fact
from reasoner.scenario.deeds import RAISING
from reasoner.scenario.doubts import FEEDBACK, Doubts
from reasoner.scenario.reason import Reason
from reasoner.scenario.scenario import Scenario
from reasoner.scenario.settled_trace import LAST, SettledTrace


class Trace(SettledTrace):
    """Explains one scenario under one part of its regimen."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario, agents: Sequence[str] | None = None) -> None:
        super().__init__(reasoned, scenario, agents)
        self.doubts = Doubts(self)

    def unsettled(self, index: int) -> Reason:
        """Why a node that the well-founded model leaves undetermined is so, or what its feedback comes to."""
        value = self.comes_to(index)
        return self.doubts.reason(index) if value == UNDETERMINED else self.doubts.feedback(index)

    def value_reason(self, index: int) -> Reason:
        """Why a node has the value that it has.

        What nothing brings about may be suppressed as well, by what settles later: that says more, and is told here,
        where nothing rests on it.
        """
        value = self.value(index)
        if value != OFF:
            return self.on(index) if value == ON else self.unsettled(index)
        told = self.off(index)
        if told.decisive or told.rule in ("action", "lesion") or (held := self.held_down(index, LAST)) is None:
            return told
        held.premises += self.hindered(index, RAISING, LAST[0], frozenset({index}))
        return held

    # --- routes ------------------------------------------------------------------------------------------------------

    def arm(self, arm: LocatedArm) -> Reason:
        """Why an arm is on, off or undetermined."""
        value = self.valuation.all_of(arm.mask)
        label = self.reasoned.label(arm.arm.name)
        conclusion = f"{value}({arm.arm.name})"
        if value == UNDETERMINED and (comes_to := self.unfolded.all_of(arm.mask)) != UNDETERMINED:
            return self._fed_back(arm, comes_to)
        if value == ON:
            copy = next(copy for copy in arm.copies if all(self.value(i) == ON for i in copy))
            evidence = self.grounds.support(Fact("needs", arm.arm.name, need) for need in arm.arm.needs)
            return Reason(conclusion, f"the way through {label} is open", "arm", [self.on(i) for i in copy], evidence)
        deciding = [found for copy in arm.copies if (found := self._deciding(copy, value)) is not None]
        if not deciding:
            return self._disputed(arm, conclusion)
        needed = [arm.arm.needs[copy.index(index)] for copy, index in deciding]
        evidence = self.grounds.support(Fact("needs", arm.arm.name, need) for need in dict.fromkeys(needed))
        nodes = list(dict.fromkeys(index for _, index in deciding))
        text = f"the way through {label} is {'closed' if value == OFF else 'undetermined'}: it needs "
        text += self.labels(nodes) if len(nodes) == 1 else " or ".join(map(self.label, nodes))
        return Reason(conclusion, text, "arm", [self.value_reason(index) for index in nodes], evidence)

    def _fed_back(self, arm: LocatedArm, value: str) -> Reason:
        """What the feedback under an arm comes to, with why each of its needs is not simply on."""
        unsettled = [copy for copy in arm.copies if self.valuation.all_of(mask_of(copy)) == UNDETERMINED]
        copy = next((copy for copy in unsettled if self.unfolded.all_of(mask_of(copy)) == value), unsettled[0])
        told = [self.value_reason(index) for index in dict.fromkeys(copy) if self.value(index) == UNDETERMINED]
        evidence = self.grounds.support(Fact("needs", arm.arm.name, need) for need in arm.arm.needs)
        text = f"the way through {self.reasoned.label(arm.arm.name)} {FEEDBACK[value]}"
        return Reason(f"{value}({arm.arm.name})", text, "arm", told, evidence)

    def _disputed(self, arm: LocatedArm, conclusion: str) -> Reason:
        """That sources disagree on whether there is an arm at all."""
        name = arm.arm.name
        facts = [Fact("holdsIn", name, scope) for scope in arm.arm.scopes]
        facts += [Fact("deniedIn", name, scope) for scope in arm.arm.denied]
        text = f"equally narrow statements disagree on the way through {self.reasoned.label(name)}"
        return Reason(conclusion, text, "contested", [], self.grounds.support(facts), facts=tuple(facts))

    def _deciding(self, copy: tuple[int, ...], value: str) -> tuple[tuple[int, ...], int] | None:
        """A copy of an arm that has the value of the arm, with the first need that gives it that."""
        if self.valuation.all_of(mask_of(copy)) != value:
            return None
        having = [index for index in copy if self.value(index) == value]
        index = next((index for index in having if self.comes_to(index) == value), having[0] if having else None)
        return None if index is None else (copy, index)
