"""The picture of a matrix: a grid of marks, each status by its shape and its colour, readable on light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reasoner.views.look import Look
from reasoner.views.marks import SIGN, sentence, sign
from reasoner.views.phrases import DISPUTE, is_disputed, worded
from reasoner.views.signs import BY_WORD, DARK, STATUSES, on_both_papers
from reasoner.views.svg import element, text_of, words
from reasoner.views.words import CELLS, RESEARCH_USE, regimens, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.matrix import Matrix, MatrixCell, MatrixRow

#: Side of a square of the grid, width of a letter and of one of the title, height of a line, margin.
_SIDE, _LETTER, _TITLE, _LINE, _EDGE = 26, 7.2, 9.6, 18, 16
_SLANT = 0.87
_LONGEST = 44

_LINES = ",".join(f".{status.word}" for status in STATUSES if not status.shape.is_filled)
STYLE = (
    """
.paper{fill:#ffffff}.ink{fill:#1b1f24}.soft{fill:#57606a}.rule{stroke:#d0d7de;stroke-width:1}
text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}.title{font-size:16px;font-weight:600}
"""
    + f"{_LINES}{{fill:none;stroke-width:2.5;stroke-linecap:round;stroke-linejoin:round}}\n"
    + on_both_papers([(f".{s.word}", "fill" if s.shape.is_filled else "stroke", s.hue) for s in STATUSES])
    + DARK
    + """{
.paper{fill:#15191f}.ink{fill:#e6edf3}.soft{fill:#9aa5b1}.rule{stroke:#3a424c}
}
"""
)


def mark(state: str, x: float, y: float) -> str:
    """The sign of a status around a point."""
    shape = BY_WORD[state].shape
    if shape.radius:
        return element("circle", cx=x, cy=y, r=shape.radius, class_=state)
    return element("path", d=shape.path, transform=f"translate({x:g} {y:g})", class_=state)


def state_of(cell: MatrixCell) -> str:
    """The status of a cell; a route that lost an arm and is not broken is narrowed."""
    return "narrowed" if cell["narrowed"] else cell["status"]


def name_of(row: MatrixRow, look: Look) -> str:
    """The regimen of a row, with the steps before it."""
    steps = [*row["steps"], row["regimen"]]
    return "; then ".join(look.words(step, " + ") or "no agent" for step in steps)


def title_of(document: Matrix, look: Look) -> str:
    """What the matrix is about."""
    background = look.words(document["background"], " + ")
    return f"Regimens by routes · {look.place(document)}" + (f" · on top of {background}" if background else "")


def picture(document: Matrix, look: Look) -> str:
    """The matrix as an SVG document."""
    rows, routes = document["answers"], document["routes"]
    names = [_cut(name_of(row, look)) for row in rows]
    left = _EDGE + max((len(name) for name in names), default=0) * _LETTER + 8
    head = max((len(route) for route in routes), default=0) * _LETTER * _SLANT
    top = _EDGE + 2 * _LINE + head + 10
    bottom = top + len(rows) * _SIDE
    label = title_of(document, look)
    said = max(map(len, (RESEARCH_USE, *(f"    {state}: {meaning}" for state, meaning in CELLS.items()))))
    width = max(left + len(routes) * _SIDE + head * 0.6, _EDGE + len(label) * _TITLE, _EDGE + said * _LETTER) + _EDGE
    height = bottom + 12 + (len(CELLS) + 2) * _LINE + _EDGE
    parts = [
        element("title", text_of(label)),
        element("desc", text_of(note)) if (note := sentence(document)) else "",
        element("style", STYLE),
        element("rect", x=0, y=0, width=width, height=height, class_="paper"),
        words(label, _EDGE, _EDGE + 12, class_="ink title"),
        *_heads(routes, left, top, look),
        *(
            part
            for number, row in enumerate(rows)
            for part in _row(row, names[number], routes, left, top, number, look)
        ),
        *_legend(bottom + 12),
        words(RESEARCH_USE, _EDGE, height - _EDGE + 4, class_="soft"),
    ]
    box = f"0 0 {width:g} {height:g}"
    return element(
        "svg", *parts, xmlns="http://www.w3.org/2000/svg", viewBox=box, width=width, height=height, role="img"
    )


def _heads(routes: list[str], left: float, top: float, look: Look) -> Iterator[str]:
    for number, route in enumerate(routes):
        x = left + (number + 0.5) * _SIDE
        tip = element("title", text_of(look.both(route)))
        place = f"translate({x + 4:g} {top - 8:g}) rotate(-60)"
        yield element("g", tip, words(route, 0, 0, class_="ink"), transform=place)


def _row(
    row: MatrixRow, name: str, routes: list[str], left: float, top: float, number: int, look: Look
) -> Iterator[str]:
    y = top + (number + 0.5) * _SIDE
    yield element("path", d=f"M{_EDGE:g} {y - _SIDE / 2:g}H{left + len(routes) * _SIDE:g}", class_="rule")
    yield words(name, left - 8, y + 4.5, text_anchor="end", class_="ink")
    cells = {cell["route"]: cell for cell in row["routes"]}
    for position, route in enumerate(routes):
        if cell := cells.get(route):
            x = left + (position + 0.5) * _SIDE
            drawn = mark(state_of(cell), x, y)
            signs = DISPUTE * is_disputed(cell) + (SIGN if sign(cell) else "")
            told = words(signs, x + 7, y - 4, class_="ink") if signs else ""
            yield element("g", element("title", text_of(tip(row, cell, look))), drawn, told)


def tip(row: MatrixRow, cell: MatrixCell, look: Look) -> str:
    """What a mark says in words."""
    by = regimens([look.word(name) for name in group] for group in cell["by"])
    said = [f"{look.both(cell['route'])}: {state_of(cell)}" + (f" by {by}" if by else "")]
    said += [word for word in (worded(cell), spoken(cell["strength"])) if word]
    said += [f"{SIGN} rests on a contradiction"] if sign(cell) else []
    return f"{name_of(row, look)} · {', '.join(said)}"


def _legend(top: float) -> Iterator[str]:
    for number, (state, meaning) in enumerate(CELLS.items()):
        y = top + (number + 0.5) * _LINE
        yield mark(state, _EDGE + 10, y)
        yield words(f"{state}: {meaning}", _EDGE + 28, y + 4.5, class_="soft")


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
