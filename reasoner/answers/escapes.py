"""Which routes a regimen leaves open, also if a lesion were there, and the cheapest agents that close each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from reasoner.answers.document import Document, document, reason
from reasoner.answers.judging import Judge
from reasoner.answers.placing import place_of, with_hypotheses
from reasoner.answers.requests import ScenarioRequest
from reasoner.engine.outcomes import Assessment
from reasoner.engine.place import Place
from reasoner.engine.scenario import OPEN, OPENED, UNKNOWN, RouteStanding, Scenario
from reasoner.engine.well_founded import OFF

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

_LEFT = (OPEN, OPENED, UNKNOWN)
MOST_ADDED = 3


def escapes(kb: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, by_analogy: bool = True) -> Document:
    """Open and undetermined routes under a regimen (keys: the JSON schema ``escapes``).

    ``closed_by`` lists the smallest sets of agents to add (at most three) that turn the route off; ``if`` names the
    lesions or intrinsic changes that would have to be there.
    """
    with with_hypotheses(kb, [*agents, *request.background]) as wider:
        place = place_of(wider, request)
        rows = list(_rows(wider, place, request.background, agents, ()))
        known = {row["route"] for row in rows}
        for state in _possible_states(wider, place):
            there = Place(place.cell, place.disease, place.states | {state})
            rows += [r for r in _rows(wider, there, request.background, agents, (state,)) if r["route"] not in known]
        rows.sort(key=lambda r: (bool(r["if"]), r["scope"] != "exact", r["route"]))
        reasons = [] if rows else [reason("NO_ROUTE", "no route that concerns the cell stays open here")]
        return document(
            wider,
            "escapes",
            rows,
            closed_world=True,
            reasons=reasons,
            regimen=list(agents),
            background=list(request.background),
            cell=place.cell,
            disease=place.disease,
            states=sorted(place.states),
        )


def _possible_states(kb: Reasoned, place: Place) -> list[str]:
    """Lesions and intrinsic changes that routes of this cell and disease assume, and that are not given."""
    hierarchy = kb.graph.hierarchy
    found = {
        state
        for route in kb.graph.routes.values()
        if place.cell in route.cells and hierarchy.fits(route.scopes, place)
        for state in route.assumes
    }
    return sorted(found - place.states)


def _rows(
    kb: Reasoned, place: Place, background: Sequence[str], agents: Sequence[str], states: tuple[str, ...]
) -> Iterator[dict[str, Any]]:
    assessment = Assessment(kb, place, background, agents)
    judge = Judge(kb, assessment)
    for standing in assessment.scenario.routes:
        if standing.status not in _LEFT or (states and not set(states) & standing.route.assumes):
            continue
        judged = judge.route(standing)
        yield {
            "route": standing.route.name,
            "status": standing.status,
            "arms": [a.arm.name for a, s in standing.arms if s.status in _LEFT],
            "closed_by": closing_sets(kb, assessment.scenario, standing),
            "if": list(states),
            "scope": "exact" if place.disease in standing.route.scopes else "broader",
            **judged,
        }


def closing_sets(kb: Reasoned, scenario: Scenario, standing: RouteStanding) -> list[list[str]]:
    """The smallest sets of agents that turn the route off when added; classes and unnamed ones are left out."""
    located = scenario.located
    mask = 0
    for arm, _ in standing.arms:
        mask |= arm.mask
    program = located.program.slice(mask)
    reach = located.program.upstream(mask)
    groups: dict[tuple[int, int, int], list[str]] = {}
    for agent in candidates(kb):
        effects = located.effects_of(agent).effects
        key = (effects.cut & reach, effects.lift & reach, effects.supply & reach)
        if any(key) and agent not in scenario.regimen and agent not in scenario.background:
            groups.setdefault(key, []).append(agent)
    given = scenario.effects(scenario.regimen)
    found: list[tuple[tuple[int, int, int], ...]] = []
    for size in range(1, MOST_ADDED + 1):
        for keys in combinations(groups, size):
            if any(set(smaller) <= set(keys) for smaller in found):
                continue
            effects = given
            for key in keys:
                effects |= type(given)(*key)
            valuation = program.evaluate(effects)
            if all(valuation.all_of(arm.mask) == OFF for arm, _ in standing.arms):
                found.append(keys)
    return sorted(
        ([sorted(pick) for keys in found for pick in _picks([groups[k] for k in keys])]), key=lambda s: (len(s), s)
    )


def _picks(groups: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    from itertools import product

    yield from product(*groups)


def candidates(kb: Reasoned) -> list[str]:
    """Agents that can be given: no classes, no interventions without a product."""
    unfit = {*kb.closure.members("AgentClass"), *kb.closure.members("Placeholder"), *kb.closure.members("Regimen")}
    return [agent for agent in kb.graph.agents if agent not in unfit]
