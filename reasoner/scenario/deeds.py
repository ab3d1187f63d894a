"""What the agents of a scenario do to single nodes, with the facts that say so, and what keeps them from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.agent_effects import Acts
from reasoner.mechanism.located import LocatedMechanism, mask_of
from reasoner.mechanism.mechanism_graph import Action
from reasoner.mechanism.well_founded import OFF, ON, UNDETERMINED, Valuation
from reasoner.model.atom import Fact
from reasoner.scenario.scenario import Scenario
from reasoner.scenario.solidity import action_fact

#: The ways to act on a node, in the order of :class:`~reasoner.mechanism.agent_effects.Acts`.
CUT, LIFT, SUPPLY, ACTIVATE, DEPLETE = range(len(Acts._fields))
LOWERING, RAISING = (DEPLETE, CUT), (SUPPLY, ACTIVATE, LIFT)
#: What relates an action to the activities and cells that it acts on, by way.
_RELATIONS = ("cuts", "lifts", "provides", "activates", "depletes")


class Deed(NamedTuple):
    """An agent that acts on a node in one way, and the nodes of the activities without which it does not.

    ``cells`` are those that it takes away with the node; ``facts`` say what it does.
    """

    agent: str
    needed: tuple[int, ...]
    cells: tuple[str, ...]
    facts: tuple[Fact, ...]
    stated: tuple[Fact, ...]


class Hindered(NamedTuple):
    """An agent that would act on a node but for a lesion, or for an activity that is off or unknown there."""

    agent: str
    action: Action
    lesion: str = ""
    lacking: str = ""
    node: int | None = None


class Deeds:
    """The deeds of some agents under one valuation of a scenario."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario, agents: Iterable[str], valuation: Valuation) -> None:
        self.reasoned = reasoned
        self.located = scenario.located
        self.agents = tuple(agents)
        self.valuation = valuation

    def done(self, index: int, *ways: int) -> list[Deed]:
        """What is done to a node, in the order of the ways."""
        return [deed for way in ways for deed in self._deeds(index, way, ON)]

    def pending(self, index: int, *ways: int) -> list[Deed]:
        """What may be done to a node: what the agent depends on is undetermined."""
        return [deed for way in ways for deed in self._deeds(index, way, UNDETERMINED)]

    def _deeds(self, index: int, way: int, value: str) -> Iterator[Deed]:
        for agent in self.agents:
            if self.located.effects_of(agent).acts[way] >> index & 1:
                for needed, cells in self._sites(agent, index, way):
                    if self._force(index, way, needed) == value:
                        nodes = tuple(node for node in needed if node is not None)
                        yield self._deed(agent, index, way, nodes, cells)

    def _force(self, index: int, way: int, needed: Sequence[int | None]) -> str:
        """Whether an agent has what it needs to act on a node; at an interaction that is in doubt it acts in doubt."""
        value = self._value(needed)
        in_doubt = way == ACTIVATE and all(mechanism.weak for mechanism in self.engagements(index))
        return UNDETERMINED if value == ON and in_doubt else value

    def _sites(self, agent: str, index: int, way: int) -> Iterator[tuple[list[int | None], tuple[str, ...]]]:
        """What an agent needs where it acts on a node: in each cell that it takes away, else where the node is.

        That is what it depends on, and for an agonist the receptor at work of an interaction that is stated here.
        """
        depends, at = self.located.effects_of(agent).depends, self.located.nodes[index].activity.acted_on
        if way == DEPLETE:
            covers = self.located.graph.hierarchy.covers
            for cell in sorted(self.located.acting.depleted_cells(agent)):
                if any(covers(cell, place) for place in at):
                    yield [self.located.find_at(name, (cell,)) for name in depends], (cell,)
        elif way != ACTIVATE:
            yield [self.located.find_at(name, at) for name in depends], ()
        elif self.engagements(index):
            yield [*(self.located.find_at(name, at) for name in depends), self.located.receptor_of(index)], ()

    def engagements(self, index: int) -> list[LocatedMechanism]:
        """What states an interaction here."""
        return [m for m in self.located.by_effect.get(index, ()) if m.name in self.located.graph.engaged]

    def _value(self, needed: Iterable[int | None]) -> str:
        """The value of the conjunction of some nodes; what is no node is off."""
        nodes = list(needed)
        if None in nodes:
            return OFF
        return self.valuation.all_of(mask_of(node for node in nodes if node is not None))

    def _deed(self, agent: str, index: int, way: int, needed: tuple[int, ...], cells: tuple[str, ...]) -> Deed:
        acting, actions = self.located.acting, self.located.acting.in_scope(agent)
        own = [a for a in actions if acting.reach(a, agent).acts[way] >> index & 1]
        if cells:
            own = [a for a in own if a.depletes.intersection(cells)]
        stated = [a for a in own if agent in a.agents] or own
        facts = [fact for a in stated for fact in self._reaches(a, index, way, cells)]
        facts += [fact for a in stated for fact in self._carried_out(agent, a)]
        return Deed(agent, needed, cells, tuple(facts), tuple(action_fact(a) for a in stated))

    def _reaches(self, action: Action, index: int, way: int, cells: Sequence[str]) -> Iterator[Fact]:
        """That an action reaches a node: the activities that the node stands for, or its cell."""
        named = (action.cuts, action.lifts, action.provides, action.activates, action.depletes)[way]
        reached = named & (frozenset(cells) if way == DEPLETE else self.located.nodes[index].origins)
        return (Fact(_RELATIONS[way], action.name, name) for name in sorted(reached))

    def _carried_out(self, agent: str, action: Action) -> Iterator[Fact]:
        """That an action is the agent's, or that of a class of it."""
        for carrier in sorted({*action.agents} & self.reasoned.graph.classes_of(agent)):
            yield Fact("hasAgent", action.name, carrier)
            if carrier != agent:
                yield Fact("memberOf", agent, carrier)

    # --- what is not done --------------------------------------------------------------------------------------------

    def hindered(self, index: int, *ways: int) -> Iterator[Hindered]:
        """The agents that would act on a node in these ways and do not, each by what hinders it first."""
        for agent in self.agents:
            acts = self.located.effects_of(agent).acts
            reaching = [way for way in ways if acts[way] >> index & 1]
            if not reaching:
                yield from self._barred(agent, index, ways)
                continue
            sites = [(way, needed) for way in reaching for needed, _ in self._sites(agent, index, way)]
            if sites and all(self._value(needed) == OFF for _, needed in sites):
                yield self._without(agent, index, *sites[0])

    def _barred(self, agent: str, index: int, ways: Iterable[int]) -> Iterator[Hindered]:
        acting, activity = self.located.acting, self.located.nodes[index].activity
        for action in acting.in_scope(agent) if self.located.lesions.bearers else ():
            aimed = acting.unbarred(action)
            if any(aimed[way] >> index & 1 for way in ways):
                lesion = self.located.lesions.defeating(action, activity, acting.overcome(agent))
                yield Hindered(agent, action, lesion=lesion)
                return

    def _without(self, agent: str, index: int, way: int, needed: Sequence[int | None]) -> Hindered:
        """What an agent lacks that needs something: an activity that is off, or of which nothing is known there."""
        acting = self.located.acting
        action = next(a for a in acting.in_scope(agent) if acting.reach(a, agent).acts[way] >> index & 1)
        node = next(node for node in needed if node is None or self.valuation.value(1 << node) == OFF)
        depends = self.located.effects_of(agent).depends
        place = needed.index(node)
        lacking = depends[place] if place < len(depends) or node is None else self.located.nodes[node].name
        return Hindered(agent, action, lacking=lacking, node=node)
