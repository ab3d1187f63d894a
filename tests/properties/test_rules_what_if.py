"""Assuming facts and rules: equal to starting with them, and gone without a trace afterwards."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reasoner.closure.saturate import Closure
from reasoner.closure.tables import Members
from reasoner.model.atom import Fact
from reasoner.model.rule import Rule
from tests.properties.rule_programs import facts, programs, rules

Program = tuple[list[Rule], list[Fact]]
quick = settings(max_examples=100, deadline=None, derandomize=True)


def state(closure: Closure) -> object:
    """Everything that a closure holds: rows and epochs in order, symbols, batches, what the clauses have read."""
    store = closure._store
    tables = []
    for key, table in store.tables.items():
        if isinstance(table, Members):
            tables.append((key, list(table.subjects), list(table.epochs.items())))
        else:
            by_subject = [(s, list(o.items())) for s, o in table.by_subject.items()]
            tables.append((key, list(table.rows()), by_subject))
    return (
        tables,
        list(store.symbols.terms),
        list(store.symbols.ids.items()),
        list(store.symbols.values.items()),
        [clause and clause.number for clause in store.origins],
        list(store.restated),
        store.mark(),
        [(clause.rule.id, clause.rank, clause.queued, list(clause.marks)) for clause in closure._clauses],
        [(table.name, [clause.number for clause in readers]) for table, readers in closure._readers.items()],
    )


def check_indexes(closure: Closure) -> None:
    for table in closure._store.tables.values():
        if not isinstance(table, Members):
            index: dict[int, list[int]] = {}
            for subject, object_ in list(table.rows())[: getattr(table, "singles", table).indexed]:
                index.setdefault(object_, []).append(subject)
            assert table.by_object == index
            assert list(table.by_object) == list(index)


@quick
@given(programs(), facts(6), st.lists(rules(), max_size=2), facts(4))
def test_assuming_is_starting_with_the_facts_and_leaves_no_trace(
    program: Program, more: list[Fact], extra: list[Rule], still_more: list[Fact]
) -> None:
    known, stated = program
    closure = Closure(known, stated)
    before = state(closure)
    with closure.assume(more, extra) as inner:
        assert set(inner) == set(Closure([*known, *extra], [*stated, *more]))
        assert all(inner.is_asserted(fact) for fact in more)
        middle = state(closure)
        with closure.assume(still_more):
            assert set(closure) == set(Closure([*known, *extra], [*stated, *more, *still_more]))
        assert state(closure) == middle
        check_indexes(closure)
    assert state(closure) == before
    check_indexes(closure)


class WhatIf(RuleBasedStateMachine):
    """Assumptions opened and closed in any order that nests, with questions in between."""

    @initialize(program=programs())
    def start(self, program: Program) -> None:
        self.closure = Closure(*program)
        self.layers: list[tuple[list[Rule], list[Fact]]] = [program]
        self.states = [state(self.closure)]
        self.open: list[ExitStack] = []

    @rule(more=facts(4), extra=st.lists(rules(), max_size=1))
    def assume(self, more: list[Fact], extra: list[Rule]) -> None:
        stack = ExitStack()
        stack.enter_context(self.closure.assume(more, extra))
        self.open.append(stack)
        known, stated = self.layers[-1]
        self.layers.append(([*known, *extra], [*stated, *more]))
        self.states.append(state(self.closure))

    @precondition(lambda self: self.open)
    @rule()
    def leave(self) -> None:
        self.open.pop().close()
        self.layers.pop()
        self.states.pop()

    @rule(data=st.data())
    def ask(self, data: st.DataObject) -> None:
        known = list(self.closure)
        if known:
            fact = data.draw(st.sampled_from(known))
            assert self.closure.derivation(fact) is not None
            self.closure.subjects(fact.predicate, fact.subject)
            self.closure.near_misses(Fact("A", "unheard_of"))
            self.closure.inconsistencies()

    @invariant()
    def is_what_its_layer_says(self) -> None:
        assert state(self.closure) == self.states[-1]
        assert set(self.closure) == set(Closure(*self.layers[-1]))
        check_indexes(self.closure)

    def teardown(self) -> None:
        while getattr(self, "open", []):
            self.leave()
            assert state(self.closure) == self.states[-1]


TestWhatIf = WhatIf.TestCase
TestWhatIf.settings = settings(max_examples=60, stateful_step_count=12, deadline=None, derandomize=True)


@pytest.mark.slow
class TestWhatIfAtLength(WhatIf.TestCase):  # type: ignore[misc, name-defined]
    settings = settings(max_examples=1000, stateful_step_count=30, deadline=None)
