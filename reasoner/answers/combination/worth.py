"""What a regimen is worth: as the goal of which it is known worst that it is closed, with all that is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from reasoner.inference.distance import Distance
from reasoner.inference.evidence import Evidence
from reasoner.inference.weighing import AGAINST, FOR
from reasoner.scenario.judging import Judge
from reasoner.scenario.solidity import FIRM
from reasoner.scenario.verdict import DISPUTED, NOT_TESTED, ORDER, YES, ranking, tested_as

if TYPE_CHECKING:
    from reasoner.model.documents.combination import GoalClosed, WorthOfRegimen
    from reasoner.model.documents.scenario import Judged
    from reasoner.model.documents.words import Tested

#: The place of a regimen by its word, the best first.
Precedence = tuple[int, bool, bool]
#: The place of one that has no word.
LAST: Precedence = (len(ORDER), True, True)


class Worth:
    """What a regimen is worth that closes some goals, each of which is judged."""

    def __init__(self, judge: Judge, closings: Sequence[GoalClosed]) -> None:
        self._judge = judge
        self.closings = closings

    @cached_property
    def worst(self) -> Judged | None:
        """What the regimen is worth: as the goal of which it is known worst that it is closed.

        Where results stand against an outcome of just these agents, it counts as goals do, and that of patients alone
        where there is one.  Where nothing is left to close, it is worth as much as its outcomes, or as that an agent
        acts against the cell.
        """
        of_patients = [row for row in self._own if row["patients"]["verdict"] != NOT_TESTED]
        opposed = [row for row in self._own if row["against"]]
        if rows := of_patients or [*self.closings, *opposed] or self._own:
            return max(rows, key=ranking)
        return self._judge.killing() if self._judge.scenario.killers else None

    @cached_property
    def _own(self) -> list[Judged]:
        """What the outcomes are worth of which somebody tells for just these agents here."""
        found = [self._judge.outcome_evidence(told) for told in self._judge.reasoned.outcomes.of_routes]
        return [self._judge.words(YES, evidence, FIRM) for evidence in found if any(evidence.near)]

    @cached_property
    def _of_outcomes(self) -> Evidence:
        """What is said of the outcomes of the regimen for its cell, whichever way they come about."""
        found = Evidence()
        for told in self._judge.reasoned.outcomes.of_routes:
            found.join(self._judge.outcome_evidence(told))
        return found

    @cached_property
    def tested(self) -> Tested:
        """Whether just these agents were tested, whatever came of it, some of them, or none."""
        return tested_as(self._of_outcomes)

    @cached_property
    def words(self) -> WorthOfRegimen:
        """The words of the goal that is known worst, with the claims on all goals and on the regimen itself."""
        worst, rows = self.worst, [*self.closings]

        def united(key: Literal["for", "against", "for_elsewhere", "against_elsewhere", "evidence"]) -> list[str]:
            told: list[Judged] = [*rows, *self._own] or ([worst] if worst else [])
            return list(dict.fromkeys(claim for row in told for claim in row[key]))

        # What is said of the regimen itself stands beside what is said of its goals.
        side_for, side_against = united("for"), united("against")
        whole = {
            side: [claim for claim in self._of_outcomes.on(side, *Distance) if claim not in (*side_for, *side_against)]
            for side in (FOR, AGAINST)
        }
        against_elsewhere = list(dict.fromkeys([*united("against_elsewhere"), *whole[AGAINST]]))
        elsewhere = worst["elsewhere"] if worst else None
        if worst and against_elsewhere and worst["verdict"] != DISPUTED:
            elsewhere = DISPUTED
        return {
            "verdict": worst["verdict"] if worst else None,
            "elsewhere": elsewhere,
            "patients": worst["patients"] if worst else None,
            "closing": rows,
            "tested": self.tested,
            "evidence": united("evidence"),
            "for": side_for,
            "against": side_against,
            "for_elsewhere": list(dict.fromkeys([*united("for_elsewhere"), *whole[FOR]])),
            "against_elsewhere": against_elsewhere,
        }
