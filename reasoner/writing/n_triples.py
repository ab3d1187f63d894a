"""N-Triples: one statement a line, in canonical order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.model.iris import FIRST, NIL, REST
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Node, Triple, is_blank
from reasoner.writing.canonical import Canonical
from reasoner.writing.folded import Item, Items
from reasoner.writing.prefixed_names import checked
from reasoner.writing.texts import quoted


def n_triples(triples: Iterable[Triple]) -> str:
    """The triples as N-Triples; blank nodes are numbered in the order in which they are written."""
    return "".join(_Writer(Canonical(triples)).lines())


class _Writer:
    def __init__(self, graph: Canonical) -> None:
        self.graph = graph
        self.labels: dict[Node, str] = {}
        self.cells = 0

    def lines(self) -> Iterator[str]:
        for root in self.graph.roots():
            yield from self._node(root)

    def _node(self, node: Node) -> Iterator[str]:
        later: list[Node] = []
        for predicate, values in self.graph.content[node].items():
            for value in values:
                yield from self._statement(self._term(node), predicate, value, later)
        for inner in later:
            yield from self._node(inner)

    def _statement(self, subject: str, predicate: str, value: Item, later: list[Node]) -> Iterator[str]:
        if isinstance(value, Items):
            cells = [self._fresh() for _ in value.members] + [f"<{NIL}>"]
            yield f"{subject} <{checked(predicate)}> {cells[0]} .\n"
            for cell, rest, member in zip(cells, cells[1:], value.members, strict=False):
                yield from self._statement(cell, FIRST, member, later)
                yield f"{cell} <{REST}> {rest} .\n"
            return
        yield f"{subject} <{checked(predicate)}> {self._term(value)} .\n"
        if isinstance(value, str) and self.graph.is_inline(value):
            later.append(value)

    def _term(self, value: str | Literal) -> str:
        if isinstance(value, Literal):
            text = quoted(value.lexical)
            if value.language:
                return f"{text}@{value.language}"
            return text if value.datatype == XSD + "string" else f"{text}^^<{checked(value.datatype)}>"
        if not is_blank(value):
            return f"<{checked(value)}>"
        if value not in self.labels:
            self.labels[value] = self._fresh()
        return self.labels[value]

    def _fresh(self) -> str:
        self.cells += 1
        return f"_:b{self.cells}"
