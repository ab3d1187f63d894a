"""What follows between classes and properties themselves (W3C table 9).

Facts never need this: compiled rules chain.  It is for those who ask about the vocabulary, such as queries over
``rdfs:subClassOf``.  Class expressions that occur in axioms take part; no new ones are made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from reasoner.model.axiom import NOTHING, THING, Axiom, ClassTerm, Expression

Pair = tuple[ClassTerm, ClassTerm]

_OVER_CLASSES = frozenset({"SubClassOf", "EquivalentClasses", "DisjointClasses", "AllDisjointClasses", "DisjointUnion"})
_OVER_PROPERTIES = frozenset({"SubPropertyOf", "EquivalentProperties", "InverseOf", "DisjointProperties"})


def schema_closure(axioms: Iterable[Axiom]) -> list[Axiom]:
    """Inclusions, equivalences, domains and ranges that follow and are not stated, sorted by kind.

    Reflexive ones, and inclusions in ``owl:Thing`` or of ``owl:Nothing``, are among them, as the W3C's rules have it.
    """
    axioms = list(axioms)
    stated = {(axiom.kind, axiom.args) for axiom in axioms}
    classes, properties = _classes(axioms), _properties(axioms)
    below = _reflexive_transitive(properties, _property_pairs(axioms))
    above = _class_pairs(axioms)
    above |= {(term, THING) for term in classes} | {(NOTHING, term) for term in classes}
    inclusions: set[Pair] = set()
    while True:
        grown = _reflexive_transitive(classes | {THING, NOTHING}, above)
        above = grown | set(_between_restrictions(classes, grown, below))
        if above <= inclusions:
            break
        inclusions = above
    found = [("SubClassOf", pair) for pair in inclusions]
    found += [("EquivalentClasses", (a, b)) for a, b in inclusions if (b, a) in inclusions]
    found += [("SubPropertyOf", pair) for pair in below]
    found += [("EquivalentProperties", (a, b)) for a, b in below if (b, a) in below]
    for kind in ("Domain", "Range"):
        found += [(kind, pair) for pair in _typed(axioms, kind, inclusions, below)]
    return [Axiom(kind, args) for kind, args in sorted(set(found) - stated, key=repr)]


def _classes(axioms: Iterable[Axiom]) -> set[ClassTerm]:
    """Every class term of the axioms, those inside expressions included."""
    found: set[ClassTerm] = set()
    for axiom in axioms:
        if axiom.kind in _OVER_CLASSES:
            terms: Iterable[object] = axiom.args
        elif axiom.kind in ("Domain", "Range"):
            terms = axiom.args[1:]
        elif axiom.kind in ("HasKey", "ClassAssertion"):
            terms = axiom.args[:1]
        else:
            continue
        for term in terms:
            found.update(_inside(term))
    return found


def _inside(term: object) -> Iterator[ClassTerm]:
    if isinstance(term, str):
        yield term
    elif isinstance(term, Expression) and not term.constructor.startswith("data"):
        yield term
        inner: Iterable[object] = ()
        if term.constructor in ("intersectionOf", "unionOf", "complementOf"):
            inner = term.args
        elif term.constructor in ("someValuesFrom", "allValuesFrom"):
            inner = term.args[1:]
        elif term.constructor.endswith("ardinality"):
            inner = term.args[2:]
        for part in inner:
            yield from _inside(part)


def _properties(axioms: Iterable[Axiom]) -> set[ClassTerm]:
    found: set[ClassTerm] = set()
    for axiom in axioms:
        if axiom.kind in _OVER_PROPERTIES:
            found.update(arg for arg in axiom.args if isinstance(arg, str | Expression))
        elif axiom.kind in ("Domain", "Range", "DataRange") or axiom.kind.endswith("Property"):
            found.update(arg for arg in axiom.args[:1] if isinstance(arg, str | Expression))
    return found


def _property_pairs(axioms: Iterable[Axiom]) -> set[Pair]:
    pairs: set[Pair] = set()
    for axiom in axioms:
        if axiom.kind in ("SubPropertyOf", "EquivalentProperties"):
            first, second = (arg for arg in axiom.args if isinstance(arg, str | Expression))
            pairs.add((first, second))
            if axiom.kind == "EquivalentProperties":
                pairs.add((second, first))
    return pairs


def _class_pairs(axioms: Iterable[Axiom]) -> set[Pair]:
    """Stated inclusions, and those that intersections and unions contain."""
    axioms = list(axioms)
    pairs: set[Pair] = set()
    for axiom in axioms:
        terms = [arg for arg in axiom.args if isinstance(arg, str | Expression)]
        if axiom.kind in ("SubClassOf", "EquivalentClasses"):
            pairs.add((terms[0], terms[1]))
            if axiom.kind == "EquivalentClasses":
                pairs.add((terms[1], terms[0]))
        elif axiom.kind == "DisjointUnion":
            pairs.update((part, terms[0]) for part in terms[1:])
    for term in _classes(axioms):
        if isinstance(term, Expression) and term.constructor in ("intersectionOf", "unionOf"):
            for part in term.args:
                if isinstance(part, str | Expression):
                    pairs.add((term, part) if term.constructor == "intersectionOf" else (part, term))
    return pairs


def _reflexive_transitive(terms: Iterable[ClassTerm], pairs: set[Pair]) -> set[Pair]:
    above: dict[ClassTerm, set[ClassTerm]] = {term: set() for term in terms}
    for lower, upper in pairs:
        above.setdefault(lower, set()).add(upper)
        above.setdefault(upper, set())
    closed: set[Pair] = set()
    for term in above:
        seen, queue = {term}, [term]
        while queue:
            fresh = above[queue.pop()] - seen
            seen |= fresh
            queue.extend(fresh)
        closed.update((term, upper) for upper in seen)
    return closed


def _between_restrictions(classes: set[ClassTerm], above: set[Pair], below: set[Pair]) -> Iterator[Pair]:
    """Inclusions between restrictions whose fillers or properties are included (scm-hv, scm-svf, scm-avf)."""
    kinds = ("hasValue", "someValuesFrom", "allValuesFrom")
    restrictions = [term for term in classes if isinstance(term, Expression) and term.constructor in kinds]
    for first, second in product(restrictions, repeat=2):
        if first.constructor != second.constructor or first == second:
            continue
        (prop, filler), (other, wider) = first.args, second.args
        wider_property = (prop, other) in below or prop == other
        if first.constructor == "hasValue":
            if wider_property and filler == wider:
                yield first, second
        elif first.constructor == "someValuesFrom":
            if wider_property and (filler == wider or (filler, wider) in above):
                yield first, second
        elif ((other, prop) in below or prop == other) and (filler == wider or (filler, wider) in above):
            yield first, second


def _typed(axioms: Iterable[Axiom], kind: str, above: set[Pair], below: set[Pair]) -> set[Pair]:
    """Domains or ranges of subproperties, and their superclasses."""
    stated: set[Pair] = set()
    for axiom in axioms:
        if axiom.kind == kind:
            prop, term = (arg for arg in axiom.args if isinstance(arg, str | Expression))
            stated.add((prop, term))
    narrower = stated | {(lower, term) for lower, upper in below for prop, term in stated if prop == upper}
    return narrower | {(prop, upper) for prop, term in narrower for lower, upper in above if lower == term}
