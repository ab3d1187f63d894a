"""The dataset: a knowledge base as named graphs in an in-memory store, built when the first query comes.

The files are the record, the store is a view of them.  The store keeps numbers, booleans and dates by value: it answers
``1`` where a file says ``1.00`` and ``true`` where it says ``"1"^^xsd:boolean``; :attr:`Dataset.rewritten` counts such
literals.  Texts, IRIs and language tags come back as they were read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from reasoner.model.atom import DIFFERENT, Fact
from reasoner.model.names import local
from reasoner.reading.rdf.ontology_files import read_again
from reasoner.reading.rdf.stored import quads_of
from reasoner.views.sparql import terms
from reasoner.views.sparql.graphs import ASSERTED, DERIVATIONS, EVIDENCE, INFERRED, SUPPOSED
from reasoner.views.sparql.guard import imports
from reasoner.views.sparql.proofs import derivation_quads, evidence_quads
from reasoner.views.sparql.supposed import Remaining
from reasoner.views.sparql.touching import touched

if TYPE_CHECKING:
    from reasoner.closure.saturate import Closure
    from reasoner.inference.reasoned import Reasoned

GraphName = NamedNode | DefaultGraph
#: The properties that groups of individuals have among each other.
_GROUPED = frozenset({terms.DIFFERENT_FROM.value, terms.SAME_AS.value})
#: The graphs in which nothing stands that follows.
STATED = frozenset({ASSERTED, EVIDENCE, SUPPOSED})
#: Quads that are added in one step: about ten milliseconds of work.
_PIECE = 1000


class GroupedQuads:
    """The facts that follow from groups, which are shown to a query as far as it can see them.

    A query that needs them runs in a process of its own, so nobody else's store grows.
    """

    def __init__(self, closure: Closure) -> None:
        self.closure = closure
        for _ in imports():
            pass

    @property
    def number(self) -> int:
        """The number of facts."""
        return len(self.closure) - sum(1 for _ in self.closure.singles)

    def show(self, store: Store, query: str, base: str | None, bindings: Mapping[str, terms.RdfTerm]) -> None:
        """Put into the store what the query can see."""
        named = touched(query, _GROUPED, base, bindings.keys())
        facts = self.closure.grouped if named is None else self._about(named, bindings)
        graph = NamedNode(INFERRED)
        while piece := [terms.quad(fact, graph) for fact in islice(facts, _PIECE)]:
            store.extend(piece)

    def _about(self, named: Iterable[str], bindings: Mapping[str, terms.RdfTerm]) -> Iterator[Fact]:
        for iri in named:
            term = bindings.get(iri[1:]) if iri.startswith("?") else NamedNode(iri)
            if isinstance(term, NamedNode):
                yield from self.closure.grouped_about(local(term.value))


@dataclass
class Dataset:
    """A store, and the graphs that a query reads when it names none."""

    store: Store
    default: tuple[GraphName, ...] = (DefaultGraph(),)
    rewritten: int = 0
    groups: GroupedQuads | None = None

    @property
    def graphs(self) -> list[str]:
        """The IRIs of the named graphs, sorted."""
        return sorted(name.value for name in self.store.named_graphs() if isinstance(name, NamedNode))

    def count(self, graph: str) -> int:
        """The number of triples of a named graph."""
        grouped = self.groups.number if self.groups is not None and graph == INFERRED else 0
        return grouped + sum(1 for _ in self.store.quads_for_pattern(None, None, None, NamedNode(graph)))


def dataset_of(reasoned: Reasoned, *, proofs: bool = True) -> Dataset:
    """The dataset of a knowledge base; without ``proofs`` the graphs of evidence and derivations are left out.

    Where the closure was cut, there is no graph of what follows: only what :data:`STATED` names.
    """
    return Filling(reasoned, proofs=proofs).whole


class Filling:
    """A dataset that is built a piece at a time, so that a server can answer others in between.

    A file that cannot be read any more, or has changed, raises :class:`ReadingError`; the next step begins anew.
    """

    def __init__(self, reasoned: Reasoned, *, proofs: bool = True) -> None:
        self.reasoned = reasoned
        self.proofs = proofs
        self._begin()

    @property
    def whole(self) -> Dataset:
        """The dataset with all that is in it."""
        while self.step():
            pass
        return self._dataset

    @property
    def facts(self) -> Dataset:
        """The dataset as soon as its default graph is whole, which is all that most queries read."""
        while not self._has_facts and self.step():
            pass
        return self._dataset

    def step(self) -> bool:
        """Add a piece; False once nothing is left to be added."""
        try:
            if piece := list(islice(self._left, _PIECE)):
                self._dataset.store.extend(piece)
            return bool(piece)
        except BaseException:
            self._begin()
            raise

    def _begin(self) -> None:
        supposed = (NamedNode(SUPPOSED),) if self.reasoned.supposed.added else ()
        self._dataset = Dataset(Store(), (NamedNode(ASSERTED), NamedNode(INFERRED), *supposed))
        if not self.reasoned.cut and self.reasoned.closure.has_groups:
            self._dataset.groups = GroupedQuads(self.reasoned.closure)
        self._has_facts = False
        self._different: set[Quad] = set()
        self._left = self._quads()

    def _quads(self) -> Iterator[Quad]:
        yield from self._asserted()
        yield from (terms.quad(fact, NamedNode(SUPPOSED)) for fact in sorted(self.reasoned.supposed.added, key=str))
        if not self.reasoned.cut:
            yield from self._inferred()
        self._has_facts = True
        if self.proofs:
            yield from evidence_quads(self.reasoned, NamedNode(EVIDENCE))
        if self.proofs and not self.reasoned.cut:
            yield from derivation_quads(self.reasoned, NamedNode(DERIVATIONS))

    def _asserted(self) -> Iterator[Quad]:
        """The triples of the files that are not supposed away, counting the literals that the store rewrites."""
        graph, remaining = NamedNode(ASSERTED), Remaining(self.reasoned)
        for file, data, blank in read_again(self.reasoned.base.ontology):
            for quad in remaining.of(quads_of(data, file, blank, graph)):
                self._dataset.rewritten += terms.is_rewritten(quad.object)
                if quad.predicate == terms.DIFFERENT_FROM:
                    self._different.add(quad)
                yield quad

    def _inferred(self) -> Iterator[Quad]:
        """What follows and is not stated, what is there, and labels for the activities that were minted."""
        graph, stated = NamedNode(INFERRED), set(self.reasoned.base.ontology.facts)
        for fact in self.reasoned.closure.singles:
            if fact not in stated or self._is_read_out_of_a_group(fact):
                yield terms.quad(fact, graph)
        yield from (terms.quad(fact, graph) for fact in self.reasoned.presence if fact not in stated)
        for name in sorted(self.reasoned.minted.names):
            yield Quad(terms.node(name), terms.LABEL, terms.text(self.reasoned.label(name), "en"), graph)

    def _is_read_out_of_a_group(self, fact: Fact) -> bool:
        """Whether two things are different because a statement says so of many, and no triple says it of the two."""
        return fact.predicate == DIFFERENT and terms.quad(fact, NamedNode(ASSERTED)) not in self._different
