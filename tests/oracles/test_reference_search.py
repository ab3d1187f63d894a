"""Several clones, and what ``combine`` lists for routes asked by name, against the reference reading.

The reference tries every set of agents, in every clone.
"""

from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reasoner.answers.assess import assess
from reasoner.answers.combine import combine
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.errors import QuestionError
from reasoner.model.atom import Fact
from tests.oracles.compared_readings import differences_of_clones, differences_of_search
from tests.oracles.random_reading import AGENTS, NORMAL, knowledge
from tests.oracles.reference_reading import Reference
from tests.oracles.reference_search import Clones, Search
from tests.oracles.test_reference import is_sound
from tests.properties.random_knowledge import Knowledge

QUICK = settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=2_000, derandomize=False, database=None)
MOST = 3
#: Clones of one cell.
CLONES = (((), ("lesion0",)), (("lesion0",), ("lesion1",)), ((), ("lesion0", "lesion1")))
#: The error for lesions of one clone that exclude each other.
EXCLUDING = "E433"


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
    return Asked(whole, tuple(sorted(goals)), draw(st.booleans()), draw(st.sampled_from([(), *CLONES])))


def check_search(asked: Asked) -> None:
    example, search = asked.knowledge, asked.search
    assume(is_sound(example))
    q = example.question
    wish = Wish(close=asked.goals, spare=(NORMAL,) if asked.spared else (), max_size=MOST, limit=50)
    request = ScenarioRequest(q.cell, q.disease, q.states, q.background, asked.clones)
    try:
        document = combine(example.reasoned(), request, wish)
    except QuestionError as error:
        assume(error.code != EXCLUDING)
        raise
    found = differences_of_search(search.found(MOST), q.background, document)
    assert not found, "\n".join(["", repr(example), str(asked.goals), str(asked.spared), str(asked.clones), "", *found])


def check_clones(example: Knowledge, clones: tuple[tuple[str, ...], ...]) -> None:
    assume(is_sound(example))
    q = example.question
    request = ScenarioRequest(q.cell, q.disease, q.states, q.background, clones)
    try:
        document = assess(example.reasoned(), q.regimen, request)
    except QuestionError as error:
        assume(error.code != EXCLUDING)
        raise
    found = differences_of_clones(Clones(example.facts, q, clones), document)
    assert not found, "\n".join(["", repr(example), str(clones), "", *found])


@QUICK
@given(knowledge(), st.sampled_from(CLONES))
def test_engine_and_reference_say_the_same_of_clones(example: Knowledge, clones: tuple[tuple[str, ...], ...]) -> None:
    check_clones(example, clones)


@pytest.mark.slow
@LONG
@given(knowledge(), st.sampled_from(CLONES))
def test_engine_and_reference_say_the_same_of_clones_at_length(
    example: Knowledge, clones: tuple[tuple[str, ...], ...]
) -> None:
    check_clones(example, clones)


@QUICK
@given(searches())
def test_engine_and_reference_find_the_same_regimens(asked: Asked) -> None:
    check_search(asked)


@pytest.mark.slow
@LONG
@given(searches())
def test_engine_and_reference_find_the_same_regimens_at_length(asked: Asked) -> None:
    check_search(asked)
