"""Derivations replayed step by step; justifications against all subsets; near misses against their definition."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Variable
from tests.properties.rule_programs import minimal_subsets, naive_closure, programs, replay

Program = tuple[list[Rule], list[Fact]]
quick = settings(max_examples=100, deadline=None, derandomize=True)
long = settings(max_examples=3000, deadline=None)


def check_derivations(program: Program) -> None:
    rules, facts = program
    closure = Closure(rules, facts)
    for fact in closure:
        derivation = closure.derivation(fact)
        assert derivation is not None
        assert derivation.conclusion == fact
        replay(derivation, facts, rules)
        assert set(derivation.leaves()) == derivation.support()
        seen = {}
        for step in derivation.steps():
            assert seen.setdefault(step.conclusion, step) is step, "equal parts are shared"


@quick
@given(programs())
def test_every_derivation_can_be_replayed(program: Program) -> None:
    check_derivations(program)


@pytest.mark.slow
@long
@given(programs())
def test_every_derivation_can_be_replayed_in_thousands_of_programs(program: Program) -> None:
    check_derivations(program)


#: Rules that feed each other, so that most facts have ways to be concluded that lead back to themselves.
TANGLED = [
    (("p", "x", "y"), ("q", "y", "z"), ("q", "x", "z")),
    (("q", "x", "y"), ("p", "z", "y"), ("p", "x", "z")),
    (("p", "x", "y"), ("q", "y", "z"), ("p", "z", "x")),
    (("q", "x", "y"), ("q", "y", "x"), ("p", "y", "x")),
    (("p", "y", "x"), ("p", "y", "z"), ("q", "z", "w"), ("q", "x", "w")),
    (("p", "w", "x"), ("q", "w", "y"), ("p", "y", "z"), ("p", "x", "z")),
]
EDGE = st.tuples(st.sampled_from("pq"), st.sampled_from("abcde"), st.sampled_from("abcde"))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.sets(EDGE, min_size=4, max_size=9), st.sets(st.sampled_from(range(len(TANGLED))), min_size=2, max_size=4))
def test_derivations_in_tangled_graphs_can_be_replayed(edges: set[tuple[str, str, str]], chosen: set[int]) -> None:
    rules = []
    for number in sorted(chosen):
        *body, head = (Atom(p, (Variable(one), Variable(other))) for p, one, other in TANGLED[number])
        rules.append(Rule(f"R{number}", tuple(body), (head,)))
    check_derivations((rules, [Fact(*edge) for edge in sorted(edges)]))


def check_justifications(program: Program) -> None:
    rules, facts = program
    closure = Closure(rules, facts)
    for fact in list(closure)[:12]:
        found = closure.justifications(fact)
        assert len(found) == len(set(found))
        assert set(found) == minimal_subsets(rules, facts, fact)
        assert found == sorted(found, key=len)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(programs(most_rules=4, most_facts=6))
def test_justifications_are_all_minimal_sets_of_given_facts(program: Program) -> None:
    check_justifications(program)


@pytest.mark.slow
@long
@given(programs(most_rules=5, most_facts=8))
def test_justifications_are_all_minimal_sets_of_given_facts_in_thousands_of_programs(program: Program) -> None:
    check_justifications(program)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(programs(most_rules=5, most_facts=8))
def test_a_justification_entails_the_fact_and_no_part_of_it_does(program: Program) -> None:
    rules, facts = program
    closure = Closure(rules, facts)
    for fact in [fact for fact in closure if not closure.is_asserted(fact)][:4]:
        for support in closure.justifications(fact):
            assert fact in Closure(rules, support)
            for spare in support:
                assert fact not in Closure(rules, support - {spare})


@quick
@given(programs())
def test_firings_are_rule_instances_over_what_holds(program: Program) -> None:
    rules, facts = program
    closure = Closure(rules, facts)
    for fact in list(closure)[:10]:
        for firing in closure.firings(fact):
            assert all(premise in closure for premise in firing.premises)
            assert fact in naive_closure([firing.rule], firing.premises)
        assert closure.is_asserted(fact) or closure.firings(fact)


@quick
@given(programs())
def test_a_near_miss_names_what_holds_and_what_does_not(program: Program) -> None:
    closure = Closure(*program)
    known = set(closure)
    for predicate in ("A", "p", "d"):
        goal = Fact(predicate, "a") if predicate == "A" else Fact(predicate, "a", "b")
        if goal in known:
            continue
        for miss in closure.near_misses(goal):
            assert all(fact in known for fact in miss.holds)
            assert miss.missing
            assert miss.fails == miss.missing[0]
            atoms = list(dict.fromkeys(miss.rule.body))
            comparisons = sum(atom.is_builtin for atom in atoms)
            assert len(atoms) - comparisons <= len(miss.holds) + len(miss.missing) <= len(atoms)
            for atom in miss.missing:
                assert atom.variables or atom.is_builtin or Fact(atom.predicate, *atom.args) not in known  # type: ignore[arg-type]
