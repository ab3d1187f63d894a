"""Random axioms and facts as a file: what the OWL API and its reasoners are given, and our reader too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.model.atom import Fact
from reasoner.model.axiom import THING, Axiom, Expression
from reasoner.model.term import Literal
from tests.properties.generated import CLASSES, DATA, INDIVIDUALS, PROPERTIES, Knowledge

HEAD = """@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<http://example.org/random> a owl:Ontology .
"""
_PAIRS = {
    "SubClassOf": "rdfs:subClassOf", "EquivalentClasses": "owl:equivalentClass", "DisjointClasses": "owl:disjointWith",
    "SubPropertyOf": "rdfs:subPropertyOf", "EquivalentProperties": "owl:equivalentProperty",
    "InverseOf": "owl:inverseOf",
    "DisjointProperties": "owl:propertyDisjointWith", "Domain": "rdfs:domain", "Range": "rdfs:range",
}  # fmt: skip
_GROUPS = {"AllDisjointClasses": "owl:AllDisjointClasses", "AllDisjointProperties": "owl:AllDisjointProperties"}
_LISTS = ("intersectionOf", "unionOf", "oneOf")


def turtle(known: Knowledge) -> str:
    """The axioms and facts as Turtle, everything declared."""
    return HEAD + "\n".join([*_declared(), *map(_axiom, known.axioms), *map(_fact, known.facts)]) + "\n"


def _declared() -> Iterator[str]:
    for kind, names in (
        ("Class", CLASSES),
        ("ObjectProperty", PROPERTIES),
        ("DatatypeProperty", (DATA,)),
        ("NamedIndividual", INDIVIDUALS),
    ):
        yield from (f":{name} a owl:{kind} ." for name in names)


def _term(term: Any) -> str:
    if term == THING:
        return "owl:Thing"
    if isinstance(term, Literal):
        return f'"{term.lexical}"^^<{term.datatype}>'
    if not isinstance(term, Expression):
        return f":{term}"
    kind, args = term.constructor, term.args
    if kind == "inverseOf":
        return f"[ owl:inverseOf {_term(args[0])} ]"
    if kind in _LISTS:
        return f"[ a owl:Class ; owl:{kind} ( {' '.join(map(_term, args))} ) ]"
    if kind == "complementOf":
        return f"[ a owl:Class ; owl:complementOf {_term(args[0])} ]"
    if kind in ("minCardinality", "maxCardinality"):
        word = kind if len(args) == 2 else f"{kind[:3]}QualifiedCardinality"
        filler = f" ; owl:onClass {_term(args[2])}" if len(args) > 2 else ""
        count = f'"{args[0]}"^^xsd:nonNegativeInteger'
        return f"[ a owl:Restriction ; owl:onProperty {_term(args[1])} ; owl:{word} {count}{filler} ]"
    return f"[ a owl:Restriction ; owl:onProperty {_term(args[0])} ; owl:{kind} {_term(args[1])} ]"


def _axiom(axiom: Axiom) -> str:
    kind, args = axiom.kind, axiom.args
    if kind in _PAIRS:
        return f"{_term(args[0])} {_PAIRS[kind]} {_term(args[1])} ."
    if kind in _GROUPS:
        return f"[] a {_GROUPS[kind]} ; owl:members ( {' '.join(map(_term, args))} ) ."
    if kind == "PropertyChain":
        return f"{_term(args[0])} owl:propertyChainAxiom ( {' '.join(map(_term, args[1]))} ) ."  # type: ignore[arg-type]
    if kind == "HasKey":
        keys = " ".join(_term(prop) for group in args[1:] for prop in group)  # type: ignore[union-attr]
        return f"{_term(args[0])} owl:hasKey ( {keys} ) ."
    if kind == "ClassAssertion":
        return f"{_term(args[1])} a {_term(args[0])} ."
    if kind == "NegativePropertyAssertion":
        source, prop, target = _term(args[1]), _term(args[0]), _term(args[2])
        parts = f"owl:sourceIndividual {source} ; owl:assertionProperty {prop} ; owl:targetIndividual {target}"
        return f"[] a owl:NegativePropertyAssertion ; {parts} ."
    return f"{_term(args[0])} a owl:{kind} ."


def _fact(fact: Fact) -> str:
    if fact.object is None:
        return f":{fact.subject} a :{fact.predicate} ."
    prop = f"owl:{fact.predicate}" if fact.predicate in ("sameAs", "differentFrom") else f":{fact.predicate}"
    return f":{fact.subject} {prop} {_term(fact.object)} ."
