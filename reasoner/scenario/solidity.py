"""How solid a conclusion is: its weakest premise along its best derivation.

Two scores are computed in the same way: the tier of the setting (clinical … inference) and the modality (how firmly the
source speaks).  A fact scores as its best claim, a fact without a claim as inference, a definitional fact (a role, a
subunit) is neutral.  What is on scores as its best derivation; what is off as the best reason for its being off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reasoner.closure.saturate import Closure
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import MODALITIES
from reasoner.mechanism.agent_effects import Acts
from reasoner.mechanism.located import LocatedArm, LocatedMechanism, Prerequisite
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import PROMOTES, SUPPRESSES, Action
from reasoner.mechanism.well_founded import OFF, ON, Valuation
from reasoner.model.atom import Fact
from reasoner.model.components import reached
from reasoner.model.masks import bits
from reasoner.scenario.scenario import Scenario

NEUTRAL = 99


class Solidity(NamedTuple):
    """Rank of the weakest tier and of the weakest modality; :data:`NEUTRAL` when nothing was needed."""

    tier: int
    modality: int

    def weakest(self, other: Solidity) -> Solidity:
        """Both needed: the weaker of each."""
        return Solidity(min(self.tier, other.tier), min(self.modality, other.modality))

    def best(self, other: Solidity) -> Solidity:
        """Either will do: the stronger derivation, by tier and then by modality."""
        return max(self, other)


FIRM = Solidity(NEUTRAL, NEUTRAL)
NOTHING = Solidity(-1, -1)
INFERENCE = Solidity(0, 0)


def of_claims(reasoned: Reasoned, claims: Iterable[str]) -> Solidity:
    """The best of some claims; inference when there are none."""
    best = INFERENCE
    for name in claims:
        claim = reasoned.base.claim(name)
        rank = MODALITIES.index(claim.modality) + 1 if claim.modality in MODALITIES else 0
        best = best.best(Solidity(claim.rank, rank))
    return best


def of_fact(reasoned: Reasoned, fact: Fact) -> Solidity:
    """The solidity of an asserted fact."""
    return of_claims(reasoned, reasoned.support(fact).supported)


def _weakest(items: Iterable[Solidity]) -> Solidity:
    total = FIRM
    for item in items:
        total = total.weakest(item)
    return total


def _best(items: Iterable[Solidity]) -> Solidity:
    found = NOTHING
    for item in items:
        found = found.best(item)
    return found


def engaged_facts(closure: Closure, interaction: str) -> list[Fact]:
    """The roles of an interaction that its mechanism consists of."""
    roles = ("hasLigand", "hasReceptor", "hasReceiver")
    return [Fact(role, interaction, value) for role in roles for value in closure.objects(role, interaction)]


def mechanism_facts(located: LocatedGraph, mechanism: LocatedMechanism) -> list[Fact]:
    """The asserted facts that a mechanism consists of; of a minted one, those of its interaction."""
    closure = located.graph.closure
    if interaction := located.graph.engaged.get(mechanism.name):
        given = [Fact("givenIn", interaction, scope) for scope in closure.objects("givenIn", interaction)]
        fits = located.graph.hierarchy.fits
        return [*engaged_facts(closure, interaction), *(f for f in given if fits([str(f.object)], located.place))]
    if closure.objects("releases", mechanism.name):
        return []
    facts = [Fact("requires", mechanism.name, value) for value in closure.objects("requires", mechanism.name)]
    effects = closure.objects(mechanism.sign, mechanism.name)
    asserted = [Fact(mechanism.sign, mechanism.name, e) for e in effects]
    return [fact for fact in (*facts, *asserted) if closure.is_asserted(fact)]


def action_fact(action: Action) -> Fact:
    """The asserted fact that an action rests on."""
    return Fact("hasTarget", action.name, action.target)


class Scores:
    """The solidity of nodes under one regimen of a scenario: each is scored when it is asked for, with its upstream."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario, agents: Sequence[str]) -> None:
        self.reasoned = reasoned
        self.scenario = scenario
        self.located = scenario.located
        self._regimen = agents
        self.agents = (*scenario.background, *agents)
        self.valuation: Valuation = scenario.valuation(agents)
        self._mechanism_scores: dict[tuple[str, str], Solidity] = {}
        self._on = [NOTHING] * len(self.located.nodes)
        self._off = [FIRM] * len(self.located.nodes)
        self._scored: set[int] = set()
        self._cut = self._actions(lambda acts: acts.lowered)
        self._lifted = self._actions(lambda acts: acts.lift | acts.activate)
        self._supplied = self._actions(lambda acts: acts.supply)
        self._activated = self._actions(lambda acts: acts.activate)

    def _actions(self, nodes: Callable[[Acts], int]) -> dict[int, Solidity]:
        """The best action in force that does something to each node."""
        found: dict[int, Solidity] = {}
        for agent in self.agents:
            force = nodes(self.scenario.acts_in_force(agent, self._regimen))
            for action in self.located.effects_of(agent).actions:
                reached = nodes(self.located.acting.reach(action, agent).acts) & force
                score = of_fact(self.reasoned, action_fact(action)) if reached else NOTHING
                for index in bits(reached):
                    found[index] = found.get(index, NOTHING).best(score)
        return found

    def _value(self, index: int) -> str:
        return self.valuation.value(1 << index)

    def on(self, index: int) -> Solidity:
        """How solid it is that a node is on: its best derivation."""
        self._score(index)
        return self._on[index]

    def off(self, index: int) -> Solidity:
        """How solid it is that a node is off: the best reason for it."""
        self._score(index)
        return self._off[index]

    def _score(self, index: int) -> None:
        """Score a node and all that bears on it, what is upstream first."""
        if index in self._scored:
            return
        fresh = reached(self.located.rests_on, [index]) - self._scored
        self._scored |= fresh
        upstream_first = [component for component in self.located.in_order if component[0] in fresh]
        for component in upstream_first:
            self._raise([i for i in component if self._value(i) == ON])
        for component in upstream_first:
            self._lower([i for i in component if self._value(i) == OFF])

    def _raise(self, indexes: Sequence[int]) -> None:
        """Least fixpoint: derivations are well founded."""
        changed = True
        while changed:
            changed = False
            for index in indexes:
                new = self._on[index].best(self._on_score(index))
                if new != self._on[index]:
                    self._on[index] = new
                    changed = len(indexes) > 1

    def _lower(self, indexes: Sequence[int]) -> None:
        """Greatest fixpoint: what is off in a loop is off for want of a start."""
        for _ in range(len(indexes) + 1):
            changed = False
            for index in indexes:
                new = self._off_score(index)
                if new < self._off[index]:
                    self._off[index] = new
                    changed = len(indexes) > 1
            if not changed:
                return

    def mechanism(self, mechanism: LocatedMechanism) -> Solidity:
        """The solidity of the facts of a mechanism."""
        key = mechanism.name, mechanism.sign
        if key not in self._mechanism_scores:
            self._mechanism_scores[key] = _weakest(
                of_fact(self.reasoned, f) for f in mechanism_facts(self.located, mechanism)
            )
        return self._mechanism_scores[key]

    def _starts(self, index: int) -> list[Solidity]:
        """How solid it is that a node is on of itself: supplied, a state of the scenario, or stated."""
        ways = [self._supplied[index]] if index in self._supplied else []
        if self.located.nodes[index].name in self.located.states or self.located.gained >> index & 1:
            ways.append(FIRM)
        ways += [of_fact(self.reasoned, s.fact) for s in self.located.nodes[index].base_statements if s.holds]
        ways += [of_fact(self.reasoned, implied.fact) for implied in self.located.implied(index)]
        return ways

    def _prerequisite(self, prerequisite: Prerequisite) -> Solidity:
        """How solid it is that a node needs something."""
        if prerequisite.mechanism is not None:
            return self.mechanism(prerequisite.mechanism)
        return FIRM if prerequisite.fact is None else of_fact(self.reasoned, prerequisite.fact)

    def _on_score(self, index: int) -> Solidity:
        ways = self._starts(index)
        if index in self._activated:
            receptor = self.located.receptor_of(index)
            ways.append(self._activated[index].weakest(FIRM if receptor is None else self._on[receptor]))
        met = FIRM
        if index not in self._supplied and index not in self._activated:
            prerequisites = (i for c in self.located.prerequisites(index) for i in c.nodes if self._value(i) == ON)
            met = _weakest(self._on[i] for i in prerequisites)
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                if not mechanism.weak and all(self._value(i) == ON for i in mechanism.requires):
                    ways.append(self.mechanism(mechanism).weakest(_weakest(self._on[i] for i in mechanism.requires)))
            elif mechanism.sign == SUPPRESSES and index in self._lifted and index not in self._supplied:
                met = met.weakest(self._lifted[index])
        return _best(ways).weakest(met) if ways else NOTHING

    def _off_score(self, index: int) -> Solidity:
        if self.located.lost >> index & 1:
            return FIRM
        if index in self._cut:
            return self._cut[index]
        ways = [of_fact(self.reasoned, s.fact) for s in self.located.nodes[index].base_statements if not s.holds]
        ways += (
            self._off[i].weakest(self._prerequisite(c))
            for c in self.located.prerequisites(index)
            for i in c.nodes
            if self._value(i) == OFF
        )
        failures: list[Solidity] = []
        for mechanism in self.located.by_effect.get(index, ()):
            if mechanism.sign == PROMOTES:
                failures.append(_best(self._off[i] for i in mechanism.requires if self._value(i) == OFF))
            elif mechanism.sign == SUPPRESSES and all(self._value(i) == ON for i in mechanism.requires):
                ways.append(self.mechanism(mechanism).weakest(_weakest(self._on[i] for i in mechanism.requires)))
        if ways:
            return _best(ways)
        return _weakest(f for f in failures if f != NOTHING)

    def _need(self, arm: LocatedArm, position: int) -> Solidity:
        """The solidity of the statement that an arm needs an activity."""
        return of_fact(self.reasoned, Fact("needs", arm.arm.name, arm.arm.needs[position]))

    def arm_off(self, arm: LocatedArm) -> Solidity:
        """The best way in which an arm is off, in the niche where that is least solid."""
        return _weakest(
            _best(
                self.off(index).weakest(self._need(arm, position))
                for position, index in enumerate(copy)
                if self._value(index) == OFF
            )
            for copy in arm.copies
        )

    def arm_on(self, arm: LocatedArm) -> Solidity:
        """The weakest need of an arm that is on, in the niche where it is most solid."""
        return _best(
            _weakest(self.on(index).weakest(self._need(arm, p)) for p, index in enumerate(copy))
            for copy in arm.copies
            if all(self._value(index) == ON for index in copy)
        )

    def break_of(self, arms: Sequence[LocatedArm]) -> Solidity:
        """How solid it is that all of these arms are off: the weakest of them."""
        return _weakest(self.arm_off(arm) for arm in arms)

    def opening_of(self, arms: Sequence[LocatedArm]) -> Solidity:
        """How solid it is that one of these arms is on: the best of them that is."""
        return _best(self.arm_on(arm) for arm in arms if self.valuation.all_of(arm.mask) == ON)
