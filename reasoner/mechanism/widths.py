"""How narrow statements are at one place: what each asks for of its scopes and of its kinds of cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reasoner.mechanism.place import EVERYWHERE, Hierarchy, Miss, Narrowness, Place, narrowest

#: The narrowness of what is known of another disease or cell.
WIDEST = Narrowness(False, frozenset())


class Width(NamedTuple):
    """How narrow a statement is under each scope that covers the place, and whether only a state is missing."""

    found: tuple[Narrowness, ...]
    unstated: bool


class Widths:
    """The narrowness of statements at a place; ``analogy`` lets those of other diseases in, as the widest."""

    def __init__(self, hierarchy: Hierarchy, place: Place, analogy: bool) -> None:
        self._hierarchy = hierarchy
        self._place = place
        self._analogy = analogy
        self._fits: dict[str, frozenset[str] | Miss] = {}
        self._asked: dict[tuple[frozenset[str], tuple[str, ...]], frozenset[str]] = {}
        self._known: dict[tuple[tuple[str, ...], frozenset[str]], Width] = {}

    def asked(self, named: frozenset[str], places: tuple[str, ...]) -> frozenset[str]:
        """The kinds of cell that a statement asks for which bears on some places: broader kinds of them or of mine."""
        found = self._asked.get((named, places))
        if found is None:
            above, mine = self._hierarchy.above, self._place.cell
            about = frozenset().union(*map(above, places if mine is None else (*places, mine)))
            found = self._asked[named, places] = frozenset().union(*map(above, named & about))
        return found

    def of(self, scopes: Sequence[str], cells: frozenset[str] = frozenset()) -> Width:
        """How narrow a statement with these scopes is that asks for some kinds of cell; no scope covers nothing."""
        key = tuple(scopes), cells
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._of(scopes, cells)
        return found

    def stated(self, scopes: Sequence[str], cells: frozenset[str] = frozenset()) -> Width:
        """The same of what holds everywhere where it names no scope."""
        return self.of(scopes or (EVERYWHERE,), cells)

    def is_silent(self, scopes: Sequence[str]) -> bool:
        """Whether what holds in these scopes says nothing at the place, and would not with further states."""
        found, unstated = self.stated(scopes)
        return not found and not unstated

    def _of(self, scopes: Sequence[str], cells: frozenset[str]) -> Width:
        found: list[Narrowness] = []
        unstated = False
        for scope in scopes:
            fit = self._fit(scope)
            if isinstance(fit, frozenset):
                found.append(Narrowness(True, fit | cells))
            elif self._analogy:
                found.append(WIDEST)
            elif fit is Miss.STATE:
                unstated = True
        return Width(tuple(found), unstated and not found)

    def _fit(self, scope: str) -> frozenset[str] | Miss:
        if scope not in self._fits:
            self._fits[scope] = self._hierarchy.fit(scope, self._place)
        return self._fits[scope]


def prevailing(holds: Sequence[Narrowness], denied: Sequence[Narrowness]) -> bool | None:
    """Whether the narrowest scopes of a statement let it hold; None for a tie.  A denial from afar does not count."""
    if holds and not denied:
        return True
    return narrowest([(w, True) for w in holds] + [(w, False) for w in denied if w.strict])
