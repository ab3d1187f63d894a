"""The closure against an evaluator from first principles, and against changed programs."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Variable
from tests.benchmarks.columns import closure_of_columns
from tests.properties.generated import EXAMPLES, long_programs
from tests.properties.generated import compares as compares_values
from tests.properties.rule_programs import body_atoms, matches, naive_closure, programs
from tests.properties.same_closures import matched

Program = tuple[list[Rule], list[Fact]]
quick = settings(max_examples=300, deadline=None, derandomize=True)
changed = settings(max_examples=80, deadline=None, derandomize=True)
long = settings(max_examples=5000, deadline=None)


def check_against_naive(program: Program) -> None:
    rules, facts = program
    closure = Closure(rules, facts)
    found = list(closure)
    assert len(found) == len(set(found)) == len(closure)
    assert set(found) == naive_closure(rules, facts)


@pytest.mark.quick
@quick
@given(programs())
def test_the_closure_is_what_a_naive_evaluator_finds(program: Program) -> None:
    check_against_naive(program)


@pytest.mark.slow
@long
@given(programs())
def test_the_closure_is_what_a_naive_evaluator_finds_in_thousands_of_programs(program: Program) -> None:
    check_against_naive(program)


def check_long_against_naive(program: Program) -> None:
    rules, facts = program
    assert set(Closure(rules, facts)) == naive_closure(rules, facts, holds=compares_values)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(long_programs())
def test_long_bodies_and_values_of_all_kinds_give_what_a_naive_evaluator_finds(program: Program) -> None:
    check_long_against_naive(program)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, print_blob=True)
@given(long_programs(most_rules=6, most_facts=30))
def test_long_bodies_give_what_a_naive_evaluator_finds_in_thousands_of_programs(program: Program) -> None:
    check_long_against_naive(program)


@changed
@given(programs(), st.randoms(use_true_random=False))
def test_the_order_of_rules_atoms_and_facts_does_not_matter(program: Program, shuffler: random.Random) -> None:
    rules, facts = program
    expected = set(Closure(rules, facts))
    shuffled = [
        Rule(
            rule.id,
            tuple(shuffler.sample(rule.body, len(rule.body))),
            tuple(shuffler.sample(rule.head, len(rule.head))),
        )
        for rule in shuffler.sample(rules, len(rules))
    ]
    assert set(Closure(shuffled, shuffler.sample(facts, len(facts)))) == expected


def renamed(atom: Atom) -> Atom:
    return Atom(atom.predicate, tuple(Variable(f"n_{a.name}") if isinstance(a, Variable) else a for a in atom.args))


@changed
@given(programs())
def test_names_of_variables_do_not_matter(program: Program) -> None:
    rules, facts = program
    others = [Rule(r.id, tuple(map(renamed, r.body)), tuple(map(renamed, r.head))) for r in rules]
    assert list(Closure(others, facts)) == list(Closure(rules, facts))


@changed
@given(programs(), st.data())
def test_an_equal_atom_changes_nothing_a_further_one_never_adds_and_a_dropped_one_never_removes(
    program: Program, data: st.DataObject
) -> None:
    rules, facts = program
    known = set(Closure(rules, facts))
    chosen = data.draw(st.integers(0, len(rules) - 1)) if rules else 0
    for place, rule in enumerate(rules):
        if place == chosen:
            others = rules[:place], rules[place + 1 :]
            atom = data.draw(st.sampled_from(rule.body))
            equal = Rule(rule.id, (*rule.body, atom), rule.head)
            assert list(Closure([*others[0], equal, *others[1]], facts)) == list(Closure(rules, facts))
            further = Rule(rule.id, (*rule.body, data.draw(body_atoms())), rule.head)
            assert set(Closure([*others[0], further, *others[1]], facts)) <= known
            for dropped in range(len(rule.body)):
                body = rule.body[:dropped] + rule.body[dropped + 1 :]
                bound = {v for a in body if not a.is_builtin for v in a.variables}
                if all(a.variables <= bound for a in (*body, *rule.head)):
                    fewer = Rule(rule.id, body, rule.head)
                    assert set(Closure([*others[0], fewer, *others[1]], facts)) >= known


@changed
@given(programs())
def test_columns_and_facts_give_the_same_closure(program: Program) -> None:
    rules, facts = program
    terms = list(dict.fromkeys(t for f in facts for t in (f.subject, f.object) if t is not None))
    members: dict[str, list[int]] = {}
    pairs: dict[str, tuple[list[int], list[int]]] = {}
    for fact in facts:
        if fact.object is None:
            members.setdefault(fact.predicate, []).append(terms.index(fact.subject))
        else:
            subjects, objects = pairs.setdefault(fact.predicate, ([], []))
            subjects.append(terms.index(fact.subject))
            objects.append(terms.index(fact.object))
    assert set(closure_of_columns(rules, terms, members, pairs)) == set(Closure(rules, facts))


@changed
@given(programs(most_rules=4), st.lists(body_atoms(), min_size=1, max_size=3))
def test_a_query_finds_exactly_the_substitutions_that_hold(program: Program, atoms: list[Atom]) -> None:
    closure = Closure(*program)
    found = [sorted((name, str(value)) for name, value in row.items()) for row in matched(closure, atoms)]
    expected = [sorted((v.name, str(value)) for v, value in row.items()) for row in matches(atoms, set(closure))]
    assert sorted(found) == sorted(expected)


@changed
@given(programs(), st.data())
def test_facts_that_are_kept_out_neither_hold_nor_help(program: Program, data: st.DataObject) -> None:
    rules, facts = program
    known = list(Closure(rules, facts))
    without = data.draw(st.lists(st.sampled_from(known), max_size=3)) if known else []
    closure = Closure(rules, facts, without)
    assert set(closure) == naive_closure(rules, facts, without)
    for fact in closure:
        derivation = closure.derivation(fact)
        assert derivation is not None
        assert not {step.conclusion for step in derivation.steps()} & set(without)
