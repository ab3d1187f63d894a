"""When each node of a scenario settles, so that a reason always came before what it is a reason for.

The alternating fixpoint goes in rounds.  What comes on in a round rests on what came on before and on what earlier
rounds ruled out; what a round rules out rests on what is on in it, on what was ruled out before, and on other nodes of
the same round: a loop that never starts.
"""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.mechanism.well_founded import Effects, Program
from reasoner.model.masks import bits

#: The round in which a node comes on, and its place within the round: each rests on smaller ones.
Rank = tuple[int, int]


class Settling:
    """The rounds in which the nodes of a program settle under some effects."""

    def __init__(self, program: Program, effects: Effects) -> None:
        self._ruled_out: dict[int, int] = {}
        self._ranks: dict[int, Rank] = {}
        start = (program.given | effects.supply) & ~effects.cut
        on = possible = 0
        for number, valuation in enumerate(program.stages(effects)):
            self._rise(program, number, on, valuation.on, start)
            self._ruled_out.update(dict.fromkeys(bits(possible & ~valuation.possible), number))
            on, possible = valuation
        self._possible = possible

    def _rise(self, program: Program, number: int, before: int, after: int, start: int) -> None:
        """Rank the nodes that come on in a round, by the steps in which they do."""
        reached, place = before | (after & start), 0
        self._ranks.update(dict.fromkeys(bits(reached & ~before), (number, place)))
        pending = [c for c in program.positive if c.effect & after & ~reached and not c.weak]
        while pending:
            place += 1
            fresh = 0
            for clause in pending:
                if clause.requires & reached == clause.requires:
                    fresh |= clause.effect
            if not fresh:
                break
            self._ranks.update(dict.fromkeys(bits(fresh), (number, place)))
            reached |= fresh
            pending = [c for c in pending if not c.effect & reached]

    def on(self, index: int) -> Rank | None:
        """When a node comes on; None if it does not."""
        return self._ranks.get(index)

    def off(self, index: int) -> int | None:
        """The round that rules a node out (0 where nothing ever brings it about); None if none does."""
        return None if self._possible >> index & 1 else self._ruled_out.get(index, 0)

    def all_on(self, nodes: Iterable[int], before: Rank) -> bool:
        """Whether all nodes come on before a moment."""
        return all((rank := self._ranks.get(node)) is not None and rank < before for node in nodes)

    def first_off(self, nodes: Iterable[int], before: int) -> int | None:
        """The first of the nodes that a round earlier than ``before`` rules out."""
        return next((node for node in nodes if (ruled_out := self.off(node)) is not None and ruled_out < before), None)
