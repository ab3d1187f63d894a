"""Where a scenario stands, and whether a scope covers it.

Cells, diseases and lesions form hierarchies.  A statement holds for its cell and disease and for narrower ones, unless
a narrower statement says otherwise; a statement about a state never leaves that state, and what asks for a lesion holds
for a narrower one.  How narrow a statement is, is the
set of things that it asks for: one statement is narrower than another when it asks for strictly more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple, Protocol

from reasoner.model.term import Ground

#: The scope that covers every place.
EVERYWHERE = "everywhere"


class Facts(Protocol):
    """What scopes need of a closure."""

    def objects(self, prop: str, subject: str) -> list[Ground]:
        """The objects of a property of one subject."""

    def pairs(self, prop: str) -> list[tuple[str, Ground]]:
        """All pairs of a property."""

    def members(self, cls: str) -> list[str]:
        """The individuals of a class."""


class Narrowness(NamedTuple):
    """How narrow a statement is: what it asks for; a fact of another disease or cell (``strict`` False) is widest."""

    strict: bool
    asks: frozenset[str]

    def narrower_than(self, other: Narrowness) -> bool:
        """Whether this statement is strictly narrower and so wins."""
        if self.strict != other.strict:
            return self.strict
        return self.asks > other.asks


class Miss(Enum):
    """Why a scope does not cover a place."""

    STATE = "the state of the scope is not given"
    DISEASE = "the scope is another disease"


class Place(NamedTuple):
    """Cell, disease (or context, or None for the normal marrow) and states of a scenario."""

    cell: str | None
    disease: str | None
    states: frozenset[str] = frozenset()


class Hierarchy:
    """The upward closure of ``subtypeOf``, and what contexts ask for."""

    def __init__(self, facts: Facts) -> None:
        self._above: dict[str, set[str]] = defaultdict(set)
        for lower, upper in facts.pairs("subtypeOf"):
            self._above[lower].add(str(upper))
        self._diseases: dict[str, tuple[str, ...]] = {}
        self._states: dict[str, frozenset[str]] = {}
        for context in facts.members("Context"):
            self._diseases[context] = tuple(str(d) for d in facts.objects("inDisease", context))
            self._states[context] = frozenset(str(s) for s in facts.objects("inState", context))
        self._closed: dict[str, frozenset[str]] = {}
        self._stands: dict[str, frozenset[str]] = {}

    def above(self, name: str) -> frozenset[str]:
        """``name`` and everything it is a kind of."""
        if name not in self._closed:
            seen, todo = {name}, [name]
            while todo:
                for upper in self._above.get(todo.pop(), ()):
                    if upper not in seen:
                        seen.add(upper)
                        todo.append(upper)
            self._closed[name] = frozenset(seen)
        return self._closed[name]

    def covers(self, broader: str, narrower: str) -> bool:
        """Whether ``narrower`` is ``broader`` or a kind of it."""
        return broader in self.above(narrower)

    def diseases_above(self, disease: str | None) -> frozenset[str]:
        """The diseases and contexts that a scenario in ``disease`` stands in."""
        if disease is None:
            return frozenset()
        if disease not in self._stands:
            parts = self._diseases.get(disease, (disease,))
            self._stands[disease] = frozenset({disease}).union(*map(self.above, parts))
        return self._stands[disease]

    def asks(self, scope: str) -> frozenset[str]:
        """What a scope asks for: its diseases with all above them, and its states."""
        if scope == EVERYWHERE:
            return frozenset()
        parts = self._diseases.get(scope, (scope,))
        return frozenset().union(*map(self.above, (*parts, *self._states.get(scope, ()))))

    def states_in(self, place: Place) -> frozenset[str]:
        """The states of a place, and the broader lesions that a narrower one among them is a kind of."""
        return frozenset().union(*map(self.above, place.states))

    def fit(self, scope: str, place: Place) -> frozenset[str] | Miss:
        """What the scope asks for when it covers the place, else why it does not."""
        if scope == EVERYWHERE:
            return frozenset()
        stands_in = self.diseases_above(place.disease)
        parts = self._diseases.get(scope, (scope,))
        if scope not in stands_in and not all(part in stands_in for part in parts):
            return Miss.DISEASE
        states = self._states.get(scope, frozenset())
        if not states <= self.states_in(place) and scope != place.disease:
            return Miss.STATE
        return self.asks(scope)

    def fits(self, scopes: Iterable[str], place: Place) -> list[frozenset[str]]:
        """What each covering scope asks for; no scope at all is everywhere."""
        found = [self.fit(scope, place) for scope in scopes or [EVERYWHERE]]
        return [asks for asks in found if isinstance(asks, frozenset)]


def narrowest(statements: Iterable[tuple[Narrowness, bool]]) -> bool | None:
    """What the narrowest statements say: True, False, or None when they disagree.

    >>> wide, narrow = Narrowness(True, frozenset()), Narrowness(True, frozenset({"d"}))
    >>> narrowest([(wide, True), (narrow, False)]), narrowest([(wide, True), (wide, False)])
    (False, None)
    """
    items = list(statements)
    said = {says for _, says in items}
    if len(said) > 1:
        said = {says for width, says in items if not any(other.narrower_than(width) for other, _ in items)}
    return said.pop() if len(said) == 1 else None
