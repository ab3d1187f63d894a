"""The dataset: a knowledge base as named graphs in an in-memory store, built when the first query comes.

The files are the record, the store is a view of them.  The store keeps numbers, booleans and dates by value: it answers
``1`` where a file says ``1.00`` and ``true`` where it says ``"1"^^xsd:boolean``; :attr:`Dataset.rewritten` counts such
literals.  Texts, IRIs and language tags come back as they were read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from reasoner.reading.rdf import detected_format, read_bytes
from reasoner.reading.xml_guard import guarded
from reasoner.views.sparql import terms
from reasoner.views.sparql.graphs import ASSERTED, DERIVATIONS, EVIDENCE, INFERRED
from reasoner.views.sparql.proofs import derivation_quads, evidence_quads

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

_FORMATS = {"xml": RdfFormat.RDF_XML, "nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE}
Graph = NamedNode | DefaultGraph


@dataclass(frozen=True)
class Dataset:
    """A store, and the graphs that a query reads when it names none."""

    store: Store
    default: tuple[Graph, ...] = (DefaultGraph(),)
    rewritten: int = 0

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self.store.named_graphs() if isinstance(name, NamedNode))

    def count(self, graph: str) -> int:
        """The number of triples of a named graph."""
        return sum(1 for _ in self.store.quads_for_pattern(None, None, None, NamedNode(graph)))


def dataset_of(kb: Reasoned, *, proofs: bool = True) -> Dataset:
    """The dataset of a knowledge base; without ``proofs`` the graphs of evidence and derivations are left out."""
    store = Store()
    asserted, rewritten = _asserted(kb)
    store.bulk_extend(asserted)
    store.bulk_extend(_inferred(kb))
    if proofs:
        store.bulk_extend(evidence_quads(kb, NamedNode(EVIDENCE)))
        store.bulk_extend(derivation_quads(kb, NamedNode(DERIVATIONS)))
    return Dataset(store, (NamedNode(ASSERTED), NamedNode(INFERRED)), rewritten)


def _asserted(kb: Reasoned) -> tuple[list[Quad], int]:
    """The triples of the files, and how many literals the store will show in another form."""
    graph = NamedNode(ASSERTED)
    quads: list[Quad] = []
    rewritten = 0
    for file in dict.fromkeys(kb.base.ontology.sources.values()):
        for triple in _triples(Path(file)):
            quads.append(Quad(triple.subject, triple.predicate, triple.object, graph))
            rewritten += terms.is_rewritten(triple.object)
    return quads, rewritten


def _triples(path: Path) -> Iterator[Quad]:
    """The triples of a file that the safe reader has accepted before."""
    data = read_bytes(path)
    form = detected_format(data, str(path))
    if form == "xml":
        data = guarded(data, str(path))
    return parse(data, format=_FORMATS[form])


def _inferred(kb: Reasoned) -> Iterator[Quad]:
    """What follows and is not stated, and labels for the activities that were minted."""
    graph = NamedNode(INFERRED)
    stated = set(kb.base.ontology.facts)
    for fact in kb.closure:
        if fact not in stated:
            yield terms.quad(fact, graph)
    for name in sorted(kb.minted.names):
        yield Quad(terms.node(name), terms.LABEL, terms.text(kb.label(name), "en"), graph)
