"""What a regimen has to fulfil, each condition with the candidates that could fulfil it where it fails.

A condition that fails has a *reason*: a derivation of an arm that should be off, a need of a function that should be
kept, a kind of agent that is missing.  Only certain candidates can undo a reason: those that cut the derivation or
raise what would suppress it, those that raise the function again.  Adding any others leaves the reason standing, so
every larger set that fulfils the condition holds one of them; no monotonicity is needed for that.  Where the reason
would be there without the set that fails, it *stands*: the same goes for every set then, larger or not.

Sets of candidates are masks, like sets of nodes: candidate ``i`` is the bit ``1 << i``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Protocol

from reasoner.mechanism.feedback import Loops, unfold
from reasoner.mechanism.well_founded import NO_EFFECTS, OFF, Effects, GroundClause, Program, Valuation, upstream
from reasoner.model.masks import bits, union

#: Judgements that a condition remembers before it forgets them all.
MOST_REMEMBERED = 1_000
#: Derivations of one node that are told apart, where all of an arm are sought.
MOST_WAYS = 32
#: Stands for a judgement that is not there yet; no mask is negative.
_UNKNOWN = -1


class Condition(Protocol):
    """Something that a set of candidates fulfils or not."""

    touches: int
    """The candidates that can make a difference."""
    shaken_by: int
    """Those by which a set may fail although it holds one of each of the reasons."""
    raised_by: int
    """Those of them that restore or supply something."""
    steady: bool
    """Whether a set that fulfils it still does with more candidates, and what undoes a reason does so everywhere."""

    @property
    def reasons(self) -> list[int]:
        """Masks of candidates: every set that fulfils the condition holds one of each."""

    def undo(self, chosen: int) -> int | None:
        """None when ``chosen`` fulfils the condition, else the other candidates of which a larger set needs one."""

    def standing(self, chosen: int) -> int | None:
        """Candidates, none of them in ``chosen``, of which every set that fulfils the condition holds one.

        None where nothing is found but what ``chosen`` itself brings about, or where it fulfils the condition.
        """


class CandidateReach:
    """What each candidate does, read both ways."""

    def __init__(self, effects: Sequence[Effects]) -> None:
        self.effects = effects
        self.cutting: dict[int, int] = defaultdict(int)
        self.raising: dict[int, int] = defaultdict(int)
        for number, own in enumerate(effects):
            for node in bits(own.cut):
                self.cutting[node] |= 1 << number
            for node in bits(own.lift | own.supply):
                self.raising[node] |= 1 << number
        self._last = (0, NO_EFFECTS)

    def touching(self, nodes: int) -> int:
        """The candidates that do anything to some nodes."""
        return self.cutters(nodes) | self.raisers(nodes)

    def cutters(self, nodes: int) -> int:
        """The candidates that cut some nodes."""
        return union(self.cutting.get(node, 0) for node in bits(nodes))

    def raisers(self, nodes: int) -> int:
        """The candidates that restore or supply some nodes."""
        return union(self.raising.get(node, 0) for node in bits(nodes))

    def together(self, chosen: int) -> Effects:
        """The effects of all the chosen candidates; many conditions ask this of the same set, one after the other."""
        if self._last[0] != chosen:
            cut = lift = supply = 0
            for number in bits(chosen):
                own = self.effects[number]
                cut |= own.cut
                lift |= own.lift
                supply |= own.supply
            self._last = (chosen, Effects(cut, lift, supply))
        return self._last[1]


class IndexedProgram:
    """A program with its clauses by the node that they bear on; ``beforehand`` is how it stood (default: untreated)."""

    def __init__(self, program: Program, beforehand: Valuation | None = None) -> None:
        self.program = program
        self._beforehand = beforehand
        self.positive: dict[int, list[GroundClause]] = defaultdict(list)
        self.negative: dict[int, list[GroundClause]] = defaultdict(list)
        for clauses, table in ((program.positive, self.positive), (program.negative, self.negative)):
            for clause in clauses:
                table[clause.effect.bit_length() - 1].append(clause)

    def upstream(self, mask: int) -> int:
        """The nodes that can bear on ``mask``, itself included."""
        return upstream(self._needed, mask)

    @cached_property
    def _needed(self) -> dict[int, int]:
        return self.program.required()

    def helps_and_hurts(self, mask: int) -> tuple[int, int]:
        """The nodes whose rise can raise those of ``mask``, itself included, and those whose rise can lower them."""
        helps, hurts = mask, 0
        new_helps, new_hurts = mask, 0
        while new_helps or new_hurts:
            more = _required(self.positive, new_helps) | _required(self.negative, new_hurts)
            less = _required(self.negative, new_helps) | _required(self.positive, new_hurts)
            new_helps, new_hurts = more & ~helps, less & ~hurts
            helps |= new_helps
            hurts |= new_hurts
        return helps, hurts

    @cached_property
    def beforehand(self) -> Valuation:
        """How the program stood before anything was given."""
        return self.program.evaluate() if self._beforehand is None else self._beforehand

    @cached_property
    def loops(self) -> Loops:
        """Where feedback may lie in it, whatever is given."""
        return Loops(self._needed, self.program.negative)

    def part(self, nodes: int) -> Program:
        """The program of some nodes that nothing else bears on."""
        order = list(bits(nodes))
        return Program(
            self.program.given & nodes,
            self.program.doubtful & nodes,
            tuple(clause for node in order for clause in self.positive.get(node, ())),
            tuple(clause for node in order for clause in self.negative.get(node, ())),
            self.program.inner & nodes,
        )


def _required(clauses: dict[int, list[GroundClause]], nodes: int) -> int:
    return union(clause.requires for node in bits(nodes) for clause in clauses.get(node, ()))


class _OfNodes:
    """What conditions on the value of nodes share: a slice of a program, its values, and who can raise what."""

    def __init__(self, whole: IndexedProgram, reach: CandidateReach, base: Effects, nodes: int) -> None:
        self.whole = whole
        self.reach = reach
        self.nodes = whole.upstream(nodes)
        self.program = whole.part(self.nodes)
        self.base = base.within(self.nodes)
        self.touches = reach.touching(self.nodes)
        self._bearing: dict[int, int] = {}
        self._known: dict[tuple[int, int, int], int | None] = {}
        #: For each node asked for: what can help it, and who raises that or cuts what can hurt it.
        self._polarity: dict[int, tuple[int, int]] = {}

    def undo(self, chosen: int) -> int | None:
        """See :class:`Condition`; sets that do the same here are judged once."""
        cut, lift, supply = self.reach.together(chosen)
        nodes = self.nodes
        here = (cut & nodes, lift & nodes, supply & nodes)
        found = self._known.get(here, _UNKNOWN)
        if found == _UNKNOWN:
            if len(self._known) >= MOST_REMEMBERED:
                self._known.clear()
            found = self._known[here] = self._judge(self.base | Effects(*here))
        return None if found is None else found & ~chosen

    def standing(self, chosen: int) -> int | None:
        """See :class:`Condition`; none, unless a kind of condition has a way to tell."""
        return None

    def _judge(self, effects: Effects) -> int | None:
        """None when the condition is fulfilled under these effects, else all candidates that may undo the reason."""
        raise NotImplementedError

    def unfolded(self, effects: Effects) -> Valuation:
        """The values of the slice under some effects."""
        return unfold(self.program, effects, self.whole.beforehand)

    def bearing(self, node: int) -> int:
        """The candidates that do anything to what can bear on a node."""
        if node not in self._bearing:
            self._bearing[node] = self.reach.touching(self.whole.upstream(1 << node))
        return self._bearing[node]

    def raisers(self, node: int, effects: Effects) -> int:
        """The candidates that can raise the value of a node under these effects.

        They raise what helps it or cut what hurts it; a cut also raises, to undetermined, what is lifted or supplied
        to no avail.
        """
        if node not in self._polarity:
            helps, hurts = self.whole.helps_and_hurts(1 << node)
            self._polarity[node] = helps, self.reach.raisers(helps) | self.reach.cutters(hurts)
        helps, able = self._polarity[node]
        return able | self.reach.cutters(helps & (effects.lift | effects.supply))


def _unions(choices: list[list[int]]) -> Iterator[int]:
    """The unions of one mask of each list, in a fixed order."""
    return (union(pick) for pick in product(*choices))


def _keep_least(kept: list[int], mask: int) -> bool:
    """Add a mask to those that hold no other, unless it holds one; whether it was added."""
    if any(least & mask == least for least in kept):
        return False
    kept[:] = [least for least in kept if least & mask != mask]
    kept.append(mask)
    return True


class ArmOff(_OfNodes):
    """An arm must be off: not even undetermined."""

    def __init__(self, whole: IndexedProgram, reach: CandidateReach, base: Effects, arm: int) -> None:
        super().__init__(whole, reach, base, arm)
        self.arm = arm
        self.raised_by = reach.raisers(self.nodes) | reach.cutters(self.base.lift | self.base.supply)
        self.steady = not (self.program.negative or self.raised_by)
        self.shaken_by = self.touches if self.program.negative or self._every is None else self.raised_by

    @cached_property
    def reasons(self) -> list[int]:
        """One for each derivation of the arm under the base, or just one of them when there are too many."""
        if self._every is not None:
            return self._every
        found = self.undo(0)
        return [] if found is None else [found]

    def standing(self, chosen: int) -> int | None:
        """See :class:`Condition`: who can undo a derivation of the arm under the base, if ``chosen`` cannot.

        Such a derivation holds under every set that has none of those who can lower one of its nodes, whatever else
        the set does; so it is sought among the nodes that no chosen candidate can lower.
        """
        if self._every is not None:
            return next((mask for mask in self._every if not mask & chosen), None)
        left = union(1 << node for node, lowering in self._base_own.items() if not lowering & chosen)
        return self._derived(self._base_start & left, left, self._base_own.__getitem__)

    def _judge(self, effects: Effects) -> int | None:
        unfolded = self.unfolded(effects)
        moment = self._way_through(unfolded)
        return None if moment is None else self._reason(moment, unfolded.settled, effects)

    def _way_through(self, unfolded: Valuation) -> Valuation | None:
        """The first step in which the arm is not off; None where it is off at once and after relief."""
        if unfolded.all_of(self.arm) == OFF:
            return None
        open_ = (moment for moment in unfolded.moments if moment.possible & self.arm == self.arm)
        return next(open_, unfolded.settled)

    @cached_property
    def _every(self) -> list[int] | None:
        """Who can undo each derivation of the arm under the base; None when there are too many derivations."""
        own = self._base_own
        ways = {node: [own[node]] for node in bits(self._base_start)}
        clauses = [(list(bits(c.requires)), c.effect.bit_length() - 1) for c in self.program.positive]
        clauses = [(requires, effect) for requires, effect in clauses if effect in own]
        changed = True
        while changed:
            changed = False
            for requires, effect in clauses:
                for mask in _unions([ways.get(node, []) for node in requires]):
                    changed |= _keep_least(ways.setdefault(effect, []), mask | own[effect])
                if len(ways.get(effect, ())) > MOST_WAYS:
                    return None
        found: list[int] = []
        for mask in _unions([ways.get(node, []) for node in bits(self.arm)]):
            _keep_least(found, mask)
        return found

    @cached_property
    def _base_own(self) -> dict[int, int]:
        """For each node that is possible under the base the candidates that can lower it in spite of a derivation."""
        if (moment := self._base_moment) is None:
            return {}
        settled, (_, torn) = self._base_values.settled, self._starts(moment, self.base)
        return {n: self._own(n, moment, settled, self.base, torn) for n in bits(moment.possible & self.nodes)}

    @cached_property
    def _base_values(self) -> Valuation:
        return self.unfolded(self.base)

    @cached_property
    def _base_moment(self) -> Valuation | None:
        """The first step under the base in which the arm is not off."""
        return self._way_through(self._base_values)

    @cached_property
    def _base_start(self) -> int:
        """The nodes that derivations under the base begin with."""
        return 0 if self._base_moment is None else self._starts(self._base_moment, self.base)[0]

    def _starts(self, valuation: Valuation, effects: Effects) -> tuple[int, int]:
        """The nodes that derivations begin with, and those among them that agents pull both ways."""
        torn = effects.cut & (effects.lift | effects.supply)
        return (self.program.given | self.program.doubtful | effects.supply | torn) & valuation.possible, torn

    def _reason(self, moment: Valuation, settled: Valuation, effects: Effects) -> int:
        """The candidates that can take away one derivation of the arm."""
        start, torn = self._starts(moment, effects)
        found = self._derived(start, moment.possible, lambda n: self._own(n, moment, settled, effects, torn))
        assert found is not None, "what is not off has a derivation"
        return found

    def _derived(self, start: int, able: int, own: Callable[[int], int]) -> int | None:
        """Who can take away one derivation of the arm, the one with the fewest such at each step; None without any.

        Derivations begin with some of ``start`` and stay within the nodes of ``able``; ``own`` tells who can lower one.
        """
        undo = {node: own(node) for node in bits(start)}
        reached = start
        pending = [c for c in self.program.positive if c.effect & able & ~reached]
        while self.arm & ~reached:
            best: dict[int, int] = {}
            for requires, effect, _ in pending:
                if not requires & ~reached:
                    node = effect.bit_length() - 1
                    mask = union(undo[n] for n in bits(requires))
                    if node not in best or mask.bit_count() < best[node].bit_count():
                        best[node] = mask
            if not best:
                return None
            for node, mask in best.items():
                undo[node] = mask | own(node)
                reached |= 1 << node
            pending = [c for c in pending if not c.effect & reached]
        return union(undo[node] for node in bits(self.arm))

    def _own(self, node: int, moment: Valuation, settled: Valuation, effects: Effects, torn: int) -> int:
        """The candidates that can lower a node in spite of its derivation: by a cut, or by raising what suppresses it.

        A node that agents pull both ways stays undetermined whatever else is given.
        """
        if torn >> node & 1:
            return 0
        found = self.reach.cutting.get(node, 0)
        if not (effects.lift | effects.supply) >> node & 1:
            for clause in self.whole.negative.get(node, ()):
                if not clause.weak:
                    found |= self._awakening(clause, moment, settled, effects)
        return found

    def _awakening(self, clause: GroundClause, moment: Valuation, settled: Valuation, effects: Effects) -> int:
        """The candidates that can make a negative mechanism certain in some step: those that raise one thing it lacks.

        What no feedback bears on, and what is off in the well-founded model, is raised as in that model.  What feedback
        leaves undetermined stays as it is in every step while no candidate bears on it at all; a suppression on a loop
        itself, while none bears on its effect.
        """
        ways = []
        looped = clause in self.whole.loops.clauses
        for node in bits(clause.requires & ~settled.on):
            if not (settled.possible & self.whole.loops.below) >> node & 1:
                ways.append(self.raisers(node, effects))
            elif not (looped or moment.on >> node & 1):
                ways.append(self.bearing(node))
        if looped:
            ways.append(self.bearing(clause.effect.bit_length() - 1))
        return min(ways, key=int.bit_count, default=0)


class FunctionKept(_OfNodes):
    """A function must not go off, neither at once nor after relief: one of its arms each."""

    steady = False
    raised_by = 0

    def __init__(self, whole: IndexedProgram, reach: CandidateReach, base: Effects, arms: Sequence[int]) -> None:
        super().__init__(whole, reach, base, union(arms))
        self.arms = arms
        self.shaken_by = self.touches

    @property
    def reasons(self) -> list[int]:
        """That of the base, when it has lost the function."""
        found = self.undo(0)
        return [] if found is None else [found]

    def _judge(self, effects: Effects) -> int | None:
        unfolded = self.unfolded(effects)
        if OFF not in (unfolded.at_once(self.arms), unfolded.after_relief(self.arms)):
            return None
        possible = unfolded.settled.possible
        if any(possible & arm == arm for arm in self.arms):
            return self.touches
        return union(
            min((self.raisers(node, effects) for node in bits(arm & ~possible)), key=int.bit_count, default=0)
            for arm in self.arms
        )


class OneOf:
    """One of a group of candidates must be taken."""

    steady = True
    shaken_by = raised_by = 0

    def __init__(self, group: Iterable[int]) -> None:
        self.touches = union(1 << number for number in group)
        self.reasons = [self.touches]

    def undo(self, chosen: int) -> int | None:
        """See :class:`Condition`."""
        return None if chosen & self.touches else self.touches

    standing = undo
