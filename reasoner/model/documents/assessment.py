"""What a regimen does: the answer of ``assess``."""

from __future__ import annotations

from typing import Literal, TypedDict

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.scenario import (
    CloneRow,
    Defeat,
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
    Momentary,
    Nearness,
    RouteStatus,
    Strength,
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
    scope: Nearness
    protects_against: list[str]


class OutcomeInShort(Marked):
    """Whether an outcome is derived."""

    outcome: str
    subject: str
    derived: Derived
    verdict: Verdict


class StepOutcome(OutcomeInShort):
    """An outcome of an earlier step: how far it goes, and which routes it leaves."""

    extent: Literal["complete", "partial"] | None
    left: list[str]
    strength: Strength | None
    evidence: list[str]


class JudgedOutcome(Judged):
    """An outcome for one cell: how far it goes, and which routes it leaves."""

    outcome: str
    subject: str
    extent: Literal["complete", "partial"] | None
    left: list[str]


class OutcomeRow(Marked, JudgedOutcome):
    """An outcome for one cell, as a document tells of it."""


class HazardRow(Marked):
    """A danger of the regimen, and what it is about."""

    hazard: str
    subject: str | None
    rule: str
    verdict: Verdict
    evidence: list[str]


class HarmRow(HarmInShort):
    """A harm to a normal cell with the smallest sets of agents that do it, and the claims behind it."""

    sets: list[list[str]]
    evidence: list[str]


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


class AnalogyRow(Marked, StatedFrom):
    """A route on which the regimen acts only where facts of other diseases and cells are let in."""

    route: str
    effect: Effect
    by: list[list[str]]
    verdict: Literal["by_analogy"]


class AssessedStep(StepRow, Marked):
    """An earlier step in short: its agents, what it did, and the cell states that it leaves to the next."""

    routes: list[RouteInShort]
    outcomes: list[StepOutcome]
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
    verdict: Verdict | None
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
    activities: list[ActivityRow]
    analogies: list[AnalogyRow]
    steps: list[AssessedStep]
    """The steps before, where the regimen is given in steps."""
    clones: list[AssessedClone]
    """Of several clones the rest is as in the worst of them."""
