"""Which agent breaks, narrows or opens which route, at which arm, in which place, and with which companions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Final, Literal

from reasoner.answers.frame import finished, frame, reason
from reasoner.answers.resting import of_route
from reasoner.asking.placing import place_of, with_hypotheses
from reasoner.asking.requests import ScenarioRequest
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import Route
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import REBOUNDS, Effects
from reasoner.model.atom import Fact
from reasoner.model.masks import union
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.judging import Judge
from reasoner.scenario.scenario import BROKEN, OPENED, RouteStanding, Scenario
from reasoner.scenario.shielding import protected_from
from reasoner.scenario.verdict import least

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.breaks import Break, Breaks
    from reasoner.model.documents.frame import Marked, ReasonRow
    from reasoner.model.documents.scenario import Judged
    from reasoner.model.documents.words import Effect

MOST_COMPANIONS = 2
BREAKS: Final = "breaks"
NARROWS: Final = "narrows"
REBOUND: Final = "rebounds"
OPENS: Final = "opens"
_ORDER = {BREAKS: 0, NARROWS: 1, REBOUND: 2, OPENS: 3}


@dataclass(frozen=True, slots=True)
class Home:
    """A place at which a route is looked at, and whether the route was stated for that very place."""

    place: Place
    scope: Literal["exact", "broader", "other"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One agent's effect on one route at one home, with the smallest companion sets that show it."""

    agent: str
    effect: Effect
    standing: RouteStanding
    arms: tuple[str, ...]
    companions: tuple[tuple[str, ...], ...]
    home: Home


def breaks(
    reasoned: Reasoned,
    request: ScenarioRequest,
    *,
    route: str | None = None,
    activity: str | None = None,
    agents: Sequence[str] = (),
    unbroken: bool = False,
    by_analogy: bool = True,
) -> Breaks:
    """The interventions that break, narrow or open routes.

    Without cell, disease or state each route is looked at in its home scenarios.  ``unbroken`` lists the routes that
    no agent of the knowledge base breaks or narrows.
    """
    with with_hypotheses(reasoned, request.background) as wider:
        return _breaks(wider, request, route, activity, agents, unbroken, by_analogy)


def _breaks(
    reasoned: Reasoned,
    request: ScenarioRequest,
    route: str | None,
    activity: str | None,
    agents: Sequence[str],
    unbroken: bool,
    by_analogy: bool,
) -> Breaks:
    routes = [r for r in reasoned.graph.routes.values() if _wanted(reasoned, r, route, activity)]
    rows: list[Break] = []
    touched: set[str] = set()
    looked: set[str] = set()
    wanted = _covered(reasoned, agents)
    for candidate in routes:
        found: list[Finding] = []
        for home in _homes(reasoned, candidate, request):
            looked.add(candidate.name)
            found += _findings(reasoned, candidate, home, request.background, by_analogy)
        strict = {f.agent for f in found if f.home.scope != "other"}
        if any(f.effect in (BREAKS, NARROWS) for f in found):
            touched.add(candidate.name)
        seen: set[str] = set()
        for finding in found:
            if finding.home.scope == "other":
                if finding.agent in strict | seen:
                    continue
                seen.add(finding.agent)
            if not agents or finding.agent in wanted:
                rows.append(_row(reasoned, finding, request.background))
    rows.sort(
        key=lambda r: (
            r["route"],
            _ORDER[r["effect"]],
            r["scope"] == "other",
            r["agent"],
            r["cell"],
            str(r["disease"]),
        )
    )
    left = sorted(looked - touched)
    told: Breaks = {
        "command": "breaks",
        **frame(reasoned, closed_world=True),
        "verdict": None if unbroken else least(row["verdict"] for row in rows),
        "answers": [] if unbroken else rows,
        "unbroken": left if unbroken or not agents else [],
    }
    if not (rows or unbroken):
        told["reasons"] = _why_none(reasoned, routes, looked, agents)
    return finished(reasoned, told)


def _covered(reasoned: Reasoned, agents: Iterable[str]) -> set[str]:
    return {name for agent in agents for name in reasoned.graph.classes_of(agent)}


def _wanted(reasoned: Reasoned, route: Route, name: str | None, activity: str | None) -> bool:
    if name is not None and route.name != name:
        return False
    return activity is None or route.name in reasoned.closure.objects("feeds", activity)


# --- homes ------------------------------------------------------------------------------------------------------------


def _homes(reasoned: Reasoned, route: Route, request: ScenarioRequest) -> list[Home]:
    """The places at which to look: those of the request, else those that the facts of the route name."""
    if request.cell is not None:
        place = place_of(reasoned, request)
        own = {(h.place.cell, h.place.disease) for h in home_places(reasoned, route)}
        states = place.states | (route.assumes if not request.states else frozenset())
        here = Place(place.cell, place.disease, states)
        return [Home(here, "exact" if (place.cell, place.disease) in own else "broader")]
    homes = home_places(reasoned, route)
    if request.disease is not None:
        hierarchy = reasoned.graph.hierarchy
        homes = [
            Home(
                Place(h.place.cell, request.disease, h.place.states),
                "exact" if h.place.disease == request.disease else "broader",
            )
            for h in homes
            if h.place.disease == request.disease or h.place.disease in hierarchy.diseases_above(request.disease)
        ]
    if request.states:
        given = frozenset(request.states)
        homes = [Home(Place(h.place.cell, h.place.disease, given), h.scope) for h in homes]
    return list(dict.fromkeys(homes))


def home_places(reasoned: Reasoned, route: Route, seen: frozenset[str] = frozenset()) -> list[Home]:
    """The cells and scopes that the facts of a route name, with the states that it assumes."""
    closure = reasoned.closure
    pairs: dict[tuple[str, str | None], None] = {}
    cells = [
        cell
        for prop in reasoned.outcomes.route_relations
        for cell in closure.objects(prop, route.name)
        if isinstance(cell, str) and closure.is_asserted(Fact(prop, route.name, cell))
    ]
    for cell, scope in product(cells, route.scopes or (None,)):
        pairs[cell, scope] = None
    for protection in reasoned.graph.protections:
        if protection.route == route.name:
            for scope in protection.scopes or route.scopes or (None,):
                pairs[protection.cell, scope] = None
    for supported in closure.objects("supportsRoute", route.name):
        other = reasoned.graph.routes.get(str(supported))
        if other is not None and other.name not in seen:
            for home in home_places(reasoned, other, seen | {route.name}):
                if home.place.disease in route.scopes:
                    pairs[home.place.cell or "", home.place.disease] = None
    return [
        Home(Place(cell, scope, route.assumes | _context_states(reasoned, scope)), "exact")
        for cell, scope in sorted(pairs, key=str)
    ]


def _context_states(reasoned: Reasoned, scope: str | None) -> frozenset[str]:
    return frozenset(str(s) for s in reasoned.closure.objects("inState", scope)) if scope else frozenset()


# --- findings ---------------------------------------------------------------------------------------------------------


def _findings(
    reasoned: Reasoned, route: Route, home: Home, background: Sequence[str], by_analogy: bool
) -> Iterator[Finding]:
    """What agents do to a route at a home: strictly, where the route concerns its cell, then only by analogy."""
    located = reasoned.located(home.place)
    is_of_cell = not route.cells or Scenario(located, background).is_in_scope(route)
    strict = list(_search(reasoned, located, route, home, background)) if is_of_cell else []
    yield from strict
    if by_analogy:
        known = {f.agent for f in strict}
        other = Home(home.place, "other")
        for finding in _search(reasoned, reasoned.located(home.place, analogy=True), route, other, background):
            if finding.agent not in known and finding.effect in (BREAKS, NARROWS) and not finding.companions:
                yield finding


def _search(
    reasoned: Reasoned, located: LocatedGraph, route: Route, home: Home, background: Sequence[str]
) -> Iterator[Finding]:
    arms = located.arms(route)
    if not arms:
        return
    reach = located.upstream(union(arm.mask for arm in arms))
    groups = _signatures(reasoned, located, reach, background)
    givable = set(reasoned.graph.givable)
    given = {key: fit for key, members in groups.items() if (fit := [a for a in members if a in givable])}
    for key, members in groups.items():
        shown = _smallest(located, route, members[0], [k for k in given if k != key], background, given)
        for effect, standing, arm_names, companions in shown:
            named = tuple(
                sorted({tuple(sorted(pick)) for group in companions for pick in product(*(given[k] for k in group))})
            )
            for agent in members:
                yield Finding(agent, effect, standing, arm_names, tuple(n for n in named if n), home)


def _signatures(
    reasoned: Reasoned, located: LocatedGraph, reach: int, background: Sequence[str]
) -> dict[Effects, list[str]]:
    """Agents grouped by what they do to the nodes upstream of the route; agents that do nothing are left out."""
    groups: dict[Effects, list[str]] = {}
    for agent in reasoned.graph.agents:
        if agent in background or located.acting.takes_away_own(agent):
            continue
        cut = located.effects_of(agent).effects.within(reach)
        if any(cut):
            groups.setdefault(cut, []).append(agent)
    return groups


_Shown = tuple["Effect", RouteStanding, tuple[str, ...], list[tuple[Effects, ...]]]


def _smallest(
    located: LocatedGraph,
    route: Route,
    agent: str,
    others: Sequence[Effects],
    background: Sequence[str],
    groups: dict[Effects, list[str]],
) -> list[_Shown]:
    """The effects in which the agent takes part, each with the smallest sets of companions to give that show it."""
    best: dict[Effect, _Shown] = {}
    for size in range(MOST_COMPANIONS + 1):
        for companions in combinations(others, size):
            regimen = [agent, *(groups[k][0] for k in companions)]
            scenario = Scenario(located, background, regimen)
            standing = scenario.judge(route, located.arms(route))
            for effect, arms in _effects(standing, agent):
                known = best.get(effect)
                if known is None:
                    best[effect] = (effect, standing, arms, [companions])
                elif len(known[3][0]) == size:
                    known[3].append(companions)
    if BREAKS in best and NARROWS in best and len(best[BREAKS][3][0]) <= len(best[NARROWS][3][0]):
        best.pop(NARROWS)
    return list(best.values())


def _effects(standing: RouteStanding, agent: str) -> Iterator[tuple[Effect, tuple[str, ...]]]:
    """What the agent takes part in: breaking the route, opening it, making it rebound, or narrowing it."""
    arms = tuple(a.arm.name for a, s in standing.arms if any(agent in group for group in s.by))
    if standing.status == BROKEN and any(agent in group for group in standing.standing.by):
        yield BREAKS, arms
    if standing.status in (OPENED, REBOUNDS) and any(agent in group for group in standing.standing.by):
        yield OPENS if standing.status == OPENED else REBOUND, arms
    broken = tuple(a.arm.name for a, s in standing.arms if s.status == BROKEN and any(agent in group for group in s.by))
    if standing.status != BROKEN and broken:
        yield NARROWS, broken


# --- rows -------------------------------------------------------------------------------------------------------------


def _row(reasoned: Reasoned, finding: Finding, background: Sequence[str]) -> Break:
    place, route = finding.home.place, finding.standing.route.name
    analogy = finding.home.scope == "other"
    judged, mark, companions, in_part = _best_judged(reasoned, finding, background, analogy)
    return {
        "agent": finding.agent,
        "route": route,
        "effect": finding.effect,
        "arms": list(finding.arms),
        "needs_agents": [list(group) for group in companions],
        "protects_against": protected_from(
            reasoned, place, {route, *map(str, reasoned.closure.objects("supportsRoute", route))}
        ),
        "cell": place.cell or "",
        "disease": place.disease,
        "state": sorted(place.states),
        "members": reasoned.graph.members_of(finding.agent),
        "can_be_given": finding.agent in reasoned.graph.givable,
        "partial": bool(reasoned.located(place, analogy).effects_of(finding.agent).partial) or in_part,
        **judged,
        **mark,
    }


def _best_judged(
    reasoned: Reasoned, finding: Finding, background: Sequence[str], analogy: bool
) -> tuple[Judged, Marked, list[tuple[str, ...]], bool]:
    """The finding judged with the companions under which it rests least on analogy; those companion sets first.

    The last of four says whether a source that tells of just this says that it is so in part.
    """
    direct: list[tuple[str, ...]] = []
    indirect: list[tuple[str, ...]] = []
    looked: list[tuple[Judge, RouteStanding]] = []
    for companions in finding.companions or ((),):
        assessment = Assessment(reasoned, finding.home.place, background, [finding.agent, *companions], analogy=analogy)
        judge = Judge(reasoned, assessment)
        arms = assessment.scenario.located.arms(finding.standing.route)
        standing = assessment.scenario.judge(finding.standing.route, arms)
        by_analogy = judge.restored.by_analogy(standing)
        (indirect if by_analogy else direct).append(companions)
        if not looked or (not by_analogy and len(direct) == 1):
            looked.append((judge, standing))
    judge, standing = looked[-1]
    judge.given = frozenset((*background, finding.agent, *(a for g in finding.companions for a in g)))
    mark = of_route(reasoned, judge.scenario, standing)
    return judge.route(standing), mark, [c for c in direct + indirect if c], judge.is_broken_in_part(standing)


def _why_none(reasoned: Reasoned, routes: Sequence[Route], looked: set[str], agents: Sequence[str]) -> list[ReasonRow]:
    """Why a table is empty: no route asked for is known there, or no agent reaches it."""
    if not routes:
        return [reason("NO_ROUTE", "no route of the knowledge base has that name or holds that activity")]
    if not looked:
        return [reason("OTHER_DISEASE", "the routes asked for are stated for other diseases or cells")]
    if agents:
        names = ", ".join(reasoned.label(a) for a in agents)
        act = "acts" if len(agents) == 1 else "act"
        return [reason("TARGET_NOT_ON_ROUTE", f"nothing that {names} {act} on lies on these routes here")]
    return [reason("NOT_REPORTED", "no agent of the knowledge base acts on anything that these routes need")]
