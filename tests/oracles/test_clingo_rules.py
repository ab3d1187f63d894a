"""The closure against clingo: whole fact sets of random recursive programs, and names that try to get in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Literal, Variable
from tests.benchmarks.synthetic import SyntheticBase
from tests.benchmarks.synthetic import rules as synthetic_rules
from tests.properties.generated import EXAMPLES, long_programs
from tests.properties.generated import compares as compares_values
from tests.properties.rule_programs import compares, programs

pytest.importorskip("clingo")
from tests.oracles.in_clingo import clingo_closure

Program = tuple[list[Rule], list[Fact]]


def check_against_clingo(program: Program) -> None:
    rules, facts = program
    assert set(Closure(rules, facts)) == clingo_closure(rules, facts, compares)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(programs())
def test_the_closure_is_what_clingo_finds(program: Program) -> None:
    check_against_clingo(program)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(programs())
def test_the_closure_is_what_clingo_finds_in_thousands_of_programs(program: Program) -> None:
    check_against_clingo(program)


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(programs(most_rules=16, most_facts=60))
def test_the_closure_is_what_clingo_finds_in_larger_programs(program: Program) -> None:
    check_against_clingo(program)


def check_long_against_clingo(program: Program) -> None:
    rules, facts = program
    assert set(Closure(rules, facts)) == clingo_closure(rules, facts, compares_values)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(long_programs())
def test_the_closure_under_long_bodies_is_what_clingo_finds(program: Program) -> None:
    check_long_against_clingo(program)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, print_blob=True)
@given(long_programs(most_rules=6, most_facts=40))
def test_the_closure_under_long_bodies_is_what_clingo_finds_in_thousands_of_programs(program: Program) -> None:
    check_long_against_clingo(program)


@pytest.mark.parametrize("size", [1000, pytest.param(20_000, marks=pytest.mark.slow)])
def test_the_closure_of_a_synthetic_knowledge_base_is_what_clingo_finds(size: int) -> None:
    facts = list(SyntheticBase.of(size).facts())
    found = set(Closure(synthetic_rules(), facts))
    assert len(found) > 2 * len(facts)
    assert found == clingo_closure(synthetic_rules(), facts, compares)


HOSTILE = ['x"). pwned(1). p("y', "#script (python)", "%*", "a\nb", "\x00", '#include "/etc/passwd".', "é", "?x", ""]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.one_of(st.text(max_size=8), st.sampled_from(HOSTILE)), min_size=3, max_size=6, unique=True))
def test_no_name_reaches_the_solver_or_the_compiler(names: list[str]) -> None:
    x, y = Variable(names[0]), Variable(names[1])
    predicate, other = f"{names[0]}1", f"{names[1]}2"
    rules = [
        Rule(names[2], (Atom(predicate, (x, y)),), (Atom(other, (y, x)),)),
        Rule(names[1], (Atom(other, (x, names[0])),), (Atom(names[0], (x,)),)),
    ]
    facts = [Fact(predicate, name, names[0]) for name in names]
    facts += [Fact(predicate, names[0], Literal(name)) for name in names]
    closure = Closure(rules, facts)
    assert set(closure) == clingo_closure(rules, facts, compares=lambda *_: False)
    assert "pwned" not in {fact.predicate for fact in closure}
