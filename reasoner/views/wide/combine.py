"""The wide page of ``combine``: the regimens as a table, each of which leads to its scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Cell, Column, Stack, Table, TextRun, ToRegimen
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages import combine as narrow
from reasoner.views.pages.killers import from_afar
from reasoner.views.pages.worth import lines_of_regimen
from reasoner.views.phrases import badge
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.combination import Combination, RegimenRow

_TITLES = ("regimen", "closes", "leaves open", "opens", "price for normal cells", "verdict", "strength")
#: Regimens of which the same is said that stand below each other.
_ALIKE = 3


def blocks(document: Combination, look: Look) -> Iterator[Block]:
    """As in a terminal, with the regimens as a table."""
    return narrow.laid_out(document, look, _table)


def found(document: Combination, look: Look) -> Iterator[Block]:
    """The same as part of another page."""
    return narrow.found(document, look, _table)


def _table(regimens: Sequence[RegimenRow], asked: Sequence[str], look: Look) -> Iterator[Block]:
    """A row for all regimens of which the same is said."""
    rows = [_row(alike, look) for alike in narrow.grouped(regimens, asked, look)]
    yield Table([Column(title) for title in _TITLES], rows)


def _row(alike: Sequence[RegimenRow], look: Look) -> tuple[Cell, ...]:
    first = alike[0]
    return (
        _agents(alike, look),
        _goals(first["closes"], look),
        _left(first, look),
        _goals([*first["opens"], *first["rebounds"]], look),
        Stack(
            [(badge(harm["extent"]), f" {look.word(harm['function'])}") for harm in first["harms"]] or ["none is known"]
        ),
        _verdict(first),
        " · ".join(filter(None, (spoken(first["strength"]), spoken(first["modality"])))),
    )


def _agents(alike: Sequence[RegimenRow], look: Look) -> Stack:
    """The regimens, and what is said of killers that are stated for a broader cell or disease."""
    sets = [row["agents"] for row in alike]
    mark = sign(alike[0])
    names = [(TextRun(look.words(agents, " + "), to=ToRegimen(tuple(agents))), mark) for agents in sets]
    killers = [TextRun(said, "soft") for said in from_afar(alike[0]["killer_scopes"], look).values()]
    return Stack([*names, *killers], look.either(sets) + mark if len(sets) > _ALIKE else "")


def _goals(names: Iterable[str], look: Look) -> Cell:
    """Routes by their number, which a reader unfolds."""
    shown = [look.both(name) for name in names]
    return Stack(shown, plural(len(shown), "route")) if shown else "none"


def _left(row: RegimenRow, look: Look) -> Cell:
    """What stays open, with the clones where it does so in some alone, and what stays undetermined."""
    changed = set() if row["leaves_open_in"] else {*row["opens"], *row["rebounds"]}
    apart = narrow.in_some_clones(row)
    shown = [
        look.both(name) + (f" ({', '.join(apart[name])})" if name in apart else "")
        for name in row["leaves_open"]
        if name not in changed
    ]
    shown += [f"{look.both(name)} (undetermined)" for name in row["undetermined"]]
    return Stack(shown, plural(len(shown), "route")) if shown else "none"


def _verdict(row: RegimenRow) -> Stack:
    """What it is worth, where a word is known."""
    return Stack([""] if row["verdict"] is None else lines_of_regimen(row, len(row["agents"]) > 1))
