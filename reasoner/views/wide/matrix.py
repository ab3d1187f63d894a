"""The wide page of ``matrix``: a grid of signs, each of which leads to what derives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Column, Heading, Line, Table, TextRun, ToRegimen
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.matrix_picture import name_of, title_of
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.phrases import DISPUTE, is_disputed, worded
from reasoner.views.signs import BY_WORD, legend
from reasoner.views.wide.assess import proof_of
from reasoner.views.words import regimens, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.matrix import Matrix, MatrixCell, MatrixRow

#: Letters of a route that stand above its column; the whole is in the hint of each sign.
_LONGEST = 46


def blocks(document: Matrix, look: Look) -> Iterator[Block]:
    """Every regimen by every route that is on under one of them."""
    yield Heading(title_of(document, look), level=1)
    yield from reasons(document)
    rows = [(name_of(row, look), row) for row in document["answers"]]
    yield from grid(rows, routes_on(document["routes"], document["answers"]), look)
    yield from closing(document)


def routes_on(routes: Sequence[str], rows: Sequence[MatrixRow]) -> list[str]:
    """The routes that are not off anyway under all of these regimens."""
    shown = {cell["route"] for row in rows for cell in row["routes"] if cell["status"] != "inactive"}
    return [route for route in routes if route in shown]


def grid(rows: Sequence[tuple[str, MatrixRow]], routes: Sequence[str], look: Look) -> Iterator[Block]:
    """Named regimens by routes; below it what the signs mean."""
    if not rows or not routes:
        return
    columns = [Column("regimen"), *(Column(_brief(look.both(route)), narrow=True) for route in routes)]
    yield Table(columns, [_row(name, row, routes, look) for name, row in rows])
    yield Line(f"{legend()}; a dash: narrowed; an asterisk: contested.", "soft")


def around(document: Matrix, asked: Sequence[MatrixRow], look: Look) -> Iterator[Block]:
    """The regimens ``asked`` about, and what each further agent adds to the last of them."""
    more = [row for row in document["answers"] if row not in asked]
    added = [row for row in more if _standing(row) != _standing(asked[-1])]
    silent = [row["regimen"][-1] for row in more if row not in added]
    rows = [(look.words(row["regimen"], " + ") or "untreated", row) for row in asked]
    rows += [(f"+ {look.word(row['regimen'][-1])}", row) for row in added]
    yield Heading("Regimens by routes")
    yield Line("What each agent adds to the regimen above. Each sign leads to what derives it.", "soft")
    yield from grid(rows, routes_on(document["routes"], [row for _, row in rows]), look)
    if silent:
        yield Line(f"Without effect on any of these routes here: {look.words(silent)}.", "soft")


def _standing(row: MatrixRow) -> list[str]:
    return [cell["status"] for cell in row["routes"]]


def _row(name: str, row: MatrixRow, routes: Sequence[str], look: Look) -> list[TextRun]:
    cells: Mapping[str, MatrixCell] = {cell["route"]: cell for cell in row["routes"]}
    first = TextRun(name + sign(row), to=ToRegimen(tuple(row["regimen"])))
    return [first, *(_sign(cells[route], row["regimen"], look) for route in routes)]


def _sign(cell: MatrixCell, agents: Sequence[str], look: Look) -> TextRun:
    by = regimens(map(look.word, group) for group in cell["by"])
    said = [
        cell["status"], "narrowed" if cell["narrowed"] else "", f"by {by}" if by else "",
        worded(cell), spoken(cell["strength"]), "rests on a contradiction" if sign(cell) else "",
    ]  # fmt: skip
    title = f"{look.both(cell['route'])} under {look.words(list(agents), ' + ') or 'no treatment'}"
    glyph = BY_WORD[cell["status"]].glyph + DISPUTE * is_disputed(cell) + "–" * cell["narrowed"]
    return TextRun(
        glyph + sign(cell),
        badge=cell["status"],
        to=proof_of(cell["route"], cell["status"], agents, title),
        hint=f"{title}: {', '.join(filter(None, said))}",
    )


def _brief(text: str) -> str:
    """A heading that fits, cut between words."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rsplit(' ', 1)[0]} …"
