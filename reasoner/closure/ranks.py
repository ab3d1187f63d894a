"""The order in which clauses are evaluated: a table is finished before the clauses that read it, where that can be."""

from __future__ import annotations

from collections.abc import Sequence

from reasoner.closure.clause import Clause
from reasoner.closure.grouped import FactTable
from reasoner.model.components import components


def rank(clauses: Sequence[Clause]) -> None:
    """Set the rank of each clause: the number, from the bottom, of the recursive component that its head is in."""
    numbers: dict[FactTable | None, int] = {}
    reads: list[dict[int, None]] = []
    for clause in clauses:
        tables = [numbers.setdefault(table, len(numbers)) for table in (clause.head, *clause.body)]
        reads.extend({} for _ in range(len(numbers) - len(reads)))
        reads[tables[0]].update(dict.fromkeys(tables[1:]))
    place = {node: place for place, component in enumerate(components(reads)) for node in component}
    for clause in clauses:
        clause.rank = place[numbers[clause.head]]
