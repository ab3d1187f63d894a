"""The niche of a cell, to be drawn."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import Frame, Marked
from reasoner.model.documents.scenario import Judged, Location
from reasoner.model.documents.words import Nothing, RouteStatus

#: What a regimen does to what is drawn.
Drawn = Literal["open", "opened", "rebounds", "cut", "off", "unknown"]
NodeKind = Literal["source", "ligand", "molecule", "process", "route", "agent"]
EdgeKind = Literal["promotes", "suppresses", "requiredFor", "signal", "needs", "cuts", "raises"]


class NicheNode(Marked):
    """A source, an activity, a route or an agent; a route says its status, an agent whether it is a killer."""

    id: str
    kind: NodeKind
    name: str
    label: str
    where: str
    inside: bool
    state: Drawn
    status: NotRequired[RouteStatus]
    worth: NotRequired[Judged]
    """What it is worth that a route stands so."""
    killer: NotRequired[bool]
    denied: NotRequired[Literal[True]]
    """That it, or something that it needs, is denied here; left out for everything else."""


#: The nodes that an edge leads from and to; ``from`` is no name that a class can have.
Ends = TypedDict("Ends", {"from": str, "to": str})


class NicheEdge(Marked, Ends):
    """What one node does to another, in words and with its claims."""

    kind: EdgeKind
    state: Drawn
    inferred: bool
    text: str
    claims: list[str]


class Niche(Frame, Location):
    """The niche of a cell, to be drawn."""

    command: Literal["niche"]
    verdict: None
    answers: Nothing
    cell_label: str
    regimen: list[str]
    nodes: list[NicheNode]
    edges: list[NicheEdge]
