"""The page of ``matrix``: a row of letters a regimen, one a route."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.matrix_picture import name_of, state_of, title_of
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.phrases import DISPUTE, SAID_OF_IT, in_cells, is_disputed
from reasoner.views.signs import STATUSES
from reasoner.views.words import CELLS

if TYPE_CHECKING:
    from reasoner.model.documents.matrix import Matrix, MatrixCell

KEYS = ("regimen", "route", "status", "narrowed", "by", "verdict", "strength", *SAID_OF_IT)
_LETTERS = {status.word: status.letter for status in STATUSES}
#: Columns of text that the names of regimens take at most, and what a route takes beside its title.
_NAMES, _GAP = 30, 2


def rows(document: Matrix) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row a regimen and route."""
    return KEYS, [
        {**in_cells(cell), "regimen": row["regimen"]} for row in document["answers"] for cell in row["routes"]
    ]


def blocks(document: Matrix, look: Look) -> Iterator[Block]:
    """Routes that the regimens differ in as columns, then what is the same under all, the letters, the routes."""
    yield Heading(title_of(document, look), level=1)
    answers = document["answers"]
    yield from reasons(document)
    cells = {
        route: [cell for row in answers for cell in row["routes"] if cell["route"] == route]
        for route in document["routes"]
    }
    states = {route: list(map(state_of, found)) for route, found in cells.items()}
    differing = [route for route, found in states.items() if len(set(found)) > 1]
    for chunk in _chunks(differing, look.width):
        yield Line("")
        yield _table(chunk, cells, [name_of(row, look) + sign(row) for row in answers])
    yield Line("")
    for state in CELLS:
        same = [
            r + DISPUTE * any(map(is_disputed, cells[r])) + max(map(sign, cells[r]))
            for r, found in states.items()
            if set(found) == {state}
        ]
        if same:
            yield Line(f"{state} under all: {', '.join(same)}", hang=2)
    used = {state for found in states.values() for state in found}
    signs = [f"{_LETTERS[state]} {state}" for state in CELLS if state in used]
    if any(is_disputed(cell) for found in cells.values() for cell in found):
        signs.append(f"{DISPUTE} claims stand against it, here or elsewhere: see assess")
    yield Line(" · ".join(signs), "soft", hang=2)
    yield from routes_of(document, look)
    yield from closing(document)


def _chunks(routes: list[str], width: int) -> list[list[str]]:
    """Routes in as many tables as the width asks for."""
    if not routes:
        return []
    each = max(map(len, _titles(routes))) + _GAP
    count = max((width - _NAMES) // each, 1)
    return [routes[start : start + count] for start in range(0, len(routes), count)]


def _titles(routes: list[str]) -> list[str]:
    """The routes without the letters that all their names begin with, where numbers tell them apart."""
    lead = routes[0].rstrip("0123456789")
    shared = all(route.startswith(lead) and route[len(lead) :].isdigit() for route in routes)
    return [route.removeprefix(lead) if shared else route for route in routes]


def _table(routes: list[str], cells: Mapping[str, Sequence[MatrixCell]], names: list[str]) -> Table:
    columns = [Column("regimen"), *(Column(title) for title in _titles(routes))]
    return Table(columns, [[name, *(_letter(cells[r][n]) for r in routes)] for n, name in enumerate(names)], indent=2)


def _letter(cell: MatrixCell) -> str:
    return _LETTERS[state_of(cell)] + DISPUTE * is_disputed(cell) + sign(cell).strip()


def routes_of(document: Matrix, look: Look) -> Iterator[Block]:
    """What each route is called."""
    shown = [look.both(route) for route in document["routes"]]
    if shown:
        yield Heading("Routes")
    for text in shown:
        yield Line(text, indent=2, hang=2)
