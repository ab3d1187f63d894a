"""Classes of equal individuals against equality by its rules, pair by pair: closures, undoing, proofs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure import group_clauses
from reasoner.closure.equalities import Equalities
from reasoner.closure.meter import Meter
from reasoner.closure.saturate import Closure
from reasoner.errors import BudgetError
from reasoner.model.atom import DIFFERENT, SAME, Atom, Fact
from reasoner.model.axiom import Axiom
from reasoner.model.budget import Budget
from reasoner.model.groups import AllDifferent
from reasoner.model.rule import ProgramPart, Rule, each_rule
from reasoner.model.term import XSD, Literal, Variable
from reasoner.owl.compile_axioms import compile_axioms
from tests.properties.rule_programs import replay
from tests.properties.same_closures import justified, same
from tests.properties.test_resumed import taken_up

NAMES = "abcdef"
names = st.sampled_from(NAMES)
numbers = st.integers(0, 2).map(lambda number: Literal(str(number), XSD + "integer"))
facts = st.lists(
    st.one_of(
        st.builds(Fact, st.just(SAME), names, names),
        st.builds(Fact, st.just(SAME), names, names),
        st.builds(Fact, st.just(DIFFERENT), names, names),
        st.builds(Fact, st.sampled_from("pq"), names, names),
        names.map(lambda name: Fact("A", name)),
        st.builds(Fact, st.just("d"), names, numbers),
    ),
    max_size=9,
)
groups = st.lists(st.lists(names, min_size=2, max_size=4, unique=True).map(tuple).map(AllDifferent), max_size=1)
W, X, Y, Z = map(Variable, "wxyz")
#: What concludes equality, and what reads it by subject, by object, row by row and in cycles.
RULES = [
    Rule("R1", (Atom("p", (X, Y)), Atom("p", (X, Z))), (Atom(SAME, (Y, Z)),)),
    Rule("R2", (Atom("q", (X, Y)), Atom("A", (X,))), (Atom(SAME, (X, Y)),)),
    Rule("R3", (Atom("A", (X,)), Atom(SAME, (X, Y))), (Atom("q", (X, Y)),)),
    Rule("R4", (Atom("A", (Y,)), Atom(SAME, (X, Y))), (Atom("p", (X, Y)),)),
    Rule("R5", (Atom(SAME, (X, Y)), Atom("p", (Y, Z)), Atom(SAME, (Z, W))), (Atom("q", (X, W)),)),
    Rule("R6", (Atom(SAME, (X, Y)),), (Atom("B", (X,)),)),
    Rule("R7", (Atom(SAME, (X, X)),), (Atom("B", (X,)),)),
    Rule("R8", (Atom(SAME, (X, Y)), Atom("q", (X, Y))), ()),
    Rule("R9", (Atom("d", (X, Y)), Atom("d", (Z, Y))), (Atom(SAME, (X, Z)),)),
    Rule("R10", (Atom("q", (X, Y)), Atom("A", (Y,))), (Atom(DIFFERENT, (X, Y)),)),
    Rule("R11", (Atom("q", (X, Z)), Atom("q", (Y, Z))), (Atom(SAME, (X, Y)),)),
]
rules = st.lists(st.sampled_from(RULES), max_size=4, unique=True)


def program_of(own: Sequence[Rule], given: Sequence[Fact], more: Sequence[Fact] = ()) -> list[ProgramPart]:
    """The rules, and those about equality that they and the facts call for."""
    always = Fact(SAME, "a", "a")  # so that equality can arise in any case
    compiled, _ = compile_axioms([Axiom("FunctionalProperty", ("f",))], [*given, *more, always], own)
    return [*own, *compiled]


def both(
    program: Sequence[ProgramPart],
    given: Sequence[Fact],
    different: Sequence[AllDifferent],
    without: Iterable[Fact] = (),
) -> tuple[Closure, Closure]:
    """The closure with classes, and the one by the rules of equality as of any others."""
    kept_out = [fact for fact in without if fact not in given]
    one = Closure(program, given, kept_out, groups=different)
    with patch.object(group_clauses, "_kind", lambda rule: None):
        return one, Closure(program, given, kept_out, groups=different)


def dated(closure: Closure) -> list[tuple[Fact, int]]:
    """Every fact with its epoch, in order."""
    kept = [(fact, closure._store.stored(fact)) for fact in closure]
    return [(fact, stored[0].epoch(stored[1])) for fact, stored in kept if stored is not None]


def proven(
    closure: Closure, program: Sequence[ProgramPart], given: Sequence[Fact], different: Sequence[AllDifferent]
) -> None:
    """Every fact has a proof that can be replayed step by step."""
    stated = [*given, *(fact for group in different for fact in group)]
    plain = list(each_rule(program))
    for fact in closure:
        derivation = closure.derivation(fact)
        assert derivation is not None
        replay(derivation, stated, plain)


@settings(max_examples=250, deadline=None, derandomize=True)
@given(rules, facts, groups, st.lists(st.builds(Fact, st.sampled_from((SAME, "p")), names, names), max_size=1))
def test_classes_give_what_the_rules_of_equality_give(
    own: list[Rule], given: list[Fact], different: list[AllDifferent], without: list[Fact]
) -> None:
    program = program_of(own, given)
    one, other = both(program, given, different, without)
    same(one, other, SAME, NAMES)
    proven(one, program, given, different)


def test_a_class_all_of_whose_pairs_are_links_is_a_class() -> None:
    given = [Fact("q", "b", "c"), Fact("q", "c", "a"), Fact("q", "a", "a")]
    program = program_of([rule for rule in RULES if rule.id == "R11"], given)
    one, other = both(program, given, [])
    same(one, other, SAME, NAMES)
    assert {fact for fact in one if fact.predicate == "q"} == {Fact("q", x, y) for x in "abc" for y in "abc"}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rules, st.lists(facts, min_size=1, max_size=1).map(lambda drawn: drawn[0][:6]))
def test_what_a_fact_rests_on_is_the_same(own: list[Rule], given: list[Fact]) -> None:
    one, other = both(program_of(own, given), given, [])
    for fact in list(one)[:8]:
        assert justified(one, fact) == justified(other, fact)
        assert {(f.rule.id, f.premises) for f in one.firings(fact)} == {
            (f.rule.id, f.premises) for f in other.firings(fact)
        }


@settings(max_examples=120, deadline=None, derandomize=True)
@given(rules, facts, groups, facts, rules)
def test_what_is_assumed_of_equals_goes_without_a_trace(
    own: list[Rule], given: list[Fact], different: list[AllDifferent], more: list[Fact], extra: list[Rule]
) -> None:
    program = program_of([*own, *extra], given, more)
    kept = [rule for rule in program if rule not in extra]
    one, other = both(kept, given, different)
    before = dated(one)
    with one.assume(more, extra), other.assume(more, extra):
        same(one, other, SAME, NAMES)
        proven(one, program, [*given, *more], different)
        with one.assume(more[::-1]), other.assume(more[::-1]):
            same(one, other, SAME, NAMES)
    assert dated(one) == before
    same(one, other, SAME, NAMES)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rules, facts, facts)
def test_a_closure_with_classes_can_be_taken_up_again(own: list[Rule], given: list[Fact], more: list[Fact]) -> None:
    program = program_of(own, given, more)
    one, _ = both(program, given, [])
    again = taken_up(one, program)
    assert sorted(again, key=str) == sorted(one, key=str)
    before = dated(again)
    for _ in range(2):
        with one.assume(more), again.assume(more):
            assert sorted(again, key=str) == sorted(one, key=str)
            proven(again, program, [*given, *more], [])
        assert dated(again) == before


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rules, facts, st.integers(1, 300))
def test_a_budget_that_ends_the_joining_of_classes_leaves_no_trace(
    own: list[Rule], more: list[Fact], most: int
) -> None:
    given = [Fact(SAME, "a", "b"), Fact("p", "b", "c"), Fact("A", "c")]
    meter = Meter(Budget(10**9))
    program = program_of(own, given, more)
    closure = Closure(program, given, meter=meter)
    before = dated(closure)
    meter.budget = Budget(most)
    meter.renew()
    try:
        with closure.assume(more):
            pass
    except BudgetError:
        pass
    assert dated(closure) == before
    meter.budget = Budget(10**9)
    meter.renew()
    with closure.assume(more):
        assert set(closure) == set(Closure(program, [*given, *more]))


def test_a_ring_of_thousands_costs_what_its_links_cost() -> None:
    size = 3000
    links = [Fact(SAME, f"r{number}", f"r{(number + 1) % size}") for number in range(size)]
    given = [*links, Fact("A", "r0"), Fact("p", "r7", "elsewhere")]
    program = program_of([], given)
    closure = Closure(program, given, meter=Meter(Budget(20 * size)))
    assert len(closure.members("A")) == len(closure.subjects("p", "elsewhere")) == size
    assert len(closure.objects(SAME, "r5")) == size
    assert len(closure) == size**2 + 2 * size
    assert not closure.inconsistencies()
    derivation = closure.derivation(Fact(SAME, "r10", f"r{size // 2}"))
    assert derivation is not None
    replay(derivation, given, list(each_rule(program)))
    table = closure._store.tables[SAME, 2]
    assert isinstance(table, Equalities) and len(table.singles) == size


def test_a_clash_in_a_chain_of_equals_is_found() -> None:
    size = 40
    links = [Fact(SAME, f"r{number}", f"r{number + 1}") for number in range(size)]
    given = [*links, Fact(DIFFERENT, "r1", f"r{size}")]
    program = program_of([], given)
    closure = Closure(program, given, groups=[AllDifferent(("r5", "x", "y", "r9"))])
    found = {tuple(map(str, (premise.conclusion for premise in d.premises))) for d in closure.inconsistencies()}
    assert (f"sameAs(r1, r{size})", f"differentFrom(r1, r{size})") in found
    assert ("sameAs(r5, r9)", "differentFrom(r5, r9)") in found
