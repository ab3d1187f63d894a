"""Axioms by which no two of many have anything in common: disjoint classes and properties, one constraint for all.

A group of a thousand classes stands for half a million constraints, one for each two of them.  They are made when
somebody asks for them, and a search for contradictions asks for those alone whose two classes have a member in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from reasoner.model.atom import Atom
from reasoner.model.axiom import THING, Axiom, ClassTerm
from reasoner.model.datatypes import alike
from reasoner.model.rule import RowsOf, Rule
from reasoner.owl.class_expressions import Alternative, Fresh, condition
from reasoner.owl.compiled import Compiled, Outside, X, Y, axiom_text, bound, holds, term_text

#: W3C ids of the rules about properties; all others are about classes.
_OF_PROPERTIES = frozenset({"prp-pdw", "prp-adp"})


@dataclass(frozen=True, slots=True)
class Exclusion:
    """No two of ``terms`` have anything in common, by ``axiom``; ``origin`` is the W3C id of the rule that says so.

    ``earlier`` are the terms of exclusions before this one that exclude some two under the same names: the ids of the
    constraints go on from theirs.
    """

    origin: str
    axiom: Axiom
    terms: tuple[ClassTerm, ...]
    earlier: tuple[tuple[ClassTerm, ...], ...] = ()

    @property
    def rules(self) -> Iterator[Rule]:
        """The constraints, one for each way in which two of the terms can have something in common."""
        return self.between(combinations(range(len(self.terms)), 2))

    def between(self, pairs: Iterable[tuple[int, int]]) -> Iterator[Rule]:
        """The constraints on pairs of terms, which are given by their places, the smaller one first."""
        before = [*map(_TermPlaces, self.earlier), _TermPlaces(self.terms)]
        for first, second in pairs:
            names = term_text(self.terms[first]), term_text(self.terms[second])
            count = sum(self._ways(places.terms, pair) for places in before[:-1] for pair in places.of(*names))
            count += sum(self._ways(self.terms, pair) for pair in before[-1].of(*names) if pair < (first, second))
            for body in self._bodies(self.terms[first], self.terms[second]):
                count += 1
                yield self._rule(names, body, count)

    @property
    def _of_properties(self) -> bool:
        return self.origin in _OF_PROPERTIES

    @property
    def atoms(self) -> Iterator[Atom]:
        """The atoms of the constraints, without what is repeated for each two terms."""
        for term in self.terms:
            for atoms, _ in self._conditions(term, Fresh()):
                yield from atoms

    def clashing(self, rows: RowsOf) -> Iterator[Rule]:
        """The constraints that may be broken by what holds."""
        if len(self.terms) == 2:
            return self.rules
        return self.between(sorted(set(self._sharing(rows))))

    def _sharing(self, rows: RowsOf) -> Iterator[tuple[int, int]]:
        """The places of terms that may have something in common: found from each thing, not from each two terms."""
        first: dict[tuple[int, ...], int] = {}
        more: dict[tuple[int, ...], list[int]] = {}
        composed: list[int] = []
        populated: list[int] = []
        for place, term in enumerate(self.terms):
            alternatives = [atoms for atoms, _ in self._conditions(term, Fresh())]
            if not any(all(rows(atom) for atom in atoms) for atoms in alternatives):
                continue
            populated.append(place)
            atom = self._plain(term)
            if atom is None:
                composed.append(place)
                continue
            for row in rows(atom):
                row = row if atom.args[0] == X else row[::-1]
                if first.setdefault(row, place) != place:
                    more.setdefault(row, [first[row]]).append(place)
        for places in more.values():
            yield from combinations(places, 2)
        for place in composed:
            yield from (tuple(sorted((place, other))) for other in populated if other != place)  # type: ignore[misc]

    def _conditions(self, term: ClassTerm, fresh: Fresh) -> list[Alternative]:
        if self._of_properties:
            return [((holds(term, X, Y),), {})]
        return condition(term, X, fresh)

    def readable(self, compiled: Compiled) -> tuple[ClassTerm, ...]:
        """The terms that rules can test; the others are noted as unsupported."""
        found: list[ClassTerm] = []
        for term in self.terms:
            try:
                self._conditions(term, Fresh())
                found.append(term)
            except Outside as reason:
                compiled.refuse(self.axiom, str(reason))
        return tuple(found)

    def _plain(self, term: ClassTerm) -> Atom | None:
        """The one atom that a named class or a property is."""
        if not self._of_properties and (not isinstance(term, str) or term == THING):
            return None
        return self._conditions(term, Fresh())[0][0][0]

    def _bodies(self, first: ClassTerm, second: ClassTerm) -> Iterator[tuple[Atom, ...]]:
        fresh = Fresh()
        for atoms, bindings in self._conditions(first, fresh):
            for more, new in self._conditions(second, fresh):
                if all(alike(bindings.get(variable, value), value) for variable, value in new.items()):
                    yield tuple(dict.fromkeys(bound(atom, {**bindings, **new}) for atom in (*atoms, *more)))

    def _ways(self, terms: Sequence[ClassTerm], pair: tuple[int, int]) -> int:
        return sum(1 for _ in self._bodies(terms[pair[0]], terms[pair[1]]))

    def _rule(self, names: tuple[str, str], body: tuple[Atom, ...], count: int) -> Rule:
        said = f"{names[0]} and {names[1]} exclude each other"
        if not self._of_properties:
            said = f"nothing is both {names[0]} and {names[1]}"
        name = f"{self.origin}:{names[0]}/{names[1]}" + (f"#{count}" if count > 1 else "")
        label = axiom_text(self.axiom)
        return Rule(name, body, (), label=label, because=said, origin=self.origin, span=self.axiom.span)


class _TermPlaces:
    """Where the terms of a group stand, by their names."""

    def __init__(self, terms: tuple[ClassTerm, ...]) -> None:
        self.terms = terms
        self.named: dict[str, list[int]] = {}
        for place, term in enumerate(terms):
            self.named.setdefault(term_text(term), []).append(place)

    def of(self, one: str, other: str) -> Iterator[tuple[int, int]]:
        """The places of every two terms with these names, in this order."""
        for first in self.named.get(one, ()):
            yield from ((first, second) for second in self.named.get(other, ()) if first < second)


class Exclusions:
    """The exclusions of a compilation, by the names that they exclude."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._naming: dict[tuple[str, str], list[Exclusion]] = {}

    def add(self, axiom: Axiom, terms: Iterable[ClassTerm], origin: str) -> None:
        """Note that no two of the terms have anything in common; what cannot be a condition is unsupported."""
        kept = Exclusion(origin, axiom, tuple(terms)).readable(self.compiled)
        names = [term_text(term) for term in kept]
        shared: Counter[int] = Counter()
        known: dict[int, Exclusion] = {}
        for name in names:
            for other in self._naming.get((origin, name), ()):
                shared[id(other)] += 1
                known[id(other)] = other
        earlier = tuple(other.terms for number, other in known.items() if shared[number] > 1)
        exclusion = Exclusion(origin, axiom, kept, earlier)
        for name in dict.fromkeys(names):
            self._naming.setdefault((origin, name), []).append(exclusion)
        if len(kept) > 1:
            self.compiled.rules.append(exclusion)
