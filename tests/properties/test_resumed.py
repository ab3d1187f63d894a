"""A closure that is taken up again is the one that was left, down to the order of its rows, and goes on as it would."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.fact_store import StoredRows
from reasoner.closure.saturate import Closure, State
from reasoner.inference.packing import Packed, Packing
from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Literal, Variable
from tests.properties.rule_programs import facts, programs, rules
from tests.properties.test_rules_what_if import state as everything

pytestmark = pytest.mark.quick

quick = settings(max_examples=150, deadline=None, derandomize=True)
texts = st.text(max_size=5)
terms = st.one_of(texts, st.builds(Literal, texts, texts, texts))
values = st.recursive(
    st.one_of(
        st.none(),
        st.integers(),
        terms,
        st.builds(Variable, texts),
        st.builds(Fact, texts, texts, st.one_of(st.none(), terms)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.frozensets(texts, max_size=4),
        st.dictionaries(terms, inner, max_size=4),
        st.builds(Atom, texts, st.tuples(terms)),
    ),
    max_leaves=12,
)


def taken_up(closure: Closure, program: list[Rule]) -> Closure:
    """The closure by way of its state as text."""
    packing = Packing([Fact, StoredRows])
    text = json.dumps(packing.pack(tuple(closure.state())))
    return Closure.resumed(program, State(*packing.unpack(Packed(*json.loads(text)))))


def settled(closure: Closure) -> object:
    """Everything but the log for undoing, which begins anew, and what clauses that can never fire have read."""
    tables, terms, ids, values, origins, restated, _, clauses, readers = everything(closure)  # type: ignore[misc]
    return tables, terms, ids, values, origins, restated, [clause[:3] for clause in clauses], readers


@quick
@given(programs(), st.lists(rules(), max_size=2), facts(4))
def test_a_closure_taken_up_again_is_the_one_that_was_left(
    program: tuple[list[Rule], list[Fact]], extra: list[Rule], more: list[Fact]
) -> None:
    known, stated = program
    left = Closure(known, stated)
    again = taken_up(left, known)
    assert settled(again) == settled(left)
    before = everything(again)
    with left.assume(more, extra), again.assume(more, extra):
        assert list(again) == list(left)
        for fact in left:
            assert again.is_asserted(fact) == left.is_asserted(fact)
            assert again.derivation(fact) == left.derivation(fact)
    assert everything(again) == before
    assert again.inconsistencies() == left.inconsistencies()


@quick
@given(values)
def test_what_is_packed_comes_back(value: object) -> None:
    packing = Packing([Fact, Variable, Atom])
    assert packing.unpack(Packed(*json.loads(json.dumps(packing.pack(value))))) == value


def test_a_value_of_another_class_is_not_packed() -> None:
    with pytest.raises(TypeError, match="Rule"):
        Packing([Fact]).pack([Rule("r", (), ())])
