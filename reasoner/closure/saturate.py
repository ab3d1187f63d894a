"""Saturation: all facts that follow from facts by rules, kept open for questions, for what-if and for proofs.

Evaluation is semi-naive by watermarks: each clause remembers how many rows of each table it has read, and is run over
the newer ones; clauses wait in a heap ordered by the components of the rules, so that a table that feeds others is
full before they read it.  Adding facts later is the same loop, and going back is cutting the tables to a mark.
"""

from __future__ import annotations

import gc
import heapq
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from reasoner.closure.clause import Clause
from reasoner.closure.fact_store import FactStore, StoredRows
from reasoner.closure.group_clauses import DIFFERENCE_IS_SYMMETRIC, clauses_of
from reasoner.closure.grouped import FactTable, Grouped, Row
from reasoner.closure.meter import Meter
from reasoner.closure.ranks import rank
from reasoner.closure.symbols import Symbols
from reasoner.closure.tables import Members, Pairs
from reasoner.model.atom import Fact
from reasoner.model.groups import AllDifferent
from reasoner.model.rule import ProgramPart, Rule
from reasoner.model.term import Ground, Literal

if TYPE_CHECKING:
    from reasoner.model.derivation import Derivation, Firing, NearMiss


class State(NamedTuple):
    """A closure as plain values; ``origins`` are numbers of clauses by epoch, -1 where facts were asserted."""

    terms: list[Ground]
    rows: list[StoredRows]
    origins: list[int]
    restated: list[tuple[str, Row]]
    spellings: list[tuple[str, Row, Literal]]


class Closure:
    """What follows from ``facts`` by ``rules``; saturated on construction and after every :meth:`assume`.

    Raises :class:`~reasoner.errors.RuleError` for a rule that is unsafe or has too many variables.  ``differentFrom``
    is kept symmetric; ``sameAs`` is an ordinary property, whose pairs are kept as classes where rules make it symmetric
    and transitive.  A literal is never the subject of a fact: what would make it one derives nothing.  Facts of
    ``without`` never hold: they are not asserted, and what would conclude them does not.  Each of ``groups`` asserts a
    fact on each two of its members.

    ``meter`` counts bindings, here and in everything that is asked later, and may raise
    :class:`~reasoner.errors.BudgetError`; an :meth:`assume` that it ends leaves no trace.
    """

    def __init__(
        self,
        rules: Iterable[ProgramPart],
        facts: Iterable[Fact],
        without: Collection[Fact] = (),
        meter: Meter | None = None,
        groups: Iterable[AllDifferent] = (),
    ) -> None:
        self._open(FactStore(meter=meter))
        self._store.keep_out(without)
        self._store.insert(facts)
        self._store.insert_groups(groups)
        self._start(rules)

    @classmethod
    def resumed(cls, rules: Iterable[ProgramPart], state: State, meter: Meter | None = None) -> Closure:
        """The closure that :meth:`state` was taken of, under the same rules; nothing is derived anew."""
        closure = cls.__new__(cls)
        store = FactStore(Symbols(state.terms), meter)
        closure._open(store)
        store.fill(state.rows)
        clauses = closure._add_rules([DIFFERENCE_IS_SYMMETRIC, *rules])
        for clause in clauses:
            clause.marks = [len(table) for table in clause.body]
        store.origins.extend(None if number < 0 else clauses[number] for number in state.origins)
        store.restated.update(dict.fromkeys(state.restated))
        store.spellings.update({(predicate, row): spelling for predicate, row, spelling in state.spellings})
        return closure

    def state(self) -> State:
        """What is known, and where it came from, as plain values, for :meth:`resumed`."""
        store = self._store
        origins = [-1 if clause is None else clause.number for clause in store.origins]
        spellings = [(*key, spelling) for key, spelling in store.spellings.items()]
        return State(list(store.symbols.terms), store.all_rows(), origins, list(store.restated), spellings)

    def _open(self, store: FactStore) -> None:
        self._store = store
        self._clauses: list[Clause] = []
        self._constraints: list[ProgramPart] = []
        self._readers: dict[FactTable, list[Clause]] = {}
        self._touched: dict[Clause, None] = {}

    def _start(self, rules: Iterable[ProgramPart]) -> None:
        self._add_rules([DIFFERENCE_IS_SYMMETRIC, *rules])
        self._saturate(self._clauses)
        self._touched.clear()

    @property
    def meter(self) -> Meter:
        """What the closure, and what was asked of it, has taken."""
        return self._store.meter

    # Saturation

    def _add_rules(self, rules: Iterable[ProgramPart]) -> list[Clause]:
        """Make the rules ready; constraints conclude nothing, and wait until somebody asks for inconsistencies."""
        rules = tuple(rules)
        self._constraints.extend(rule for rule in rules if not isinstance(rule, Rule) or rule.inconsistent)
        concluding = (rule for rule in rules if isinstance(rule, Rule) and not rule.inconsistent)
        added = [clause for rule in concluding for clause in clauses_of(rule, self._store)]
        for clause in added:
            clause.number = len(self._clauses)
            self._clauses.append(clause)
            for table in dict.fromkeys(clause.body):
                self._readers.setdefault(table, []).append(clause)
        rank(self._clauses)
        return added

    def _drop_rules(self, clauses: int, constraints: int) -> None:
        del self._constraints[constraints:]
        while len(self._clauses) > clauses:
            clause = self._clauses.pop()
            clause.drop()
            self._touched.pop(clause, None)
            for table in dict.fromkeys(clause.body):
                self._readers[table].remove(clause)
                if not self._readers[table]:
                    del self._readers[table]

    def _saturate(self, clauses: Iterable[Clause]) -> None:
        """Evaluate clauses, and those that read what they add, until nothing is new."""
        store = self._store
        heap: list[tuple[int, int, int, Clause]] = []
        self._enqueue(heap, clauses, 0)
        collecting = gc.isenabled()
        gc.disable()
        try:
            while heap:
                _, turn, _, clause = heapq.heappop(heap)
                clause.queued = False
                self._touched[clause] = None
                assert clause.head is not None, "constraints are no clauses"
                before, extent = len(clause.head), clause.extent
                store.changing(clause.head)
                clause.evaluate(store, store.begin(clause))
                store.strike(clause.head, before)
                if clause.extent > extent:
                    self._enqueue(heap, self._readers.get(clause.head, ()), turn + 1)
                else:
                    store.unchanged()
        finally:
            for entry in heap:
                entry[3].queued = False
            if collecting:
                gc.enable()

    def _enqueue(self, heap: list[tuple[int, int, int, Clause]], clauses: Iterable[Clause], turn: int) -> None:
        for clause in clauses:
            if not clause.queued:
                clause.queued = True
                heapq.heappush(heap, (clause.rank, turn, clause.number, clause))

    @contextmanager
    def assume(self, facts: Iterable[Fact], rules: Iterable[Rule] = ()) -> Iterator[Closure]:
        """A ``with`` block in which ``facts`` are asserted and ``rules`` in force; afterwards all is as it was.

        Costs what newly follows, not what is known.  Blocks nest.
        """
        store = self._store
        mark, outer = store.mark(), self._touched
        known = len(self._clauses), len(self._constraints)
        ranks = None
        self._touched = {}
        try:
            added: list[Clause] = []
            rules = tuple(rules)
            if rules:
                ranks = [clause.rank for clause in self._clauses]
                added = self._add_rules(rules)
            grown = store.insert(facts)
            readers = [clause for table in grown for clause in self._readers.get(table, ())]
            self._saturate([*readers, *added])
            yield self
        finally:
            if ranks is not None:
                self._drop_rules(*known)
                for clause, value in zip(self._clauses, ranks, strict=True):
                    clause.rank = value
            touched, self._touched = self._touched, outer
            store.restore(mark)
            for clause in touched:
                clause.marks = [len(table) for table in clause.body]

    # What holds

    def __contains__(self, fact: Fact) -> bool:
        stored = self._store.stored(fact)
        return stored is not None and stored[0].epoch(stored[1]) >= 0

    def __len__(self) -> int:
        return sum(map(len, self._store.tables.values()))

    def __iter__(self) -> Iterator[Fact]:
        """All facts, by predicate in order of first use, then in order of arrival."""
        return self._store.facts()

    def is_asserted(self, fact: Fact) -> bool:
        """Whether the fact was stated (here or in an :meth:`assume`), whether or not it also follows."""
        stored = self._store.stored(fact)
        return stored is not None and self._store.is_asserted(stored)

    def members(self, cls: str) -> list[str]:
        """The individuals of a class, in order of arrival."""
        table = self._store.tables.get((cls, 1))
        return [] if table is None else self._names(table.subjects)

    def pairs(self, prop: str) -> list[tuple[str, Ground]]:
        """The pairs of a property, in order of arrival."""
        table = self._store.tables.get((prop, 2))
        if not isinstance(table, Pairs | Grouped):
            return []
        if not self._store.spellings:
            subjects, objects = table.columns(0, len(table))
            return list(zip(self._names(subjects), self._terms(objects), strict=True))
        terms, spelt = self._store.symbols.terms, self._store.object
        return [(str(terms[row[0]]), spelt(prop, row)) for row in table.rows()]

    def objects(self, prop: str, subject: str) -> list[Ground]:
        """What ``subject`` has for a property, in order of arrival."""
        table = self._store.tables.get((prop, 2))
        if not isinstance(table, Pairs | Grouped):
            return []
        number = self._store.symbols.find(subject)
        return [self._store.object(prop, (number, value)) for value in table.by_subject.get(number, ())]

    def subjects(self, prop: str, object: Ground) -> list[str]:
        """What has ``object`` for a property, in order of arrival."""
        table = self._store.tables.get((prop, 2))
        if not isinstance(table, Pairs | Grouped):
            return []
        table.index_objects(len(table))
        return self._names(table.by_object.get(self._store.symbols.find(object), ()))

    def types(self, individual: str) -> list[str]:
        """The classes of an individual, in order of first use of the classes."""
        number = self._store.symbols.find(individual)
        return [
            table.name for table in self._store.tables.values() if isinstance(table, Members) and number in table.epochs
        ]

    def about(self, name: str) -> Iterator[Fact]:
        """The facts in which a name stands, in no order that means anything."""
        return self._store.about(name)

    @property
    def has_groups(self) -> bool:
        """Whether there are facts that follow from groups, and are not stored one by one."""
        return any(True for _ in self.grouped)

    @property
    def singles(self) -> Iterator[Fact]:
        """The facts that are stored one by one."""
        return self._store.singles()

    @property
    def grouped(self) -> Iterator[Fact]:
        """The facts of groups."""
        return self._store.grouped()

    def grouped_about(self, name: str) -> Iterator[Fact]:
        """The facts of groups in which a name stands."""
        return self._store.grouped_about(name)

    def of(self, predicate: str) -> Iterator[Fact]:
        """The facts of a predicate, in order of arrival."""
        return self._store.of(predicate)

    def _names(self, numbers: Iterable[int]) -> list[str]:
        terms = self._store.symbols.terms
        return [str(terms[number]) for number in numbers]

    def _terms(self, numbers: Iterable[int]) -> list[Ground]:
        terms = self._store.symbols.terms
        return [terms[number] for number in numbers]

    def as_stated(self, fact: Fact) -> Fact:
        """The fact with its value spelt as it was stated, if it holds; else the fact as it is."""
        stored = self._store.stored(fact)
        return self._store.fact(stored) if stored is not None and fact in self else fact

    # Why it holds, and why not: read by few questions, so what answers them is imported when it is asked

    def derivation(self, fact: Fact) -> Derivation | None:
        """One derivation of a fact, not circular, equal parts shared; None if the fact does not hold."""
        from reasoner.closure import provenance

        stored = self._store.stored(fact)
        return None if stored is None else provenance.derivation(self._store, stored)

    def firings(self, fact: Fact) -> list[Firing]:
        """Every way in which a rule concludes the fact in one step, in order of rules."""
        from reasoner.closure import provenance

        stored = self._store.stored(fact)
        return [] if stored is None else provenance.firings(self._store, self._clauses, stored)

    def justifications(self, fact: Fact, limit: int = 1000) -> list[frozenset[Fact]]:
        """All minimal sets of asserted facts from which the fact follows, small ones first; empty if it does not hold.

        Raises :class:`~reasoner.errors.LimitError` if there are more than ``limit``, or too many ways to look through.
        """
        from reasoner.closure import provenance

        stored = self._store.stored(fact)
        return [] if stored is None else provenance.justifications(self._store, self._clauses, stored, limit)

    def inconsistencies(self) -> list[Derivation]:
        """The matches of constraints, each as a derivation of ``inconsistent(rule id)``, in order of rules."""
        from reasoner.closure import provenance

        store = self._store
        mark = store.mark()
        try:
            rules = chain.from_iterable(
                [rule] if isinstance(rule, Rule) else rule.clashing(store.rows_of) for rule in self._constraints
            )
            return provenance.inconsistencies(store, (clause for rule in rules for clause in clauses_of(rule, store)))
        finally:
            store.restore(mark)

    def near_misses(self, fact: Fact, limit: int = 20) -> list[NearMiss]:
        """For each rule that could conclude the fact, how much of its body holds at best and what fails.

        The nearest come first, at most ``limit`` of them.  The search is bounded: for a long body over large tables
        it may return a good substitution rather than the best.
        """
        from reasoner.closure import near_miss

        return near_miss.near_misses(self._store, self._clauses, fact)[:limit]
