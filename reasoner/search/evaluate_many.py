"""The well-founded evaluation of one program under many effects at once.

It is that of :mod:`reasoner.mechanism.well_founded` turned on its side: for each node a mask of the cases in which it
is on, so that one pass over the clauses settles thousands of cases together.  Cases that have come to rest stay as they
are while others go on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reasoner.mechanism.well_founded import Effects, GroundClause, Program
from reasoner.model.masks import bits, union

#: For each node the cases in which something is so, as the bits of an integer.
Columns = list[int]
_Pass = tuple[list[int], int]


class Cases(NamedTuple):
    """What some candidates do on top of a base, and the sets of candidates that are looked at: the cases."""

    base: Effects
    effects: Sequence[Effects]
    sets: Sequence[Sequence[int]]


def possible_in(program: Program, acting: Cases, arms: Iterable[int]) -> list[int]:
    """For each arm (a mask of nodes) the cases in which all of it is on or undetermined; case ``i`` is the bit ``i``.

    >>> loop = Program(0b01, 0, (GroundClause(0b01, 0b10),), ())
    >>> possible_in(loop, Cases(Effects(), [Effects(cut=0b01)], [(), (0,)]), [0b10])
    [1]
    """
    wanted = list(arms)
    evaluation = _Evaluation(program, acting, union(wanted))
    return [_all(evaluation.possible, bits(arm), evaluation.everywhere) for arm in wanted]


def _all(columns: Columns, nodes: Iterable[int], cases: int) -> int:
    """Those of some cases in which all nodes are on."""
    for node in nodes:
        cases &= columns[node]
        if not cases:
            break
    return cases


class _Evaluation:
    def __init__(self, program: Program, acting: Cases, wanted: int) -> None:
        self.everywhere = (1 << len(acting.sets)) - 1
        clauses = (*program.positive, *program.negative)
        named = union(clause.requires | clause.effect for clause in clauses) | program.given | program.doubtful
        self.width = union(
            [wanted, named, *acting.base, *(mask for own in acting.effects for mask in own)]
        ).bit_length()
        holding = [0] * len(acting.effects)
        for case, chosen in enumerate(acting.sets):
            for candidate in chosen:
                holding[candidate] |= 1 << case
        cut = self._columns(acting.base.cut, [own.cut for own in acting.effects], holding)
        lift = self._columns(acting.base.lift, [own.lift for own in acting.effects], holding)
        supply = self._columns(acting.base.supply, [own.supply for own in acting.effects], holding)
        given, doubtful = (self._row(mask) for mask in (program.given, program.doubtful))
        self.free = [up | s for up, s in zip(lift, supply, strict=True)]
        self.torn = [c & free for c, free in zip(cut, self.free, strict=True)]
        self.cut = [c & ~t for c, t in zip(cut, self.torn, strict=True)]
        self.start = [(g | s) & ~c for g, s, c in zip(given, supply, cut, strict=True)]
        self.hopeful = [s | d & ~c | t for s, d, c, t in zip(self.start, doubtful, self.cut, self.torn, strict=True)]
        self.positive = _steps(program.positive)
        self.firm = _steps(clause for clause in program.positive if not clause.weak)
        self.negative = _steps(program.negative)
        self.certain = _steps(clause for clause in program.negative if not clause.weak)
        self.possible = self._settle()

    def _columns(self, base: int, masks: Iterable[int], holding: Iterable[int]) -> Columns:
        columns = self._row(base)
        for mask, cases in zip(masks, holding, strict=True):
            for node in bits(mask) if cases else ():
                columns[node] |= cases
        return columns

    def _row(self, mask: int) -> Columns:
        return [self.everywhere if mask >> node & 1 else 0 for node in range(self.width)]

    def _settle(self) -> Columns:
        """The rounds of the alternating fixpoint, until no case changes any more."""
        on, before = [0] * self.width, None
        possible = on
        while on != before:
            before = on
            held = self._held_down(self.certain, on)
            blocked = [c | h & ~t for c, h, t in zip(self.cut, held, self.torn, strict=True)]
            possible = self._closure(self.hopeful, self.positive, blocked)
            doubted = self._held_down(self.negative, possible)
            blocked = [c | t | d for c, t, d in zip(self.cut, self.torn, doubted, strict=True)]
            on = self._closure(self.start, self.firm, blocked)
        return possible

    def _held_down(self, steps: Iterable[_Pass], on: Columns) -> Columns:
        held = [0] * self.width
        for requires, effect in steps:
            held[effect] |= _all(on, requires, self.everywhere & ~self.free[effect])
        return held

    def _closure(self, start: Columns, steps: Sequence[_Pass], blocked: Columns) -> Columns:
        on = [s & ~b for s, b in zip(start, blocked, strict=True)]
        changed = True
        while changed:
            changed = False
            for requires, effect in steps:
                able = self.everywhere & ~(on[effect] | blocked[effect])
                if able and (new := _all(on, requires, able)):
                    on[effect] |= new
                    changed = True
        return on


def _steps(clauses: Iterable[GroundClause]) -> list[_Pass]:
    return [(list(bits(clause.requires)), clause.effect.bit_length() - 1) for clause in clauses]
