"""Synthetic mechanism graphs of any size, the same for everyone: a fixed seed, names without meaning.

As a program, a graph of ``size`` nodes has two ways to turn each node on, half of them from near by, so that there are
loops, and a suppression for every sixth, always from an earlier block of nodes: it is stratified, and its stable model
is unique.  As facts, the same graph stands in the shipped vocabulary with a cell and disease hierarchy, agents of every
mode and routes of one to three arms.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from reasoner.mechanism.well_founded import Effects, GroundClause, Program
from reasoner.model.atom import Fact

SEED = 20261124
BLOCK = 50
CELLS = ("tumour_cell", "leukaemic_cell", "stem_cell")
DISEASES = ("cancer", "leukaemia", "chronic_leukaemia")
MODES = ("block", "lower", "restore", "supply")


@dataclass(frozen=True)
class SyntheticGraph:
    """A random graph of ``size`` nodes, which are numbers."""

    size: int

    @cached_property
    def _random(self) -> random.Random:
        return random.Random(SEED + self.size)

    @cached_property
    def given(self) -> list[int]:
        """Nodes that are given: the first of every block, and every twentieth."""
        return [node for node in range(self.size) if node % BLOCK == 0 or node % 20 == 7]

    @cached_property
    def positive(self) -> list[tuple[tuple[int, ...], int]]:
        """Requirements and effect of each positive mechanism."""
        return [(self._before(node, near), node) for node in range(1, self.size) for near in (True, False)]

    @cached_property
    def negative(self) -> list[tuple[tuple[int, ...], int]]:
        """Requirements and effect of each negative mechanism."""
        blocks = range(BLOCK, self.size)
        return [((self._random.randrange(node // BLOCK * BLOCK),), node) for node in blocks if node % 6 == 0]

    @cached_property
    def effects(self) -> list[Effects]:
        """What each of ten agents does."""
        return [self._effects() for _ in range(10)]

    def _before(self, node: int, near: bool) -> tuple[int, ...]:
        start = node // BLOCK * BLOCK
        pool = range(start, min(start + BLOCK, self.size)) if near else range(max(1, start))
        return tuple(self._random.sample(pool, min(self._random.randint(1, 2), len(pool))))

    def _effects(self) -> Effects:
        cut, lift, supply = (1 << self._random.randrange(self.size) for _ in range(3))
        return Effects(cut, lift & ~cut, supply & ~cut)

    def program(self) -> Program:
        """The graph as masks."""
        return Program(_mask(self.given), 0, _clauses(self.positive), _clauses(self.negative))

    def rules(self) -> str:
        """The graph as a logic program for clingo: integers only, two atoms a node."""
        lines = [f"h({2 * node}) :- not h({2 * node + 1})." for node in self.given]
        for requires, effect in self.positive:
            lines.append(f"h({2 * effect}) :- {_all(requires)}, not h({2 * effect + 1}).")
        lines += [f"h({2 * effect + 1}) :- {_all(requires)}." for requires, effect in self.negative]
        return "\n".join(lines)

    def facts(self) -> Iterator[Fact]:
        """The graph in the shipped vocabulary."""
        yield from _hierarchies()
        cell = CELLS[0]
        for node in range(self.size):
            yield Fact("GeneProduct", f"m{node}")
            yield Fact("MoleculeActivity", f"a{node}")
            yield Fact("ofMolecule", f"a{node}", f"m{node}")
            yield Fact("inCell", f"a{node}", cell)
        for node in self.given:
            yield Fact("givenIn", f"a{node}", DISEASES[node % 3])
        for sign, mechanisms in (("promotes", self.positive), ("suppresses", self.negative)):
            for number, (requires, effect) in enumerate(mechanisms):
                name = f"{sign}_{number}"
                yield Fact("Mechanism", name)
                yield Fact(sign, name, f"a{effect}")
                for node in requires:
                    yield Fact("requires", name, f"a{node}")
        yield from self._agents()
        yield from self._routes()

    def _agents(self) -> Iterator[Fact]:
        for number in range(max(10, self.size // 20)):
            yield Fact("Agent", f"drug{number}")
            yield Fact("Action", f"action{number}")
            yield Fact("hasAgent", f"action{number}", f"drug{number}")
            yield Fact("hasTarget", f"action{number}", f"m{self._random.randrange(self.size)}")
            yield Fact("hasMode", f"action{number}", MODES[number % 4])

    def _routes(self) -> Iterator[Fact]:
        for number in range(max(5, self.size // 40)):
            yield Fact("NicheRoute", f"route{number}")
            yield Fact("retains", f"route{number}", self._random.choice(CELLS))
            for arm in range(self._random.randint(1, 3)):
                name = f"route{number}_arm{arm}"
                yield Fact("Arm", name)
                yield Fact("hasArm", f"route{number}", name)
                yield Fact("needs", name, f"a{self._random.randrange(self.size)}")


def _hierarchies() -> Iterator[Fact]:
    for names, cls in ((CELLS, "MalignantCell"), (DISEASES, "Disease")):
        for name in names:
            yield Fact(cls, name)
        for narrower, broader in zip(names[1:], names, strict=False):
            yield Fact("subtypeOf", narrower, broader)


def _mask(nodes: tuple[int, ...] | list[int]) -> int:
    return sum(1 << node for node in set(nodes))


def _clauses(mechanisms: list[tuple[tuple[int, ...], int]]) -> tuple[GroundClause, ...]:
    return tuple(GroundClause(_mask(requires), 1 << effect) for requires, effect in mechanisms)


def _all(nodes: tuple[int, ...]) -> str:
    return ", ".join(f"h({2 * node})" for node in nodes)
