"""What is on only since an agent cut what suppressed it: who restored it, whether that was observed, and if in part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.mechanism.well_founded import OFF, ON
from reasoner.model.masks import union
from reasoner.scenario.scenario import RouteStanding, Scenario

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


class Restored:
    """The restorations of one scenario under some agents."""

    def __init__(self, reasoned: Reasoned, scenario: Scenario) -> None:
        self.observations = reasoned.observations
        self.scenario = scenario
        self.agents = frozenset((*scenario.background, *scenario.regimen))

    def by_analogy(self, standing: RouteStanding) -> bool:
        """Whether a route is on only because of a restoration that was observed for other agents of the class."""
        located = self.scenario.located
        upstream = located.upstream(union(arm.mask for arm, _ in standing.arms))
        return any(upstream >> index & 1 and self._analogous(index, agents) for index, agents in self.nodes.items())

    @cached_property
    def nodes(self) -> dict[int, list[str]]:
        """Nodes that agents turn on by cutting what suppresses them, with those agents."""
        found: dict[int, list[str]] = {}
        agents = self.scenario.regimen
        suppressed = {m.effect for m in self.scenario.located.mechanisms if m.sign == "suppresses"}
        for agent in agents:
            alone = self.scenario.valuation((agent,))
            for index in suppressed:
                bit = 1 << index
                if alone.value(bit) == ON and self.scenario.valuation(()).value(bit) == OFF:
                    found.setdefault(index, []).append(agent)
        for agent in self.scenario.background:
            for index in suppressed:
                if self.scenario.valuation(()).value(1 << index) == ON and self._reaches(agent, index):
                    found.setdefault(index, []).append(agent)
        return found

    def _reaches(self, agent: str, index: int) -> bool:
        located = self.scenario.located
        cut = located.effects_of(agent).acts.lowered
        return any(
            m.sign == "suppresses" and any(cut >> i & 1 for i in m.requires) for m in located.by_effect.get(index, ())
        )

    def _analogous(self, index: int, agents: Sequence[str]) -> bool:
        about = self.observations.about_activity(self.scenario.located.nodes[index].origins, "onIn")
        return bool(about) and not any(self.observations.by_agent_or_class(about, agent) for agent in agents)

    def partial_nodes(self) -> int:
        """The nodes whose value rests on an action or an observation that is stated to be partial.

        They are those that would have another value without the partial cuts and the partial restorations.
        """
        located = self.scenario.located
        partial = whole = 0
        for agent in self.agents:
            own = located.effects_of(agent)
            partial |= own.partial
            whole |= own.acts.lowered & ~own.partial
        lowered = partial & ~whole
        without = located.cutting(self._partly())
        for agent in self.agents:
            without |= located.sparing(agent, lowered)
        other, after = self.scenario.under(without), self.scenario.valuation()
        return (other.on ^ after.on) | (other.possible ^ after.possible)

    def _partly(self) -> int:
        """The nodes that an agent restores, as a source saw it, in part."""
        mask = 0
        for index, agents in self.nodes.items():
            about = self.observations.about_activity(self.scenario.located.nodes[index].origins, "onIn")
            if any(o.partial for a in agents for o in self.observations.by_agent_or_class(about, a)):
                mask |= 1 << index
        return mask
