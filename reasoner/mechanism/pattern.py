"""Which cells a statement names in which roles, and which of them are one: the same in every scene.

Where one statement names a cell and a broader kind of it, the role decides: in it, of it or as receiver the broader one
is that same cell; as sender it is the population around it, and stays; so does a sender that also receives.  Where two
kinds of a broader cell are named, in whatever roles, it stays.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

#: Whether one kind of cell covers another.
Covers = Callable[[str, str], bool]
#: For each activity of a statement whether something comes from its cells, and these.
Key = tuple[tuple[bool, tuple[str, ...]], ...]


class Anchor(NamedTuple):
    """The named cell with which a cell is read, and whether narrower cells take its place."""

    cell: str
    moves: bool


@dataclass(frozen=True, eq=False, slots=True)
class Pattern:
    """The cells of a statement.

    ``stated`` are those of each activity, ``named`` all of them, ``anchors`` one for each role, ``free`` those that
    narrower cells may stand for; ``is_single`` tells that one cell at most is named, in roles that do not differ.
    """

    stated: tuple[tuple[str, ...], ...]
    named: frozenset[str]
    is_single: bool
    anchors: tuple[Anchor, ...]
    free: tuple[str, ...]

    @classmethod
    def of(cls, key: Key, covers: Covers) -> Pattern:
        """The pattern of a statement about some activities."""
        stated = tuple(places for _, places in key)
        named = frozenset(cell for places in stated for cell in places)
        if not named or (len(named) == 1 and all(len(places) < 2 for places in stated)):
            return cls(stated, named, True, (), tuple(named))
        roles = list(_roles(key))
        receiving = {role.cell for role in roles if not role.is_source}
        anchors = tuple(_anchor(role, receiving, named, covers) for role in roles)
        return cls(stated, named, False, anchors, tuple(sorted({anchor.cell for anchor in anchors if anchor.moves})))


class _Role(NamedTuple):
    """A cell at one position of a statement: whether something comes from it, and the cell on the other side."""

    cell: str
    is_source: bool
    partner: str


def _roles(key: Key) -> Iterator[_Role]:
    for is_sourced, places in key:
        for position, cell in enumerate(places):
            partner = places[1 - position] if len(places) > 1 else ""
            yield _Role(cell, is_sourced or position < len(places) - 1, partner)


def _anchor(role: _Role, receiving: set[str], named: Iterable[str], covers: Covers) -> Anchor:
    below = {cell for cell in named if cell != role.cell and covers(role.cell, cell)}
    if role.is_source:
        return Anchor(role.cell, not below and role.partner != role.cell)
    same = _narrowest(below & receiving, covers)
    if len(same) > 1 or len(_narrowest(below, covers)) > 1:
        return Anchor(role.cell, False)
    return Anchor(next(iter(same), role.cell), True)


def _narrowest(cells: Collection[str], covers: Covers) -> list[str]:
    """Those of some cells of which no kind is among them."""
    return [cell for cell in cells if not any(other != cell and covers(cell, other) for other in cells)]
