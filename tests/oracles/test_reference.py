"""The engine against the reference reading, on random knowledge bases and on small cases written by hand.

The reference itself is held to the small cases first: each is one sentence of the definition, with facts and an answer
that the sentence determines.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from reasoner.model.atom import Fact
from tests.oracles.random_reading import knowledge
from tests.oracles.reference_reading import Reference
from tests.properties.random_knowledge import Knowledge, Question
from tests.properties.test_scenario import summary

MANY = settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
DEEP = settings(MANY, max_examples=5_000)
#: The hazards that follow from the state of a scenario alone, and not from observations.
HAZARDS = {"eviction_without_killer", "opened_route", "opposed_agents"}
OUTCOMES = {"dislodges", "awakens", "restrains", "delivers", "sensitises"}


# --- comparing --------------------------------------------------------------------------------------------------------


def by_reference(example: Knowledge) -> dict[str, Any]:
    """What the reference says, one entry for each thing said."""
    read = Reference(example.facts, example.question)
    said: dict[str, Any] = {f"route {name}": tuple(found) for name, found in read.routes.items()}
    for route, arms in read.arm_standings.items():
        said |= {f"arm {arm} of {route}": tuple(found) for arm, found in arms.items()}
    said["outcomes"] = {(outcome, read.cell) for outcome in read.outcomes} | {
        ("mobilises", c) for c in read.mobilises()
    }
    said["hazards"] = read.hazards
    said["killers"] = read.killers
    said["harms"] = {(cell, function, *harm) for (cell, function), harm in read.harms.items()}
    return said | {f"value of {' '.join(key)}": value for key, value in read.values().items()}


def by_engine(example: Knowledge) -> dict[str, Any]:
    """What the engine says, in the same words."""
    told, said = summary(example.assessment()), {}
    for route, (found, _, arms) in told["routes"].items():
        said[f"route {route}"] = (found[0], frozenset(found[1]))
        said |= {f"arm {arm} of {route}": (status, frozenset(by)) for arm, (status, by) in arms.items()}
    outcomes = told["outcomes"]
    said["outcomes"] = {pair for pair in outcomes if pair[0] in OUTCOMES | {"mobilises"}}
    said["hazards"] = {name for relation, name in outcomes if relation == "hasHazard"} & HAZARDS
    said["killers"] = set(told["killers"])
    said["harms"] = set(told["harms"])
    return said | {f"value of {' '.join(key)}": value for key, value in told["values"].items()}


def differences(example: Knowledge) -> list[str]:
    """What the two say otherwise; nodes that only one of them knows are compared by the routes that need them."""
    reference, engine = by_reference(example), by_engine(example)
    both = reference.keys() & engine.keys()
    either = {name for name in reference.keys() | engine.keys() if not name.startswith("value of")}
    return [
        f"{name}: reference {shown(reference.get(name))}, engine {shown(engine.get(name))}"
        for name in sorted(both | either)
        if reference.get(name) != engine.get(name)
    ]


def shown(value: Any) -> str:
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(shown, value))) + "}"
    if isinstance(value, tuple):
        return " ".join(map(shown, value))
    return "nothing" if value is None else str(value)


def check_against_reference(example: Knowledge) -> None:
    """Fails with the facts, one subject a line, and what differs."""
    found = differences(example)
    assert not found, "\n".join(["", repr(example), "", *found])


@MANY
@given(knowledge())
def test_engine_and_reference_agree(example: Knowledge) -> None:
    check_against_reference(example)


@pytest.mark.slow
@DEEP
@given(knowledge())
def test_engine_and_reference_agree_at_length(example: Knowledge) -> None:
    check_against_reference(example)
