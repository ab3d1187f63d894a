"""Minimal regimens: an implicit hitting set in which the well-founded evaluation is the oracle.

The search is not monotone: an agent may open a route or restore what another one blocks.  Here are what a search is
for and what it finds; how sets are grown is in :mod:`reasoner.search.set_tree`, what they have to fulfil in
:mod:`reasoner.search.conditions`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, islice, product

from reasoner.mechanism.feedback import unfold
from reasoner.mechanism.well_founded import OFF, UNDETERMINED, Effects, Program, Valuation
from reasoner.model.masks import bits, union
from reasoner.search.conditions import ArmOff, CandidateReach, Condition, FunctionKept, IndexedProgram, OneOf
from reasoner.search.evaluate_many import Cases, possible_in
from reasoner.search.set_tree import MOST_FOUND, PATIENCE, Ended, SetTree, Stop

#: Sets that are looked at to find out whether a goal can be reached at all, and candidates that one may hold.
MOST_TRIED = 20_000
MOST_TOGETHER = 100
#: Sets that are evaluated at once, which bounds what that takes in memory.
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that must be off: all of its arms, each a mask of nodes that are all needed."""

    name: str
    arms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A function that must not go off, at a place of its own, with what each candidate does there."""

    name: str
    program: Program
    arms: tuple[int, ...]
    base: Effects
    effects: tuple[Effects, ...]
    beforehand: Valuation | None = None

    def is_lost(self, chosen: Iterable[int]) -> bool:
        """Whether the function is off, at once or after relief, under some candidates."""
        effects = _together(self.base, self.effects, chosen)
        valuation = unfold(self.program, effects, self.beforehand or self.program.evaluate())
        return OFF in (valuation.at_once(self.arms), valuation.after_relief(self.arms))


@dataclass(frozen=True, slots=True)
class Problem:
    """What a search is for: candidates are numbered; ``effects[i]`` is what candidate ``i`` does.

    ``needed`` lists sets of candidates of which at least one must be taken; ``beforehand`` is how the program stood
    before anything was given (default: under no effects).
    """

    program: Program
    base: Effects
    effects: tuple[Effects, ...]
    goals: tuple[Goal, ...]
    needed: tuple[frozenset[int], ...] = ()
    kept: tuple[Kept, ...] = ()
    beforehand: Valuation | None = None


@dataclass(slots=True)
class Solution:
    """All minimal sets of at most ``exhaustive_to`` candidates, smallest first.

    ``interrupted`` when the search was ended early; larger sets may be listed then, but not all of them.  ``exhausted``
    when no larger minimal set exists.
    """

    sets: list[tuple[int, ...]] = field(default_factory=list)
    exhaustive_to: int = 0
    looked_at: int = 0
    interrupted: bool = False
    exhausted: bool = False


def solve(problem: Problem, max_size: int, *, stop: Stop | None = None) -> Solution:
    """All minimal sets of at most ``max_size`` candidates that reach every goal and keep every function.

    ``stop`` is asked now and then, with how many sets were looked at and the current size; True ends the search early.
    """
    return Search(problem).solve(max_size, stop=stop)


class Search:
    """A problem made ready to be asked for all of its goals, or for some."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._alike = _Alike(problem)
        small = self._alike.problem
        self._candidates = len(small.effects)
        self._goals = small.goals
        whole, reach = IndexedProgram(small.program, small.beforehand), CandidateReach(small.effects)
        self._arms = {arm: ArmOff(whole, reach, small.base, arm) for goal in small.goals for arm in goal.arms}
        self._beforehand = whole.beforehand
        self._kept: list[IndexedProgram] = []
        self._others: list[Condition] = [OneOf(group) for group in small.needed]
        for kept in small.kept:
            kept_graph = IndexedProgram(kept.program, kept.beforehand)
            self._kept.append(kept_graph)
            self._others.append(FunctionKept(kept_graph, CandidateReach(kept.effects), kept.base, kept.arms))

    def solve(self, max_size: int, goals: Iterable[Goal] | None = None, stop: Stop | None = None) -> Solution:
        """All minimal sets of at most ``max_size`` candidates for some goals (default: all); functions are kept.

        Every set is evaluated anew on the whole program, and a fault of the search raises :class:`RuntimeError`.
        """
        goals = self._goals if goals is None else list(goals)
        tree = SetTree([*self._others, *self._conditions(goals)], self._candidates, stop)
        solution = Solution(exhaustive_to=-1)
        try:
            for size in range(max_size + 1):
                tree.grow_to(size)
                solution.exhaustive_to = size
                if tree.exhausted:
                    solution.exhausted = True
                    solution.exhaustive_to = max_size
                    break
        except Ended:
            solution.interrupted = True
        solution.looked_at = tree.looked_at
        solution.sets = self._alike.spelt_out(tree.found)
        if len(solution.sets) > MOST_FOUND:
            del solution.sets[MOST_FOUND:]
            solution.exhaustive_to = min(solution.exhaustive_to, len(solution.sets[-1]) - 1)
            solution.interrupted, solution.exhausted = True, False
        self._confirm(solution.sets, goals)
        return solution

    def _confirm(self, sets: Sequence[tuple[int, ...]], goals: Iterable[Goal]) -> None:
        """Raise unless every set reaches every goal and keeps every function, evaluated from scratch."""
        given = self._problem
        arms = [arm for goal in goals for arm in goal.arms]
        for start in range(0, len(sets), AT_ONCE):
            some = sets[start : start + AT_ONCE]
            possible = union(possible_in(given.program, Cases(given.base, given.effects, some), arms))
            faults = [some[number] for number in bits(possible) if not self._reaches(some[number], arms)]
            for kept, kept_graph in zip(given.kept, self._kept, strict=True):
                faults += self._losing(kept, kept_graph, some)
            if faults:
                raise RuntimeError(f"the search and the evaluation disagree on {faults[0]}")

    def _losing(self, kept: Kept, whole: IndexedProgram, some: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """The sets under which a function is lost; all at once where no feedback bears on it."""
        if whole.loops.below & union(kept.arms):
            return [chosen for chosen in some if kept.is_lost(chosen)]
        possible = union(possible_in(kept.program, Cases(kept.base, kept.effects, some), kept.arms))
        return [some[number] for number in bits(~possible & (1 << len(some)) - 1)]

    def _reaches(self, chosen: Iterable[int], arms: Sequence[int]) -> bool:
        """Whether all arms are off, at once and after relief, under some candidates."""
        given = self._problem
        effects = _together(given.base, given.effects, chosen)
        return unfold(given.program, effects, self._beforehand).any_of(arms) == OFF

    def reachable(self, goal: Goal, stop: Stop | None = None) -> bool | None:
        """Whether any set, of whatever size and cost, reaches a goal; None when that was too hard to tell, or ended."""

        def enough(looked_at: int, size: int) -> bool:
            return looked_at > MOST_TRIED or (stop is not None and stop(looked_at, size))

        tree = SetTree(self._conditions([goal]), self._candidates, enough)
        most = min(self._candidates, MOST_TOGETHER)
        try:
            tree.grow_to(most, first=True)
        except Ended:
            return None
        if tree.found:
            return True
        return False if tree.exhausted or most == self._candidates else None

    def stays_undetermined(self, goal: Goal, size: int, stop: Stop | None = None) -> bool:
        """Whether a goal is undetermined under every set of at most ``size`` candidates, as far as they are looked at.

        Sets that do the same to what bears on the goal are looked at once, at most :data:`MOST_TRIED` of them.
        """
        small = self._alike.problem
        whole = IndexedProgram(small.program, self._beforehand)
        reach = whole.upstream(union(goal.arms))
        program, base = small.program.within(reach), small.base.within(reach)
        ways = [own for own in dict.fromkeys(effects.within(reach) for effects in small.effects) if any(own)]
        sets = (chosen for most in range(size + 1) for chosen in combinations(range(len(ways)), most))
        for number, chosen in enumerate(islice(sets, MOST_TRIED)):
            if stop is not None and number % PATIENCE == 0 and stop(number, len(chosen)):
                return True
            if unfold(program, _together(base, ways, chosen), self._beforehand).any_of(goal.arms) != UNDETERMINED:
                return False
        return True

    def _conditions(self, goals: Iterable[Goal]) -> list[Condition]:
        return [self._arms[arm] for arm in dict.fromkeys(arm for goal in goals for arm in goal.arms)]


def _together(base: Effects, effects: Sequence[Effects], chosen: Iterable[int]) -> Effects:
    """The effects of the base and some candidates."""
    for number in chosen:
        base |= effects[number]
    return base


class _Alike:
    """A problem in which one candidate stands for all that do the same, and none does nothing."""

    def __init__(self, problem: Problem) -> None:
        reach = IndexedProgram(problem.program).upstream(union(arm for goal in problem.goals for arm in goal.arms))
        kept = [(k, IndexedProgram(k.program).upstream(union(k.arms))) for k in problem.kept]
        groups: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for number, own in enumerate(problem.effects):
            does = (own.within(reach), *(k.effects[number].within(nodes) for k, nodes in kept))
            wanted = tuple(number in group for group in problem.needed)
            if any(map(any, does)) or any(wanted):
                groups[(*does, wanted)].append(number)
        self.groups = list(groups.values())
        first = [group[0] for group in self.groups]
        self.problem = Problem(
            problem.program,
            problem.base,
            tuple(problem.effects[n] for n in first),
            problem.goals,
            tuple(frozenset(i for i, n in enumerate(first) if n in group) for group in problem.needed),
            tuple(replace(kept, effects=tuple(kept.effects[n] for n in first)) for kept in problem.kept),
            problem.beforehand,
        )

    def spelt_out(self, found: Iterable[int]) -> list[tuple[int, ...]]:
        """Sets of stand-ins as all the sets of candidates that they stand for, at most one more than is kept."""
        sets: list[tuple[int, ...]] = []
        for mask in found:
            for pick in product(*(self.groups[i] for i in bits(mask))):
                sets.append(tuple(sorted(pick)))
                if len(sets) > MOST_FOUND:
                    return sets
        return sorted(sets, key=lambda s: (len(s), s))
