"""What the documents of scenarios share: the place, judged rows, killers, harms, clones and steps."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import Marked
from reasoner.model.documents.words import (
    Derived,
    Elsewhere,
    Extent,
    Nearness,
    RouteStatus,
    Strength,
    Tested,
    Verdict,
)

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


#: How many distinct papers stand on the two sides; ``for`` is no name that a class can have.
PaperCounts = TypedDict("PaperCounts", {"for": int, "against": int})


class EndPointRow(TypedDict):
    """What was found in patients by one end point."""

    endpoint: str
    verdict: Verdict


class OfPatients(TypedDict):
    """What was found in patients: over all end points, and by each.

    ``told`` says whether just these agents were given to patients and what came of it counts on neither side.
    """

    verdict: Verdict
    elsewhere: Elsewhere | None
    told: bool
    endpoints: list[EndPointRow]


class DriftRow(TypedDict):
    """A claim that does not count: ``by`` report what it rests on, and say something else.

    ``cited_for`` is its sentence, ``says`` are theirs.
    """

    claim: str
    cited_for: str
    by: list[str]
    says: list[str]
    in_part: bool
    """Another claim bears it out."""


class Sourced(Sides):
    """What sources say of a conclusion.

    ``verdict`` is that of the laboratory.  ``for`` and ``against`` are what was tested just so; elsewhere are claims on
    other agents of the kind, other cells, diseases or states, and on parts of the regimen (``of_parts``).  ``told`` are
    claims that count on neither side.
    """

    derived: Derived
    verdict: Verdict
    elsewhere: Elsewhere | None
    patients: OfPatients
    evidence: list[str]
    for_elsewhere: list[str]
    against_elsewhere: list[str]
    of_parts: list[str]
    told: list[str]
    tested: Tested
    papers: PaperCounts
    drift: list[DriftRow]


class Judged(Sourced):
    """What a conclusion is worth: what sources say of it, and how strong and firm the weakest of its premises is.

    ``scope`` says whether it was stated for this very disease; ``stated_for`` for which cells and diseases, where not.
    """

    strength: Strength | None
    modality: str | None
    moderator: str | None
    moderated: list[Moderated]
    scope: Nearness
    stated_for: list[str]


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
