"""Which routes a regimen leaves open, also if a lesion were there, and the cheapest agents that close each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reasoner.answers.completion import Completion
from reasoner.answers.document import Document, document, reason
from reasoner.answers.judging import Judge
from reasoner.answers.requests import ScenarioRequest
from reasoner.answers.resting import of_route
from reasoner.answers.steps import course
from reasoner.engine.outcomes import Assessment
from reasoner.engine.place import Place
from reasoner.engine.scenario import LEFT

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned


def escapes(kb: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, by_analogy: bool = True) -> Document:
    """Open and undetermined routes under a regimen (keys: the JSON schema ``escapes``).

    ``closed_by`` lists the smallest sets of agents to add (at most three) that turn the route off; ``if`` names the
    lesions or intrinsic changes that would have to be there.  ``completion`` is the smallest set that closes all that
    can be closed as things are, with what it leaves.
    """
    with course(kb, request, agents) as taken:
        wider, place, agents = taken.kb, taken.place, taken.regimen
        rows, completion = _rows(wider, place, request.background, agents)
        known = frozenset(row["route"] for row in rows)
        for state in _possible_states(wider, place):
            there = Place(place.cell, place.disease, place.states | {state})
            supposed, _ = _rows(wider, there, request.background, agents, supposed=state, known=known)
            rows += supposed
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
            completion=completion.cheapest(),
            steps=[
                {"regimen": list(step.assessment.scenario.regimen), "reached": [state.name for state in step.reached]}
                for step in taken.before
            ],
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
    kb: Reasoned,
    place: Place,
    background: Sequence[str],
    agents: Sequence[str],
    *,
    supposed: str | None = None,
    known: frozenset[str] = frozenset(),
) -> tuple[list[dict[str, Any]], Completion]:
    """The routes left that are not known to be left anyway, and what closes them.

    A supposed state leaves a route that assumes it, and one that was closed by an action that the state defeats.
    """
    assessment = Assessment(kb, place, background, agents)
    judge = Judge(kb, assessment)
    left = [
        standing
        for standing in assessment.scenario.routes
        if standing.status in LEFT and standing.route.name not in known
    ]
    completion = Completion(kb, assessment.scenario, left)
    rows = [
        {
            "route": standing.route.name,
            "status": standing.status,
            "arms": [a.arm.name for a, s in standing.arms if s.status in LEFT],
            "closed_by": completion.closing(standing.route.name),
            "if": [] if supposed is None else [supposed],
            "scope": "exact" if place.disease in standing.route.scopes else "broader",
            **judge.route(standing),
            **of_route(kb, assessment.scenario, standing),
        }
        for standing in left
    ]
    return rows, completion
