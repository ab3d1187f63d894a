"""Which agents do the same at a place, and which of its states change something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reasoner.model.masks import bits
from reasoner.scenario.scenario import Scenario

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


class Likeness:
    """What agents and states do to the nodes of one scenario."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario) -> None:
        self.reasoned = reasoned
        self.scenario = scenario
        self._deeds: dict[str, dict[str, int]] = {}
        self._defeated_by: dict[str, frozenset[str]] = {}
        self._changed: dict[str, tuple[int, bool]] = {}
        self._upstream: dict[int, tuple[int, frozenset[str]]] = {}

    def alike(self, one: str, other: str, nodes: int) -> bool:
        """Whether two agents act in one mode on the same one of some nodes; a class acts as its members do.

        Where the other does nothing to these, on the same one of any nodes: nothing is derived by what it does.
        """
        deeds, others = self._of(one), self._of(other)
        within = nodes if any(reached & nodes for reached in others.values()) else -1
        return any(reached & others.get(mode, 0) & within for mode, reached in deeds.items())

    def _of(self, agent: str) -> dict[str, int]:
        """The nodes that an agent acts on, by mode, whatever lesion keeps it from them."""
        if agent not in self._deeds:
            acting, closure = self.scenario.located.acting, self.reasoned.closure
            found: dict[str, int] = defaultdict(int)
            for member in (agent, *self.reasoned.graph.members_of(agent)):
                for action in acting.in_scope(member):
                    for mode in closure.objects("hasMode", action.name):
                        found[str(mode)] |= acting.unbarred(action).reached
            self._deeds[agent] = dict(found)
        return self._deeds[agent]

    def defeated_by(self, agent: str) -> frozenset[str]:
        """The lesions of the place that keep an agent, or every member of a class, from something."""
        if agent not in self._defeated_by:
            members = [name for name in (agent, *self.reasoned.graph.members_of(agent)) if self._of(name)]
            kept = [{lesion for _, lesion in self.scenario.located.effects_of(m).defeated} for m in members]
            self._defeated_by[agent] = frozenset(set.intersection(*kept) if kept else ())
        return self._defeated_by[agent]

    def changing(self, nodes: int) -> frozenset[str]:
        """The states of the place that keep an agent from acting, or without which one of some nodes would differ."""
        return frozenset(
            state for state in self.scenario.located.place.states if (own := self._change(state))[1] or own[0] & nodes
        )

    def _change(self, state: str) -> tuple[int, bool]:
        """The nodes that a state gives another value, and whether it keeps an agent from acting."""
        if state not in self._changed:
            located, scenario = self.scenario.located, self.scenario
            place = located.place._replace(states=located.place.states - {state})
            without = Scenario(
                self.reasoned.located(place, located.scene.analogy), scenario.background, scenario.regimen
            )
            defeats = _in_force(without) != _in_force(scenario)
            mask = sum(1 << index for index in self._differing(without))
            self._changed[state] = mask, defeats
        return self._changed[state]

    def _differing(self, other: Scenario) -> Iterator[int]:
        mine, theirs = self.scenario.valuation(), other.valuation()
        for index, node in enumerate(self.scenario.located.nodes):
            index_there = other.located.by_key.get(node.activity.key)
            value = None if index_there is None else theirs.value(1 << index_there)
            if mine.value(1 << index) != value:
                yield index

    def upstream(self, nodes: int) -> tuple[int, frozenset[str]]:
        """The nodes on which some nodes rest, and what they stand for."""
        if nodes not in self._upstream:
            upstream = self.scenario.located.upstream(nodes)
            self._upstream[nodes] = upstream, self._things(upstream)
        return self._upstream[nodes]

    def _things(self, nodes: int) -> frozenset[str]:
        """What some nodes stand for: their molecules and processes, and the activities that are read there."""
        found: set[str] = set()
        located = self.scenario.located
        for index in bits(nodes & ((1 << len(located.nodes)) - 1)):
            node = located.nodes[index]
            found.update(node.activity.things, node.origins, (node.name,))
        return frozenset(found)


def _in_force(scenario: Scenario) -> tuple[object, ...]:
    """Which killers are effective, and which actions a lesion keeps from something."""
    defeated = {
        (action.name, lesion)
        for agent in (*scenario.background, *scenario.regimen)
        for action, lesion in scenario.located.effects_of(agent).defeated
    }
    return frozenset(killer.agent for killer in scenario.killers), frozenset(defeated)
