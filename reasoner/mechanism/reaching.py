"""Which actions do something to a route or function at a place, as far as what is denied there leaves a way.

``mayTouch`` follows everything that is stated in whatever scope: it leaves out nobody who reaches a route, and names
some who would have to go through an activity that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.mechanism.agent_effects import Acting
from reasoner.mechanism.hold import Hold
from reasoner.mechanism.located import mask_of
from reasoner.model.components import reached

if TYPE_CHECKING:
    from reasoner.mechanism.located_nodes import LocatedNodes
    from reasoner.mechanism.mechanism_graph import Route


class Reaching:
    """What bears on routes and functions at one place; ``values`` tell of each node whether it holds there."""

    def __init__(self, located: LocatedNodes, values: Sequence[Hold]) -> None:
        self.located = located
        self.values = values
        self._edges = list(self._paths())
        self._acting = Acting(located)
        self._touched: dict[str, int] = {}

    def actions(self, owner: Route, cell: str | None) -> Iterator[str]:
        """The actions that do something, whatever the sign, to what bears on a way through it for a cell."""
        read = self.located.reading.arms.get((owner.name, cell), ())
        needs = {i for arm in read for copy in arm.copies if self._holds(copy) for i in copy}
        bearing = mask_of(reached(self._edges, needs))
        for action in self.located.graph.actions:
            if bearing and self._reach(action.name) & bearing:
                yield action.name

    def _reach(self, name: str) -> int:
        if not self._touched:
            self._touched = {action.name: self._acting.touched(action) for action in self.located.graph.actions}
        return self._touched[name]

    def _holds(self, nodes: Sequence[int]) -> bool:
        return all(self.values[index] is not False for index in nodes)

    def _paths(self) -> Iterator[set[int]]:
        """For each node those that bear on it, by mechanisms nothing of which is denied."""
        reading = self.located.reading
        found: list[set[int]] = [set() for _ in self.located.nodes]
        for mechanism in (*reading.mechanisms, *reading.unsigned):
            if self._holds(mechanism.requires):
                found[mechanism.effect].update(mechanism.requires)
        for whole, parts in reading.parts.subunits.items():
            found[whole].update(parts)
        yield from found
