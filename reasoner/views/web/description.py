"""What the endpoint is and what it holds: SPARQL service description and VoID."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Triple, serialize

from reasoner.model.term import XSD
from reasoner.views.sparql.dataset import Dataset
from reasoner.views.sparql.evaluate import GRAPHS
from reasoner.views.sparql.graphs import MEANING, RDF

_SD, _VOID, _DCTERMS = (
    "http://www.w3.org/ns/sparql-service-description#",
    "http://rdfs.org/ns/void#",
    "http://purl.org/dc/terms/",
)
_FORMATS = "http://www.w3.org/ns/formats/"
_TYPE = NamedNode(RDF + "type")
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle",
            "N-Triples", "RDF_XML", "JSON-LD")  # fmt: skip
Resource = NamedNode | BlankNode


def described(dataset: Dataset, endpoint: str, form: str, about: Mapping[str, str]) -> bytes:
    """The description in one of the forms of :data:`~reasoner.views.sparql.evaluate.GRAPHS`."""
    prefixes = {"sd": _SD, "void": _VOID, "dcterms": _DCTERMS, "formats": _FORMATS, "xsd": XSD}
    written = serialize(_triples(dataset, NamedNode(endpoint), about), format=GRAPHS[form], prefixes=prefixes)
    return written or b""


def _triples(dataset: Dataset, endpoint: NamedNode, about: Mapping[str, str]) -> Iterator[Triple]:
    whole, default = NamedNode(endpoint.value + "#dataset"), NamedNode(endpoint.value + "#default")
    yield Triple(endpoint, _TYPE, NamedNode(_SD + "Service"))
    yield Triple(endpoint, NamedNode(_SD + "endpoint"), endpoint)
    yield Triple(endpoint, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query"))
    for name in _RESULTS:
        yield Triple(endpoint, NamedNode(_SD + "resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(endpoint, NamedNode(_SD + "defaultDataset"), whole)
    yield Triple(whole, _TYPE, NamedNode(_SD + "Dataset"))
    yield Triple(whole, _TYPE, NamedNode(_VOID + "Dataset"))
    yield Triple(whole, NamedNode(_VOID + "sparqlEndpoint"), endpoint)
    for name, value in about.items():
        yield Triple(whole, NamedNode(_DCTERMS + name), Literal(value))
    yield Triple(whole, NamedNode(_SD + "defaultGraph"), default)
    read = [g.value for g in dataset.default if isinstance(g, NamedNode)]
    own = sum(1 for _ in dataset.store.quads_for_pattern(None, None, None, DefaultGraph()))
    count = own if DefaultGraph() in dataset.default else sum(map(dataset.count, read))
    yield from _graph(default, count)
    yield Triple(whole, NamedNode(_VOID + "triples"), _number(own + sum(map(dataset.count, dataset.graphs))))
    for iri in dataset.graphs:
        named, content = BlankNode(), BlankNode()
        yield Triple(whole, NamedNode(_SD + "namedGraph"), named)
        yield Triple(named, _TYPE, NamedNode(_SD + "NamedGraph"))
        yield Triple(named, NamedNode(_SD + "name"), NamedNode(iri))
        yield Triple(named, NamedNode(_SD + "graph"), content)
        yield from _graph(content, dataset.count(iri))
        if iri in MEANING:
            yield Triple(content, NamedNode(_DCTERMS + "description"), Literal(MEANING[iri]))


def _graph(node: Resource, triples: int) -> Iterator[Triple]:
    yield Triple(node, _TYPE, NamedNode(_SD + "Graph"))
    yield Triple(node, NamedNode(_VOID + "triples"), _number(triples))


def _number(value: int) -> Literal:
    return Literal(str(value), datatype=NamedNode(XSD + "integer"))
