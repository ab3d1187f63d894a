"""On which papers a conclusion hangs: the answer of ``robustness``."""

from __future__ import annotations

from typing import Annotated, Literal

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.words import NOT_EMPTY, Count, RouteStatus, Strength, Verdict


class WithoutPaper(Marked):
    """What becomes of the conclusion as if a paper had not been written."""

    paper: str
    label: str
    claims: list[str]
    holds: bool
    verdict: Verdict | None
    strength: Strength | None
    status: RouteStatus | None


class Robustness(AnswerFrame):
    """On which papers a conclusion hangs."""

    command: Literal["robustness"]
    verdict: Verdict | None
    answers: list[WithoutPaper]
    conclusion: str
    holds: bool
    strength: Strength | None
    status: RouteStatus | None
    toppled_by: list[Annotated[list[str], NOT_EMPTY]]
    """The smallest sets of papers without which it does not hold."""
    exhaustive_to: Count
    limit_reached: bool
    """Papers or sets are missing: the search was interrupted, or there were too many."""
