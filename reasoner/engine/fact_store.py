"""Where the facts of a closure live: symbols, tables, the batches that brought the facts, marks to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from reasoner.engine.symbols import Symbols
from reasoner.engine.tables import Members, Pairs, Table
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.engine.clause import Clause

Row = tuple[int, ...]
#: A fact inside the engine: its table and its row.
Cell = tuple[Table, Row]


class Mark(NamedTuple):
    """How much a store held at some moment."""

    batches: int
    changes: int
    symbols: int
    tables: int
    restated: int


class FactStore:
    """Facts as rows of integers.

    ``origins[epoch]`` is the clause whose evaluation brought the facts of that epoch, None where they were asserted.
    ``restated`` holds facts that were asserted when they had been derived already; they keep their epoch.
    """

    __slots__ = ("_changes", "origins", "restated", "symbols", "tables")

    def __init__(self, symbols: Symbols | None = None) -> None:
        self.symbols = symbols or Symbols()
        self.tables: dict[tuple[str, int], Table] = {}
        self.origins: list[Clause | None] = []
        self.restated: dict[tuple[str, Row], None] = {}
        self._changes: list[tuple[Table, int]] = []

    def table(self, predicate: str, arity: int) -> Table:
        """The table of a predicate, made if there is none."""
        table = self.tables.get((predicate, arity))
        if table is None:
            table = self.tables[predicate, arity] = Members(predicate) if arity == 1 else Pairs(predicate)
        return table

    def begin(self, origin: Clause | None) -> int:
        """Open a batch; its epoch."""
        self.origins.append(origin)
        return len(self.origins) - 1

    def changing(self, table: Table) -> None:
        """Note that a table is about to grow, so that :meth:`restore` can shrink it."""
        self._changes.append((table, len(table)))

    def unchanged(self) -> None:
        """Take back the last batch, to which nothing was added."""
        self.origins.pop()
        self._changes.pop()

    def insert(self, facts: Iterable[Fact]) -> dict[Table, None]:
        """Assert facts as one batch; the tables that grew, in order.  A fact that is derived already is noted."""
        epoch = self.begin(None)
        grown: dict[Table, None] = {}
        intern = self.symbols.intern
        for predicate, subject, object_ in facts:
            row = (intern(subject),) if object_ is None else (intern(subject), intern(object_))
            table = self.table(predicate, len(row))
            known = table.epoch(row)
            if known < 0:
                if table not in grown:
                    grown[table] = None
                    self.changing(table)
                table.add(row, epoch)
            elif self.origins[known] is not None:
                self.restated[predicate, row] = None
        return grown

    def cell(self, fact: Fact) -> Cell | None:
        """The table and row of a fact that may or may not hold; None if it cannot hold."""
        predicate, subject, object_ = fact
        find = self.symbols.find
        row = (find(subject),) if object_ is None else (find(subject), find(object_))
        table = self.tables.get((predicate, len(row)))
        return None if table is None else (table, row)

    def fact(self, cell: Cell) -> Fact:
        """The fact of a row."""
        table, row = cell
        terms = self.symbols.terms
        # The subject is never a literal: clauses refuse to derive such rows.
        return Fact(table.name, str(terms[row[0]]), terms[row[1]] if len(row) > 1 else None)

    def is_asserted(self, cell: Cell) -> bool:
        """Whether a row was stated rather than, or as well as, derived."""
        table, row = cell
        epoch = table.epoch(row)
        return epoch >= 0 and (self.origins[epoch] is None or (table.name, row) in self.restated)

    def facts(self) -> Iterator[Fact]:
        """All facts, by predicate in order of first use, then in order of arrival."""
        for table in list(self.tables.values()):
            for row in table.rows():
                yield self.fact((table, row))

    def mark(self) -> Mark:
        """The present extent, for :meth:`restore`."""
        return Mark(len(self.origins), len(self._changes), len(self.symbols), len(self.tables), len(self.restated))

    def restore(self, mark: Mark) -> None:
        """Go back to a mark exactly: rows, epochs, indexes, symbols, tables."""
        while len(self._changes) > mark.changes:
            table, length = self._changes.pop()
            table.truncate(length)
        while len(self.tables) > mark.tables:
            self.tables.popitem()
        while len(self.restated) > mark.restated:
            self.restated.popitem()
        del self.origins[mark.batches :]
        self.symbols.truncate(mark.symbols)
