"""What the documents of scenarios share: the place, judged rows, killers, harms, clones and steps."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import Marked
from reasoner.model.documents.words import Derived, Extent, Nearness, RouteStatus, Strength, Verdict

#: Claims on the two sides of a question; ``for`` is no name that a class can have.
Sides = TypedDict("Sides", {"for": list[str], "against": list[str]})


class Location(TypedDict):
    """The place that is asked about, and the agents that are given there in any case."""

    cell: str
    disease: str | None
    states: list[str]
    background: list[str]


class Moderated(Sides):
    """What decides between claims on both sides, and which claims it puts where."""

    by: str


class Judged(Sides):
    """What a conclusion is worth: what is derived, what sources say of it, how strong and how firm both are."""

    derived: Derived
    verdict: Verdict
    strength: Strength | None
    modality: str | None
    evidence: list[str]
    moderator: str | None
    moderated: list[Moderated]


class RouteInShort(Marked):
    """How a route stands."""

    route: str
    status: RouteStatus


class HarmInShort(Marked):
    """What a regimen does to a function of a normal cell, and the agents that have a part in it."""

    cell: str
    function: str
    extent: Extent
    by: list[str]


class KillerScope(TypedDict):
    """For which cell it is stated that an agent acts against it.

    ``stated_for`` is the agent itself, or the class that is stated to act so; ``through`` are molecules, where named.
    """

    agent: str
    scope: Nearness
    cell: str
    diseases: list[str]
    stated_for: list[str]
    through: list[str]


class Defeat(TypedDict):
    """What keeps an agent from acting: a lesion that it meets, or an activity that it lacks."""

    agent: str
    by: str
    kind: Literal["lesion", "activity"]
    in_doubt: NotRequired[Literal[True]]
    """The activity is undetermined."""


class CloneRow(TypedDict):
    """One clone: its name and its own states."""

    clone: str
    states: list[str]


class StepRow(TypedDict):
    """An earlier step: its agents, and the cell states that it leaves to the next."""

    regimen: list[str]
    reached: list[str]
