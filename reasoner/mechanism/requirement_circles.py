"""Circles of necessary conditions: what needs each other through ``requiredFor`` can never be on.

Mechanisms go round together only where their scopes meet, and activities of one thing are one activity in a cell when
they are stated for it or for broader cells.  So every scope and cell that such mechanisms name is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from reasoner.mechanism.place import EVERYWHERE
from reasoner.mechanism.stated import ACTIVITY_ROLES, StatedFacts
from reasoner.model.atom import Fact

_At = tuple[str, ...]


class Necessity(NamedTuple):
    """One necessary condition: the effect is off where the required activity is, by these facts."""

    effect: str
    required: str
    facts: tuple[Fact, ...]


def circles(stated: StatedFacts) -> list[tuple[Necessity, ...]]:
    """The shortest circle through each necessary condition that lies on one, each circle once."""
    if not stated.values["requiredFor"]:
        return []
    reading = _Requirements(stated)
    if not any(_circles_of(reading.steps(None, None))):
        return []
    found: dict[frozenset[Necessity], tuple[Necessity, ...]] = {}
    for asked in reading.scopes():
        for cell in reading.cells():
            for circle in _circles_of(reading.steps(asked, cell)):
                found.setdefault(frozenset(circle), circle)
    return list(found.values())


class _Requirements:
    """The necessary conditions that are stated, read for one scope and one cell at a time."""

    def __init__(self, stated: StatedFacts) -> None:
        self.stated = stated
        self.mechanisms = sorted(stated.values["requiredFor"])
        self.complexes = stated.all("MolecularComplex") - stated.all("FusionProtein")
        self.described = {name: cls for cls in ACTIVITY_ROLES for name in stated.members[cls]}
        self.activities = sorted(
            {a for m in self.mechanisms for prop in ("requires", "requiredFor") for a in stated.of(prop, m)}
        )

    def asks(self, scope: str) -> frozenset[str]:
        """What a scope asks for: its diseases with all above them, and its states."""
        if scope == EVERYWHERE:
            return frozenset()
        diseases = self.stated.of("inDisease", scope) or [scope]
        above = (self.stated.above("subtypeOf", disease) for disease in diseases)
        return frozenset(self.stated.of("inState", scope)).union(*above)

    def scopes(self) -> set[frozenset[str]]:
        """What each place may offer: every disease and context, in its own states and in all that there are."""
        named = chain(self.stated.all("Disease"), self.stated.members["Context"], (EVERYWHERE,))
        states = frozenset(s for found in self.stated.values["inState"].values() for s in found)
        return {offered for scope in named for asks in (self.asks(scope),) for offered in (asks, asks | states)}

    def cells(self) -> list[str]:
        """The cells that the conditions name; one empty name where they name none."""
        return sorted({place for activity in self.activities for place in self._roles(activity)[1]}) or [""]

    def steps(self, offered: frozenset[str] | None, cell: str | None) -> dict[_At, list[tuple[_At, Necessity]]]:
        """From each effect to what it needs, by the mechanisms that hold in the scope, activities read for the cell.

        Without a scope by all mechanisms, without a cell whatever the cells: where nothing goes round then, nothing
        does anywhere.
        """
        steps: dict[_At, list[tuple[_At, Necessity]]] = defaultdict(list)
        for mechanism in self.mechanisms:
            if offered is None or self._holds(mechanism, offered):
                for effect in self.stated.of("requiredFor", mechanism):
                    for required in self.stated.of("requires", mechanism):
                        facts = Fact("requires", mechanism, required), Fact("requiredFor", mechanism, effect)
                        steps[self._node(effect, cell)].append(
                            (self._node(required, cell), Necessity(effect, required, facts))
                        )
        for whole in self.activities:
            for part, parts in self._parts(whole, cell):
                steps[self._node(whole, cell)].append((self._node(part, cell), Necessity(whole, part, parts)))
        return steps

    def _holds(self, mechanism: str, offered: frozenset[str]) -> bool:
        """Whether the narrowest statements that cover the scope say that the mechanism holds, or a tie may."""
        said = [
            (asks, holds)
            for prop, holds in (("holdsIn", True), ("deniedIn", False))
            for scope in self.stated.of(prop, mechanism) or ([EVERYWHERE] if holds else [])
            if (asks := self.asks(scope)) <= offered
        ]
        return any(holds and not any(other > asks for other, _ in said) for asks, holds in said)

    def _parts(self, whole: str, cell: str | None) -> Iterator[tuple[str, tuple[Fact, ...]]]:
        """The activities of the subunits of a complex at work in the same cell."""
        for molecule in self.complexes.intersection(self.stated.of("ofMolecule", whole)):
            subunits = self.stated.above("hasSubunit", molecule) - {molecule}
            for part in self.activities:
                for subunit in subunits.intersection(self.stated.of("ofMolecule", part)):
                    if self._node(whole, cell)[2:] == self._node(part, cell)[2:]:
                        yield (
                            part,
                            tuple(
                                Fact("hasSubunit", outer, subunit)
                                for outer in sorted({molecule, *subunits})
                                if subunit in self.stated.of("hasSubunit", outer)
                            ),
                        )

    def _roles(self, activity: str) -> tuple[list[str], list[str]]:
        cls = self.described.get(activity)
        if cls is None:
            return [activity], []
        thing, place = ACTIVITY_ROLES[cls]
        return self.stated.of(thing, activity), self.stated.of(place, activity)

    def _node(self, activity: str, cell: str | None) -> _At:
        things, places = self._roles(activity)
        if cell is None:
            return (self.described.get(activity, ""), *things)
        read = (cell if place in self.stated.above("subtypeOf", cell) else place for place in places)
        return (self.described.get(activity, ""), *things, *read)


def _circles_of(steps: dict[_At, list[tuple[_At, Necessity]]]) -> Iterator[tuple[Necessity, ...]]:
    """The shortest circle through each node that lies on one."""
    for start in sorted(steps):
        came: dict[_At, tuple[_At, Necessity]] = {}
        todo = [start]
        for node in todo:
            for further, step in steps.get(node, ()):
                if further not in came:
                    came[further] = node, step
                    todo.append(further)
        if start in came:
            circle: list[Necessity] = []
            node = start
            while not circle or node != start:
                node, step = came[node]
                circle.append(step)
            circle.reverse()
            if any(fact.predicate == "requiredFor" for step in circle for fact in step.facts):
                yield tuple(circle)
