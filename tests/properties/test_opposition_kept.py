"""Opposition never vanishes: no look from the side sheds a claim, and both sides are treated alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given

from reasoner.answers.breaks import breaks
from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from reasoner.scenario.outcome_routes import turning_on
from tests.properties.judged import (
    SIDES,
    Row,
    assessed,
    of_examples,
    worth_of,
)
from tests.properties.random_evidence import (
    AGENTS,
    CELLS,
    DRUGS,
    OTHER,
    Said,
    World,
    blocking,
    facts_of,
    worlds,
)
from tests.properties.verdict_laws import (
    check_kept,
    is_opposed,
)


def acting(world: World, document: Any, predicate: str) -> set[str]:
    """The agents that have a part in what is done to the routes on which an outcome turns."""
    kb = world.reasoned()
    names = turning_on(kb, world.place, kb.outcomes[predicate])
    rows = (row for row in document["routes"] if row["route"] in names)
    return {agent for row in rows for by in (*row["by"], *row["narrowed_by"]) for agent in by}


def opposed(world: World) -> Any:
    """The assessment of a world, in which something speaks against an outcome."""
    before = assessed(world.reasoned(), world.regimen, world.request)
    assume(is_opposed(before))
    return before


def in_other_cells(world: World, before: Any) -> None:
    for cell in CELLS:
        check_kept(world.reasoned(), before, world.regimen, replace(world.request, cell=cell))


def with_agents_more_and_less(world: World, before: Any) -> None:
    for agent in AGENTS:
        other = tuple(a for a in world.regimen if a != agent) if agent in world.regimen else (*world.regimen, agent)
        if other:
            check_kept(world.reasoned(), before, other, world.request)


def with_a_class_for_a_member(world: World, before: Any) -> None:
    graph = world.reasoned().graph
    for agent in world.regimen:
        for other in {*(graph.classes_of(agent)), *graph.members_of(agent)} - {*world.regimen}:
            regimen = tuple(other if a == agent else a for a in world.regimen)
            check_kept(world.reasoned(), before, regimen, world.request)


def with_lesions(world: World, before: Any) -> None:
    """A lesion of which nothing is said changes no word."""
    for lesion in {"lesionL", "lesionZ"} - {*world.states}:
        states = (*world.states, lesion)
        after = check_kept(world.reasoned(), before, world.regimen, replace(world.request, states=states))
        # It may fix a condition: then it changes something.
        if lesion == "lesionZ" and ("fixesModerator", lesion) not in {f[:2] for f in world.mechanism}:
            for key in ("outcomes", "routes"):
                assert [worth_of(row) for row in before[key]] == [worth_of(row) for row in after[key]], lesion


def with_agents_that_do_the_same(world: World, before: Any) -> None:
    """The new agent has the one action of the old one, which has a part in what is concluded, and no claims."""
    for agent in (a for a in world.regimen if f"twin_{a}" in world.reasoned().graph.agents):
        regimen = tuple(f"twin_{a}" if a == agent else a for a in world.regimen)
        # Alike is what does the same to something on which the conclusion rests: where nothing is derived, nothing is.
        rows = [row for row in before["outcomes"] if agent in acting(world, before, row["outcome"])]
        check_kept(world.reasoned(), {**before, "outcomes": rows}, regimen, world.request)


def twinned(world: World) -> World:
    """The world with a twin of each drug of the regimen that has one action."""
    actions: dict[str, list[str]] = {}
    for fact in world.mechanism:
        if fact.predicate == "hasAgent":
            actions.setdefault(str(fact.object), []).append(fact.subject)
    twins: list[Fact] = []
    for agent in (a for a in DRUGS if a in world.regimen and len(actions[a]) == 1):
        (target,) = (str(f.object) for f in world.mechanism if f[:2] == ("hasTarget", actions[agent][0]))
        (mode,) = (str(f.object) for f in world.mechanism if f[:2] == ("hasMode", actions[agent][0]))
        twins += [*facts_of("Agent", f"twin_{agent}"), *blocking(f"twin_{agent}", target, mode)]
    return world.changed(mechanism=(*world.mechanism, *twins))


CHANGES = (
    in_other_cells,
    with_agents_more_and_less,
    with_a_class_for_a_member,
    with_lesions,
    with_agents_that_do_the_same,
)


@pytest.mark.quick
@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
@of_examples(40)
@given(world=worlds(contrary=True))
def test_opposition_is_kept(change: Callable[[World, Any], None], world: World) -> None:
    wider = twinned(world)
    change(wider, opposed(wider))


@pytest.mark.quick
@of_examples(30)
@given(worlds(contrary=True, fewest=2))
def test_opposition_is_kept_when_agents_are_written_as_steps(world: World) -> None:
    before = opposed(world)
    first, last = world.regimen[:1], world.regimen[1:]
    check_kept(world.reasoned(), before, last, replace(world.request, earlier=(first,)))


def mirrored(world: World) -> World:
    """The world in which every claim stands on the other side."""

    def turned(said: Said) -> Said:
        return replace(said, side=OTHER[said.side])

    seen = tuple(replace(own, said=tuple(map(turned, own.said))) for own in world.seen)
    return world.changed(seen=seen, further=tuple((fact, turned(said)) for fact, said in world.further))


def sides(row: Row, *order: str) -> list[frozenset[str]]:
    return [frozenset(row[side]) for side in order]


def check_mirror(one: Iterable[Row], other: Iterable[Row]) -> None:
    for row, turned in zip(one, other, strict=True):
        assert row["derived"] == turned["derived"]
        assert sides(row, *SIDES) == sides(turned, "against", "for", "against_elsewhere", "for_elsewhere"), row
        counts, other_way = row["papers"], turned["papers"]
        assert (counts["for"], counts["against"]) == (other_way["against"], other_way["for"]), row


@pytest.mark.quick
@of_examples(60)
@given(worlds(plain=True))
def test_claims_for_and_against_are_treated_alike(world: World) -> None:
    requests = [replace(world.request, cell=cell) for cell in CELLS]

    def rows(kb: Reasoned) -> list[Sequence[Row]]:
        told = [assessed(kb, world.regimen, request) for request in requests]
        found = [document[key] for document in told for key in ("outcomes", "routes", "analogies")]
        return [*found, breaks(kb, world.request)["answers"]]

    for one, other in zip(rows(world.reasoned()), rows(mirrored(world).reasoned()), strict=True):
        check_mirror(one, other)
