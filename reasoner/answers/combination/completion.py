"""What closes the routes that a regimen leaves open: each by itself, and all of them with the fewest agents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.combination.candidates import Candidates
from reasoner.answers.combination.order import in_order
from reasoner.answers.combination.priced import Priced
from reasoner.answers.combination.priced_clones import PricedClones
from reasoner.mechanism.well_founded import OFF
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.scenario import Scenario
from reasoner.search.search import Goal, Problem, Search
from reasoner.search.side_by_side import SideBySide

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.escapes import Completer, Completing

#: Agents that are added at most to close one route, and to close all.
MOST_ADDED = 3
DEEPEST = 6
#: Sets that are judged, of those that do as much with as few agents.
MOST_JUDGED = 24


class Completion:
    """The agents that may join a regimen, and the routes that it leaves on or undetermined.

    ``assessments`` are those of the same regimen in each clone of the cell: a route is closed if it is in every one.
    """

    def __init__(self, reasoned: Reasoned, assessments: Sequence[Assessment], left: Iterable[str]) -> None:
        self._reasoned = reasoned
        self._assessments = assessments
        self._clones = clones = [assessment.scenario for assessment in assessments]
        first, graphs = clones[0], SideBySide([scenario.located for scenario in clones])
        given = (*first.background, *first.regimen)
        self.agents = Candidates(reasoned, first.located.place, given).agents
        self.goals = {name: Goal(name, tuple(self._arms(graphs, name))) for name in left}
        effects = tuple(graphs.effects_of(agent) for agent in self.agents)
        beforehand = graphs.side_by_side([scenario.beforehand for scenario in clones])
        goals = tuple(self.goals.values())
        self._search = Search(Problem(graphs.program, graphs.together(given), effects, goals, beforehand=beforehand))

    def _arms(self, graphs: SideBySide, route: str) -> Iterator[int]:
        """The arms of a route in every clone."""
        for number, scenario in enumerate(self._clones):
            for standing in scenario.routes:
                if standing.route.name == route:
                    yield from (graphs.within(number, arm.mask) for arm, _ in standing.arms)

    def closing(self, route: str) -> list[list[str]]:
        """The minimal sets of at most three agents that turn a route off when added, smallest first."""
        return self._named(self._search.solve(MOST_ADDED, [self.goals[route]]).sets)

    def unnamed(self, route: str) -> list[str]:
        """What would turn a route off if it were added, and cannot be given: classes, unnamed agents, experiments."""
        graph = self._reasoned.graph
        return [agent for agent in graph.agents if agent in graph.ungivable and route not in self.leaves([agent])]

    def cheapest(self) -> Completing:
        """The smallest set that closes every route that can be closed, what it leaves, and others as small and good.

        Of several the best known stands first.
        Where no set of at most six agents closes all of them together, routes are taken in as long as one does.
        """
        closable = [goal for goal in self.goals.values() if self._search.reachable(goal) is not False]
        sets = self._search.solve(DEEPEST, closable).sets or self._as_many_as_go(closable)
        smallest = self._named([found for found in sets if len(found) == len(sets[0])])
        leaving = [(self.leaves(agents), agents) for agents in smallest]
        leaves, _ = min(leaving, key=lambda pair: (len(pair[0]), pair[1]))
        as_good = [agents for left, agents in leaving if left == leaves]
        judged = in_order(map(self._priced, as_good[:MOST_JUDGED])) if as_good[0] else []
        agents, *others = [*(list(one.added) for one in judged), *as_good[len(judged) :]]
        completers: list[Completer] = [{"agents": list(one.added), **one.worth.words} for one in judged]
        return {"agents": agents, "leaves": leaves, "alternatives": others, "completers": completers}

    def _priced(self, agents: Sequence[str]) -> Priced | PricedClones:
        """The regimen with further agents, evaluated from scratch; what they close was not closed without them."""
        parts = [
            Priced(own.with_more(agents), agents, self._goals_in(own.scenario), before=own.scenario.regimen)
            for own in self._assessments
        ]
        return parts[0] if len(parts) == 1 else PricedClones([""] * len(parts), parts)

    def _goals_in(self, scenario: Scenario) -> list[Goal]:
        """The routes that are left, as goals in one clone."""
        own = (standing for standing in scenario.routes if standing.route.name in self.goals)
        return [Goal(standing.route.name, tuple(arm.mask for arm, _ in standing.arms)) for standing in own]

    def _as_many_as_go(self, goals: Sequence[Goal]) -> list[tuple[int, ...]]:
        taken: list[Goal] = []
        sets: list[tuple[int, ...]] = [()]
        for goal in goals:
            if found := self._search.solve(DEEPEST, [*taken, goal]).sets:
                taken.append(goal)
                sets = found
        return sets

    def leaves(self, agents: Sequence[str]) -> list[str]:
        """The routes that are on or undetermined with these agents added, in some clone."""
        found: dict[str, None] = {}
        for scenario in self._clones:
            valuation = scenario.valuation((*scenario.regimen, *agents))
            for standing in scenario.routes:
                if valuation.any_of([arm.mask for arm, _ in standing.arms]) != OFF:
                    found[standing.route.name] = None
        return sorted(found)

    def _named(self, sets: Sequence[Sequence[int]]) -> list[list[str]]:
        return sorted((sorted(self.agents[number] for number in found) for found in sets), key=lambda s: (len(s), s))
