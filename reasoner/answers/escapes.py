"""Which routes a regimen leaves open, also if a lesion were there, and the cheapest agents that close each."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from reasoner.answers.combination.completion import Completion
from reasoner.answers.combination.order import tested_above
from reasoner.answers.course import Course, course
from reasoner.answers.frame import finished, frame, location, reason
from reasoner.answers.resting import of_route
from reasoner.answers.worst_clone import WORST_FIRST, rows_of
from reasoner.asking.clones import clones_of
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.place import Place
from reasoner.model.masks import union
from reasoner.scenario.judging import Judge
from reasoner.scenario.scenario import LEFT, RouteStanding
from reasoner.scenario.verdict import least, ranking

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.escapes import Closer, Escape, Escapes, RouteLeft


def escapes(reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, by_analogy: bool = True) -> Escapes:
    """Open and undetermined routes under a regimen.

    ``closed_by`` lists the smallest sets of agents to add (at most three) that turn the route off, of those of a size
    the best known first; ``if`` names the lesions or intrinsic changes that would have to be there.  ``completion`` is
    the smallest set that closes all that can be closed as things are, with what it leaves.  Of several clones a route
    is left if it is in one: ``clones``.
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
            "verdict": least(row["verdict"] for row in rows),
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
        completion = Completion(self._taken[0].reasoned, [judge.assessment for judge in judges], left)
        lacking = [] if supposed is None else [supposed]
        return [{**self._row(judges, left[name], completion), "if": list(lacking)} for name in left], completion

    def _row(
        self, judges: Sequence[Judge], left: Sequence[tuple[int, RouteStanding]], completion: Completion
    ) -> RouteLeft:
        """A route that is left, as it stands in the worst clone."""
        number, standing = min(left, key=lambda pair: WORST_FIRST.index(pair[1].status))
        judge = judges[number]
        name = standing.route.name
        additions = [_WhatCloses(judge, standing, agents) for agents in completion.closing(name)]
        additions = tested_above(sorted(additions, key=lambda addition: addition.place))
        unnamed = [] if additions else completion.unnamed(name)
        return {
            "route": standing.route.name,
            "status": standing.status,
            "arms": [a.arm.name for a, s in standing.arms if s.status in LEFT],
            "closed_by": [list(addition.added) for addition in additions],
            "closers": [addition.row for addition in additions],
            "unnamed": [_WhatCloses(judge, standing, [agent]).row for agent in unnamed],
            "clones": [self._names[number] for number, _ in left if self._names],
            **judge.route(standing),
            **of_route(judge.reasoned, judge.scenario, standing),
        }


class _WhatCloses:
    """Agents that close a route when they are added to a regimen, and what that is worth."""

    def __init__(self, judge: Judge, standing: RouteStanding, added: Sequence[str]) -> None:
        self.added = tuple(added)
        self.goals_closed = frozenset({standing.route.name})
        self._judge = Judge(judge.reasoned, judge.assessment.with_more(added))
        self._arms = [arm for arm, _ in standing.arms]
        closed = self._judge.scenario.judge(standing.route, self._arms)
        self.row: Closer = {"agents": list(added), **self._judge.route(closed)}

    @property
    def place(self) -> tuple[object, ...]:
        """Few agents first, then the best known."""
        return len(self.added), ranking(self.row), self.added

    def is_tested(self, _agent: str) -> bool:
        """Whether just these agents were tested at closing it."""
        return self.row["tested"] == "as_given"

    def alike(self, one: str, other: str) -> bool:
        """Whether two agents do the same to something on which the route rests."""
        nodes = union(arm.mask for arm in self._arms)
        return self._judge.likeness.alike(one, other, self._judge.scenario.located.upstream(nodes))


def _with(place: Place, state: str | None) -> Place:
    """A place with one more state."""
    return place if state is None else place._replace(states=place.states | {state})
