"""Triples of the model as those of the RDF store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from reasoner.model import term
from reasoner.model.names import ANONYMOUS
from reasoner.model.triple import Node, Triple, Value


def blank_node(label: str) -> BlankNode:
    """A blank node of the store by its label in the model, the same each time.

    >>> blank_node("0.12")
    <BlankNode value=b0x12>
    """
    return BlankNode("b" + label.replace(".", "x"))


def node(name: Node) -> NamedNode | BlankNode:
    """The node of an IRI, of a blank node, or of the name of an anonymous individual."""
    if name.startswith("_:"):
        return blank_node(name[2:])
    return blank_node(name[len(ANONYMOUS) :]) if name.startswith(ANONYMOUS) else NamedNode(name)


def literal(value: term.Literal) -> Literal:
    """A literal as it stands in the file."""
    if value.language:
        return Literal(value.lexical, language=value.language)
    return Literal(value.lexical, datatype=NamedNode(value.datatype))


def quads(triples: Iterable[Triple], graph: NamedNode | None = None) -> Iterator[Quad]:
    """The triples in a graph of the store, the default one where none is named."""
    known: dict[Value, NamedNode | BlankNode | Literal] = {}

    def stored(value: Value) -> NamedNode | BlankNode | Literal:
        found = known.get(value)
        if found is None:
            found = known[value] = node(value) if isinstance(value, str) else literal(value)
        return found

    place = DefaultGraph() if graph is None else graph
    for subject, predicate, value in triples:
        yield Quad(stored(subject), stored(predicate), stored(value), place)  # type: ignore[arg-type]
