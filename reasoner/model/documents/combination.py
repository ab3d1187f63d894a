"""Minimal regimens: the answer of ``combine``."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import Frame, Marked
from reasoner.model.documents.scenario import CloneRow, HarmInShort, Judged, KillerScope, Location, OfPatients, Sides
from reasoner.model.documents.words import Count, Elsewhere, Strength, Tested, Verdict

#: Why a search finds no regimen.
SearchCode = Literal[
    "KILLER_DEFEATED", "NO_KILLER", "TARGET_NOT_ON_ROUTE", "NOT_TOGETHER", "TOO_FEW", "CUT_SHORT", "UNDECIDED"
]


class SearchReason(TypedDict):
    """Why there is no regimen."""

    code: SearchCode
    text: str


class WhyNone(TypedDict):
    """Left out where there is a regimen."""

    reasons: NotRequired[list[SearchReason]]


class GoalClosed(Judged):
    """A goal that a regimen closes, by the smallest sets of agents that do, and what that is worth."""

    goal: str
    by: list[list[str]]


class WorthOfRegimen(Sides):
    """What a regimen is worth: the worst word over the goals that it closes, with the claims on all of them."""

    verdict: Verdict | None
    elsewhere: Elsewhere | None
    patients: OfPatients | None
    closing: list[GoalClosed]
    tested: Tested
    """Whether just this regimen was tested, parts of it, or nothing."""
    evidence: list[str]
    for_elsewhere: list[str]
    against_elsewhere: list[str]


class RegimenRow(Marked, WorthOfRegimen):
    """A regimen evaluated from scratch: what it closes, leaves open and opens, and what it costs."""

    agents: list[str]
    added: list[str]
    killers: list[str]
    killer_scopes: list[KillerScope]
    closes: list[str]
    leaves_open: list[str]
    leaves_open_in: dict[str, list[str]]
    """The clones in which each route is left, where there are several."""
    opens: list[str]
    rebounds: list[str]
    goals_left: list[str]
    undetermined: list[str]
    harms: list[HarmInShort]
    strength: Strength | None
    modality: str | None


class PartialRegimen(RegimenRow):
    """A regimen that leaves some goals."""

    near_left: list[str]
    """Those that are stated for this very cell and disease."""


class Uncovered(Marked):
    """A goal that no set of agents closes: what it needs, who acts on that, and a sentence."""

    route: str
    near: bool
    needs: list[str]
    labels: list[str]
    touched_by: list[str]
    not_given: list[str]
    unnamed: list[str]
    evidence: list[str]
    text: str


class Dropped(Marked):
    """An agent that was left out, since it touches what is to be spared."""

    agent: str
    touches: list[str]


class Spared(TypedDict):
    """A function of a normal cell that is to be kept."""

    cell: str
    function: str


class Combination(Frame, Location, WhyNone):
    """Minimal regimens, or the certificate that there are none."""

    command: Literal["combine"]
    verdict: Verdict | None
    answers: list[RegimenRow]
    clones: list[CloneRow]
    goals: list[str]
    """Everything asked to be off, over all killers that were tried."""
    near: list[str]
    """The goals that are stated for this very cell and disease."""
    stated_for: list[str]
    farther: list[str]
    off_before: list[str]
    """Goals that are off with any killer in place and nothing else."""
    regimens: list[RegimenRow]
    """The minimal regimens, each evaluated from scratch: the best known first, of equals the cheapest."""
    complete: bool
    """There is a regimen, and every one listed closes everything asked."""
    exhaustive_to: Count
    """No minimal regimen of at most so many added agents was missed."""
    exhausted: bool
    """No larger minimal regimen exists."""
    found: Count
    """Regimens found, also those beyond the limit."""
    limit_reached: bool
    """Regimens are missing: the search was interrupted, or more were found than are listed."""
    interrupted: bool
    uncovered: list[str]
    """Goals that are on and that no set of agents turns off, with the killer that leaves the fewest; empty when there
    is a regimen."""
    unknown: list[str]
    """Goals that are undetermined and that no set of agents turns off; they do not count as closed."""
    certificate: list[Uncovered]
    front: list[PartialRegimen]
    """When there is no regimen: partial ones that no other beats in goals closed, size, harms and strength."""
    front_found: Count
    """Partial regimens of the front, also those beyond the limit."""
    dropped: list[Dropped]
    spared: list[Spared]
    background_harms: list[HarmInShort]
