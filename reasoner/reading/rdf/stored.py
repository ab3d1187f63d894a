"""Triples as the RDF store holds them: those of the model, and those of a file without a way round by the model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, parse

from reasoner.model import term
from reasoner.model.names import ANONYMOUS
from reasoner.model.triple import Node, Triple, Value
from reasoner.reading.rdf.triples import STRUCTURAL, harmless, parser_format, structural


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


def quads_of(data: bytes, file: str, blank: str, graph: NamedNode) -> Iterator[Quad]:
    """The triples of a file that was read before, with the labels of blank nodes that it had then."""
    form, data = harmless(data, file)
    if form in STRUCTURAL:
        yield from quads(structural(data, form, file, blank), graph)
        return
    labels = _Numbered(blank)
    for triple in parse(data, format=parser_format(form)):
        subject, value = triple.subject, triple.object
        if isinstance(subject, BlankNode):
            subject = labels[subject]
        if isinstance(value, BlankNode):
            value = labels[value]
        yield Quad(subject, triple.predicate, value, graph)


class _Numbered(dict[BlankNode, BlankNode]):
    """The blank nodes of a file, numbered as they come: a parser names them anew in each run."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __missing__(self, found: BlankNode) -> BlankNode:
        self[found] = numbered = blank_node(f"{self.prefix}{len(self)}")
        return numbered
