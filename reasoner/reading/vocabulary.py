"""Declarations and axioms to the :class:`Vocabulary` against which rules and facts are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from reasoner.model.axiom import Axiom, ClassTerm, Expression
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.declarations import Declarations


def vocabulary_of(declared: Declarations, axioms: Iterable[Axiom]) -> Vocabulary:
    """Names by kind, domains and ranges as named classes, superclass closure, disjoint pairs."""
    axioms = list(axioms)
    name = declared.graph.name
    classes = frozenset(map(name, declared.classes))
    superclasses = _closure(classes, axioms)
    return Vocabulary(
        classes=classes,
        object_properties=frozenset(map(name, declared.object_properties)),
        data_properties=frozenset(map(name, declared.data_properties)),
        annotation_properties=frozenset(map(name, declared.annotation_properties)),
        individuals=frozenset(map(name, declared.individuals)),
        domains=_named(axioms, "Domain", superclasses),
        ranges=_named(axioms, "Range", superclasses),
        superclasses=superclasses,
        disjoint=frozenset(_disjoint(axioms)),
    )


def _closure(classes: Iterable[str], axioms: Iterable[Axiom]) -> dict[str, frozenset[str]]:
    """Each class with all its named superclasses, itself included."""
    above: dict[str, set[str]] = {cls: set() for cls in classes}
    for sub, sup in _inclusions(axioms):
        above.setdefault(sub, set()).add(sup)
    closed: dict[str, frozenset[str]] = {}
    for cls in above:
        seen = {cls}
        queue = [cls]
        while queue:
            for upper in above.get(queue.pop(), ()):
                if upper not in seen:
                    seen.add(upper)
                    queue.append(upper)
        closed[cls] = frozenset(seen)
    return closed


def _inclusions(axioms: Iterable[Axiom]) -> Iterator[tuple[str, str]]:
    """Inclusions between named classes that axioms state, also through intersections and unions."""
    for axiom in axioms:
        terms: list[ClassTerm] = [arg for arg in axiom.args if isinstance(arg, str | Expression)]
        if axiom.kind == "SubClassOf":
            yield from _included(terms[0], terms[1])
        elif axiom.kind == "EquivalentClasses":
            yield from _included(terms[0], terms[1])
            yield from _included(terms[1], terms[0])
        elif axiom.kind == "DisjointUnion":
            for part in terms[1:]:
                yield from _included(part, terms[0])


def _included(sub: ClassTerm, sup: ClassTerm) -> Iterator[tuple[str, str]]:
    for lower in _parts(sub, "unionOf"):
        for upper in _parts(sup, "intersectionOf"):
            yield lower, upper


def _parts(term: ClassTerm, constructor: str) -> Iterator[str]:
    if isinstance(term, str):
        yield term
    elif term.constructor == constructor:
        for part in term.args:
            if isinstance(part, str | Expression):
                yield from _parts(part, constructor)


def _named(axioms: Iterable[Axiom], kind: str, superclasses: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Domains or ranges: the named classes of which any one will do; of several axioms, what fits all of them."""
    found: dict[str, frozenset[str]] = {}
    for axiom in axioms:
        if axiom.kind != kind:
            continue
        prop, term = axiom.args
        if not isinstance(prop, str) or not isinstance(term, str | Expression) or not _is_union(term):
            continue
        choice = frozenset(_parts(term, "unionOf"))
        earlier = found.get(prop)
        found[prop] = choice if earlier is None else _both(earlier, choice, superclasses)
    return found


def _is_union(term: ClassTerm) -> bool:
    return isinstance(term, str) or (
        term.constructor == "unionOf" and all(isinstance(a, str | Expression) and _is_union(a) for a in term.args)
    )


def _both(a: frozenset[str], b: frozenset[str], superclasses: dict[str, frozenset[str]]) -> frozenset[str]:
    """Classes of either choice that lie below a class of the other; if there are none, the earlier choice."""
    below = {x for x in a if superclasses.get(x, frozenset()) & b} | {
        x for x in b if superclasses.get(x, frozenset()) & a
    }
    return frozenset(below) or a


def _disjoint(axioms: Iterable[Axiom]) -> Iterator[frozenset[str]]:
    for axiom in axioms:
        if axiom.kind in ("DisjointClasses", "AllDisjointClasses", "DisjointUnion"):
            named = [arg for arg in axiom.args[axiom.kind == "DisjointUnion" :] if isinstance(arg, str)]
            for pair in combinations(named, 2):
                if pair[0] != pair[1]:
                    yield frozenset(pair)
