"""A niche as SVG: activation ends in an arrow, inhibition in a bar; what is cut is struck out, what is inferred dashed.

Colour never says anything alone.  Every text from the knowledge base is escaped; nothing is loaded, nothing is run.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from reasoner.views.controls import clean
from reasoner.views.marks import SIGN, sign
from reasoner.views.phrases import DISPUTE, is_disputed, worded
from reasoner.views.picture.edges import drawn
from reasoner.views.picture.layout import RECEPTOR, Layout, NodeBox, layout
from reasoner.views.signs import BY_STATE, of_pictures

if TYPE_CHECKING:
    from reasoner.model.documents.niche import Niche, NicheNode

_LINE = {"source": 22, "ligand": 17, "molecule": 17, "process": 19, "route": 31, "agent": 26}


def style() -> str:
    """The style sheet of pictures, for pages and for files that stand alone."""
    return (files("reasoner.views.web") / "static" / "picture.css").read_text("utf-8") + of_pictures()


def svg(document: Niche, title: str, *, live: bool = False, styled: bool = False) -> str:
    """A niche document as SVG; ``live`` parts can be reached by keyboard, ``styled`` brings the style along."""
    placed = layout(document)
    width, height = round(placed.width), round(placed.height)
    role = "group" if live else "img"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="niche" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="{role}" aria-label="{_text(title)}">',
        f"<title>{_text(title)}</title>",
        f"<style>{style()}</style>" if styled else "",
        _MARKERS,
        *_cell(placed, document),
        *(drawn(edge, number, placed, live) for number, edge in enumerate(document["edges"])),
        *(_node(box, live) for box in placed.boxes.values()),
        "</svg>",
    ]
    return "".join(parts)


_MARKERS = (
    "<defs>"
    '<marker id="tip" class="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">'
    '<path d="M0 0 10 5 0 10z"/></marker>'
    '<marker id="bar" class="bar" viewBox="0 0 4 14" refX="2" refY="7" markerWidth="4" markerHeight="14" orient="auto"'
    ' markerUnits="userSpaceOnUse"><path d="M0 0h4v14H0z"/></marker>'
    "</defs>"
)


def _text(words: str) -> str:
    return escape(clean(words), quote=True)


def _cell(placed: Layout, document: Niche) -> Iterator[str]:
    if placed.cell is None:
        return
    x, y, width, height = (round(value) for value in placed.cell)
    yield f'<rect class="membrane" x="{x}" y="{y}" width="{width}" height="{height}" rx="30"/>'
    label = _text(document["cell_label"] or document["cell"])
    yield f'<text class="membrane-label" x="{x + width - 16}" y="{y - 8}" text-anchor="end">{label}</text>'


# --- nodes ------------------------------------------------------------------------------------------------------------


def _node(box: NodeBox, live: bool) -> str:
    node = box.node
    kind, state = node["kind"], node["state"]
    killer = " killer" if node.get("killer") else ""
    focus = ' tabindex="0" role="button"' if live else ""
    said = _said(node)
    lines = _wrapped(_short(node["label"]), _LINE[kind], 2)
    if _says_where(node):
        lines = [
            *_wrapped(_short(node["label"]), 24, 1),
            *_wrapped(_short(node["where"]), 25, 1),
        ]
    return (
        f'<g class="node {kind} is-{state}{killer}"{focus} data-kind="{kind}" data-name="{_text(node["name"])}"'
        f' data-label="{_text(node["label"])}" data-state="{state}"><title>{said}</title>'
        f"{_shape(box)}{_lines(box, lines)}{_badge(box)}{_sign(box)}</g>"
    )


def _sign(box: NodeBox) -> str:
    """The sign of what rests on a contradiction, at the upper right corner."""
    if not sign(box.node):
        return ""
    return f'<text class="contradicted" x="{round(box.x + box.width - 9, 1)}" y="{round(box.y + 11, 1)}">{SIGN}</text>'


def _says_where(node: NicheNode) -> bool:
    """Whether the place stands below the label; a ligand stands beside its source anyway."""
    return bool(node["where"]) and node["kind"] != "ligand"


def _said(node: NicheNode) -> str:
    """A node in words, for a pointer or a screen reader."""
    where = f" ({node['where']})" if node["where"] else ""
    kind, state = node["kind"], node["state"]
    if kind == "route":
        known = f", {worded(node['worth'])}" if "worth" in node else ""
        return _text(f"route {node['name']} {node['label']}: {BY_STATE[state].word}{known}")
    if kind == "agent":
        return _text(f"agent {node['label']}" + (", acts against the cell" if node.get("killer") else ""))
    said = "" if kind == "source" else f": {BY_STATE[state].said}"
    said += ", denied here" if node.get("denied") else ""
    return _text(f"{node['label']}{where}{said}")


def _short(label: str) -> str:
    """A label without what stands in brackets at its end."""
    head = label.partition(" (")[0]
    return head or label


def _wrapped(label: str, width: int, most: int) -> list[str]:
    lines = textwrap.wrap(clean(label), width, break_long_words=True) or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: width - 1].rstrip() + "…"
    return lines


def _shape(box: NodeBox) -> str:
    x, y, width, height = round(box.x, 1), round(box.y, 1), round(box.width, 1), round(box.height, 1)
    round_ends = {"ligand": height / 2, "agent": 6, "source": 14, "route": 4}.get(box.node["kind"], 9)
    if box.column == RECEPTOR:
        round_ends = 17
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="{round(round_ends, 1)}"/>'


def _lines(box: NodeBox, lines: list[str]) -> str:
    is_route = box.node["kind"] == "route"
    x = box.x + (72 if is_route else box.width / 2)
    anchor = "start" if is_route else "middle"
    first = box.middle + 4 - (len(lines) - 1) * 6.5
    spans = []
    for number, line in enumerate(lines):
        kind = ' class="where"' if number and _says_where(box.node) else ""
        spans.append(f'<tspan{kind} x="{round(x, 1)}" y="{round(first + number * 13, 1)}">{_text(line)}</tspan>')
    return f'<text text-anchor="{anchor}">{"".join(spans)}</text>'


def _badge(box: NodeBox) -> str:
    """The id and the sign of a route's status."""
    if box.node["kind"] != "route":
        return ""
    state = box.node["state"]
    return (
        f'<text class="sign" x="{round(box.x + 10, 1)}" y="{round(box.middle + 4.5, 1)}">{BY_STATE[state].glyph}</text>'
        f'<text class="id" x="{round(box.x + 24, 1)}" y="{round(box.middle + 4, 1)}">{_text(_tail(box))}</text>'
    )


def _tail(box: NodeBox) -> str:
    """The id of a route, with a sign where claims say otherwise of how it stands."""
    name = box.node["name"]
    disputed = "worth" in box.node and is_disputed(box.node["worth"])
    return (name if len(name) <= 5 else name[:4] + "…") + DISPUTE * disputed
