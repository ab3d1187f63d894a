"""Minimal regimens of many routes at once, for comparing two knowledge bases: what closes each, with which killers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from reasoner.answers.breaks import home_places
from reasoner.answers.combine import combine
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.difference import ToldOfIt
    from reasoner.model.documents.words import Verdict

#: Agents of a regimen, its killer included, and regimens of a route that are looked at.
SIZE, LIMIT = 3, 1000


class Closing(NamedTuple):
    """Agents that close a route at a place, whichever killer of the list is given with them."""

    agents: tuple[str, ...]
    route: str
    place: ScenarioRequest


def closing(reasoned: Reasoned, routes: Iterable[str]) -> dict[Closing, ToldOfIt]:
    """The minimal regimens that close each route where its facts place it: the killers, and the verdicts with them.

    Routes that are not described have none.  Killers that do the same are not told apart: what differs is who goes
    with them.
    """
    found: dict[Closing, tuple[set[str], set[Verdict]]] = {}
    for name in sorted(routes):
        for home in home_places(reasoned, reasoned.graph.routes[name]) if name in reasoned.graph.routes else ():
            place = ScenarioRequest(home.place.cell, home.place.disease, tuple(sorted(home.place.states)))
            try:
                told = combine(reasoned, place, Wish(close=(name,), max_size=SIZE, limit=LIMIT))
            except QuestionError:  # nothing is stated of the route for this cell and disease
                continue
            for row in told["regimens"]:
                partners = tuple(agent for agent in row["added"] if agent not in row["killers"])
                closes = Closing(partners or tuple(row["added"]), name, place)
                killers, verdicts = found.setdefault(closes, (set(), set()))
                killers.update(row["killers"] if partners else ())
                verdicts.add(row["verdict"] or "not_derived")
    return {key: {"killers": sorted(killers), "verdict": sorted(said)} for key, (killers, said) in found.items()}


def affected(old: Reasoned, new: Reasoned) -> set[str]:
    """The routes upstream of which, or on the killers of which, the two differ in what holds."""
    changed = set(old.closure) ^ set(new.closure)
    names = {name for fact in changed for name in (fact.subject, str(fact.object))}
    return {
        name
        for reasoned in (old, new)
        for name in reasoned.graph.routes
        if not names.isdisjoint(_behind(reasoned, name))
    }


def _behind(reasoned: Reasoned, route: str) -> set[str]:
    """The names of all that decides about a route: arms, activities, mechanisms, actions, their agents, killings."""
    closure = reasoned.closure
    steps = set(map(str, closure.subjects("feeds", route)))
    effects = ("influences", "requiredFor")
    mechanisms = {str(m) for step in steps for effect in effects for m in closure.subjects(effect, step)}
    actions = set(map(str, closure.subjects("mayTouch", route)))
    arms = {arm.name for arm in reasoned.graph.routes[route].arms}
    cells, covers = reasoned.graph.routes[route].cells, reasoned.graph.hierarchy.covers
    killings = {k for k, killed in closure.pairs("againstCell") if any(covers(str(killed), cell) for cell in cells)}
    agents = {str(agent) for action in (*actions, *killings) for agent in closure.objects("hasAgent", action)}
    return {route, *steps, *mechanisms, *actions, *arms, *killings, *agents}
