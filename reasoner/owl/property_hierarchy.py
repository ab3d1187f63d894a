"""Which object properties are simple, and whether their hierarchy is regular (OWL 2 Structural Specification, 11).

A property and its inverse stand together here: what makes the one composite, or puts it below another, does so for the
other.  A *composite* property is transitive, follows from a chain, or is the property of everything; *simple* is one
that has no composite one below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from reasoner.model.axiom import Axiom, Expression
from reasoner.model.iris import OWL

TOP_OBJECT, BOTTOM_OBJECT = OWL + "topObjectProperty", OWL + "bottomObjectProperty"


class Cycle(NamedTuple):
    """A chain that has no place in an order of the properties: the way from the property that it implies back to it."""

    axiom: Axiom
    way: tuple[str, ...]


class PropertyHierarchy:
    """The object properties of some axioms, by what lies above and below each."""

    def __init__(self, axioms: Iterable[Axiom]) -> None:
        self._below: dict[str, dict[str, None]] = {}
        self._above: dict[str, dict[str, None]] = {}
        self._composite = {TOP_OBJECT: "is composite", BOTTOM_OBJECT: "is composite"}
        self._before: list[tuple[str, str, Axiom]] = []
        for axiom in axioms:
            self._read(axiom)
        self._causes = self._propagated()

    def why_composite(self, prop: object) -> str:
        """Why a property, or the inverse of one, is not simple; empty for a simple one.

        >>> axioms = Axiom("TransitiveProperty", ("inside",)), Axiom("SubPropertyOf", ("inside", "near"))
        >>> PropertyHierarchy(axioms).why_composite("near"), PropertyHierarchy(axioms[1:]).why_composite("near")
        ('inside, a property below it, is transitive', '')
        """
        name = _named(prop)
        cause = self._causes.get(name)
        if cause is None:
            return ""
        return f"{'it' if cause == name else f'{cause}, a property below it,'} {self._composite[cause]}"

    def cycles(self) -> Iterator[Cycle]:
        """The chains for which no order of the properties exists, each once."""
        told: set[Axiom] = set()
        for part, whole, axiom in self._before:
            if axiom not in told and (way := self._way(whole, part)):
                told.add(axiom)
                yield Cycle(axiom, (*way, whole))

    def _read(self, axiom: Axiom) -> None:
        kind, args = axiom.kind, axiom.args
        if kind == "SubPropertyOf":
            self._under(args[0], args[1])
        elif kind in ("EquivalentProperties", "InverseOf"):
            for one, other in pairwise(args):
                self._under(one, other)
                self._under(other, one)
        elif kind == "TransitiveProperty":
            self._composite.setdefault(_named(args[0]), "is transitive")
        elif kind == "PropertyChain" and isinstance(args[1], tuple):
            self._read_chain(axiom, args[0], args[1])

    def _read_chain(self, axiom: Axiom, whole: object, links: tuple[object, ...]) -> None:
        name = _named(whole)
        if not links:
            return  # a chain without links says nothing, and is refused where rules are made
        if len(links) == 1:
            self._under(links[0], whole)
            return
        self._composite.setdefault(name, "follows from a chain")
        if name == TOP_OBJECT or (len(links) == 2 and links[0] == links[1] == whole):
            return
        for part in links[1:] if links[0] == whole else links[:-1] if links[-1] == whole else links:
            self._under(part, whole)
            self._before.append((_named(part), name, axiom))

    def _under(self, below: object, above: object) -> None:
        self._below.setdefault(_named(above), {})[_named(below)] = None
        self._above.setdefault(_named(below), {})[_named(above)] = None

    def _propagated(self) -> dict[str, str]:
        """Every property that is not simple, with the composite one that makes it so."""
        causes = {name: name for name in self._composite}
        queue = list(causes)
        for name in queue:  # grows while it is walked
            for above in self._above.get(name, ()):
                if above not in causes:
                    causes[above] = causes[name]
                    queue.append(above)
        return causes

    def _way(self, start: str, goal: str) -> tuple[str, ...]:
        """The properties from ``start`` up to ``goal``, each below the next; empty where there is no way."""
        came: dict[str, str] = {start: ""}
        queue = [start]
        for name in queue:  # grows while it is walked
            if name == goal:
                way = [name]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return tuple(reversed(way))
            for above in self._above.get(name, ()):
                if above not in came:
                    came[above] = name
                    queue.append(above)
        return ()


def _named(prop: object) -> str:
    """The name of a property, or of the one whose inverse it is."""
    return str(prop.args[0]) if isinstance(prop, Expression) else str(prop)
