"""Axioms of OWL 2 RL, facts and rules together: whole sets of facts, and contradictions, against clingo."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from reasoner.closure.saturate import Closure
from reasoner.model.atom import SAME, Fact
from reasoner.model.axiom import THING
from reasoner.owl.compile_axioms import compile_axioms
from tests.properties.generated import EXAMPLES, Knowledge, knowledge

pytest.importorskip("clingo")
from tests.oracles import owl_rl_in_clingo
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


#: What another rule of the table says too.
TOLD_TWICE = "clash :- same(X, Y), different(X, Y)."


@pytest.mark.slow
def test_no_rule_of_the_oracle_is_out_of_reach_of_the_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any one of its rules the oracle says otherwise of some example: each of them is tested."""
    drawn: list[Knowledge] = []

    @settings(max_examples=1000, deadline=None, derandomize=True, database=None)
    @given(knowledge())
    def draw(known: Knowledge) -> None:
        drawn.append(known)

    draw()
    told = [owl_rl_closure(known) for known in drawn]
    rules = re.findall(r"[^.]+\.", " ".join(owl_rl_in_clingo.RULES.split()))
    unreached = []
    for left_out in rules:
        monkeypatch.setattr(owl_rl_in_clingo, "RULES", "".join(rule for rule in rules if rule is not left_out))
        if all(owl_rl_closure(known) == found for known, found in zip(drawn, told, strict=True)):
            unreached.append(left_out.strip())
    assert unreached == [TOLD_TWICE]


@pytest.mark.slow
@settings(max_examples=EXAMPLES, deadline=None, print_blob=True)
@given(knowledge(most_axioms=10, most_facts=24))
def test_thousands_of_larger_ones_conclude_what_clingo_finds(known: Knowledge) -> None:
    check_against_clingo(known)
