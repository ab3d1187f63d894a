"""On which papers a conclusion hangs: the answer of ``robustness``."""

from __future__ import annotations

from typing import Annotated, Literal

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.scenario import Judged
from reasoner.model.documents.words import NOT_EMPTY, Count, RouteStatus


class WithoutPaper(Marked, Judged):
    """What becomes of the conclusion as if a paper had not been written."""

    paper: str
    label: str
    claims: list[str]
    holds: bool
    changed: bool
    """Whether it does not hold, or another word is said of it."""
    status: RouteStatus | None


class Robustness(AnswerFrame, Judged):
    """On which papers a conclusion hangs."""

    command: Literal["robustness"]
    answers: list[WithoutPaper]
    conclusion: str
    holds: bool
    status: RouteStatus | None
    toppled_by: list[Annotated[list[str], NOT_EMPTY]]
    """The smallest sets of papers without which it does not hold."""
    exhaustive_to: Count
    limit_reached: bool
    """Papers or sets are missing: the search was interrupted, or there were too many."""
