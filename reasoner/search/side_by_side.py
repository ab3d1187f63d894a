"""Several located graphs as one program: their nodes lie side by side, and agents act in all of them at once.

So what holds in every one of them, that all arms of a route are off, say, is a question to a single program.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.well_founded import Effects, GroundClause, Program, Valuation
from reasoner.model.masks import union


class SideBySide:
    """Some located graphs as one; one alone is itself."""

    def __init__(self, graphs: Sequence[LocatedGraph]) -> None:
        self.graphs = tuple(graphs)
        self._starts = [0]
        for graph in graphs:
            self._starts.append(self._starts[-1] + max(len(graph.nodes), graph.inner.bit_length()))

    @cached_property
    def program(self) -> Program:
        """The programs of all, none bearing on another."""
        if len(self.graphs) == 1:
            return self.graphs[0].program
        programs = [graph.program for graph in self.graphs]
        return Program(
            self.joined(program.given for program in programs),
            self.joined(program.doubtful for program in programs),
            tuple(c for start, program in self._placed(programs) for c in _shifted(program.positive, start)),
            tuple(c for start, program in self._placed(programs) for c in _shifted(program.negative, start)),
            self.joined(program.inner for program in programs),
        )

    def _placed(self, programs: Sequence[Program]) -> Iterable[tuple[int, Program]]:
        return zip(self._starts, programs, strict=False)

    def joined(self, masks: Iterable[int]) -> int:
        """One mask for each graph as a mask of the whole."""
        return union(mask << start for start, mask in zip(self._starts, masks, strict=False))

    def within(self, number: int, mask: int) -> int:
        """A mask of one graph as a mask of the whole."""
        return mask << self._starts[number]

    def effects_of(self, agent: str) -> Effects:
        """What an agent does in all of them."""
        return self.together([agent])

    def together(self, agents: Iterable[str]) -> Effects:
        """What some agents do in all of them."""
        own = [graph.together(agents) for graph in self.graphs]
        return Effects(*(self.joined(effects[way] for effects in own) for way in range(len(Effects._fields))))

    @cached_property
    def untreated(self) -> Valuation:
        """All of them while nothing is given."""
        return self.side_by_side([graph.untreated for graph in self.graphs])

    def side_by_side(self, valuations: Sequence[Valuation]) -> Valuation:
        """One valuation of each graph as one of the whole."""
        return Valuation(self.joined(v.on for v in valuations), self.joined(v.possible for v in valuations))


def _shifted(clauses: Iterable[GroundClause], start: int) -> Iterable[GroundClause]:
    return (GroundClause(requires << start, effect << start, weak) for requires, effect, weak in clauses)
