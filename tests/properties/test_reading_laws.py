"""What must not matter to an answer: other diseases, empty descriptions, order, names, how statements are split."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reasoner.model.atom import Fact
from tests.oracles.random_reading import MALIGNANT, MOLECULAR, NICHE, NORMAL, ROLES, knowledge
from tests.oracles.test_reference import is_sound
from tests.properties.random_knowledge import Knowledge
from tests.properties.test_scenario import check_names, check_order, summary

QUICK = settings(max_examples=25, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1_000)
SEEDS = st.integers(0, 2**32)
CELLS = (*MALIGNANT, *NICHE, NORMAL)
#: A disease that is no kind of any other, and of which no other is a kind.
APART = "disease_apart"
NODES = ("Interaction", *ROLES)


def check_same_answers(example: Knowledge, changed: Knowledge) -> None:
    """The same answers, and the same values of every node that was known before."""
    assume(is_sound(changed))
    before, after = summary(example.assessment()), summary(changed.assessment())
    values, wider = before.pop("values"), after.pop("values")
    said = "\n".join(["", repr(changed), ""])
    assert before == after, said
    assert values == {key: wider.get(key) for key in values}, said


def extended(example: Knowledge, facts: list[Fact]) -> Knowledge:
    return replace(example, facts=tuple(dict.fromkeys((*example.facts, *facts))))


def member(cls: str, name: str, roles: dict[str, str]) -> list[Fact]:
    return [Fact(cls, name), *(Fact(prop, name, value) for prop, value in roles.items())]


def activity(order: random.Random, name: str, cells: tuple[str, ...]) -> list[Fact]:
    """An activity of any kind at one of the cells, of names that are in use."""
    cls = order.choice(sorted(ROLES))
    thing, place = ROLES[cls]
    return member(
        cls, name, {thing: "process" if thing == "ofProcess" else order.choice(MOLECULAR), place: order.choice(cells)}
    )


def said_apart(example: Knowledge, seed: int) -> list[Fact]:
    """Statements of every kind about a disease apart, by names that are in use here."""
    order = random.Random(seed)
    known = [name for cls in NODES for name in example.members(cls)]
    facts = [Fact("Disease", APART), *activity(order, "work_apart", CELLS)]
    facts += member(
        "Interaction",
        "engagement_apart",
        {
            "hasSender": order.choice(CELLS),
            "hasLigand": order.choice(MOLECULAR),
            "hasReceptor": order.choice(MOLECULAR),
            "hasReceiver": order.choice(CELLS),
            "holdsIn": APART,
        },
    )
    known += ["work_apart", "engagement_apart"]
    facts += [Fact("givenIn", order.choice(known), APART), Fact("deniedIn", order.choice(known), APART)]
    for sign in ("promotes", "suppresses"):
        roles = {"requires": order.choice(known), sign: order.choice(known), "holdsIn": APART}
        facts += member("Mechanism", f"{sign}_apart", roles)
    return facts


def check_other_diseases(example: Knowledge, seed: int) -> None:
    check_same_answers(example, extended(example, said_apart(example, seed)))


def check_empty_descriptions(example: Knowledge, seed: int) -> None:
    order = random.Random(seed)
    facts = [fact for number in range(4) for fact in activity(order, f"described{number}", CELLS)]
    check_same_answers(example, extended(example, facts))


def check_splits(example: Knowledge) -> None:
    """A statement with several scopes is several statements of one scope each.

    Neutral for an interaction (all that is said of it bears on one node), for a mechanism (alternatives; its denials go
    with each of them), for an action; not for a route, an arm or a function, which are counted by name.
    """
    facts: list[Fact] = []
    scopes = dict[str, list[str]]()
    for cls in ("Interaction", "Mechanism", "Action"):
        scopes |= {name: [scope for n, scope in example.of("holdsIn") if n == name] for name in example.members(cls)}
    for fact in example.facts:
        holds = scopes.get(fact.subject, [])
        if fact.predicate != "holdsIn" or len(holds) < 2 or fact.object == holds[0]:
            facts.append(fact)
        else:
            twin = f"{fact.subject}_{fact.object}"
            shared = (f for f in example.facts if f.subject == fact.subject and f.predicate != "holdsIn")
            facts += [f._replace(subject=twin) for f in shared] + [fact._replace(subject=twin)]
    check_same_answers(example, replace(example, facts=tuple(facts)))


LAWS: dict[str, Any] = {
    "statements about other diseases": check_other_diseases,
    "empty descriptions": check_empty_descriptions,
    "order": check_order,
    "names": check_names,
    "splits": lambda example, seed: check_splits(example),
}


@pytest.mark.parametrize("law", LAWS)
@QUICK
@given(example=knowledge(), seed=SEEDS)
def test_does_not_matter(law: str, example: Knowledge, seed: int) -> None:
    assume(is_sound(example))
    LAWS[law](example, seed)


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS)
@LONG
@given(example=knowledge(), seed=SEEDS)
def test_does_not_matter_at_length(law: str, example: Knowledge, seed: int) -> None:
    assume(is_sound(example))
    LAWS[law](example, seed)
