"""The sets of candidates as a tree, searched one size after the other for those that fulfil every condition.

It grows sets from the empty one.  A set that fails has reasons (:mod:`reasoner.search.conditions`), and every larger
set that succeeds holds one of the candidates that can undo each; so branching over those of one reason misses nothing.
Nor does branching over those that undo a third of all reasons, say, where no more than three may be added.  Reasons
that share no candidate need one each, which bounds how much is still to be added.  What is found is minimal
when it holds nothing found before, and what does hold such a set is left out with all that is larger.

A reason that stands without the set that it was found at holds in every branch: no set succeeds, however it came
about, that holds none of its candidates.  Such reasons are kept, and what is left of a branch is measured against all
that are known by then; leaving out what does not undo them misses nothing, for it would fail.  Other reasons are
forgotten with their branch.  So memory does not grow with the number of sets looked at, only with the reasons kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations

from reasoner.model.masks import bits, union
from reasoner.search.conditions import Condition, FunctionKept

#: Sets that are looked at, and sets that are kept, before a search gives up.
MOST_LOOKED_AT = 2_000_000
MOST_FOUND = 200_000
#: How often the caller is asked whether to go on: once in so many sets.
PATIENCE = 64

#: Where each reason has more candidates than this, those are sought that undo many reasons at once.
MANY = 16

Stop = Callable[[int, int], bool]


class Ended(Exception):
    """The search was told to end, or has grown too large."""


class Reasons:
    """Masks of candidates of which every solution holds one each, read both ways.

    Those that the empty set gives come first: the fewer candidates, the earlier.  Others are added as they are found.
    """

    def __init__(self, candidates: int, first: Iterable[int]) -> None:
        self.masks: list[int] = []
        self.hit_by = [0] * candidates
        self._known: dict[int, int] = {}
        for mask in sorted(set(first), key=lambda mask: (mask.bit_count(), mask)):
            self.add(mask)
        self.rank()

    def add(self, mask: int) -> int:
        """The bit of a reason, which is new or known."""
        if mask not in self._known:
            bit = 1 << len(self.masks)
            self._known[mask] = bit
            self.masks.append(mask)
            for candidate in bits(mask):
                self.hit_by[candidate] |= bit
        return self._known[mask]

    def since(self, number: int, chosen: int) -> int:
        """The reasons that were added after the first ``number``, without those that a set undoes."""
        return union(1 << n for n, mask in enumerate(self.masks[number:], number) if not mask & chosen)

    def rank(self) -> None:
        """Sort the candidates by how many of the reasons that are known by now they hit."""
        self.ranked = (1 << len(self.masks)) - 1
        self._broad = broad = [0] * (len(self.masks) + 1)
        for candidate, hits in enumerate(self.hit_by):
            broad[hits.bit_count()] |= 1 << candidate
        for number in reversed(range(len(self.masks))):
            broad[number] |= broad[number + 1]

    def heavy(self, needs: int, free: int, room: int, fewer_than: int) -> list[int] | None:
        """The free candidates that hit their share of the ranked reasons, most first; None when they are no fewer.

        Where ``room`` candidates hit all of these reasons, one of them hits such a share.
        """
        needs &= self.ranked
        share = -(-needs.bit_count() // room)
        hits = self.hit_by
        able = bits(self._broad[share] & free)
        found = [(-many, candidate) for candidate in able if (many := (hits[candidate] & needs).bit_count()) >= share]
        return [candidate for _, candidate in sorted(found)] if len(found) < fewer_than else None

    def hitting(self, needs: int, free: int) -> int:
        """The free candidates that hit all of some reasons by themselves."""
        able = self._broad[(needs & self.ranked).bit_count()] & free
        while able and needs:
            low = needs & -needs
            able &= self.masks[low.bit_length() - 1]
            needs ^= low
        return able


class SetTree:
    """The sets of candidates as a tree in which every set lies on one path; branches end where nothing can come.

    In what follows ``room`` is how many candidates may still be added, ``free`` are those that no earlier branch took,
    ``needs`` the reasons of every set that are still to be undone, and ``local`` such reasons as stand for larger sets
    of this one.
    """

    def __init__(self, conditions: Iterable[Condition], candidates: int, stop: Stop | None) -> None:
        self.found: dict[int, None] = {}
        self.looked_at = 0
        self.exhausted = False
        self._stop = stop
        self._size = 0
        self._first = False
        self._free = (1 << candidates) - 1
        self._shaky: list[Condition] = []
        self._shaken = [0] * candidates
        self._suspect = 0
        self._sizes: set[int] = set()
        self._lost: dict[int, list[Condition]] = defaultdict(list)
        self._raised: dict[int, list[Condition]] = defaultdict(list)
        reasons: list[int] = []
        for condition in conditions:
            reasons += condition.reasons
            if isinstance(condition, FunctionKept):
                for candidate in bits(condition.touches):
                    self._lost[candidate].append(condition)
            elif condition.shaken_by:
                for candidate in bits(condition.shaken_by):
                    self._shaken[candidate] |= 1 << len(self._shaky)
                self._shaky.append(condition)
                for candidate in bits(condition.raised_by):
                    self._raised[candidate].append(condition)
        self._reasons = Reasons(candidates, reasons)

    def grow_to(self, size: int, *, first: bool = False) -> None:
        """Find the minimal sets of ``size`` candidates, given the smaller ones; with ``first`` just one of any size."""
        self._size, self._first, self.exhausted = size, first, True
        self._pause()
        if self._reasons.masks:
            self._reasons.rank()
            self._branch(0, self._free, size, self._reasons.ranked, [])
        else:
            self.found, self._sizes = {0: None}, {0}

    def _branch(self, chosen: int, free: int, room: int, needs: int, local: list[int]) -> None:
        """Add each candidate that could undo one reason; later branches do without the candidates of earlier ones."""
        reasons = self._reasons
        known = len(reasons.masks)
        for candidate in self._tried(free, room, needs, local):
            if len(reasons.masks) > known:
                needs |= reasons.since(known, chosen)
                known = len(reasons.masks)
            self.looked_at += 1
            if self.looked_at % PATIENCE == 0:
                self._pause()
            bit = 1 << candidate
            free ^= bit
            left = needs & ~reasons.hit_by[candidate]
            if left and (room == 1 or (room == 2 and not reasons.hitting(left, free))):
                self.exhausted = False
                continue
            if self._holds_found(chosen, bit):
                continue
            undone = [undo for undo in local if not undo & bit]
            self._look_at(chosen | bit, free, room - 1, left, undone, candidate)
            if self._first and self.found:
                return

    def _look_at(self, chosen: int, free: int, room: int, needs: int, local: list[int], last: int) -> None:
        """Keep a set that fulfils every condition, else go on from it.

        A function that ``last`` takes away is seldom given back, and what ``last`` raises often stays up whatever else
        is cut, so these are asked at once; other conditions that may fail again, only when no reason is left.
        """
        for condition in self._lost.get(last, ()):
            undo = condition.undo(chosen)
            if undo is not None:
                local.append(undo)
                if not self._fits((undo,), free, room):
                    return
        if room:
            for condition in self._raised.get(last, ()):
                undo = condition.undo(chosen)
                if undo is not None and undo not in local:
                    local.append(undo)
                    if not undo & free:
                        return
        if not needs and not local:
            needs = self._shaken_reasons(chosen, room, local)
        if needs or local:
            if room:
                self._branch(chosen, free, room, needs, local)
        else:
            self.found[chosen] = None
            self._sizes.add(chosen.bit_count())

    def _shaken_reasons(self, chosen: int, room: int, local: list[int]) -> int:
        """The reasons that a set has though it undid all of the empty one: some for every set, others put in ``local``.

        Without room one is enough; what failed last is asked first.
        """
        needs = 0
        shaken = 0
        for candidate in bits(chosen):
            shaken |= self._shaken[candidate]
        suspect = self._suspect & shaken
        while shaken:
            bit = suspect or shaken & -shaken
            suspect = 0
            shaken ^= bit
            condition = self._shaky[bit.bit_length() - 1]
            undo = condition.undo(chosen)
            if undo is None:
                continue
            self._suspect = bit
            needs |= self._learn(condition, chosen, undo, local)
            if not room:
                break
        return needs

    def _learn(self, condition: Condition, chosen: int, undo: int, local: list[int]) -> int:
        """The bit of a reason for every set; 0 where there is just ``undo``, which goes to ``local``."""
        standing = undo if condition.steady else condition.standing(chosen)
        if standing is not None:
            return self._reasons.add(standing)
        local.append(undo)
        return 0

    def _tried(self, free: int, room: int, needs: int, local: list[int]) -> Iterable[int]:
        """The candidates to branch over: none where ``room`` of them cannot undo every reason."""
        if room == 1:
            self.exhausted = False
            for undo in local:
                free &= undo
            return bits(self._reasons.hitting(needs, free))
        undoing = [*local, *(self._reasons.masks[number] for number in bits(needs))]
        if not self._fits(undoing, free, room):
            return ()
        fewest = min((undo & free for undo in undoing), key=int.bit_count)
        number = fewest.bit_count()
        if number > MANY and not self._first:
            heavy = self._reasons.heavy(needs, free, room, number)
            if heavy is not None:
                self.exhausted = False
                return heavy
        return bits(fewest)

    def _fits(self, undoing: Iterable[int], free: int, room: int) -> bool:
        """Whether ``room`` candidates may undo all reasons: those that share no candidate need one each."""
        used = apart = 0
        for undo in undoing:
            able = undo & free
            if not able:
                return False
            if not able & used:
                used |= able
                apart += 1
                if apart > room:
                    self.exhausted = False
                    return False
        return True

    def _holds_found(self, chosen: int, bit: int) -> bool:
        """Whether a set, which holds none that was found, holds one with one more candidate; no such set is minimal."""
        most = chosen.bit_count()
        sizes = [size for size in self._sizes if size <= most]
        parts = [1 << number for number in bits(chosen)] if sizes else []
        return any(bit | union(some) in self.found for size in sizes for some in combinations(parts, size - 1))

    def _pause(self) -> None:
        if self.looked_at >= MOST_LOOKED_AT or len(self.found) >= MOST_FOUND:
            raise Ended
        if self._stop is not None and self._stop(self.looked_at, self._size):
            raise Ended
