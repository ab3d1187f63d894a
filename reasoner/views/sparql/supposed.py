"""The triples of the files under suppositions: without what is retracted or left out, and what speaks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, NamedNode, Quad

from reasoner.views.sparql import terms
from reasoner.views.sparql.graphs import ASSERTED

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

_OWL = "http://www.w3.org/2002/07/owl#annotated"
_ANNOTATED = [NamedNode(_OWL + part) for part in ("Source", "Property", "Target")]


Said = tuple[object, object, object]


class Remaining:
    """What is left of the triples of a file."""

    def __init__(self, reasoned: Reasoned) -> None:
        lost, known, graph = reasoned.supposed.lost, reasoned.base.types, NamedNode(ASSERTED)
        self._gone = {terms.node(fact.subject) for fact in lost if fact.object is None and fact.subject not in known}
        self._lost = {_said(terms.quad(fact, graph)) for fact in lost}

    def of(self, triples: Iterable[Quad]) -> Iterator[Quad]:
        """The triples that say nothing of what is lost; an axiom that annotates it goes as a whole."""
        if not self._lost:
            yield from triples
            return
        every = list(triples)
        dropped = self._gone | set(self._annotating(every))
        for triple in every:
            if dropped.isdisjoint((triple.subject, triple.object)) and _said(triple) not in self._lost:
                yield triple

    def _annotating(self, triples: Iterable[Quad]) -> Iterator[terms.RdfTerm]:
        """The axioms that annotate something lost."""
        parts: dict[terms.RdfTerm, dict[NamedNode, object]] = {}
        for triple in triples:
            if isinstance(triple.subject, BlankNode) and triple.predicate in _ANNOTATED:
                parts.setdefault(triple.subject, {})[triple.predicate] = triple.object
        for axiom, found in parts.items():
            subject, predicate, value = (found.get(part) for part in _ANNOTATED)
            if (subject, predicate, value) in self._lost or not self._gone.isdisjoint((subject, value)):
                yield axiom


def _said(triple: Quad) -> Said:
    return triple.subject, triple.predicate, triple.object
