"""What a combination has to close: routes, arms, activities, or the kinds of route that people name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.names import resolve
from reasoner.engine.located_graph import LocatedGraph
from reasoner.engine.mechanism_graph import Route
from reasoner.engine.place import Place
from reasoner.engine.search import Goal
from reasoner.engine.shielding import shielding
from reasoner.errors import QuestionError
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

RETENTION, PROTECTION, EVERYTHING = "retention", "protection", "all"
WORDS = (RETENTION, PROTECTION, EVERYTHING)


def resolve_goals(kb: Reasoned, texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of routes, arms and activities, and the words that stand for kinds of route, as they are."""
    return tuple(dict.fromkeys(text if text in WORDS else resolve(kb, text, "goal") for text in texts))


def goals_for(kb: Reasoned, located: LocatedGraph, place: Place, killer: str, close: Sequence[str]) -> list[Goal]:
    """The goals with a killer in place; without ``close``, every route that retains the cell or protects it from it.

    Raises :class:`QuestionError` E415 for a goal that is not known at the place.
    """
    goals: dict[str, Goal] = {}
    for word in close or (RETENTION, PROTECTION):
        for goal in _read(kb, located, place, killer, word):
            goals.setdefault(goal.name, goal)
    return list(goals.values())


def _read(kb: Reasoned, located: LocatedGraph, place: Place, killer: str, word: str) -> Iterable[Goal]:
    if word in WORDS:
        routes = [r for r in kb.graph.routes.values() if _wanted(kb, place, killer, r, word)]
        return [goal for route in routes if (goal := _goal(located, route)) is not None]
    if word in kb.graph.routes:
        return [_known(_goal(located, kb.graph.routes[word]), kb, word)]
    for route in kb.graph.routes.values():
        for arm in located.arms(route):
            if arm.arm.name == word:
                return [Goal(f"{route.name}/{word}", (arm.mask,))]
    index = located.find(word)
    return [_known(None if index is None else Goal(word, (1 << index,)), kb, word)]


def _known(goal: Goal | None, kb: Reasoned, word: str) -> Goal:
    if goal is None:
        raise QuestionError(
            f"{kb.label(word)} is not stated for this cell and disease",
            code="E415",
            hint="name a route, arm or activity of this place, or retention, protection, all",
        )
    return goal


def _goal(located: LocatedGraph, route: Route) -> Goal | None:
    arms = located.arms(route)
    return Goal(route.name, tuple(arm.mask for arm in arms)) if arms else None


def _wanted(kb: Reasoned, place: Place, killer: str, route: Route, word: str) -> bool:
    """Whether a route of the place is one that the word names."""
    cell = place.cell or ""
    here = cell in route.cells and bool(kb.graph.hierarchy.fits(route.scopes, place))
    if word == RETENTION:
        return here and Fact("retains", route.name, cell) in kb.closure
    if word == PROTECTION:
        return route.name in shielding(kb, place, [killer])
    return here or route.name in shielding(kb, place)
