"""Minimal supports in a finite ground Horn program: which sets of asserted facts entail a goal, none with a spare.

Each fact carries the antichain of its minimal supports as bit sets of asserted facts.  Supports of a conclusion are
the unions of supports of its premises; the least fixpoint is reached component by component, from the leaves up.  A
support that went through the conclusion itself is a superset of one that it already has, so cycles need no care.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from reasoner.engine.components import components
from reasoner.errors import LimitError

#: The most unions of supports that one search makes.
MAX_UNIONS = 2_000_000

Bodies = Sequence[Sequence[tuple[int, ...]]]


def minimal_supports(goal: int, bodies: Bodies, asserted: Sequence[bool], limit: int) -> list[list[int]]:
    """All minimal supports of ``goal`` as sorted lists of fact numbers, small ones first.

    ``bodies[fact]`` are the premises of each way to conclude it.  Raises :class:`LimitError` when there are more than
    ``limit``, or when too many unions would have to be made.
    """
    search = _Search(bodies, asserted, limit)
    supports = sorted((_members(bits) for bits in search.supports(goal)), key=lambda members: (len(members), members))
    if len(supports) > limit:
        raise LimitError(
            f"there are more than {limit} justifications", code="E504", hint="raise the limit or ask for one derivation"
        )
    return supports


def _members(bits: int) -> list[int]:
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


def _minimal(sets: Iterable[int]) -> list[int]:
    """The sets that hold no other of the sets."""
    kept: list[int] = []
    for bits in sorted(set(sets), key=lambda bits: (bits.bit_count(), bits)):
        if not any(other & bits == other for other in kept):
            kept.append(bits)
    return kept


class _Search:
    def __init__(self, bodies: Bodies, asserted: Sequence[bool], limit: int) -> None:
        self.bodies = bodies
        self.limit = limit
        self.unions = 0
        self.found: list[list[int]] = [[1 << fact] if stated else [] for fact, stated in enumerate(asserted)]

    def supports(self, goal: int) -> list[int]:
        """The antichain of the goal."""
        edges = [list(dict.fromkeys(premise for body in ways for premise in body)) for ways in self.bodies]
        for component in components(edges, [goal]):
            changed = True
            while changed:
                changed = False
                for fact in component:
                    changed |= self.improve(fact)
                if len(component) == 1 and component[0] not in edges[component[0]]:
                    break
        return self.found[goal]

    def improve(self, fact: int) -> bool:
        """Recompute the antichain of one fact; whether it changed."""
        candidates = list(self.found[fact])
        for body in self.bodies[fact]:
            candidates.extend(self.combine(body))
        kept = _minimal(candidates)
        changed = kept != self.found[fact]
        self.found[fact] = kept
        return changed

    def combine(self, body: Sequence[int]) -> list[int]:
        """The minimal unions of one support of each premise."""
        unions = [0]
        for premise in sorted(body, key=lambda premise: len(self.found[premise])):
            supports = self.found[premise]
            self.unions += len(unions) * len(supports)
            if self.unions > MAX_UNIONS:
                raise LimitError(
                    f"more than {self.limit} justifications, or too many to look through",
                    code="E504",
                    hint="ask for one derivation instead",
                )
            unions = [left | right for left, right in product(unions, supports)]
            if len(supports) > 1:
                unions = _minimal(unions)
        return unions
