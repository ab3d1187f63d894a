"""What is said of individuals without a name, whatever a file calls them and in whatever order it tells of them."""

from __future__ import annotations

from collections.abc import Iterator

from reasoner.curating.asserted import remark
from reasoner.model.atom import Fact
from reasoner.model.iris import OWL
from reasoner.model.names import ANONYMOUS, iri
from reasoner.model.ontology import Ontology
from reasoner.model.term import Ground, Literal
from reasoner.model.triple import Triple, Value
from reasoner.writing.facts import fact_triple
from reasoner.writing.n_triples import n_triples


def is_nameless(fact: Fact) -> bool:
    """Whether a fact is about an individual without a name.

    >>> is_nameless(Fact("partOf", "kinase", "urn:dislodge:anonymous:0.1")), is_nameless(Fact("Cell", "MSC"))
    (True, False)
    """
    return any(isinstance(name, str) and name.startswith(ANONYMOUS) for name in (fact.subject, fact.object))


def nameless_text(ontology: Ontology) -> str:
    """All facts about individuals without a name, with their annotations: equal texts say the same.

    Raises :class:`~reasoner.errors.LimitError` (E512) for individuals that cannot be told apart.
    """
    return n_triples(_triples(ontology))


def _triples(ontology: Ontology) -> Iterator[Triple]:
    for number, fact in enumerate(filter(is_nameless, ontology.facts)):
        subject, predicate, value = fact_triple(fact)
        yield _node(subject), predicate, _value(value)
        if notes := ontology.axiom_annotations.get(fact):
            axiom = f"_:axiom{number}"
            yield from remark(axiom, (_node(subject), predicate, _value(value)))
            yield from ((axiom, iri(key), _value(note)) for key, note in notes)
    for number, group in enumerate(ontology.groups):
        if any(name.startswith(ANONYMOUS) for name in group.members):
            yield from ((f"_:group{number}", OWL + "distinctMembers", _node(name)) for name in group.members)


def _node(name: str) -> str:
    return f"_:{name[len(ANONYMOUS) :]}" if name.startswith(ANONYMOUS) else iri(name)


def _value(value: Ground | Value) -> Value:
    return value if isinstance(value, Literal) else _node(value)
