"""Feedback: what a loop through a suppression comes to, at once and after relief.

Where the well-founded model leaves nodes undetermined because something holds down what it rests on itself, they are
read in steps.  *At once* the suppressions on such loops act as they stood beforehand, under the effects in force;
*after relief* each step reads them as they stood in the step before, until a state of them comes back.  What is off at
once and on in a later step *rebounds*: the cut of a cascade frees what the cascade itself kept down.

Everything is three-valued.  A suppression that was undetermined beforehand is so at once: where the untreated cell is
undetermined by the very loop, there is no step to speak of.  What the well-founded model decides no step changes, as
it rests on nothing that is read in steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from reasoner.mechanism.well_founded import (
    OFF,
    ON,
    REBOUNDS,
    UNDETERMINED,
    Effects,
    GroundClause,
    Program,
    Valuation,
    either,
)
from reasoner.model.components import components
from reasoner.model.masks import bits, union

if TYPE_CHECKING:
    from reasoner.model.documents.words import ActivityValue, Momentary

#: Steps that are followed; of what a network that counts longer never turns on in them nothing is known.
MOST_STEPS = 4_096

#: For each suppression that is read in steps the value of what it requires.
_Stage = tuple[str, ...]


class Unfolded(Valuation):
    """A valuation whose feedback is read in steps; ``on`` and ``possible`` are what they come to for single nodes.

    A conjunction is judged step by step, as its nodes may never be on together.
    """

    _settled: Valuation
    _moments: tuple[Valuation, ...]
    _later: tuple[Valuation, ...]
    _ends: tuple[Valuation, ...]

    @classmethod
    def of(cls, settled: Valuation, moments: Sequence[Valuation], returns: int | None) -> Unfolded:
        """The steps over a well-founded model; the last of them leads to step ``returns`` (None: nobody knows)."""
        later = (*moments[1:], *moments[:1]) if returns == 0 else tuple(moments[1:])
        if returns is None:
            later = (*later, settled)
        now, ever_on, ever_possible = moments[0], union(v.on for v in later), union(v.possible for v in later)
        made = cls(now.on & ever_on, now.possible | ever_possible)
        made._settled, made._moments, made._later = settled, tuple(moments), later
        made._ends = (settled,) if returns is None else tuple(moments[returns:])
        return made

    def value(self, bit: int) -> ActivityValue:
        """The value of one node; *rebounds* where it is off at once and on after relief."""
        return self.any_of((bit,))

    def all_of(self, mask: int) -> ActivityValue:
        """The value of the conjunction of the nodes in ``mask``."""
        return self.any_of((mask,))

    def any_of(self, masks: Iterable[int]) -> ActivityValue:
        """The value of the disjunction of some conjunctions."""
        arms = tuple(masks)
        now, after = self.at_once(arms), self.after_relief(arms)
        return now if now == after else REBOUNDS if (now, after) == (OFF, ON) else UNDETERMINED

    def at_once(self, masks: Iterable[int]) -> Momentary:
        """The value of a disjunction before any feedback has told."""
        return self._moments[0].at_once(masks)

    def after_relief(self, masks: Iterable[int]) -> Momentary:
        """The value of a disjunction once feedback has told: on if it is on in any later step."""
        arms = tuple(masks)
        return either({moment.any_of(arms) for moment in self._later})

    @property
    def settled(self) -> Valuation:
        """The well-founded model, in which feedback leaves nodes undetermined."""
        return self._settled

    @property
    def moments(self) -> tuple[Valuation, ...]:
        """What holds at once, then in each step after relief."""
        return self._moments

    @property
    def ending(self) -> Valuation:
        """What the steps end in: what is so in all of those that come back for ever."""
        on = self._ends[0].on
        for moment in self._ends[1:]:
            on &= moment.on
        return Valuation(on, union(moment.possible for moment in self._ends))


def unfold(program: Program, effects: Effects, beforehand: Valuation) -> Valuation:
    """The valuation of a program under ``effects``, its feedback read from how suppressions stood ``beforehand``."""
    settled = program.evaluate(effects)
    looped = _looped(program, effects, settled)
    if not looped:
        return settled
    return _Steps(program, effects, looped).unfolded(settled, beforehand)


def _looped(program: Program, effects: Effects, settled: Valuation) -> tuple[int, ...]:
    """The places, among the negative clauses, of the suppressions on loops that leave nodes undetermined."""
    open_, free = settled.possible & ~settled.on, effects.lift | effects.supply
    possible, held = settled.possible, open_ & ~free
    found = [
        (place, clause)
        for place, clause in enumerate(program.negative)
        if clause[1] & held and clause[0] & open_ and clause[0] & possible == clause[0]
    ]
    if not found:
        return ()
    positive = (c for c in program.positive if c.effect & open_ and c.requires & possible == c.requires)
    component = _components(open_, (*positive, *(clause for _, clause in found)))
    return tuple(
        place
        for place, clause in found
        if any(component[node] == component[clause.effect.bit_length() - 1] for node in bits(clause.requires & open_))
    )


def _components(nodes: int, clauses: Iterable[GroundClause]) -> dict[int, int]:
    """For each of some nodes a number that it shares with those that it rests on and that rest on it."""
    required: dict[int, int] = {}
    for requires, effect, _ in clauses:
        required[effect] = required.get(effect, 0) | (requires & nodes)
    return {node: number for number, found in enumerate(_upstream_first(nodes, required)) for node in found}


def _upstream_first(nodes: int, required: Mapping[int, int]) -> list[list[int]]:
    """The nodes, those together that rest on each other, each after all on which it rests."""
    order = {node: place for place, node in enumerate(bits(nodes))}
    names = list(order)
    edges = [[order[other] for other in bits(required.get(1 << node, 0))] for node in names]
    return [[names[place] for place in found] for found in components(edges)]


class Loops:
    """Where feedback may lie in a program, whatever is given: suppressions of what they rest on themselves.

    ``clauses`` are these, ``below`` the nodes on which such a loop can bear.
    """

    def __init__(self, required: Mapping[int, int], negative: Iterable[GroundClause]) -> None:
        found = _upstream_first(union(required) | union(required.values()), required)
        component = {node: number for number, nodes in enumerate(found) for node in nodes}
        self.clauses = frozenset(
            clause
            for clause in negative
            if any(component[node] == component[clause[1].bit_length() - 1] for node in bits(clause[0]))
        )
        looped = {component[clause.effect.bit_length() - 1] for clause in self.clauses}
        self.below = 0
        for number, nodes in enumerate(found if looped else ()):
            if number in looped or any(required.get(1 << node, 0) & self.below for node in nodes):
                self.below |= union(1 << node for node in nodes)


class _Steps:
    """The steps of a program under some effects, some of its suppressions as they stood in the step before."""

    def __init__(self, program: Program, effects: Effects, looped: Sequence[int]) -> None:
        self._program = program
        self._effects = effects
        self._delayed = [program.negative[place] for place in looped]
        held = frozenset(looped)
        self._instant = tuple(clause for place, clause in enumerate(program.negative) if place not in held)
        reads_inner = union(clause.requires for clause in self._delayed) & program.inner
        self._within = program.within(program.inner) if reads_inner else None

    def unfolded(self, settled: Valuation, beforehand: Valuation) -> Unfolded:
        """The steps until a state of the suppressions comes back."""
        state = self._state(beforehand)
        known: dict[_Stage, int] = {}
        moments: list[Valuation] = []
        while state not in known and len(moments) < MOST_STEPS:
            known[state] = len(moments)
            moments.append(self._step(state))
            state = self._state(moments[-1])
        return Unfolded.of(settled, moments, known.get(state))

    def _step(self, state: _Stage) -> Valuation:
        """The program with the delayed suppressions as they stand."""
        standing = tuple(
            GroundClause(0, clause.effect, clause.weak or value == UNDETERMINED)
            for clause, value in zip(self._delayed, state, strict=True)
            if value != OFF
        )
        return self._program._replace(negative=self._instant + standing).evaluate(self._effects)

    def _state(self, moment: Valuation) -> _Stage:
        """How the delayed suppressions stand, given the nodes of a moment and the effects in force."""
        read = moment if self._within is None else self._followed(self._within, moment)
        return tuple(read.all_of(clause.requires) for clause in self._delayed)

    def _followed(self, within: Program, moment: Valuation) -> Valuation:
        """What follows at once from the nodes of a moment: an agent acts where that is on on which it depends."""
        inner = within.inner
        on, possible = moment.on & ~inner, moment.possible & ~inner
        read = within._replace(given=within.given | on, doubtful=within.doubtful | (possible & ~on))
        return read.evaluate(self._effects.within(inner))
