"""Axioms of OWL 2 RL, facts and rules together: whole sets of facts, and contradictions, against clingo."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from reasoner.engine.compile_axioms import compile_axioms
from reasoner.engine.saturate import Closure
from reasoner.model.atom import SAME, Fact
from reasoner.model.axiom import THING
from tests.properties.generated import EXAMPLES, Knowledge, knowledge

pytest.importorskip("clingo")
from tests.oracles.owl_rl_in_clingo import owl_rl_closure


def telling(facts: set[Fact]) -> set[Fact]:
    """The facts but for those that always hold: everything is a thing, and itself."""
    return {f for f in facts if f.predicate != THING and not (f.predicate == SAME and f.subject == f.object)}


def check_against_clingo(known: Knowledge) -> None:
    compiled, outside = compile_axioms(known.axioms, known.facts, known.rules)
    assert outside == []
    closure = Closure([*compiled, *known.rules], known.facts)
    facts, clash = owl_rl_closure(known)
    assert telling(set(closure)) == telling(facts)
    assert bool(closure.inconsistencies()) == clash


@settings(max_examples=250, deadline=None, derandomize=True)
@given(knowledge())
def test_axioms_facts_and_rules_conclude_what_clingo_finds(known: Knowledge) -> None:
    check_against_clingo(known)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, print_blob=True)
@given(knowledge(most_axioms=10, most_facts=24))
def test_thousands_of_larger_ones_conclude_what_clingo_finds(known: Knowledge) -> None:
    check_against_clingo(known)
