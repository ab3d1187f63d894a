"""Facts and names as terms of the RDF store."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.iris import OWL
from reasoner.model.names import iri
from reasoner.model.term import XSD, Ground
from reasoner.reading.rdf import stored
from reasoner.views.sparql.graphs import PROV, RDF, RDFS
from reasoner.writing.facts import fact_triple

RdfTerm = NamedNode | BlankNode | Literal | Triple

TYPE = NamedNode(RDF + "type")
DIFFERENT_FROM = NamedNode(OWL + DIFFERENT)
SAME_AS = NamedNode(OWL + SAME)
LABEL = NamedNode(RDFS + "label")
STATEMENT, SUBJECT, PREDICATE, OBJECT = (
    NamedNode(RDF + name) for name in ("Statement", "subject", "predicate", "object")
)
ENTITY, ACTIVITY, PLAN, DERIVED, GENERATED, USED, HAD_PLAN, ASSOCIATION, ASSOCIATED = (
    NamedNode(PROV + name)
    for name in (
        "Entity", "Activity", "Plan", "wasDerivedFrom", "wasGeneratedBy", "used", "hadPlan", "Association",
        "qualifiedAssociation",
    )
)  # fmt: skip

_TEXTS = frozenset({XSD + "string", RDF + "langString"})


@lru_cache(maxsize=65536)
def node(name: str) -> NamedNode | BlankNode:
    """The node of an individual, class or property; an anonymous individual is a blank node."""
    return stored.node(name if name.startswith("_:") else iri(name))


def property_node(name: str) -> NamedNode:
    """The node of a property or class."""
    return NamedNode(iri(name))


def value(ground: Ground) -> NamedNode | BlankNode | Literal:
    """The term of the object of a fact."""
    if isinstance(ground, str):
        return node(ground)
    return stored.literal(ground)


def text(words: str, language: str = "") -> Literal:
    """A text, in a language where one is named."""
    return Literal(words, language=language) if language else Literal(words)


def quad(fact: Fact, graph: NamedNode) -> Quad:
    """A fact as a triple of a graph."""
    subject, predicate, found = fact_triple(fact)
    return Quad(node(subject), NamedNode(predicate), value(found), graph)


def is_rewritten(term: object) -> bool:
    """Whether the store answers a literal in another form than the one it was given.

    >>> is_rewritten(Literal("1.00", datatype=NamedNode(XSD + "decimal"))), is_rewritten(Literal("1"))
    (True, False)
    """
    if not isinstance(term, Literal) or term.datatype.value in _TEXTS:
        return False
    return _stored(term) != term


@lru_cache(maxsize=4096)
def _stored(literal: Literal) -> object:
    from pyoxigraph import Store

    store = Store()
    store.add(Quad(TYPE, TYPE, literal))
    return next(iter(store)).object
