"""Which routes a regimen leaves open, also if a lesion were there, and the cheapest agents that close each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from reasoner.answers.combination.completion import Completion
from reasoner.answers.course import Course, course
from reasoner.answers.frame import finished, frame, location, reason
from reasoner.answers.resting import of_route
from reasoner.answers.worst_clone import WORST_FIRST, rows_of
from reasoner.asking.clones import clones_of
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.place import Place
from reasoner.scenario.judging import Judge
from reasoner.scenario.scenario import LEFT, RouteStanding

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.escapes import Closer, Escape, Escapes, RouteLeft


def escapes(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, by_analogy: bool = True) -> Escapes:
    """Open and undetermined routes under a regimen.

    ``closed_by`` lists the smallest sets of agents to add (at most three) that turn the route off; ``if`` names the
    lesions or intrinsic changes that would have to be there.  ``completion`` is the smallest set that closes all that
    can be closed as things are, with what it leaves.  Of several clones a route is left if it is in one: ``clones``.
    """
    clones = clones_of(reasoned, request)
    with ExitStack() as stack:
        taken = [stack.enter_context(course(reasoned, clone.request, agents)) for clone in clones]
        asked = _Asked([clone.name for clone in clones] if request.clones else [], taken)
        rows, completion = asked.rows()
        known = frozenset(row["route"] for row in rows)
        for state in sorted({state for each in taken for state in _possible_states(each.reasoned, each.place)}):
            rows += asked.rows(supposed=state, known=known)[0]
        rows.sort(key=lambda r: (bool(r["if"]), r["scope"] != "exact", r["route"]))
        first = taken[0]
        told: Escapes = {
            "command": "escapes",
            **frame(first.reasoned, closed_world=True),
            "verdict": None,
            "answers": rows,
            "regimen": list(first.regimen),
            **location(first.place, request.states if request.clones else first.place.states, request.background),
            "clones": rows_of(clones if request.clones else ()),
            "completion": completion.cheapest(),
            "steps": [
                {"regimen": list(step.assessment.scenario.regimen), "reached": [state.name for state in step.reached]}
                for step in first.before
            ],
        }
        if not rows:
            told["reasons"] = [reason("NO_ROUTE", "no route that concerns the cell stays open here")]
        return finished(first.reasoned, told)


def _possible_states(reasoned: Reasoned, place: Place) -> list[str]:
    """Lesions and intrinsic changes that routes of this cell and disease assume, and that are not given."""
    hierarchy = reasoned.graph.hierarchy
    found = {
        state
        for route in reasoned.graph.routes.values()
        if place.cell in route.cells and hierarchy.fits(route.scopes, place)
        for state in route.assumes
    }
    return sorted(found - place.states)


class _Asked:
    """A regimen in each clone of a cell; without names there is one, which is the cell."""

    def __init__(self, names: Sequence[str], taken: Sequence[Course]) -> None:
        self._names = names
        self._taken = taken

    def rows(self, supposed: str | None = None, known: frozenset[str] = frozenset()) -> tuple[list[Escape], Completion]:
        """The routes left that are not known to be left anyway, and what closes them.

        A supposed state leaves a route that assumes it, and one that was closed by an action that the state defeats.
        """
        judges = [Judge(taken.reasoned, taken.assessment(place=_with(taken.place, supposed))) for taken in self._taken]
        left: dict[str, list[tuple[int, RouteStanding]]] = {}
        for number, judge in enumerate(judges):
            for standing in judge.scenario.routes:
                if standing.status in LEFT and standing.route.name not in known:
                    left.setdefault(standing.route.name, []).append((number, standing))
        completion = Completion(self._taken[0].reasoned, [judge.scenario for judge in judges], left)
        lacking = [] if supposed is None else [supposed]
        return [{**self._row(judges, left[name], completion), "if": list(lacking)} for name in left], completion

    def _row(
        self, judges: Sequence[Judge], left: Sequence[tuple[int, RouteStanding]], completion: Completion
    ) -> RouteLeft:
        """A route that is left, as it stands in the worst clone."""
        number, standing = min(left, key=lambda pair: WORST_FIRST.index(pair[1].status))
        judge = judges[number]
        closed_by = completion.closing(standing.route.name)
        return {
            "route": standing.route.name,
            "status": standing.status,
            "arms": [a.arm.name for a, s in standing.arms if s.status in LEFT],
            "closed_by": closed_by,
            "closers": [_closer(judge, standing, agents) for agents in closed_by],
            "clones": [self._names[number] for number, _ in left if self._names],
            **judge.route(standing),
            **of_route(judge.reasoned, judge.scenario, standing),
        }


def _closer(judge: Judge, standing: RouteStanding, added: Sequence[str]) -> Closer:
    """What it is worth that agents close a route when they are added."""
    assessment = judge.assessment.with_more(added)
    own = Judge(judge.reasoned, assessment)
    closed = assessment.scenario.judge(standing.route, [arm for arm, _ in standing.arms])
    return {"agents": list(added), **own.route(closed)}


def _with(place: Place, state: str | None) -> Place:
    """A place with one more state."""
    return place if state is None else place._replace(states=place.states | {state})
