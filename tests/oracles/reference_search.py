"""Clones and the search in the reference reading: every set of agents is tried, in every clone of the cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import Any, NamedTuple

from reasoner.model.atom import Fact
from tests.oracles.reference_reading import Reference
from tests.oracles.reference_values import LEFT_OPEN, worst

Agents = frozenset[str]
States = tuple[str, ...]
#: What is kept by a search that spares it: a function of a cell.
Spared = tuple[str, str]


class Clones:
    """One question asked of several clones of a cell: each has its states besides those of the question."""

    def __init__(self, facts: Iterable[Fact], question: Any, clones: Iterable[Sequence[str]] = ()) -> None:
        """With no clones, the cell is its only one."""
        self.states = tuple(map(tuple, clones)) or ((),)
        known = tuple(facts)
        self.each = tuple(
            Reference(known, replace(question, states=tuple(dict.fromkeys((*question.states, *states)))))
            for states in self.states
        )

    @cached_property
    def routes(self) -> dict[str, str]:
        """The worst status of each route over the clones that have it."""
        names = sorted({route for read in self.each for route in read.routes})
        return {name: worst(read.routes[name].status for read in self.each if name in read.routes) for name in names}

    def closes(self, route: str) -> bool:
        """Whether a route is off, at once and after relief, in every clone."""
        return all(read.closes(route) for read in self.each)

    @property
    def killed(self) -> bool:
        """Whether each clone has an effective killer, not necessarily the same."""
        return all(read.killers for read in self.each)

    def keeps(self, spared: Spared, strict: bool = False) -> bool:
        """Whether what is spared is lost in no clone; strictly, not even touched."""
        harms = (read.harms.get(spared) for read in self.each)
        return not any(harm is not None and (strict or harm[0] == "lost") for harm in harms)

    @property
    def left_open(self) -> list[tuple[States, list[str]]]:
        """Of each clone, the routes that are left open, opened or made to come back."""
        found = (
            [r for r, standing in sorted(read.routes.items()) if standing.status in LEFT_OPEN] for read in self.each
        )
        return list(zip(self.states, found, strict=True))


class Found(NamedTuple):
    """What a search comes to: minimal sets to add to the background, and the goals that no set decides."""

    regimens: frozenset[Agents]
    unknown: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether what is listed closes everything that was asked."""
        return bool(self.regimens) and not self.unknown


@dataclass(frozen=True)
class Search:
    """Routes to close in a cell, the agents that may be used for it, and the functions that are not to be lost.

    The background is the question's; its regimen does not matter.
    """

    facts: tuple[Fact, ...]
    question: Any
    goals: tuple[str, ...]
    agents: tuple[str, ...]
    spared: tuple[Spared, ...] = ()
    clones: tuple[States, ...] = ()
    strict: bool = False
    _tried: dict[Agents, Clones] = field(default_factory=dict, compare=False, repr=False)

    def under(self, added: Agents) -> Clones:
        """The clones under the background and the agents added."""
        if added not in self._tried:
            asked = replace(self.question, regimen=tuple(sorted(added)))
            self._tried[added] = Clones(self.facts, asked, self.clones)
        return self._tried[added]

    def sets(self, most: int) -> Iterator[Agents]:
        """The sets that may be added, the smaller ones first."""
        candidates = sorted(set(self.agents) - set(self.question.background))
        for size in range(min(most, len(candidates)) + 1):
            yield from map(frozenset, combinations(candidates, size))

    def solves(self, added: Agents, besides: Iterable[str] = ()) -> bool:
        """Whether a set kills, closes every goal (but those left out), and loses nothing that is spared."""
        found = self.under(added)
        wanted = [goal for goal in self.goals if goal not in set(besides)]
        return found.killed and all(map(found.closes, wanted)) and all(found.keeps(s, self.strict) for s in self.spared)

    def minimal(self, most: int, besides: Iterable[str] = ()) -> frozenset[Agents]:
        """The solving sets of at most so many agents of which no proper subset solves."""
        solving = [added for added in self.sets(most) if self.solves(added, besides)]
        return frozenset(a for a in solving if not any(other < a for other in solving))

    def always_unknown(self, most: int) -> tuple[str, ...]:
        """The goals that are unknown under every set of so many agents that kills."""
        tried = [found for found in map(self.under, self.sets(most)) if found.killed]
        return tuple(g for g in sorted(self.goals) if tried and all(f.routes.get(g) == "unknown" for f in tried))

    def found(self, most: int) -> Found:
        """The minimal sets for the goals that some set decides, and the others."""
        unknown = self.always_unknown(most)
        decided = set(self.goals) - set(unknown)
        return Found(self.minimal(most, unknown) if decided else frozenset(), unknown)
