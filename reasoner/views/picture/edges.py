"""Edges of a picture: curves from node to node through their bends, with what the regimen does to them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from reasoner.views.controls import clean
from reasoner.views.picture.layout import Box, Layout
from reasoner.views.signs import BY_STATE

if TYPE_CHECKING:
    from reasoner.model.documents.niche import NicheEdge

_CUT = frozenset({"cuts", "suppresses"})
#: How far an edge that leads back stands below one that leads on between the same nodes.
_BACK = 9
Point = tuple[float, float]
#: Two ends and the two points that bend the curve between them.
Curve = tuple[Point, Point, Point, Point]


def drawn(edge: NicheEdge, number: int, placed: Layout, live: bool) -> str:
    """An edge as a group: a broad invisible line to point at, the line, its mark; nothing where an end is not drawn."""
    start, end = placed.boxes.get(edge["from"]), placed.boxes.get(edge["to"])
    if start is None or end is None:
        return ""
    curves = _curves(start, placed.bends.get((edge["from"], edge["to"]), ()), end)
    path = _descent(start, end) if start.column < 0 else _path(curves)
    kind, state = edge["kind"], edge["state"]
    inferred = " inferred" if edge["inferred"] else ""
    marker = "bar" if kind in _CUT else "tip"
    said = _text(f"{edge['text']}: {BY_STATE[state].said}{', inferred' if edge['inferred'] else ''}")
    focus = ' tabindex="0" role="button"' if live else ""
    claims = _text(" ".join(edge["claims"]))
    return (
        f'<g class="edge {kind} is-{state}{inferred}"{focus} data-edge="{number}" data-claims="{claims}"'
        f' data-text="{_text(edge["text"])}" data-state="{state}" aria-label="{said}"><title>{said}</title>'
        f'<path class="reach" d="{path}"/><path class="line" d="{path}" marker-end="url(#{marker})"/>'
        f"{_mark(state, kind, curves[-1])}</g>"
    )


def _text(words: str) -> str:
    return escape(clean(words), quote=True)


def _path(curves: Sequence[Curve]) -> str:
    """Curves, each joined to the one before by the straight line through a bend."""
    (x, y), *_ = curves[0]
    parts = [f"M{x:.1f} {y:.1f}"]
    for number, ((x, _), *rest) in enumerate(curves):
        parts.append(f"H{x:.1f}" if number else "")
        parts.append("C" + " ".join(f"{a:.1f} {b:.1f}" for a, b in rest))
    return "".join(parts)


def _curves(start: Box, bends: Sequence[Box], end: Box) -> list[Curve]:
    """One curve from column to column: rightwards, or back where the end lies left."""
    if end.x > start.x:
        return [
            _between((one.x + one.width, one.middle), (other.x - (3 if other is end else 0), other.middle))
            for one, other in pairwise([start, *bends, end])
        ]
    if end.x < start.x:
        return [_between((start.x, start.middle + _BACK), (end.x + end.width + 4, end.middle + _BACK))]
    x, y, to_x, to_y = start.x + start.width, start.middle, end.x + end.width + 4, end.middle
    return [((x, y), (x + 34, y), (to_x + 34, to_y), (to_x, to_y))]


def _between(start: Point, end: Point) -> Curve:
    """A curve that leaves and arrives level."""
    (x, y), (to_x, to_y) = start, end
    bend = (to_x - x) / 2
    return (start, (x + bend, y), (to_x - bend, to_y), end)


def _descent(start: Box, end: Box) -> str:
    """From an agent down through the gap beside a column, so that it passes over no other node, into the top."""
    x, y, gap = start.x + start.width / 2, start.y + start.height, end.x - 13
    into, top = end.x + 15, end.y - 3
    if end.y < y + 70:
        return f"M{x:.1f} {y:.1f}C{x:.1f} {top - 14:.1f} {into:.1f} {y + 10:.1f} {into:.1f} {top:.1f}"
    return (
        f"M{x:.1f} {y:.1f}C{x:.1f} {y + 30:.1f} {gap:.1f} {y + 12:.1f} {gap:.1f} {y + 46:.1f}V{top - 14:.1f}"
        f"C{gap:.1f} {top + 2:.1f} {into:.1f} {top - 16:.1f} {into:.1f} {top:.1f}"
    )


def _mark(state: str, kind: str, curve: Curve) -> str:
    """A cross on what is cut, a diamond on what is opened, an arc over what rebounds; actions carry none."""
    if kind in ("cuts", "raises") or state not in ("cut", "opened", "rebounds"):
        return ""
    x, y = ((curve[0][i] + 3 * curve[1][i] + 3 * curve[2][i] + curve[3][i]) / 8 for i in (0, 1))
    if state == "cut":
        return f'<path class="mark" d="M{x - 5:.1f} {y - 5:.1f}l10 10m0 -10l-10 10"/>'
    if state == "rebounds":
        cut = f"M{x - 9:.1f} {y - 6:.1f}v12m18 -12v12"
        return f'<path class="mark" d="{cut}M{x - 13:.1f} {y - 2:.1f}c4 -16 22 -16 26 0m-5 -2l5 2l3 -5"/>'
    return f'<path class="mark" d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z"/>'
