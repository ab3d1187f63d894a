"""Facts as triples."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.iris import OWL, TYPE
from reasoner.model.names import iri
from reasoner.model.term import Literal
from reasoner.model.triple import Triple, Value


def fact_triples(facts: Iterable[Fact]) -> list[Triple]:
    """Each fact as one triple."""
    return [fact_triple(fact) for fact in facts]


def declared(individuals: Iterable[str]) -> list[Triple]:
    """A declaration for each individual."""
    return [(iri(name), TYPE, OWL + "NamedIndividual") for name in individuals]


def fact_triple(fact: Fact) -> Triple:
    """A fact as a triple; names become IRIs, identity and difference the properties of OWL."""
    if fact.object is None:
        return iri(fact.subject), TYPE, iri(fact.predicate)
    value: Value = fact.object if isinstance(fact.object, Literal) else iri(fact.object)
    predicate = OWL + fact.predicate if fact.predicate in (SAME, DIFFERENT) else iri(fact.predicate)
    return iri(fact.subject), predicate, value
