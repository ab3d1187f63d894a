"""Minimal supports in a finite ground Horn program: which sets of asserted facts entail a goal, none with a spare.

Each fact carries the antichain of its minimal supports as bit sets of asserted facts.  Supports of a conclusion are
the unions of supports of its premises; the least fixpoint is reached component by component, from the leaves up.  A
support that went through the conclusion itself is a superset of one that it already has, so cycles need no care.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from reasoner.errors import LimitError
from reasoner.model.components import components
from reasoner.model.masks import bits

#: The most unions and comparisons of supports that one search makes (about a second), and supports of one fact on the
#: way, as a multiple of the limit on the goal's.
MAX_WORK, SPREAD = 5_000_000, 20

Bodies = Sequence[Sequence[tuple[int, ...]]]


def minimal_supports(goal: int, bodies: Bodies, asserted: Sequence[bool], limit: int) -> list[list[int]]:
    """All minimal supports of ``goal`` as sorted lists of fact numbers, small ones first.

    ``bodies[fact]`` are the premises of each way to conclude it.  Raises :class:`LimitError` when there are more than
    ``limit``, or when too many unions would have to be made.
    """
    search = _Supports(bodies, asserted, limit)
    supports = sorted((list(bits(mask)) for mask in search.supports(goal)), key=lambda members: (len(members), members))
    if len(supports) > limit:
        raise search.too_many()
    return supports


class _Supports:
    def __init__(self, bodies: Bodies, asserted: Sequence[bool], limit: int) -> None:
        self.bodies = bodies
        self.limit = limit
        self.work = 0
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
        kept = self.minimal(candidates)
        if len(kept) > SPREAD * max(self.limit, 100):
            raise self.too_many()
        changed = kept != self.found[fact]
        self.found[fact] = kept
        return changed

    def combine(self, body: Sequence[int]) -> list[int]:
        """The minimal unions of one support of each premise."""
        unions = [0]
        for premise in sorted(body, key=lambda premise: len(self.found[premise])):
            supports = self.found[premise]
            self.spend(len(unions) * len(supports))
            unions = [left | right for left, right in product(unions, supports)]
            if len(supports) > 1:
                unions = self.minimal(unions)
        return unions

    def minimal(self, sets: Iterable[int]) -> list[int]:
        """The sets that hold no other of the sets; sets of one size do not hold each other."""
        sizes: dict[int, list[int]] = {}
        for mask in sorted(set(sets)):
            sizes.setdefault(mask.bit_count(), []).append(mask)
        kept: list[int] = []
        for size in sorted(sizes):
            smaller = tuple(kept)
            self.spend(len(smaller) * len(sizes[size]))
            kept.extend(mask for mask in sizes[size] if not any(other & mask == other for other in smaller))
        return kept

    def spend(self, work: int) -> None:
        """Count work, and give up when it is too much."""
        self.work += work
        if self.work > MAX_WORK:
            raise self.too_many()

    def too_many(self) -> LimitError:
        """The error for a search that goes too far."""
        return LimitError(
            f"more than {self.limit} justifications, or too many to look through",
            code="E513",
            hint="ask for one derivation instead",
        )
