"""What a combination has to close at a place: the routes, arms and activities that its goals come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.asking.goals import EVERYTHING, goal_words
from reasoner.errors import QuestionError
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import Route
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.scenario.remoteness import remoteness
from reasoner.scenario.shielding import shielding
from reasoner.search.search import Goal

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: How far the routes are stated that are goals: for this cell or disease, or for any broader one.
NEAR = "near"


@dataclass(frozen=True, slots=True)
class Found:
    """A goal, and how far from the place its route is stated: 0 for this cell or disease, or where it was named.

    ``scopes`` are those that are as near as that.
    """

    goal: Goal
    distance: int = 0
    scopes: tuple[str, ...] = ()


def goals_for(
    reasoned: Reasoned, located: LocatedGraph, place: Place, killer: str, close: Sequence[str]
) -> list[Found]:
    """The goals with a killer in place; without ``close``, the routes of the kinds that are sought by default.

    Raises :class:`QuestionError` E415 for a goal that is not known at the place.
    """
    goals: dict[str, Found] = {}
    for word in close or [kind.word for kind in reasoned.outcomes.goal_kinds.values() if kind.is_default]:
        for found in _read(reasoned, located, place, killer, word):
            known = goals.get(found.goal.name)
            if known is None or found.distance < known.distance:
                goals[found.goal.name] = found
    return list(goals.values())


def level_of(found: Sequence[Found], scope: str, is_off: Callable[[Goal], bool]) -> int:
    """How far the routes may be stated that are goals: *near*, the nearest distance at which one is not off anyway."""
    if scope != NEAR:
        return max((each.distance for each in found), default=0)
    active = (each.distance for each in found if not is_off(each.goal))
    return min(active, default=min((each.distance for each in found), default=0))


def _read(reasoned: Reasoned, located: LocatedGraph, place: Place, killer: str, word: str) -> Iterable[Found]:
    if word in goal_words(reasoned):
        routes = [r for r in reasoned.graph.routes.values() if _wanted(reasoned, place, killer, r, word)]
        found = [(route, goal) for route in routes if (goal := _goal(located, route)) is not None]
        # Who asks for everything names it.
        return [
            Found(goal, *((0, ()) if word == EVERYTHING else remoteness(reasoned, place, route)))
            for route, goal in found
        ]
    return [Found(_named(reasoned, located, word))]


def _named(reasoned: Reasoned, located: LocatedGraph, name: str) -> Goal:
    """A route, an arm or an activity as a goal."""
    if name in reasoned.graph.routes:
        return _known(_goal(located, reasoned.graph.routes[name]), reasoned, name)
    for route in reasoned.graph.routes.values():
        for arm in located.arms(route):
            if arm.arm.name == name:
                return Goal(f"{route.name}/{name}", (arm.mask,))
    index = located.find(name)
    return _known(None if index is None else Goal(name, (1 << index,)), reasoned, name)


def _known(goal: Goal | None, reasoned: Reasoned, word: str) -> Goal:
    if goal is None:
        raise QuestionError(
            f"{reasoned.label(word)} is not stated for this cell and disease",
            code="E415",
            hint=f"name a route, arm or activity of this place, or {', '.join(goal_words(reasoned))}",
        )
    return goal


def _goal(located: LocatedGraph, route: Route) -> Goal | None:
    arms = located.arms(route)
    return Goal(route.name, tuple(arm.mask for arm in arms)) if arms else None


def _wanted(reasoned: Reasoned, place: Place, killer: str, route: Route, word: str) -> bool:
    """Whether a route of the place is one that the word names."""
    cell = place.cell or ""
    here = cell in route.cells and bool(reasoned.graph.hierarchy.fits(route.scopes, place))
    if kind := reasoned.outcomes.goal_kinds.get(word):
        if kind.by_protection:
            return route.name in shielding(reasoned, place, [killer])
        return here and Fact(kind.relation, route.name, cell) in reasoned.closure
    return here or route.name in shielding(reasoned, place)
