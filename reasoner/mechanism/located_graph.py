"""The mechanism graph at work at one place: what is on there, which arms it opens, and what agents do to it.

What the statements of the graph come to at the place is read in :mod:`reasoner.mechanism.located_reading`, and becomes
a program in :mod:`reasoner.mechanism.scene_program`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from reasoner.mechanism.agent_effects import Acting, Acts, AgentEffects
from reasoner.mechanism.located import Implied, LocatedArm, Prerequisite, mask_of
from reasoner.mechanism.located_nodes import LocatedNodes
from reasoner.mechanism.mechanism_graph import Activity, MechanismGraph, Route
from reasoner.mechanism.place import Place
from reasoner.mechanism.scene import Scene
from reasoner.mechanism.scene_program import SceneProgram
from reasoner.mechanism.well_founded import ON, Effects, Program, Valuation, upstream
from reasoner.model.components import components, reached
from reasoner.model.masks import union


class LocatedGraph(LocatedNodes):
    """A mechanism graph at one place; ``scene`` are the cells of that place, in whatever state.

    ``supposed`` are hypothetical agents that stand for what is supposed of activities, treated or not.
    """

    def __init__(self, graph: MechanismGraph, place: Place, scene: Scene, supposed: Sequence[str] = ()) -> None:
        super().__init__(graph, place, scene)
        self.acting = Acting(self)
        self._compiled = SceneProgram(self, self.acting)
        self.program, self.doubt = self._compiled.program, self._compiled.doubt
        #: The nodes that are there of themselves (stated, implied, gained, or states of the place), those that a lesion
        #: of the place takes away and those that it sets to work, and the bits of the program that are no nodes.
        self.given, self.lost, self.gained = self._compiled.given, self._compiled.lost, self._compiled.gained
        self.inner = self._compiled.inner
        self._arms = {key: [self._compiled.arm(arm) for arm in read] for key, read in self.reading.arms.items()}
        self._effects: dict[str, AgentEffects] = {}
        self._sliced: dict[int, tuple[Program, int]] = {}
        self._supposed = supposed

    # --- nodes -------------------------------------------------------------------------------------------------------

    def has_at_work(self, molecule: str) -> bool:
        """Whether a molecule is at work in the cell of the place while nothing is given."""
        index = self.by_key.get(Activity("", "MoleculeActivity", (molecule,), (self.place.cell or "",)).key)
        return index is not None and self.untreated.value(1 << index) == ON

    @cached_property
    def untreated(self) -> Valuation:
        """The scene while nothing is given."""
        return self.program.evaluate(self.together(self._supposed))

    def together(self, agents: Iterable[str]) -> Effects:
        """What some agents do to the program."""
        total = Effects()
        for agent in agents:
            total |= self.effects_of(agent).effects
        return total

    def as_stood(self, other: LocatedGraph, then: Valuation) -> Valuation:
        """What held in another graph of the same cells, for the nodes of this one."""
        there = [(1 << index, 1 << other.by_key[key]) for key, index in self.by_key.items() if key in other.by_key]
        on = union(here for here, bit in there if then.on & bit)
        return Valuation(on, union(here for here, bit in there if then.possible & bit))

    def reads(self, name: str) -> bool:
        """Whether some activity is called so when it is read for the cell of the place."""
        return any(node.name == name for node in self.nodes)

    def touching(self, arms: Iterable[LocatedArm]) -> int:
        """The nodes that bear on some arms in whatever way, unsigned influences among them."""
        return mask_of(reached(self._bearing, (index for arm in arms for index in arm.needs)))

    @cached_property
    def _bearing(self) -> list[set[int]]:
        return self.reading.edges(unsigned=True)

    @cached_property
    def in_order(self) -> list[list[int]]:
        """The nodes, those together that rest on each other, each after all on which it rests."""
        return list(components(self.rests_on))

    # --- arms and agents ---------------------------------------------------------------------------------------------

    def arms(self, route: Route, cell: str | None = None) -> list[LocatedArm]:
        """The arms of a route or function that were stated for the place, read for a cell (default: that of the place).

        A route is read for the cell of the place, a function for the normal cells that have it as well.
        """
        return self._arms[route.name, cell or self.place.cell]

    def part(self, mask: int) -> tuple[Program, int]:
        """The part of the program that bears on some nodes, and its nodes; kept, as every regimen asks for the same."""
        if mask not in self._sliced:
            reach = self.upstream(mask)
            self._sliced[mask] = self.program.within(reach), reach
        return self._sliced[mask]

    def upstream(self, mask: int) -> int:
        """The nodes that can bear on some, those included."""
        return upstream(self._required, mask)

    @cached_property
    def _required(self) -> dict[int, int]:
        return self.program.required()

    def effects_of(self, agent: str) -> AgentEffects:
        """What an agent does at the place."""
        if agent not in self._effects:
            self._effects[agent] = self.acting.summary(agent, self._compiled.effects(agent))
        return self._effects[agent]

    def sparing(self, agent: str, nodes: int) -> Effects:
        """What an agent does but for the cuts of some nodes."""
        return self._compiled.effects(agent, spared=nodes)

    def cutting(self, nodes: int) -> Effects:
        """What a cut of some nodes would do."""
        return self._compiled.acting_as(Acts(cut=nodes))

    def prerequisites(self, index: int) -> list[Prerequisite]:
        """What a node cannot be on without."""
        return self._compiled.prerequisites(index)

    def implied(self, index: int) -> list[Implied]:
        """What implies that a node is there, where that counts."""
        node = self.nodes[index]
        return node.implied if self.given >> index & 1 and node.says is not True else []
