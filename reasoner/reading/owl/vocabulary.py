"""Declarations and axioms to the :class:`Vocabulary` against which rules and facts are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reasoner.model.axiom import Axiom, ClassTerm, Expression
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.owl.declarations import Declarations


def vocabulary_of(declared: Declarations, axioms: Iterable[Axiom]) -> Vocabulary:
    """Names by kind, domains and ranges as named classes, direct superclasses, disjoint groups."""
    axioms = list(axioms)
    name = declared.triples.name
    classes = frozenset(map(name, declared.classes))
    stated = Vocabulary(classes=classes, superclasses=_superclasses(classes, axioms))
    return replace(
        stated,
        object_properties=frozenset(map(name, declared.object_properties)),
        data_properties=frozenset(map(name, declared.data_properties)),
        annotation_properties=frozenset(map(name, declared.annotation_properties)),
        individuals=frozenset(map(name, declared.individuals)),
        domains=_named(axioms, "Domain", stated),
        ranges=_named(axioms, "Range", stated),
        disjoint=frozenset(_disjoint(axioms)),
    )


def _superclasses(classes: Iterable[str], axioms: Iterable[Axiom]) -> dict[str, frozenset[str]]:
    """Each class with the named ones that axioms state to be broader."""
    above: dict[str, set[str]] = {cls: set() for cls in classes}
    for sub, sup in _inclusions(axioms):
        above.setdefault(sub, set()).add(sup)
    return {cls: frozenset(broader) for cls, broader in above.items()}


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


def _named(axioms: Iterable[Axiom], kind: str, vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
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
        found[prop] = choice if earlier is None else _both(earlier, choice, vocabulary)
    return found


def _is_union(term: ClassTerm) -> bool:
    return isinstance(term, str) or (
        term.constructor == "unionOf" and all(isinstance(a, str | Expression) and _is_union(a) for a in term.args)
    )


def _both(a: frozenset[str], b: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Classes of either choice that lie below a class of the other; if there are none, the earlier choice."""
    below = {x for x in a if vocabulary.above(x) & b} | {x for x in b if vocabulary.above(x) & a}
    return frozenset(below) or a


def _disjoint(axioms: Iterable[Axiom]) -> Iterator[frozenset[str]]:
    for axiom in axioms:
        if axiom.kind in ("DisjointClasses", "AllDisjointClasses", "DisjointUnion"):
            named = [arg for arg in axiom.args[axiom.kind == "DisjointUnion" :] if isinstance(arg, str)]
            if len(set(named)) > 1:
                yield frozenset(named)
