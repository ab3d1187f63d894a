"""From the state of a scenario to outcomes: closed facts, laid over the closure, and the outcome rules.

The closed facts name the scenario; they are never written to a curated file and are gone when the overlay is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Final, Literal, NamedTuple

from reasoner.closure.saturate import Closure
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.located import LocatedArm
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import Action
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED, Valuation
from reasoner.model.atom import Fact
from reasoner.scenario.scenario import BROKEN, MOST_AGENTS, OPEN, OPENED, RouteStanding, Scenario

SCENARIO = "scenario"
NO_KILLER = "killer_in_place"
LOST: Final = "lost"
TOUCHED: Final = "touched"
#: What relates an activity of that value to a scenario.
_VALUES = {ON: "onIn", OFF: "offIn", REBOUNDS: "reboundsIn"}


#: How the nodes of another located graph stood.
Stood = tuple[LocatedGraph, Valuation]


class Harm(NamedTuple):
    """What a regimen does to a function of a normal cell: lost or touched, and by which agents.

    ``sets`` are the minimal sets of agents of which each suffices for it.
    """

    cell: str
    function: str
    extent: Literal["lost", "touched"]
    sets: tuple[tuple[str, ...], ...]

    @property
    def by(self) -> tuple[str, ...]:
        """All agents that have a part in it."""
        return tuple(sorted({agent for agents in self.sets for agent in agents}))


class Assessment:
    """A scenario with everything that the outcome rules need: its variants with a killer in place, and harms."""

    def __init__(
        self,
        reasoned: Reasoned,
        place: Place,
        background: Sequence[str],
        regimen: Sequence[str],
        analogy: bool = False,
        *,
        beforehand: Stood | None = None,
        earlier: Sequence[str] = (),
        reached: Sequence[str] = (),
    ) -> None:
        """``earlier`` are the agents of the steps before, ``reached`` the states of the cell among the regimen."""
        self.reasoned = reasoned
        self.place = place
        self.earlier = frozenset(earlier)
        self._reached = frozenset(reached)
        located = reasoned.located(place, analogy)
        stood = None if beforehand is None else located.as_stood(*beforehand)
        self.scenario = Scenario(located, background, regimen, stood)
        self._beforehand, self._analogy = beforehand, analogy

    def with_more(self, agents: Sequence[str]) -> Assessment:
        """The same with further agents in the regimen, which is given anyway where it would grow too large."""
        own = self.scenario
        wider = dict.fromkeys((*own.regimen, *agents))
        beside, regimen = ((), wider) if len(wider) <= MOST_AGENTS else (own.regimen, agents)
        return Assessment(
            self.reasoned,
            self.place,
            (*own.background, *beside),
            [*regimen],
            self._analogy,
            beforehand=self._beforehand,
            earlier=sorted(self.earlier),
            reached=sorted(self._reached),
        )

    @cached_property
    def given(self) -> frozenset[str]:
        """The agents of background and regimen: no states that a step before reached, and none that are supposed."""
        named = frozenset((*self.scenario.background, *self.scenario.regimen))
        return named - self._reached - frozenset(self.reasoned.supposed.background)

    @cached_property
    def variants(self) -> dict[str, Scenario]:
        """For each effective killer of the regimen or background, the scenario with it in the background."""
        own = self.scenario
        return {
            killer: Scenario(
                own.located, (*own.background, killer), [a for a in own.regimen if a != killer], own.beforehand
            )
            for killer in (found.agent for found in own.killers)
        }

    @cached_property
    def harms(self) -> list[Harm]:
        """What the regimen does to the functions of normal cells, beyond what the background does."""
        found: list[Harm] = []
        for function in self.reasoned.graph.functions.values():
            for cell in self.scenario.located.scene.cells_with(function):
                arms = self.scenario.located.arms(function, cell)
                if not arms or not self.scenario.regimen:
                    continue
                if losing := self.scenario.losing(arms):
                    found.append(Harm(cell, function.name, LOST, losing))
                elif touching := self._touching(arms, cell):
                    found.append(Harm(cell, function.name, TOUCHED, tuple((agent,) for agent in touching)))
        return sorted(found, key=lambda h: (h.cell, h.extent != LOST, h.function))

    def _touching(self, arms: Sequence[LocatedArm], cell: str) -> list[str]:
        """Agents of the regimen with an action that reaches what bears on a function here.

        A normal cell bears no lesion, so none of the scenario stands in the way.
        """
        acting = (agent for agent in self.scenario.regimen if not self.scenario.lacking(agent, (cell,)))
        return sorted(agent for agent in acting if self.reaching(agent, arms, cell))

    def reaching(self, agent: str, arms: Sequence[LocatedArm], cell: str) -> list[Action]:
        """The actions of an agent that reach what bears on the arms of a function of a cell, whatever the sign."""
        located, hierarchy = self.scenario.located, self.reasoned.graph.hierarchy
        bearing = located.touching(arms)
        return [
            action
            for action in located.acting.in_scope(agent)
            if located.acting.touched(action) & bearing and (action.cell is None or hierarchy.covers(action.cell, cell))
        ]

    # --- closed facts ------------------------------------------------------------------------------------------------

    def closed_facts(self) -> list[Fact]:
        """The state of the scenario as facts, in a fixed order."""
        return list(self._closed_facts)

    @cached_property
    def _closed_facts(self) -> tuple[Fact, ...]:
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        own, cell = self.scenario, self.place.cell
        yield Fact("Scenario", SCENARIO)
        if cell is not None:
            yield Fact("hasCell", SCENARIO, cell)
        yield from _route_facts(SCENARIO, own.routes)
        carriers: dict[Action, list[str]] = defaultdict(list)
        for agent in (*own.background, *own.regimen):
            yield Fact("givesAgent", SCENARIO, agent)
            for action in () if agent in self.reasoned.supposed.background else own.actions_in_force(agent):
                carriers[action].append(agent)
                yield Fact("effectiveIn", action.name, SCENARIO)
        yield from self._of_two_agents(carriers)
        for found in own.killers:
            yield Fact("effectiveKiller", SCENARIO, found.agent)
        if not own.killers and not any(killer.in_doubt for killer in own.defeated_killers):
            yield Fact("leavesNone", SCENARIO, NO_KILLER)
        for killer, variant in self.variants.items():
            name = f"{SCENARIO}_with_{killer}_in_place"
            yield Fact("Scenario", name)
            yield Fact("hasVariant", SCENARIO, name)
            yield Fact("killerInPlace", name, killer)
            yield from _route_facts(name, variant.routes)
        hierarchy = self.reasoned.graph.hierarchy
        for protection in self.reasoned.graph.protections:
            if hierarchy.fits(protection.scopes, self.place):
                yield Fact("inForce", protection.name, SCENARIO)
        for harm in self.harms:
            yield Fact("touchesFunction", SCENARIO, harm.function)
        valuation = own.valuation()
        for name in self.reasoned.graph.activities:
            index = own.located.find(name)
            value = UNDETERMINED if index is None else valuation.value(1 << index)
            if value != UNDETERMINED:
                yield Fact(_VALUES[value], name, SCENARIO)

    def _of_two_agents(self, carriers: Mapping[Action, Sequence[str]]) -> Iterator[Fact]:
        """For each action in force that raises: those of other agents."""
        closure = self.reasoned.closure
        for raising in carriers:
            if any(Fact("RaisingMode", str(mode)) in closure for mode in closure.objects("hasMode", raising.name)):
                for other in carriers:
                    if len({*carriers[raising], *carriers[other]}) > 1:
                        yield Fact("actsBeside", other.name, raising.name)

    @contextmanager
    def concluded(self) -> Iterator[Closure]:
        """The closure with the closed facts of the scenario and all that the outcome rules conclude from them."""
        with self.reasoned.closure.assume(self.closed_facts()) as closure:
            yield closure

    @cached_property
    def conclusions(self) -> list[Fact]:
        """Outcomes and hazards of the scenario."""
        with self.concluded() as closure:
            return [
                Fact(predicate, SCENARIO, value)
                for predicate in (*(outcome.predicate for outcome in self.reasoned.outcomes), "hasHazard")
                for value in closure.objects(predicate, SCENARIO)
            ]


def _route_facts(name: str, routes: Sequence[RouteStanding]) -> Iterator[Fact]:
    for standing in routes:
        route = standing.route.name
        if standing.certain:
            yield Fact("breaksRoute" if standing.status == BROKEN else "narrowsRoute", name, route)
        if standing.opened:
            yield Fact("opensRoute", name, route)
        if standing.status == REBOUNDS:
            yield Fact("reboundsRoute", name, route)
        if standing.status in (OPEN, OPENED, REBOUNDS):
            yield Fact("leavesOpen", name, route)
