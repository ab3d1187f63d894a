"""Families of search problems on large graphs, the same for everyone: written seeds, names without meaning.

Each has 2,000 nodes and 1,000 agents and asks for sets of at most three.  Nodes come one after the other and rest on
earlier ones, the more often required the likelier, so that a few hubs bear on nearly everything and a route has far
more derivations than could be listed.  The families differ in what else there is:

- *scale-free*: nothing else; agents only cut.
- *mixed-sign*: nodes also suppress later ones, and a fifth of the agents restore or supply something.
- *feedback*: nodes also suppress earlier ones that they may rest on, and later ones bring earlier ones about.
"""

from __future__ import annotations

import random
from collections.abc import Iterable

from reasoner.mechanism.well_founded import Effects, GroundClause, Program
from reasoner.model.masks import union
from reasoner.search.search import Goal, Problem

NODES, AGENTS, LARGEST = 2_000, 1_000, 3
#: How many nodes are given, how many routes there are, and how many nodes an agent cuts on average.
GIVEN, ROUTES, REACH = 60, 10, 40
#: How likely a node is required that nothing requires yet, where each that does counts one.
START = 8
#: The families, each with the seeds that are measured.
FAMILIES = {"scale-free": (1, 2, 3), "mixed-sign": (1, 2, 3), "feedback": (1, 2, 3)}


def grown(family: str, seed: int) -> Problem:
    """The problem of a family and seed."""
    return _Growth(family, seed).problem()


class _Growth:
    """Draws one problem."""

    def __init__(self, family: str, seed: int) -> None:
        self.family = family
        self.random = random.Random(f"{family} {seed}")
        self.positive: list[GroundClause] = []
        self.negative: list[GroundClause] = []
        self.tickets = list(range(GIVEN)) * START

    def problem(self) -> Problem:
        """The graph, its routes and its agents."""
        for node in range(GIVEN, NODES):
            self.rest(node)
            self.tickets += [node] * START
        if self.family != "scale-free":
            self.turn_back()
        goals = tuple(self.route(number) for number in range(ROUTES))
        program = Program((1 << GIVEN) - 1, 0, tuple(self.positive), tuple(self.negative))
        return Problem(program, Effects(), tuple(self.agent() for _ in range(AGENTS)), goals)

    def rest(self, node: int) -> None:
        """One to three ways to bring a node about, each from one or two earlier ones."""
        for _ in range(self.random.choice((1, 2, 3))):
            requires = {self.random.choice(self.tickets) for _ in range(self.random.choice((1, 2)))}
            self.tickets += requires
            self.positive.append(GroundClause(_mask(requires), 1 << node))

    def turn_back(self) -> None:
        """Suppressions of one node in ten; with feedback some of earlier nodes, and causes of earlier nodes."""
        back = self.family == "feedback"
        for _ in range(NODES // 10):
            low, high = sorted(self.random.sample(range(GIVEN, NODES), 2))
            self.negative.append(GroundClause(1 << (high if back else low), 1 << (low if back else high)))
            if back:
                low, high = sorted(self.random.sample(range(GIVEN, NODES), 2))
                self.positive.append(GroundClause(1 << high, 1 << low))

    def route(self, number: int) -> Goal:
        """A route of one or two arms among the later nodes."""
        arms = (1 << self.random.randrange(NODES // 2, NODES) for _ in range(self.random.choice((1, 2))))
        return Goal(f"route{number}", tuple(arms))

    def agent(self) -> Effects:
        """What one agent does: it cuts some nodes, hubs rather than others."""
        cut = _mask(self.random.choice(self.tickets) for _ in range(1 + int(self.random.expovariate(1 / REACH))))
        raises = self.family == "mixed-sign" and self.random.random() < 0.2
        lift = supply = 0
        if raises:
            lift = 1 << self.random.choice(self.tickets) & ~cut
            supply = 1 << self.random.choice(self.tickets) & ~cut
        return Effects(cut, lift, supply)


def _mask(nodes: Iterable[int]) -> int:
    return union(1 << node for node in nodes)
