"""Scenarios of random knowledge bases: unchanged by what must not matter, and explained.

What they come to is held against the definition in :mod:`tests.oracles.test_reference`.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.well_founded import OFF, ON
from reasoner.model.atom import Fact
from reasoner.reading.owl.ontology import read_ontology
from reasoner.resources import shipped
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.reason import Reason
from reasoner.scenario.route_reason import route_reason
from reasoner.scenario.scenario import BROKEN, Scenario, Standing
from reasoner.scenario.trace import Trace
from tests.properties.random_knowledge import MODES, Knowledge, knowledge, shipped_rule_list

QUICK = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1_000)
SEEDS = st.integers(0, 2**32)


# --- what the state of a scenario comes to ----------------------------------------------------------------------------


def keys_of(located: LocatedGraph) -> list[tuple[str, ...]]:
    """What makes each node the one it is: its roles."""
    return [node.activity.key for node in located.nodes]


def values_of(scenario: Scenario) -> dict[tuple[str, ...], str]:
    valuation = scenario.valuation()
    return {key: valuation.value(1 << index) for index, key in enumerate(keys_of(scenario.located))}


def said(standing: Standing) -> tuple[str, set[frozenset[str]]]:
    return standing.status, set(map(frozenset, standing.by))


def check_broken_routes(example: Knowledge) -> None:
    scenario = example.assessment().scenario
    valuation = scenario.valuation()
    for found in scenario.routes:
        arms = [valuation.all_of(arm.mask) for arm, _ in found.arms]
        assert (found.status in ("broken", "inactive")) == all(value == OFF for value in arms)
        assert (found.status in ("open", "opened")) == (ON in arms)
        assert not (found.status == BROKEN and found.narrowed)


# --- what must not matter ---------------------------------------------------------------------------------------------


def summary(assessment: Assessment) -> dict[str, Any]:
    """Everything that an assessment says, by names and roles, in no order."""
    scenario = assessment.scenario
    return {
        "routes": {
            s.route.name: (said(s.standing), frozenset(map(frozenset, s.narrowed_by)), arms_said(s.arms))
            for s in scenario.routes
        },
        "outcomes": frozenset((fact.predicate, fact.object) for fact in assessment.conclusions),
        "harms": frozenset((h.cell, h.function, h.extent, frozenset(h.by)) for h in assessment.harms),
        "killers": frozenset(killer.agent for killer in scenario.killers),
        "defeated": frozenset(killer.agent for killer in scenario.defeated_killers),
        "values": values_of(scenario),
    }


def arms_said(arms: Any) -> dict[str, Any]:
    return {arm.arm.name: said(standing) for arm, standing in arms}


def renamed(value: Any, names: dict[str, str]) -> Any:
    """The same value with names replaced, at any depth."""
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, dict):
        return {renamed(k, names): renamed(v, names) for k, v in value.items()}
    if isinstance(value, tuple | set | frozenset):
        return type(value)(renamed(item, names) for item in value)
    return value


def check_order(example: Knowledge, seed: int) -> None:
    assert summary(example.assessment()) == summary(example.shuffled(seed).assessment())


def check_names(example: Knowledge, seed: int) -> None:
    order = random.Random(seed)
    names = {name: f"n{order.random()}" for name in example.names}
    assert renamed(summary(example.assessment()), names) == summary(example.renamed(names).assessment())


BYSTANDER = (
    Fact("Agent", "bystander"),
    Fact("GeneProduct", "apart"),
    Fact("MoleculeActivity", "apart_at_work"),
    Fact("ofMolecule", "apart_at_work", "apart"),
    Fact("inCell", "apart_at_work", "stroma"),
    Fact("givenIn", "apart_at_work", "everywhere"),
    Fact("Action", "standing_by"),
    Fact("hasAgent", "standing_by", "bystander"),
    Fact("hasTarget", "standing_by", "apart"),
)


def check_bystander(example: Knowledge, mode: str, first: bool) -> None:
    """An agent that acts on something apart changes nothing, and is never named."""
    regimen = example.question.regimen
    with_it = ("bystander", *regimen) if first else (*regimen, "bystander")
    facts = (*example.facts, *BYSTANDER, Fact("hasMode", "standing_by", mode))
    wider = Knowledge(facts, replace(example.question, regimen=with_it))
    before, after = summary(example.assessment()), summary(wider.assessment())
    assert before.pop("values").items() <= after.pop("values").items()
    assert before == after


def check_scratch(example: Knowledge) -> None:
    """The order of questions to one knowledge base does not matter, nor what was asked before."""
    fresh, used = example.assessment(), example.reasoned()
    whole = example.question
    for number in range(len(whole.regimen)):
        part = replace(whole, regimen=whole.regimen[number:], background=whole.regimen[:number])
        summary(Knowledge(example.facts, part).assessment(used))
    assert summary(fresh) == summary(example.assessment(used))
    values = [fresh.scenario.located.program.evaluate(fresh.scenario.effects(fresh.scenario.regimen))]
    assert values == [fresh.scenario.valuation()]


def check_file(example: Knowledge) -> None:
    """The real loader gives the same facts and the same answers."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "facts.ttl"
        file.write_text(example.turtle(), encoding="utf-8")
        modules = sorted(shipped("ontology").glob("modules/*.ttl"))
        base = StatedKnowledge(read_ontology([*modules, file]), shipped_rule_list(), "cd" * 32)
    assert set(example.facts) <= set(base.ontology.facts)
    assert summary(example.assessment()) == summary(example.assessment(Reasoned(base)))


# --- explanations -----------------------------------------------------------------------------------------------------


def paths(reason: Reason, above: tuple[Reason, ...] = ()) -> Iterator[tuple[Reason, ...]]:
    """Every node of a tree with those above it, the root first."""
    yield (*above, reason)
    for premise in reason.premises:
        yield from paths(premise, (*above, reason))


def check_reasons(example: Knowledge) -> None:
    assessment = example.assessment()
    trace = Trace(assessment.reasoned, assessment.scenario)
    in_doubt = {m.name for m in trace.located.mechanisms if m.weak} - {
        m.name for m in trace.located.mechanisms if not m.weak
    }
    for index in range(len(trace.located.nodes)):
        for path in paths(trace.value_reason(index)):
            check_reason(path, in_doubt)
    for found in assessment.scenario.routes:
        for path in paths(route_reason(assessment.reasoned, assessment.scenario, found)):
            assert path[-1].text.strip()


def check_reason(path: tuple[Reason, ...], in_doubt: set[str]) -> None:
    """One step of an explanation: in words, from something, and not from itself."""
    step, above = path[-1], [reason.conclusion for reason in path[:-1]]
    assert step.text.strip()
    assert step.rule or step.conclusion in above, step.conclusion
    assert not is_circular(step.conclusion, above), [*above, step.conclusion]
    if step.conclusion.startswith("on("):
        assert step.rule not in in_doubt, f"{step.conclusion} for {step.rule}, which is in doubt"
        if not any(premise.conclusion.startswith("on(") for premise in step.premises):
            assert step.rule in ("given", "action", "lesion", "feedback"), step.rule
    if step.conclusion.startswith("undetermined("):
        assert not any(conclusion.startswith(("on(", "off(")) for conclusion in above), above


def is_circular(conclusion: str, above: list[str]) -> bool:
    """Whether a conclusion rests on itself; a loop of things that are off for want of a start does not."""
    if not conclusion.startswith(("on(", "off(")) or conclusion not in above:
        return False
    return conclusion.startswith("on(") or any(step.startswith("on(") for step in above[above.index(conclusion) :])


# --- the tests --------------------------------------------------------------------------------------------------------


@QUICK
@given(knowledge())
def test_a_broken_route_has_every_arm_off_and_an_open_one_an_arm_on(example):
    check_broken_routes(example)


@QUICK
@given(knowledge(), SEEDS)
def test_the_order_of_facts_changes_nothing(example, seed):
    check_order(example, seed)


@QUICK
@given(knowledge(), SEEDS)
def test_names_mean_nothing(example, seed):
    check_names(example, seed)


@QUICK
@given(knowledge(), st.sampled_from(MODES), st.booleans())
def test_an_unrelated_agent_changes_nothing(example, mode, first):
    check_bystander(example, mode, first)


@QUICK
@given(knowledge())
def test_an_answer_is_the_same_from_scratch_and_after_other_questions(example):
    check_scratch(example)


@QUICK
@given(knowledge())
def test_a_reason_is_in_words_and_rests_on_given_facts_states_and_actions_not_on_itself(example):
    check_reasons(example)


@settings(QUICK, max_examples=5)
@given(knowledge())
def test_facts_read_from_a_file_are_the_facts(example):
    check_file(example)


@pytest.mark.slow
@LONG
@given(knowledge(), SEEDS, st.sampled_from(MODES))
def test_thousands_of_knowledge_bases_pass_every_check(example, seed, mode):
    check_broken_routes(example)
    check_order(example, seed)
    check_names(example, seed)
    check_bystander(example, mode, first=seed % 2 == 0)
    check_scratch(example)
    check_reasons(example)
