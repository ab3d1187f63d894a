"""Where the nodes of a niche stand: sources, ligands, receptors on the membrane, the cell, routes; agents on top.

A layered drawing: columns by what a node is, rows by the mean height of its neighbours, a few sweeps each way.  An edge
over several columns is led through a bend in each column between, so that it passes beside the nodes and not behind
them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.model.documents.niche import Niche, NicheEdge, NicheNode

SOURCE, LIGAND, RECEPTOR, INNER, DEEP, ROUTE = range(6)
_CELL = (RECEPTOR, INNER, DEEP)
_WIDTHS = (158, 122, 128, 156, 156, 280)
_GAP = 54
_MARGIN = 18
_TALL, _LOW = 34, 8
#: What stays free below a node and below a bend.
_APART, _APART_LOW = 10, 7
_HEAD = 100
_BETWEEN = 30
_SWEEPS = 10


@dataclass(slots=True)
class Box:
    """Where something stands: its left upper corner, width and height, and whether it lies in the cell in focus."""

    column: int
    inside: bool
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = _TALL

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return self.y + self.height / 2

    @property
    def below(self) -> float:
        """Where the next one in its column may begin."""
        return self.y + self.height + (_APART if self.height > _LOW else _APART_LOW)


@dataclass(slots=True, kw_only=True)
class NodeBox(Box):
    """A node with its place; a bend has none."""

    node: NicheNode


@dataclass(slots=True)
class Layout:
    """Boxes by id, bends by the ends of their edge, the size of the whole, and the outline of the cell in focus."""

    boxes: dict[str, NodeBox] = field(default_factory=dict)
    bends: dict[tuple[str, str], list[Box]] = field(default_factory=dict)
    width: float = 0
    height: float = 0
    cell: tuple[float, float, float, float] | None = None

    @property
    def all(self) -> list[Box]:
        """Nodes and bends."""
        return [*self.boxes.values(), *(bend for bends in self.bends.values() for bend in bends)]


def layout(document: Niche) -> Layout:
    """Place every node of a niche document."""
    nodes, edges = document["nodes"], document["edges"]
    found = Layout()
    columns = _columns(nodes, edges)
    for node in nodes:
        if node["kind"] != "agent":
            found.boxes[node["id"]] = NodeBox(columns[node["id"]], node["inside"], node=node)
    used = sorted({box.column for box in found.boxes.values()})
    _bend(found, edges, used)
    left = float(_MARGIN)
    for column in used:
        for box in found.all:
            if box.column == column:
                box.x, box.width = left, _WIDTHS[column]
        left += _WIDTHS[column] + _GAP
    found.width = left - _GAP + _MARGIN
    _rows(found, edges)
    _agents(found, [n for n in nodes if n["kind"] == "agent"], edges)
    found.height = max((box.y + box.height for box in found.boxes.values()), default=0) + _MARGIN + 8
    _outline(found)
    return found


def _columns(nodes: Sequence[NicheNode], edges: Sequence[NicheEdge]) -> dict[str, int]:
    """The column of each node; inside the cell, what rests on inner things stands deeper."""
    signalled = {edge["to"] for edge in edges if edge["kind"] == "signal"}
    fixed = {"source": SOURCE, "ligand": LIGAND, "route": ROUTE, "agent": SOURCE}
    found = {n["id"]: fixed.get(n["kind"], RECEPTOR if n["id"] in signalled else INNER) for n in nodes}
    inner = {name for name, column in found.items() if column == INNER}
    for edge in edges:
        if edge["from"] in inner and edge["to"] in inner and edge["kind"] in ("promotes", "suppresses", "requiredFor"):
            found[edge["to"]] = DEEP
    return found


def _bend(found: Layout, edges: Sequence[NicheEdge], used: Sequence[int]) -> None:
    """Bends in the columns that an edge passes; one that begins within the cell stays within it."""
    for edge in edges:
        ends = (edge["from"], edge["to"])
        start, end = (found.boxes.get(name) for name in ends)
        if start and end:
            inside = start.inside and start.column in _CELL
            passed = [column for column in used if start.column < column < end.column]
            found.bends[ends] = [Box(column, inside, height=_LOW) for column in passed]


def _rows(found: Layout, edges: Sequence[NicheEdge]) -> None:
    """Sort each column by its neighbours and spread it; what lies outside the cell goes below it."""
    near: dict[int, list[Box]] = defaultdict(list)
    for edge in edges:
        start, end = found.boxes.get(edge["from"]), found.boxes.get(edge["to"])
        if start and end:
            way = [start, *found.bends.get((edge["from"], edge["to"]), ()), end]
            for one, other in pairwise(way):
                near[id(one)].append(other)
                near[id(other)].append(one)
    columns: dict[int, list[Box]] = defaultdict(list)
    for box in found.all:
        columns[box.column].append(box)
    lowest = 0.0
    for boxes in columns.values():
        _stack(boxes)
        lowest = max(lowest, boxes[-1].below)
    for sweep in range(_SWEEPS):
        for column in sorted(columns, reverse=bool(sweep % 2)):
            _settle(columns[column], near, lowest)


def _is_elsewhere(box: Box) -> bool:
    """Whether a thing at work lies outside the cell in focus."""
    return box.column in _CELL and not box.inside


def _settle(boxes: list[Box], near: Mapping[int, Sequence[Box]], lowest: float) -> None:
    wanted = {}
    for box in boxes:
        heights = [other.middle for other in near.get(id(box), ()) if other.column != box.column]
        wanted[id(box)] = sum(heights) / len(heights) if heights else box.middle
    boxes.sort(key=lambda box: (_is_elsewhere(box), wanted[id(box)]))
    free = float(_HEAD)
    for box in boxes:
        box.y = max(free, wanted[id(box)] - box.height / 2)
        free = box.below
    over = boxes[-1].below - lowest
    for number in range(len(boxes) - 1, -1, -1):  # push back what slid over the end
        if over <= 0:
            break
        boxes[number].y -= over
        over = (boxes[number - 1].below if number else float(_HEAD)) - boxes[number].y


def _stack(boxes: Sequence[Box]) -> None:
    free = float(_HEAD)
    for box in boxes:
        box.y, free = free, free + box.below - box.y


def _outline(found: Layout) -> None:
    """The outline of the cell: its receptors stand on the membrane; the rest of the soil is moved below it."""
    within = [box for box in found.all if box.inside and box.column in _CELL]
    inside = [box for box in within if box.height > _LOW]
    if not inside:
        return
    bottom = max(box.y + box.height for box in within) + 16
    shelf: dict[int, float] = defaultdict(lambda: bottom + _BETWEEN)
    for box in sorted(filter(_is_elsewhere, found.all), key=lambda box: box.y):
        box.y = max(box.y, shelf[box.column])
        shelf[box.column] = box.below
    left = min(b.x + (b.width / 2 if b.column == RECEPTOR else -14) for b in inside)
    right = max(b.x + b.width for b in inside) + 18
    top = min(box.y for box in within) - 20
    found.cell = (left, top, right - left, bottom - top)
    found.height = max([found.height, *(lowest + _MARGIN for lowest in shelf.values())])


def _agents(found: Layout, agents: Sequence[NicheNode], edges: Sequence[NicheEdge]) -> None:
    """Agents in a row on top, each above what it acts on, without overlap."""
    placed = []
    for agent in agents:
        targets = [
            found.boxes[e["to"]].x + found.boxes[e["to"]].width / 2
            for e in edges
            if e["from"] == agent["id"] and e["to"] in found.boxes
        ]
        placed.append((sum(targets) / len(targets) if targets else found.width / 2, agent))
    right = float(_MARGIN)
    for wanted, agent in sorted(placed, key=lambda item: item[0]):
        width = max(84.0, 8.2 * min(len(agent["label"]), 24) + 26)
        x = max(right, wanted - width / 2)
        found.boxes[agent["id"]] = NodeBox(-1, agent["inside"], x, 14, width, 30, node=agent)
        right = x + width + 14
    found.width = max(found.width, right + _MARGIN - 14)
