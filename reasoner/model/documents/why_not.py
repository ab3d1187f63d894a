"""The document of ``why-not``: what is missing for a conclusion, and what would make it hold."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import Frame, Marked
from reasoner.model.documents.scenario import Judged
from reasoner.model.documents.words import NOT_EMPTY, Count, Keyword

#: Why a conclusion does not hold, the most telling first.
MissingCode = Literal[
    "UNKNOWN_TERM",
    "NO_ROUTE",
    "ROUTE_INACTIVE",
    "KILLER_DEFEATED",
    "NO_KILLER",
    "DENIED_HERE",
    "UNSTATED_IN_STATE",
    "OTHER_DISEASE",
    "TARGET_NOT_ON_ROUTE",
    "UNSIGNED",
    "SIGN_MISMATCH",
    "REBOUNDS",
    "NOT_REPORTED",
]


class MissingRow(Marked):
    """One way to conclude it: the premises that hold, and the one that fails."""

    code: MissingCode
    rule: str | None
    """The rule, route or mechanism that could conclude it; null where there is none."""
    holds: list[str]
    fails: str
    evidence: NotRequired[list[str]]
    """The claims behind what fails."""
    agent: NotRequired[str]
    """The agent that does not do it."""


class MissingInShort(Marked):
    """Which premise fails, of which rule."""

    code: MissingCode
    rule: str | None
    fails: str


class ObjectionRow(TypedDict):
    """What speaks against a hypothesis, and the claims that say so."""

    text: str
    against: Annotated[list[str], NOT_EMPTY]


class HypothesisRow(Marked):
    """A smallest set of statements that would make the conclusion hold if they were true; none of them is known."""

    facts: Annotated[list[str], NOT_EMPTY]
    """To be assumed."""
    retracted: list[str]
    """To be taken back for them."""
    against: list[str]
    """The claims of all objections."""
    objections: list[ObjectionRow]
    text: str
    experiment: str
    """What would settle it."""


class NearestMisses(TypedDict):
    """What would make the conclusion hold, the likeliest first; left out where nobody asked, or it holds."""

    abduced: NotRequired[Annotated[list[HypothesisRow], Keyword("maxItems", 20)]]
    abduced_in_all: NotRequired[Count]
    abduced_to: NotRequired[Annotated[int, Keyword("minimum", 1)]]
    """Statements of the largest sets that were looked at."""
    limit_reached: NotRequired[bool]
    """Sets are missing: the search was interrupted, or there were too many."""


class WhyNot(Frame, NearestMisses, Judged):
    """What is missing for a conclusion."""

    command: Literal["why-not"]
    conclusion: str
    holds: bool
    answers: list[MissingInShort]
    reasons: list[MissingRow]
    """None where the conclusion holds."""
