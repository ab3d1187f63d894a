"""What ``combine`` lists for routes asked by name against trying every set of agents with the reference reading."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reasoner.answers.combine import combine
from reasoner.answers.requests import ScenarioRequest, Wish
from reasoner.model.atom import Fact
from tests.oracles.compared_readings import differences_of_search
from tests.oracles.random_reading import AGENTS, NORMAL, knowledge
from tests.oracles.reference_reading import Reference
from tests.oracles.reference_search import Search
from tests.oracles.test_reference import is_sound
from tests.properties.random_knowledge import Knowledge

QUICK = settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=2_000, derandomize=False, database=None)
MOST = 3


@dataclass(frozen=True)
class Asked:
    """Knowledge with a killer in it, and the routes to close."""

    knowledge: Knowledge
    goals: tuple[str, ...]
    spared: bool
    clones: tuple[tuple[str, ...], ...] = ()

    @property
    def search(self) -> Search:
        example = self.knowledge
        able = {str(f.object) for f in example.facts if f.predicate == "hasAgent"}
        classes = {f.subject for f in example.facts if f.predicate == "memberOf" and str(f.object) in able}
        spared = ((NORMAL, "function"),) if self.spared else ()
        agents = tuple(agent for agent in AGENTS if agent in able | classes)
        return Search(example.facts, example.question, self.goals, agents, spared, self.clones)


@st.composite
def searches(draw: st.DrawFn) -> Asked:
    example = draw(knowledge())
    killers = draw(st.lists(st.sampled_from(AGENTS), min_size=1, max_size=2, unique=True))
    facts = list(example.facts)
    for drug in killers:
        name = f"killing_by_{drug}"
        facts += [Fact("Killing", name), Fact("hasAgent", name, drug)]
        facts.append(Fact("againstCell", name, example.question.cell))
    whole = Knowledge(tuple(dict.fromkeys(facts)), replace(example.question, regimen=()))
    listed = Reference(whole.facts, whole.question).listed
    assume(listed)
    goals = draw(st.lists(st.sampled_from(listed), min_size=1, max_size=2, unique=True))
    return Asked(whole, tuple(sorted(goals)), draw(st.booleans()))


def check_search(asked: Asked) -> None:
    example, search = asked.knowledge, asked.search
    assume(is_sound(example))
    q = example.question
    wish = Wish(close=asked.goals, spare=(NORMAL,) if asked.spared else (), max_size=MOST, limit=50)
    document = combine(example.reasoned(), ScenarioRequest(q.cell, q.disease, q.states, q.background), wish)
    found = differences_of_search(search.found(MOST), q.background, document)
    assert not found, "\n".join(["", repr(example), str(asked.goals), str(asked.spared), "", *found])


@QUICK
@given(searches())
def test_engine_and_reference_find_the_same_regimens(asked: Asked) -> None:
    check_search(asked)


@pytest.mark.slow
@LONG
@given(searches())
def test_engine_and_reference_find_the_same_regimens_at_length(asked: Asked) -> None:
    check_search(asked)
