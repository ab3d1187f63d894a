"""Where the facts of a closure live: symbols, tables, the batches that brought the facts, marks to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import chain, islice
from typing import NamedTuple, Protocol

from reasoner.closure.equalities import Equalities, Merge
from reasoner.closure.grouped import Differences, FactTable, Grouped, Row
from reasoner.closure.meter import Meter
from reasoner.closure.symbols import Symbols
from reasoner.closure.tables import Members, Pairs
from reasoner.model.atom import DIFFERENT, SAME, Atom, Fact
from reasoner.model.groups import AllDifferent
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Literal

#: A fact inside a closure: its table and its row.
StoredFact = tuple[FactTable, Row]
#: A rule, and the facts from which it concludes something.
Instance = tuple[Rule, tuple[StoredFact, ...]]


class Producer(Protocol):
    """What brought facts about: a clause, by its number among those of the closure."""

    number: int

    def instance(self, store: FactStore, stored: StoredFact) -> Instance:
        """How it concludes a fact."""


class Mark(NamedTuple):
    """How much a store held at some moment."""

    batches: int
    changes: int
    symbols: int
    tables: int
    restated: int
    spellings: int


class StoredRows(NamedTuple):
    """The rows of a table, in order of arrival, with the epoch of each; a class has no ``objects``.

    Of ``sameAs`` they are those that were added one by one, with the ``joins`` that made classes.  ``measured`` is how
    the pairs were found to be spread: by it the bodies of rules are gone through in the same order again.
    """

    predicate: str
    subjects: list[int]
    objects: list[int] | None
    epochs: list[int]
    joins: Sequence[Merge] = ()
    measured: tuple[int, float, float] | None = None


#: The tables of properties that many individuals have among each other.
_GROUPED: dict[str, type[Grouped]] = {DIFFERENT: Differences, SAME: Equalities}


def _made(predicate: str, arity: int) -> FactTable:
    if arity == 1:
        return Members(predicate)
    return _GROUPED.get(predicate, Pairs)(predicate)


class FactStore:
    """Facts as rows of integers.

    ``origins[epoch]`` is the clause whose evaluation brought the facts of that epoch, None where they were asserted.
    ``restated`` holds facts that were asserted when they had been derived already; they keep their epoch.  All
    spellings of a value have one number, and so one row; ``spellings`` are those of stated facts that are not the
    first of their value, by predicate and row, and for what follows by row alone, under the predicate "".  ``meter``
    counts what rules take.
    """

    __slots__ = ("_changes", "_kept_out", "meter", "origins", "restated", "spellings", "symbols", "tables")

    def __init__(self, symbols: Symbols | None = None, meter: Meter | None = None) -> None:
        self.symbols = symbols or Symbols()
        self.meter = meter or Meter()
        self.tables: dict[tuple[str, int], FactTable] = {}
        self.origins: list[Producer | None] = []
        self.restated: dict[tuple[str, Row], None] = {}
        self.spellings: dict[tuple[str, Row], Literal] = {}
        self._changes: list[tuple[FactTable, int]] = []
        self._kept_out: dict[FactTable, set[Row]] = {}

    def table(self, predicate: str, arity: int) -> FactTable:
        """The table of a predicate, made if there is none."""
        table = self.tables.get((predicate, arity))
        if table is None:
            table = self.tables[predicate, arity] = _made(predicate, arity)
        return table

    def rows_of(self, atom: Atom) -> Iterable[Row]:
        """The rows that stand under the predicate of an atom."""
        table = self.tables.get((atom.predicate, len(atom.args)))
        return table.rows() if table is not None and len(table) else ()

    def begin(self, origin: Producer | None) -> int:
        """Open a batch; its epoch."""
        self.origins.append(origin)
        return len(self.origins) - 1

    def changing(self, table: FactTable) -> None:
        """Note that a table is about to grow, so that :meth:`restore` can shrink it."""
        self._changes.append((table, len(table)))

    def unchanged(self) -> None:
        """Take back the last batch, to which nothing was added."""
        self.origins.pop()
        self._changes.pop()

    def keep_out(self, facts: Iterable[Fact]) -> None:
        """Facts that shall never hold, whether asserted or derived."""
        for fact in facts:
            row = self._row(fact)
            table = self.table(fact.predicate, len(row))
            self._kept_out.setdefault(table, set()).add(row)
            if isinstance(table, Grouped):
                table.kept_out.add(row)

    def strike(self, table: FactTable, start: int) -> None:
        """Take what is kept out from the rows from ``start`` on, which one batch brought."""
        kept_out = self._kept_out.get(table)
        if not kept_out or (isinstance(table, Grouped) and table.blocks_from(start)):
            return  # groups are made without what is kept out
        fresh = list(islice(table.rows(), start, None))
        if not kept_out.isdisjoint(fresh):
            epoch = table.epoch(fresh[0])
            table.truncate(start)
            for row in fresh:
                if row not in kept_out:
                    table.add(row, epoch)

    def insert(self, facts: Iterable[Fact]) -> list[FactTable]:
        """Assert facts as one batch; the tables that may have grown.  A fact that is derived already is noted."""
        epoch = self.begin(None)
        intern, ids, terms = self.symbols.intern, self.symbols.ids, self.symbols.terms
        touched: tuple[dict[str, FactTable], dict[str, FactTable]] = ({}, {})
        first_change = len(self._changes)
        for predicate, subject, object_ in facts:
            first = ids.get(subject)
            if first is None:
                first = intern(subject)
            row = (first,) if object_ is None else (first, intern(object_))
            table = touched[len(row) - 1].get(predicate)
            if table is None:
                table = touched[len(row) - 1][predicate] = self.table(predicate, len(row))
                self.changing(table)
            if not table.add(row, epoch):
                if self.origins[table.epoch(row)] is None or (predicate, row) in self.restated:
                    continue
                self.restated[predicate, row] = None
            if object_ is not None and terms[row[-1]] is not object_ and terms[row[-1]] != object_:
                self._spell(predicate, row, object_)
        for table, start in self._changes[first_change:]:
            self.strike(table, start)
        return [*touched[0].values(), *touched[1].values()]

    def insert_groups(self, groups: Iterable[AllDifferent]) -> None:
        """Assert groups, each of which states a fact on each two of its members, as one batch."""
        groups = tuple(groups)
        if not groups:
            return
        epoch, table = self.begin(None), self.table(DIFFERENT, 2)
        assert isinstance(table, Differences)
        for group in groups:
            self.changing(table)
            missing = [self._row(fact) for fact in group.missing]
            table.add_group(map(self.symbols.intern, group.members), epoch, missing)

    def _row(self, fact: Fact) -> Row:
        intern = self.symbols.intern
        return (intern(fact.subject),) if fact.object is None else (intern(fact.subject), intern(fact.object))

    def _spell(self, predicate: str, row: Row, spelling: Ground) -> None:
        """Note how a stated fact spells a value that was spelt otherwise before."""
        assert isinstance(spelling, Literal), "an individual has one spelling"
        for name in (predicate, ""):
            self.spellings.setdefault((name, row), spelling)

    def object(self, predicate: str, row: Row) -> Ground:
        """The object of a row: as it was stated, else as its subject spells the value, else as it was spelt first."""
        if self.spellings:
            spelling = self.spellings.get((predicate, row))
            if spelling is None and not self.is_asserted((self.tables[predicate, 2], row)):
                spelling = self.spellings.get(("", row))
            if spelling is not None:
                return spelling
        return self.symbols.terms[row[1]]

    def stored(self, fact: Fact) -> StoredFact | None:
        """The table and row of a fact that may or may not hold; None if it cannot hold."""
        predicate, subject, object_ = fact
        find = self.symbols.find
        row = (find(subject),) if object_ is None else (find(subject), find(object_))
        table = self.tables.get((predicate, len(row)))
        return None if table is None else (table, row)

    def fact(self, stored: StoredFact) -> Fact:
        """The fact of a row."""
        table, row = stored
        # The subject is never a literal: clauses refuse to derive such rows.
        return Fact(table.name, str(self.symbols.terms[row[0]]), self.object(table.name, row) if len(row) > 1 else None)

    def is_asserted(self, stored: StoredFact) -> bool:
        """Whether a row was stated rather than, or as well as, derived."""
        table, row = stored
        epoch = table.epoch(row)
        return epoch >= 0 and (self.origins[epoch] is None or (table.name, row) in self.restated)

    def facts(self) -> Iterator[Fact]:
        """All facts, by predicate in order of first use, then in order of arrival."""
        for table in list(self.tables.values()):
            for row in table.rows():
                yield self.fact((table, row))

    def singles(self) -> Iterator[Fact]:
        """The facts that are stored one by one."""
        for table in list(self.tables.values()):
            rows = table.singles.rows() if isinstance(table, Grouped) else table.rows()
            yield from (self.fact((table, row)) for row in rows)

    def grouped(self) -> Iterator[Fact]:
        """The facts of groups."""
        for table in list(self.tables.values()):
            if isinstance(table, Grouped):
                yield from (self.fact((table, row)) for row in table.rows_of_groups())

    def grouped_about(self, name: str) -> Iterator[Fact]:
        """The facts of groups in which a name stands."""
        number = self.symbols.find(name)
        for table in list(self.tables.values()):
            if isinstance(table, Grouped):
                yield from (self.fact((table, row)) for row in table.rows_about(number))

    def of(self, predicate: str) -> Iterator[Fact]:
        """The facts of a predicate, in order of arrival."""
        for arity in (1, 2):
            table = self.tables.get((predicate, arity))
            if table is not None:
                yield from (self.fact((table, row)) for row in table.rows())

    def about(self, name: str) -> Iterator[Fact]:
        """The facts in which a name stands."""
        number = self.symbols.find(name)
        for table in list(self.tables.values()):
            rows: Iterable[Row] = ()
            if not isinstance(table, Members):
                table.index_objects(len(table))
                to = ((subject, number) for subject in table.by_object.get(number, ()) if subject != number)
                rows = chain(((number, object_) for object_ in table.by_subject.get(number, ())), to)
            elif number in table.epochs:
                rows = [(number,)]
            yield from (self.fact((table, row)) for row in rows)

    def all_rows(self) -> list[StoredRows]:
        """All tables as plain lists, for :meth:`fill`."""
        found = []
        for (name, arity), table in self.tables.items():
            classes = table if isinstance(table, Equalities) else None
            rows = list(table.rows() if classes is None else classes.singles.rows())
            objects = [row[1] for row in rows] if arity == 2 else None
            epochs = [table.epoch(row) for row in rows]
            joins, measured = classes.joins if classes else (), table.measured if isinstance(table, Pairs) else None
            found.append(StoredRows(name, [row[0] for row in rows], objects, epochs, joins, measured))
        return found

    def fill(self, kept: Iterable[StoredRows]) -> None:
        """Put rows into this empty store, whose symbols are there already."""
        for name, subjects, objects, epochs, joins, measured in kept:
            table = self.table(name, 1 if objects is None else 2)
            table.fill(subjects, objects, epochs)
            if measured and isinstance(table, Pairs):
                table.measured = measured
            if joins and isinstance(table, Equalities):
                table.join_again(joins)

    def mark(self) -> Mark:
        """The present extent, for :meth:`restore`."""
        counted: tuple[Sized, ...] = self.origins, self._changes, self.tables, self.restated, self.spellings
        batches, changes, tables, restated, spellings = (len(each) for each in counted)
        return Mark(batches, changes, self.symbols.extent, tables, restated, spellings)

    def restore(self, mark: Mark) -> None:
        """Go back to a mark exactly: rows, epochs, indexes, symbols, tables."""
        while len(self._changes) > mark.changes:
            table, length = self._changes.pop()
            table.truncate(length)
        while len(self.tables) > mark.tables:
            self.tables.popitem()
        while len(self.restated) > mark.restated:
            self.restated.popitem()
        while len(self.spellings) > mark.spellings:
            self.spellings.popitem()
        del self.origins[mark.batches :]
        self.symbols.truncate(mark.symbols)
