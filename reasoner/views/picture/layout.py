"""Where the nodes of a niche stand: sources, ligands, receptors on the membrane, the cell, routes; agents on top.

A layered drawing: columns by what a node is, rows by the mean height of its neighbours, a few sweeps each way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SOURCE, LIGAND, RECEPTOR, INNER, DEEP, ROUTE = range(6)
_WIDTHS = (158, 122, 128, 156, 156, 280)
_GAP = 54
_MARGIN = 18
_ROW, _TALL = 44, 34
_HEAD = 92
_BETWEEN = 54
_SWEEPS = 10


@dataclass(slots=True)
class Box:
    """A node with its place: the left upper corner, width and height."""

    node: Mapping[str, Any]
    column: int
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = _TALL

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return self.y + self.height / 2


@dataclass(slots=True)
class Layout:
    """Boxes by id, the size of the whole, and the outline of the cell in focus."""

    boxes: dict[str, Box] = field(default_factory=dict)
    width: float = 0
    height: float = 0
    cell: tuple[float, float, float, float] | None = None


def layout(document: Mapping[str, Any]) -> Layout:
    """Place every node of a niche document."""
    nodes, edges = document["nodes"], document["edges"]
    found = Layout()
    columns = _columns(nodes, edges)
    for node in nodes:
        if node["kind"] != "agent":
            found.boxes[node["id"]] = Box(node, columns[node["id"]])
    used = sorted({box.column for box in found.boxes.values()})
    left = float(_MARGIN)
    for column in used:
        for box in found.boxes.values():
            if box.column == column:
                box.x, box.width = left, _WIDTHS[column]
        left += _WIDTHS[column] + _GAP
    found.width = left - _GAP + _MARGIN
    _rows(found, edges)
    _agents(found, [n for n in nodes if n["kind"] == "agent"], edges)
    found.height = max((box.y + box.height for box in found.boxes.values()), default=0) + _MARGIN + 8
    _outline(found)
    return found


def _columns(nodes: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """The column of each node; inside the cell, what rests on inner things stands deeper."""
    signalled = {edge["to"] for edge in edges if edge["kind"] == "signal"}
    fixed = {"source": SOURCE, "ligand": LIGAND, "route": ROUTE, "agent": SOURCE}
    found = {n["id"]: fixed.get(n["kind"], RECEPTOR if n["id"] in signalled else INNER) for n in nodes}
    inner = {name for name, column in found.items() if column == INNER}
    for edge in edges:
        if edge["from"] in inner and edge["to"] in inner and edge["kind"] in ("promotes", "suppresses"):
            found[edge["to"]] = DEEP
    return found


def _rows(found: Layout, edges: Sequence[Mapping[str, Any]]) -> None:
    """Sort each column by its neighbours and spread it; what lies outside the cell goes below it."""
    near: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        if edge["from"] in found.boxes and edge["to"] in found.boxes:
            near[edge["from"]].append(edge["to"])
            near[edge["to"]].append(edge["from"])
    columns: dict[int, list[Box]] = defaultdict(list)
    for box in found.boxes.values():
        columns[box.column].append(box)
    for boxes in columns.values():
        _stack(boxes, _HEAD)
    tallest = max((len(boxes) for boxes in columns.values()), default=0) * _ROW
    for sweep in range(_SWEEPS):
        for column in sorted(columns, reverse=bool(sweep % 2)):
            _settle(columns[column], found.boxes, near, tallest)


def _is_elsewhere(box: Box) -> bool:
    """Whether a thing at work lies outside the cell in focus."""
    return box.column in (RECEPTOR, INNER, DEEP) and not box.node["inside"]


def _settle(boxes: list[Box], known: Mapping[str, Box], near: Mapping[str, Sequence[str]], tallest: float) -> None:
    wanted = {}
    for box in boxes:
        heights = [known[name].middle for name in near.get(box.node["id"], ()) if known[name].column != box.column]
        wanted[box.node["id"]] = sum(heights) / len(heights) if heights else box.middle
    boxes.sort(key=lambda b: (_is_elsewhere(b), wanted[b.node["id"]]))
    lowest = float(_HEAD)
    for box in boxes:
        box.y = max(lowest, wanted[box.node["id"]] - box.height / 2)
        lowest = box.y + _ROW
    over = (lowest - _ROW + _TALL) - (_HEAD + tallest)
    for box in reversed(boxes):  # push back what slid over the end
        if over <= 0:
            break
        box.y -= over
        index = boxes.index(box)
        floor = boxes[index - 1].y + _ROW if index else float(_HEAD)
        over = max(0.0, floor - box.y)


def _stack(boxes: Sequence[Box], top: float) -> None:
    for number, box in enumerate(boxes):
        box.y = top + number * _ROW


def _outline(found: Layout) -> None:
    """The outline of the cell: its receptors stand on the membrane; the rest of the soil is moved below it."""
    inside = [b for b in found.boxes.values() if b.node["inside"] and b.column in (RECEPTOR, INNER, DEEP)]
    if not inside:
        return
    bottom = max(b.y + b.height for b in inside) + 16
    elsewhere = sorted((b for b in found.boxes.values() if _is_elsewhere(b)), key=lambda b: b.y)
    shelf: dict[int, float] = defaultdict(lambda: bottom + _BETWEEN)
    for box in elsewhere:
        box.y = max(box.y, shelf[box.column])
        shelf[box.column] = box.y + _ROW
    left = min(b.x + (b.width / 2 if b.column == RECEPTOR else -14) for b in inside)
    right = max(b.x + b.width for b in inside) + 18
    top = min(b.y for b in inside) - 34
    found.cell = (left, top, right - left, bottom - top)
    found.height = max([found.height, *(b.y + b.height + _MARGIN for b in elsewhere)])


def _agents(found: Layout, agents: Sequence[Mapping[str, Any]], edges: Sequence[Mapping[str, Any]]) -> None:
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
        found.boxes[agent["id"]] = Box(agent, -1, x, 14, width, 30)
        right = x + width + 14
    found.width = max(found.width, right + _MARGIN - 14)
