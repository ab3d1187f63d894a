"""Regimens by routes: what each does to every route of one place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.answers.combination.candidates import Candidates
from reasoner.answers.course import course
from reasoner.answers.frame import finished, frame, location, reason
from reasoner.answers.resting import of_parts, of_route
from reasoner.answers.worst_clone import rows_of, worst_routes
from reasoner.asking.clones import clones_of
from reasoner.asking.placing import place_of, with_hypotheses
from reasoner.asking.requests import RegimenRequest, ScenarioRequest
from reasoner.mechanism.place import Place
from reasoner.model.masks import union
from reasoner.scenario.judging import Judge
from reasoner.scenario.scenario import BROKEN, INACTIVE, RouteStanding, Scenario
from reasoner.scenario.verdict import least
from reasoner.scenario.worth import worth_alone

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.matrix import Matrix, MatrixCell, MatrixRow


def matrix(reasoned: Reasoned, regimens: Sequence[RegimenRequest], request: ScenarioRequest) -> Matrix:
    """What regimens do to the routes of a place.

    Without regimens: each single agent that can be given and touches a route of the place, those that break most
    first.  ``status`` is that of ``assess``; ``narrowed`` says that an arm is broken and the route is not.  A regimen
    in steps is shown by its last step; ``steps`` holds the agents of the steps before.
    """
    with with_hypotheses(reasoned, request.background) as wider:
        clones = clones_of(wider, request)
        places = [place_of(wider, clone.request) for clone in clones]
        place = places[0]
        singles = dict.fromkeys(agent for place in places for agent in _single(wider, place, request.background))
        asked = list(regimens) or [((agent,), request) for agent in singles]
        answers = [_row(reasoned, regimen, own) for regimen, own in asked]
        if not regimens:
            answers.sort(key=lambda row: (-row["breaks"], row["regimen"]))
        told: Matrix = {
            "command": "matrix",
            **frame(wider, closed_world=True),
            "verdict": least(
                cell["verdict"] for row in answers for cell in row["routes"] if cell["status"] != INACTIVE
            ),
            "answers": answers,
            **location(place, request.states if request.clones else place.states, request.background),
            "clones": rows_of(clones if request.clones else ()),
            "routes": _routes(wider, places, request.background),
        }
        if not answers:
            told["reasons"] = [reason("NO_ROUTE", "no agent touches a route of this place")]
        return finished(wider, told)


def _routes(reasoned: Reasoned, places: Sequence[Place], background: Sequence[str]) -> list[str]:
    """The routes of some places, by name."""
    found = {s.route.name for place in places for s in Scenario(reasoned.located(place), background).routes}
    return sorted(found)


def beside(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest) -> list[str]:
    """The agents that can be given beside a regimen, and that do anything to what the routes of the place rest on."""
    with with_hypotheses(reasoned, (*agents, *request.background)) as wider:
        given = (*request.background, *agents)
        return _single(wider, place_of(wider, request), given)


def _single(reasoned: Reasoned, place: Place, background: Sequence[str]) -> list[str]:
    """The agents that do anything to what the routes of the place rest on."""
    located = reasoned.located(place)
    routes = Scenario(located, background).routes
    reach = located.upstream(union(arm.mask for standing in routes for arm, _ in standing.arms))
    agents = Candidates(reasoned, place, background).agents
    return [agent for agent in agents if any(located.effects_of(agent).effects.within(reach))]


def _row(reasoned: Reasoned, regimen: Sequence[str], request: ScenarioRequest) -> MatrixRow:
    if request.clones:
        return _worst([_row(reasoned, regimen, clone.request) for clone in clones_of(reasoned, request)])
    with course(reasoned, request, regimen) as taken:
        judge = Judge(taken.reasoned, taken.assessment())
        cells = [_cell(judge, standing) for standing in judge.scenario.routes]
        return {
            "regimen": list(judge.scenario.regimen),
            **of_parts(judge.reasoned, cells),
            "steps": [list(step.assessment.scenario.regimen) for step in taken.before],
            "breaks": sum(cell["status"] == BROKEN for cell in cells),
            "routes": cells,
        }


def _worst(rows: Sequence[MatrixRow]) -> MatrixRow:
    """The rows of one regimen in several clones as one: each route as it stands in the worst of them."""
    cells = worst_routes([row["routes"] for row in rows])
    return {**rows[0], "breaks": sum(cell["status"] == BROKEN for cell in cells), "routes": cells}


def _cell(judge: Judge, standing: RouteStanding) -> MatrixCell:
    judged = judge.route(standing)
    by = standing.standing.by or standing.narrowed_by
    return {
        "route": standing.route.name,
        "status": standing.status,
        "narrowed": standing.narrowed,
        "by": [list(group) for group in by],
        **worth_alone(judged),
        **of_route(judge.reasoned, judge.scenario, standing),
    }
