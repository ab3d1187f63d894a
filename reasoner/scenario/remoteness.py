"""How far from a place a route is stated: for this very cell or disease, or for a broader one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from reasoner.mechanism.mechanism_graph import Route
from reasoner.mechanism.place import EVERYWHERE, Place
from reasoner.model.atom import Fact
from reasoner.scenario.scenario import INACTIVE, RouteStanding

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


class Remoteness(NamedTuple):
    """How far: 0 for this cell or disease, else by how many diseases broader; ``scopes`` are those as near as that."""

    distance: int
    scopes: tuple[str, ...] = ()


def remoteness(reasoned: Reasoned, place: Place, route: Route) -> Remoteness:
    """How far from the place a route is stated, and for which scopes that are as near."""
    cell, hierarchy = place.cell or "", reasoned.graph.hierarchy
    kinds = [kind for kind in reasoned.outcomes.goal_kinds.values() if not kind.by_protection]
    relations = (Fact(kind.relation, route.name, cell) for kind in kinds)
    shields = [p for p in reasoned.graph.protections if p.route == route.name and hierarchy.covers(p.cell, cell)]
    if any(reasoned.closure.is_asserted(fact) for fact in relations) or any(p.cell == cell for p in shields):
        return Remoteness(0)
    scopes = {*route.scopes, *(scope for p in shields for scope in p.scopes)} or {EVERYWHERE}
    asked = {scope: len(fit) for scope in scopes if isinstance(fit := hierarchy.fit(scope, place), frozenset)}
    nearest = max(asked.values(), default=0)
    whole = len(hierarchy.asks(place.disease)) if place.disease else 0
    return Remoteness(max(whole - nearest, 0), tuple(sorted(s for s, asks in asked.items() if asks == nearest)))


def nearest(reasoned: Reasoned, place: Place, routes: Iterable[RouteStanding]) -> set[str]:
    """Of some routes of a place those that are stated as near as any of them that is not off anyway."""
    distances = {s.route.name: remoteness(reasoned, place, s.route).distance for s in routes if s.status != INACTIVE}
    level = min(distances.values(), default=0)
    return {name for name, distance in distances.items() if distance == level}
