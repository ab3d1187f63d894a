"""Minimal regimens: an implicit hitting set in which the well-founded evaluation is the oracle.

The search is not monotone: an agent may open a route or restore what another one blocks.  It grows sets from the empty
one, smallest first.  A set that fails has a *reason*: a goal that is still on (or undetermined), a kept function that is
off, a kind of agent that is missing.  Only certain agents can undo a reason, namely those that lower what a surviving
derivation of the goal rests on, or raise what would suppress it; every superset that succeeds must hold one of them, so
branching over them misses nothing.  The argument needs no monotonicity, only that adding agents outside that list
leaves the reason standing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reasoner.engine.well_founded import OFF, ON, Effects, Program, Valuation


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that must be off: all of its arms, each a mask of nodes that are all needed."""

    name: str
    arms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A function that must not go off, on a graph of its own, with what each candidate does there."""

    name: str
    program: Program
    arms: tuple[int, ...]
    base: Effects
    effects: tuple[Effects, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a search is for: candidates are numbered; ``effects[i]`` is what candidate ``i`` does.

    ``needed`` lists sets of candidates of which at least one must be taken.
    """

    program: Program
    base: Effects
    effects: tuple[Effects, ...]
    goals: tuple[Goal, ...]
    needed: tuple[frozenset[int], ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(slots=True)
class Solution:
    """Minimal sets of candidates; nothing smaller than ``exhaustive_to`` was missed unless ``interrupted``."""

    sets: list[tuple[int, ...]] = field(default_factory=list)
    exhaustive_to: int = 0
    evaluated: int = 0
    interrupted: bool = False


def polarity(program: Program, mask: int) -> tuple[int, int]:
    """The nodes whose being on can help those of ``mask`` to be on, and those whose being on can hurt them."""
    helps, hurts = mask, 0
    while True:
        more_help, more_hurt = helps, hurts
        for requires, effect, _ in program.positive:
            if effect & helps:
                more_help |= requires
            if effect & hurts:
                more_hurt |= requires
        for requires, effect, _ in program.negative:
            if effect & helps:
                more_hurt |= requires
            if effect & hurts:
                more_help |= requires
        if (more_help, more_hurt) == (helps, hurts):
            return helps, hurts
        helps, hurts = more_help, more_hurt


def derivation(program: Program, valuation: Valuation, effects: Effects, arm: int) -> int:
    """The nodes of one well-founded derivation of an arm that is on."""
    reached = (program.given | effects.supply) & valuation.on
    sources: dict[int, int] = {}
    pending = [c for c in program.positive if not c.weak and c.effect & valuation.on and not c.effect & reached]
    while arm & ~reached:
        rest = []
        for clause in pending:
            if clause.effect & reached:
                continue
            if clause.requires & reached == clause.requires:
                sources[clause.effect] = clause.requires
                reached |= clause.effect
            else:
                rest.append(clause)
        if len(rest) == len(pending):
            break
        pending = rest
    nodes, todo = 0, arm
    while todo:
        bit = todo & -todo
        todo ^= bit
        if not nodes & bit:
            nodes |= bit
            todo |= sources.get(bit, 0) & ~nodes
    return nodes


class _Search:
    """One search: evaluation, reasons and the frontier."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.slices = [problem.program.slice(_union(goal.arms)) for goal in problem.goals]
        self.kept = [(kept, kept.program.slice(_union(kept.arms))) for kept in problem.kept]
        self.reasons: list[tuple[frozenset[int], int, frozenset[int]]] = []

    def undo(self, chosen: frozenset[int]) -> Iterator[frozenset[int]]:
        """For each reason why a set fails, the candidates that could undo it; nothing when the set succeeds."""
        for group in self.problem.needed:
            if not group & chosen:
                yield group
        total = self._total(self.problem.base, self.problem.effects, chosen)
        for goal, program in zip(self.problem.goals, self.slices, strict=True):
            valuation = program.evaluate(total)
            for arm in goal.arms:
                value = valuation.all_of(arm)
                if value != OFF:
                    yield self._lowering(program, valuation, total, arm, value == ON) - chosen
                    break
        for kept, program in self.kept:
            effects = self._total(kept.base, kept.effects, chosen)
            valuation = program.evaluate(effects)
            if all(valuation.all_of(arm) == OFF for arm in kept.arms):
                yield self._raising(program, kept) - chosen

    def _total(self, base: Effects, effects: Sequence[Effects], chosen: frozenset[int]) -> Effects:
        total = base
        for index in chosen:
            total |= effects[index]
        return total

    def _lowering(
        self, program: Program, valuation: Valuation, total: Effects, arm: int, certain: bool
    ) -> frozenset[int]:
        """Candidates that can lower an arm: by cutting its derivation, or by raising what would suppress it."""
        if certain:
            cut_here = derivation(program, valuation, total, arm)
            guards = _union(c.requires for c in program.negative if c.effect & cut_here)
            raised, lowered = polarity(program, guards)
        else:
            cut_here, raised = polarity(program, arm)
            lowered = 0
        found = []
        for index, effects in enumerate(self.problem.effects):
            raises = (effects.supply | effects.lift) & raised
            if effects.cut & (cut_here | lowered) or raises:
                found.append(index)
        return frozenset(found)

    def _raising(self, program: Program, kept: Kept) -> frozenset[int]:
        """Candidates that can raise a function that is off."""
        helps, hurts = polarity(program, _union(kept.arms))
        return frozenset(
            index
            for index, effects in enumerate(kept.effects)
            if (effects.supply | effects.lift) & helps or effects.cut & hurts
        )


def solve(
    problem: Problem,
    max_size: int,
    *,
    stop: Callable[[int, int], bool] | None = None,
) -> Solution:
    """All minimal sets of at most ``max_size`` candidates that reach every goal and keep every function.

    ``stop`` is asked now and then with the number of sets evaluated and the current size; True ends the search early
    with ``interrupted`` set and ``exhaustive_to`` telling what is complete.
    """
    search = _Search(problem)
    solution = Solution(exhaustive_to=-1)
    frontier = {frozenset[int]()}
    for size in range(max_size + 1):
        following: set[frozenset[int]] = set()
        for chosen in sorted(frontier, key=sorted):
            if any(chosen.issuperset(known) for known in solution.sets):
                continue
            solution.evaluated += 1
            if stop is not None and stop(solution.evaluated, size):
                solution.interrupted = True
                return solution
            reasons = list(search.undo(chosen))
            if not reasons:
                solution.sets.append(tuple(sorted(chosen)))
            elif size < max_size and _packing(reasons) <= max_size - size:
                following.update(chosen | {index} for index in min(reasons, key=len))
        solution.exhaustive_to = size
        frontier = following
        if not frontier:
            solution.exhaustive_to = max_size
            break
    return solution


def _packing(reasons: Sequence[frozenset[int]]) -> int:
    """How many candidates are needed at least: reasons that share none need one each."""
    used: set[int] = set()
    count = 0
    for reason in sorted(reasons, key=len):
        if not reason:
            return 1 << 30
        if used.isdisjoint(reason):
            used |= reason
            count += 1
    return count


def _union(masks: object) -> int:
    total = 0
    for mask in masks:  # type: ignore[attr-defined]
        total |= mask
    return total
