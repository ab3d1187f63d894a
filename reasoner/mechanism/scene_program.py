"""The program of a located graph: what is given, what brings what about, and how agents act on it.

A node is a bit.  Beyond the nodes there are bits of no cell: a doubt that is undetermined, one for each arm that has
several copies, and *switches* with which agents turn on what is known beforehand.  A switch stands for an agonist at an
interaction, for the absence of a cell, and for an agent that depends on an activity; the nodes that such agents reach
are laid out in steps, so that what acts on them may itself be on, off or undetermined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reasoner.mechanism.located import LocatedArm, LocatedMechanism, Prerequisite, ReadArm, mask_of
from reasoner.mechanism.mechanism_graph import PROMOTES, SUPPRESSES
from reasoner.mechanism.well_founded import Effects, GroundClause, Program, Valuation
from reasoner.model.components import components
from reasoner.model.masks import bits

if TYPE_CHECKING:
    from reasoner.mechanism.agent_effects import Acting, Acts
    from reasoner.mechanism.located_nodes import LocatedNodes


class _Steps(NamedTuple):
    """The bits of a node that is laid out in steps: what is there by nature, then what agents leave of that.

    ``down``, ``up`` and ``lifted`` are on when something cuts the node, supplies it or lifts its suppression; ``held``
    is on while nothing lifts it; ``raised`` when anything raises it, which lifting does only while its cell is there.
    """

    natural: int
    left: int
    down: int
    up: int
    lifted: int
    held: int
    raised: int


class SceneProgram:
    """A located graph as a program of bits."""

    def __init__(self, located: LocatedNodes, acting: Acting) -> None:
        self.located = located
        self.acting = acting
        self._width = len(located.nodes)
        self._positive: list[GroundClause] = []
        self._negative: list[GroundClause] = []
        self._held = 0
        self.doubt = self._bit()
        self._joined = {
            arm.copies: self._bit() for read in located.reading.arms.values() for arm in read if len(arm.copies) > 1
        }
        self._sort_bases()
        self.given = self._decide()
        self._switches: dict[str, int] = {}
        self._steps: dict[int, _Steps] = {}
        self._agonists: dict[int, int] = {}
        self._lay_out()
        self._connect()
        self.inner = ((1 << self._width) - 1) & ~((1 << len(located.nodes)) - 1)
        self.program = self._program(self.given, self._steps).in_order()._replace(inner=self.inner)

    def _bit(self) -> int:
        self._width += 1
        return 1 << self._width - 1

    # --- what is there of itself -------------------------------------------------------------------------------------

    def _sort_bases(self) -> None:
        """Sort the nodes by what is said of them."""
        located, lesions = self.located, self.located.lesions
        self._stated = self._implied = self._doubted = self.lost = self.gained = 0
        for index, node in enumerate(located.nodes):
            bit = 1 << index
            if not node.activity.places and node.name in located.states:
                self._stated |= bit
            elif lesions.bearers and lesions.is_lost(node.activity):
                self.lost |= bit
            elif lesions.bearers and lesions.is_gained(node.activity):
                self.gained |= bit
            elif node.implied and located.parts.counts(index):
                self._implied |= bit
            elif node.statements:
                self._stated |= bit if node.says is True else 0
                self._doubted |= bit if node.says is None else 0
            elif node.unstated and not located.parts.is_regulated(index):
                self._doubted |= bit

    def _decide(self) -> int:
        """The nodes that are there of themselves: of implied parts those that no mechanism brings about untreated.

        Parts upstream are decided first, those that bring each other about together: what a loop holds on only because
        a part of it is implied stays implied.
        """
        regulated = mask_of(i for i in bits(self._implied) if self.located.parts.is_regulated(i))
        standing = self._stated | self.gained | (self._implied & ~regulated)
        if not regulated:
            return standing
        untreated: Valuation | None = None
        for component in components(self.located.rests_on, bits(regulated)):
            if here := mask_of(component) & regulated:
                untreated = untreated or self._program(standing, {}).evaluate()
                if stays := here & ~untreated.on:
                    standing, untreated = standing | stays, None
        return standing

    # --- clauses -----------------------------------------------------------------------------------------------------

    def _program(self, given: int, steps: dict[int, _Steps]) -> Program:
        """The program in which some nodes are there of themselves."""
        positive, negative = list(self._positive), list(self._negative)
        start, doubtful = self._held, self.doubt
        for index in bits((given | self._doubted) & ~self.lost):
            bit = 1 << index
            effect = steps[index].natural if index in steps else bit
            firm, weak = self._prerequisites(index)
            if firm | weak:
                positive += _conditioned(0, effect, firm, weak, bool(bit & ~given))
            elif bit & given:
                start |= effect
            else:
                doubtful |= effect
        for index, mechanisms in self.located.by_effect.items():
            if not self.lost >> index & 1:
                self._add_mechanisms(index, mechanisms, steps.get(index), positive, negative)
        positive += (GroundClause(mask_of(copy), bit) for copies, bit in self._joined.items() for copy in copies)
        return Program(start, doubtful, tuple(positive), tuple(negative))

    def _add_mechanisms(
        self,
        index: int,
        mechanisms: Iterable[LocatedMechanism],
        steps: _Steps | None,
        positive: list[GroundClause],
        negative: list[GroundClause],
    ) -> None:
        """Add the clauses of the mechanisms of a node; what a lesion sets to work nothing suppresses."""
        effect, held = (steps.natural, steps.held) if steps else (1 << index, 0)
        firm, weak = self._prerequisites(index)
        for mechanism in mechanisms:
            if mechanism.sign == PROMOTES:
                positive += _conditioned(mechanism.needed, effect, firm, weak, mechanism.weak)
            elif mechanism.sign == SUPPRESSES and not self.gained >> index & 1:
                negative.append(GroundClause(mechanism.needed | held, effect, mechanism.weak))

    def _prerequisites(self, index: int) -> tuple[int, int]:
        """The masks of what a node cannot be on without, and of that what is in doubt."""
        firm = weak = 0
        for prerequisite in self.prerequisites(index):
            if prerequisite.weak:
                weak |= mask_of(prerequisite.nodes)
            else:
                firm |= mask_of(prerequisite.nodes)
        return firm, weak & ~firm

    def prerequisites(self, index: int) -> list[Prerequisite]:
        """What a node cannot be on without; what a lesion sets to work needs nothing."""
        return [] if self.gained >> index & 1 else self.located.parts.prerequisites.get(index, [])

    def arm(self, arm: ReadArm) -> LocatedArm:
        """An arm with the mask of what it rests on."""
        mask = self._joined.get(arm.copies) or mask_of(arm.copies[0])
        return LocatedArm(arm.arm, arm.copies, mask | self.doubt if arm.is_contested else mask)

    # --- agents ------------------------------------------------------------------------------------------------------

    def effects(self, agent: str, spared: int = 0) -> Effects:
        """What an agent does to the program; ``spared`` are nodes that it is taken not to cut."""
        if self.located.graph.dependencies(agent):
            return Effects(supply=self._switches.get(agent, 0))
        acts = self.acting.acts_of(agent)
        found = self.acting_as(acts._replace(cut=acts.cut & ~spared))
        for cell in self.acting.depleted_cells(agent):
            found |= Effects(supply=self._switches.get(_absence(cell), 0))
        return found

    def acting_as(self, acts: Acts) -> Effects:
        """What it does to the program to act on nodes; what is lost nobody brings back."""
        cut, lift, supply = self._channelled(acts)
        return Effects(cut, lift & ~self.lost, supply & ~self.lost)

    def _channelled(self, acts: Acts) -> tuple[int, int, int]:
        """What is done to nodes, done to the first of their steps where they are laid out."""
        cut, lift, supply = acts.cut, acts.lift, acts.supply
        for index in bits(acts.activate):
            supply |= self._agonists.get(index, 0)
        for index, steps in self._steps.items():
            bit = 1 << index
            if bit & (cut | lift | supply):
                supply |= steps.down if cut & bit else 0
                supply |= steps.lifted if lift & bit else 0
                supply = supply & ~bit | (steps.up if supply & bit else 0)
                cut, lift = cut & ~bit, lift & ~bit
        return cut, lift, supply

    def _lay_out(self) -> None:
        """Make the switches, and the steps of the nodes that they reach."""
        located, graph = self.located, self.located.graph
        self._absent = sorted({cell for action in graph.actions for cell in action.depletes})
        conditional = {agent: self.acting.acts_of(agent) for agent in _dependent(located)}
        activated = 0
        for action in graph.actions:
            activated |= self.acting.unbarred(action).activate if action.activates else 0
        reached = activated | mask_of(i for i in range(len(located.nodes)) if self._cells_taken(i))
        for acts in conditional.values():
            reached |= acts.cut | acts.lift | acts.supply
        for cell in self._absent:
            self._switches[_absence(cell)] = self._bit()
        self._present = {cell: self._bit() for cell in self._absent}
        for agent in conditional:
            self._switches[agent] = self._bit()
        for index in bits(reached & ~self.lost):
            self._steps[index] = _Steps(*(self._bit() for _ in _Steps._fields))
        self._agonists = {index: self._bit() for index in bits(activated)}

    def _connect(self) -> None:
        """Write the clauses of switches and steps."""
        for cell, present in self._present.items():
            self._held |= present
            self._negative.append(GroundClause(self._switches[_absence(cell)], present))
        for index, laid_out in self._steps.items():
            self._connect_steps(index, laid_out)
        self._engage_without_ligand()
        for agent in _dependent(self.located):
            self._act_conditionally(agent)

    def _engage_without_ligand(self) -> None:
        """Let an agonist at a receptor at work supply an interaction that is stated here."""
        for mechanism in self.located.mechanisms:
            index = mechanism.effect
            if index in self._agonists and mechanism.name in self.located.graph.engaged:
                receptor = self.located.receptor_of(index)
                assert receptor is not None, "an interaction that is stated has its receptor"
                ways = self._agonists[index] | 1 << receptor
                self._positive.append(GroundClause(ways, self._steps[index].up, mechanism.weak))

    def _connect_steps(self, index: int, steps: _Steps) -> None:
        bit = 1 << index
        self._held |= steps.held
        self._promote(bit, steps.left)
        self._promote(bit, steps.down | steps.raised | self.doubt)
        self._promote(steps.left, steps.natural, steps.up)
        self._negative += [GroundClause(steps.down, steps.left), GroundClause(steps.lifted, steps.held)]
        is_free, there = self.located.nodes[index].activity.kind == "Availability", 0
        for cell in self._cells_taken(index):
            there |= self._present[cell]
            self._negative.append(GroundClause(self._switches[_absence(cell)], steps.natural if is_free else bit))
        self._promote(steps.raised, steps.up, steps.lifted | there)

    def _promote(self, effect: int, *ways: int) -> None:
        """Let each of some masks bring a bit about."""
        self._positive += (GroundClause(way, effect) for way in ways)

    def _act_conditionally(self, agent: str) -> None:
        """Let the switch of an agent do what the agent does wherever the activities that it depends on are on."""
        acts, switch = self.acting.acts_of(agent), self._switches[agent]
        names = self.located.graph.dependencies(agent)
        for index in bits(acts.cut | acts.lift | acts.supply | acts.activate):
            steps = self._steps.get(index)
            needed = self._dependency(names, self.located.nodes[index].activity.acted_on)
            if steps is None or needed is None:
                continue
            bit, ways = 1 << index, needed | switch
            self._promote(steps.down, *[ways] * bool(acts.cut & bit))
            self._promote(steps.up, *[ways] * bool(acts.supply & bit))
            self._promote(steps.lifted, *[ways] * bool(acts.lift & bit))
            if acts.activate & bit:
                self._promote(self._agonists[index], ways)
        for cell in self.acting.depleted_cells(agent):
            if (needed := self._dependency(names, (cell,))) is not None:
                self._promote(self._switches[_absence(cell)], needed | switch)

    def _dependency(self, names: Iterable[str], at: Sequence[str]) -> int | None:
        """The mask of activities as they are in the cell that is acted on; None where one is not there at all."""
        found = [self.located.find_at(name, at) for name in names]
        return None if None in found else mask_of(index for index in found if index is not None)

    def _cells_taken(self, index: int) -> list[str]:
        """The cells that agents may take away and with which a node goes."""
        covers = self.located.graph.hierarchy.covers
        if not self._absent:
            return []
        at = self.located.nodes[index].activity.acted_on
        return [cell for cell in self._absent if any(covers(cell, place) for place in at)]


def _absence(cell: str) -> str:
    """The name of the switch that takes a cell away."""
    return f"absent:{cell}"


def _dependent(located: LocatedNodes) -> list[str]:
    """The agents that depend on an activity, by themselves or by a class of theirs."""
    graph = located.graph
    return sorted({agent for name in graph.depends for agent in (name, *graph.members_of(name))})


def _conditioned(needed: int, effect: int, firm: int, weak: int, in_doubt: bool) -> Iterator[GroundClause]:
    """A way in which a node comes on, under conditions of which some may be in doubt."""
    yield GroundClause(needed | firm | weak, effect, in_doubt)
    if weak:
        yield GroundClause(needed | firm, effect, True)
