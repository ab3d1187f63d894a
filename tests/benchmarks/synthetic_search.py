"""Synthetic search problems of any size, the same for everyone: fixed seeds, names without meaning.

Routes share a few activities, as real ones share a receptor, and have steps of their own. Each has one arm or two;
an arm needs a step that is brought about by a source and a shared activity together, now and then also in another
way or by itself in a loop. A shared activity has one cause or two. Agents cut some shared activities, some of them
many, and two steps of single routes. In a *mixed* problem a fifth of the agents also restore or supply something,
and some shared activities suppress others. The seeds are those among the first few for which there are at most
10,000 minimal sets; a little fewer shared activities and there are millions.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from reasoner.mechanism.well_founded import Effects, GroundClause, Program
from reasoner.search.search import Goal, Problem

SHARED, REACH = 24, 2.5


@dataclass(frozen=True)
class Size:
    """Routes, agents, the largest set that is looked for, and the seeds that are measured."""

    routes: int
    agents: int
    largest: int
    seeds: tuple[int, ...]


SIZES = {
    "20/100/4": Size(20, 100, 4, (7, 8, 9)),
    "50/500/4": Size(50, 500, 4, (7, 8, 9)),
    "200/5000/3": Size(200, 5000, 3, (7, 8, 9)),
}


def problem(size: Size, seed: int, *, mixed: bool = False) -> Problem:
    """The problem of a size and seed."""
    return _Filler(size, seed, mixed).problem()


class _Filler:
    def __init__(self, size: Size, seed: int, mixed: bool) -> None:
        self.size = size
        self.mixed = mixed
        self.random = random.Random(seed)
        self.nodes = 0
        self.given = 0
        self.positive: list[GroundClause] = []
        self.negative: list[GroundClause] = []
        self.steps: list[int] = []

    def node(self, given: bool = False) -> int:
        bit = 1 << self.nodes
        self.nodes += 1
        self.given |= bit if given else 0
        return bit

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def problem(self) -> Problem:
        shared = [self.node() for _ in range(SHARED)]
        for activity in shared:
            for _ in range(1 + self.chance(0.5)):
                self.positive.append(GroundClause(self.node(given=True), activity))
        if self.mixed:
            for guard, target in zip(shared[::6], shared[1::6], strict=False):
                self.negative.append(GroundClause(guard, target))
        goals = [
            Goal(f"route{number}", tuple(self.arm(shared) for _ in range(self.random.choice((1, 1, 2)))))
            for number in range(self.size.routes)
        ]
        effects = tuple(self.agent(shared) for _ in range(self.size.agents))
        program = Program(self.given, 0, tuple(self.positive), tuple(self.negative))
        return Problem(program, Effects(), effects, tuple(goals))

    def arm(self, shared: list[int]) -> int:
        source, step, end = self.node(given=True), self.node(), self.node()
        self.positive += [GroundClause(source | self.random.choice(shared), step), GroundClause(step, end)]
        if self.chance(0.3):
            self.positive.append(GroundClause(end, step))
        if self.chance(0.3):
            self.positive.append(GroundClause(self.random.choice(shared), step))
        self.steps += [source, step, end]
        return end | (source if self.chance(0.5) else 0)

    def agent(self, shared: list[int]) -> Effects:
        cut = lift = supply = 0
        for _ in range(min(1 + int(self.random.expovariate(1 / REACH)), SHARED)):
            cut |= self.random.choice(shared)
        for _ in range(2):
            cut |= self.random.choice(self.steps)
        if self.mixed and self.chance(0.2):
            lift = self.random.choice(shared) & ~cut
            supply = self.random.choice(self.steps) & ~cut
        return Effects(cut, lift, supply)
