"""Explanations over random knowledge: each is there, is true, leaves out nothing that it rests on, and comes to an end.

What keeps an agent from a node is tried out: without it the agent does what it was kept from.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.mechanism.well_founded import OFF, ON
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.deeds import ACTIVATE, CUT, DEPLETE, LOWERING, RAISING, SUPPLY
from reasoner.scenario.reason import Reason
from reasoner.scenario.route_reason import route_reason
from reasoner.scenario.trace import Trace
from tests.oracles import random_reading
from tests.properties.random_knowledge import Knowledge
from tests.properties.test_scenario import check_reasons

pytestmark = pytest.mark.quick

QUICK = settings(max_examples=40, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1_500)
#: What a doubt comes down to.
STARTS = {"opposed", "contested", "unstated", "feedback", "well-founded semantics"}


@st.composite
def knowledge(draw: st.DrawFn) -> Knowledge:
    """Random knowledge in which many agents depend on activities, and agents act on what others depend on."""
    example = draw(random_reading.knowledge())
    activities = [s for s, _ in (*example.of("ofMolecule"), *example.of("ofProcess"), *example.of("ofLigand"))]
    agents = st.sampled_from([*random_reading.AGENTS, random_reading.DRUG_CLASS])
    wanted = draw(st.lists(st.tuples(agents, st.sampled_from(activities)), max_size=2))
    return replace(example, facts=(*example.facts, *(Fact("dependsOnActivity", a, b) for a, b in wanted)))


def reasons(trace: Trace) -> Iterator[tuple[int, Reason]]:
    """The explanation of every node."""
    for index in range(len(trace.located.nodes)):
        yield index, trace.value_reason(index)


def check_true(trace: Trace) -> None:
    """Whatever a tree says to be on, off, rebounding or undetermined is so."""
    values = {trace.name(index): trace.comes_to(index) for index in range(len(trace.located.nodes))}
    for index, told in reasons(trace):
        assert told.conclusion == f"{trace.comes_to(index)}({trace.name(index)})"
        for step in told.steps():
            value, _, name = step.conclusion.rstrip(")").partition("(")
            if value in ("on", "off", "rebounds", "undetermined"):
                assert values[name] == value, step.text


def check_complete(trace: Trace) -> None:
    """What is on names all that it needs and why nothing takes it away; a doubt ends where one starts."""
    located, deeds = trace.located, trace.deeds
    for index, told in reasons(trace):
        below = {premise.conclusion for premise in told.premises}
        if told.rule == "action" and not released(trace, index):
            acting = deeds.done(index, *RAISING, *LOWERING)
            assert any(all(f"on({trace.name(n)})" in below for n in deed.needed) for deed in acting), told.text
        elif trace.value(index) == ON and located.gained >> index & 1 == 0:
            needed = {f"on({trace.name(n)})" for c in located.prerequisites(index) for n in c.nodes}
            assert needed <= below or released(trace, index), told.text
            suppressors = [m for m in located.by_effect.get(index, ()) if m.sign == "suppresses"]
            told_of = [c for c in below if c.startswith(("silent(", "lifted("))]
            assert not suppressors or told_of or released(trace, index), told.text
        elif trace.value(index) == OFF:
            free = [deed for deed in deeds.done(index, DEPLETE, CUT) if not deed.needed]
            assert not free or told.rule in ("action", "lesion"), told.text
        else:
            *_, last = told.steps()
            starts = [step for step in told.steps() if step.rule in STARTS]
            assert starts or trace.value(index) == ON, told.text
            assert "rests on what is undetermined" not in last.text
        for found in deeds.hindered(index, *(LOWERING if trace.value(index) == ON else RAISING)):
            kept = f"kept({found.agent}, {trace.name(index)})"
            lost = trace.located.lost >> index & 1
            assert trace.value(index) == "undetermined" or lost or kept in below, told.text


def released(trace: Trace, index: int) -> bool:
    """Whether a node is a ligand that is free because it is made: what is said of it is said of its making."""
    return trace.located.nodes[index].activity.kind == "Availability"


def check_deeds(trace: Trace) -> None:
    """What agents are said to do to a node has its effect there, unless another agent or a loss stands against it."""
    deeds, located = trace.deeds, trace.located
    for index in range(len(located.nodes)):
        lowered, raised = deeds.done(index, *LOWERING), deeds.done(index, *RAISING)
        doubtful = deeds.pending(index, *LOWERING, *RAISING)
        if lowered and not raised and not doubtful:
            assert trace.value(index) == OFF, (trace.name(index), lowered)
        if deeds.done(index, SUPPLY) and not lowered and not doubtful:
            assert trace.value(index) == ON or located.lost >> index & 1, trace.name(index)
        if deeds.pending(index, *LOWERING) and not raised:
            assert trace.value(index) != ON, trace.name(index)
        if deeds.pending(index, SUPPLY) and not lowered:
            assert trace.value(index) != OFF or located.lost >> index & 1, trace.name(index)
        if deeds.done(index, ACTIVATE) and not lowered and not doubtful:
            assert trace.value(index) == ON, trace.name(index)


def check_kept(example: Knowledge, trace: Trace) -> None:
    """An agent of which it is said that a lesion or a lack keeps it from a node that is on acts on it without that."""
    kept = [
        (index, found)
        for index in range(len(trace.located.nodes))
        if trace.value(index) == ON
        for found in trace.deeds.hindered(index, *LOWERING)
    ]
    for index, found in kept[:3]:
        lesions = trace.located.lesions.lesions
        if found.lesion and any(lesion.loss for lesion in lesions):
            continue  # nobody brings back what is lost
        overcome = [Fact("overcomes", found.agent, lesion.name) for lesion in lesions]
        facts = [f for f in (*example.facts, *overcome) if f.predicate != "dependsOnActivity"]
        other = replace(example, facts=tuple(facts)).assessment()
        freed = Trace(other.reasoned, other.scenario)
        node = freed.located.by_key.get(trace.located.nodes[index].activity.key)
        if node is not None:  # else it was there only because an agent depends on it
            assert freed.deeds.done(node, *LOWERING), f"{found} though it was freed"


def check_everything(example: Knowledge) -> Assessment:
    check_reasons(example)
    assessment = example.assessment()
    for agents in (None, ()):
        trace = Trace(assessment.reasoned, assessment.scenario, agents)
        check_true(trace)
        check_complete(trace)
        check_deeds(trace)
        for index in range(len(trace.located.nodes)):
            trace.ways(index)
    check_kept(example, Trace(assessment.reasoned, assessment.scenario))
    for found in assessment.scenario.routes:
        assert route_reason(assessment.reasoned, assessment.scenario, found).text
    return assessment


@QUICK
@given(knowledge())
def test_every_node_is_explained_truly_and_in_full_whatever_its_value(example):
    check_everything(example)


@pytest.mark.slow
@LONG
@given(knowledge())
def test_every_node_of_thousands_of_knowledge_bases_is_explained(example):
    check_everything(example)
