"""What a regimen does: the answer of ``assess``."""

from __future__ import annotations

from typing import Literal, TypedDict

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.scenario import (
    CloneRow,
    Defeat,
    DriftRow,
    HarmInShort,
    Judged,
    KillerScope,
    Location,
    RouteInShort,
    StepRow,
)
from reasoner.model.documents.words import (
    ActivityValue,
    Derived,
    Effect,
    Elsewhere,
    Momentary,
    RouteStatus,
    Verdict,
)


class ArmRow(TypedDict):
    """How an arm of a route stands, and the smallest sets of agents that decide it."""

    arm: str
    status: RouteStatus
    by: list[list[str]]


class RouteRow(RouteInShort, Judged):
    """What becomes of a route, by the smallest sets of agents that decide it."""

    at_once: Momentary
    after_relief: Momentary
    by: list[list[str]]
    narrowed_by: list[list[str]]
    arms: list[ArmRow]
    reason: str | None
    protects_against: list[str]


class OutcomeInShort(Marked):
    """Whether an outcome is derived."""

    outcome: str
    subject: str
    derived: Derived
    verdict: Verdict


class JudgedOutcome(Judged):
    """An outcome for one cell: how far it goes, and which routes it leaves.

    ``left`` are those stated as near as any that is at work, and they alone make it partial; ``farther`` are others.
    """

    outcome: str
    subject: str
    extent: Literal["complete", "partial"] | None
    left: list[str]
    farther: list[str]


class OutcomeRow(Marked, JudgedOutcome):
    """An outcome for one cell, as a document tells of it."""


class HazardAbout(TypedDict):
    """One thing that a hazard is about, and the words for it."""

    subject: str
    verdict: Verdict
    elsewhere: Elsewhere | None


class HazardRow(Marked, Judged):
    """A danger of the regimen: ``subjects`` are all that it is about, ``subject`` the one or, of several, the cell."""

    hazard: str
    subject: str | None
    subjects: list[str]
    by_subject: list[HazardAbout]
    """What is known of each; the row itself tells of what is known best."""
    rule: str


class HarmRow(HarmInShort, Judged):
    """A harm to a normal cell with the smallest sets of agents that do it."""

    sets: list[list[str]]


class ReportedClaim(TypedDict):
    """A claim that reports something of a regimen: on which side, what was measured, in whom and how many."""

    claim: str
    side: Literal["for", "against", "both", "neither"]
    modality: str | None
    setting: str | None
    """The tier of the claim."""
    controlled: str | None
    endpoint: str | None
    n: int | None
    papers: list[str]
    drift: DriftRow | None
    """What the papers that it rests on say instead."""


#: Whether just this regimen was tested here, a part of it, or what differs from it in one respect.
ReportedFrom = Literal["here", "parts", "elsewhere"]
Whence = TypedDict("Whence", {"from": ReportedFrom})


class ReportedRow(Marked, Whence):
    """What sources report of a regimen, of an outcome that no rule concludes."""

    observation: str
    label: str
    outcomes: list[str]
    claims: list[ReportedClaim]


class ActivityRow(Marked):
    """An activity that the regimen changes, with its value under the background alone."""

    activity: str
    label: str
    before: ActivityValue
    after: ActivityValue
    at_once: Momentary
    after_relief: Momentary
    partial: bool
    reason: str


#: The diseases and contexts for which the facts are stated; ``from`` is no name that a class can have.
StatedFrom = TypedDict("StatedFrom", {"from": list[str]})


class AnalogyRow(Marked, Judged, StatedFrom):
    """A route on which the regimen acts only where facts of other diseases and cells are let in."""

    route: str
    effect: Effect
    by: list[list[str]]


class AssessedStep(StepRow, Marked):
    """An earlier step in short: its agents, what it did, and the cell states that it leaves to the next."""

    routes: list[RouteInShort]
    outcomes: list[OutcomeRow]
    hazards: list[HazardRow]


class AssessedClone(CloneRow):
    """What is so in one clone."""

    killers: list[str]
    defeated: list[Defeat]
    routes: list[RouteRow]
    outcomes: list[OutcomeRow]
    hazards: list[HazardRow]
    activities: list[ActivityRow]
    steps: list[AssessedStep]


class RegimenAssessment(AnswerFrame, Location):
    """What a regimen does."""

    command: Literal["assess"]
    verdict: Verdict
    """Of the derived outcome known worst, else of what is claimed."""
    answers: list[OutcomeInShort | OutcomeRow]
    regimen: list[str]
    killers: list[str]
    killer_scopes: list[KillerScope]
    defeated: list[Defeat]
    kept_from_acting: list[Defeat]
    routes: list[RouteRow]
    outcomes: list[OutcomeRow]
    hazards: list[HazardRow]
    harms: list[HarmRow]
    reported: list[ReportedRow]
    activities: list[ActivityRow]
    analogies: list[AnalogyRow]
    steps: list[AssessedStep]
    """The steps before, where the regimen is given in steps."""
    clones: list[AssessedClone]
    """Of several clones the rest is as in the worst of them."""
