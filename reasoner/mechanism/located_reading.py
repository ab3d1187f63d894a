"""The statements of a mechanism graph as they are read at one place: one cell, one disease, some states.

Every statement is read for every cell of the scene (:mod:`reasoner.mechanism.scene`).  Among statements that meet on
one activity the narrowest wins; a tie leaves it undetermined.  A stated interaction implies that its parts are there, a
complex that its subunits are, which is the weakest of all statements (:mod:`reasoner.mechanism.implied_parts`).  The
second way to read, *by analogy*, lets facts of other diseases and cells in, always as the widest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reasoner.mechanism.implied_parts import ImpliedParts
from reasoner.mechanism.located import LocatedMechanism, LocatedNode, ReadArm
from reasoner.mechanism.mechanism_graph import (
    INFLUENCES,
    PROMOTES,
    REQUIRED_FOR,
    Activity,
    Arm,
    Mechanism,
    MechanismGraph,
    Route,
    Statement,
)
from reasoner.mechanism.place import Narrowness, Place, narrowest
from reasoner.mechanism.read_nodes import ReadNodes
from reasoner.mechanism.scene import Reading, Scene
from reasoner.mechanism.widths import WIDEST, prevailing
from reasoner.model.components import reached

#: A route or function, and the cell for which it is read.
Owner = tuple[str, str | None]


class LocatedReading(ReadNodes):
    """The nodes, mechanisms, arms and implied parts that the statements of a graph come to at a place."""

    def __init__(self, graph: MechanismGraph, place: Place, scene: Scene) -> None:
        super().__init__(graph, place, scene)
        #: How narrowly each interaction is stated.
        self._engagements: dict[int, list[Narrowness]] = defaultdict(list)
        for statement in graph.statements:
            self._read_statement(statement)
        self.parts = ImpliedParts(self)
        read = list(self._read_mechanisms())
        self.mechanisms = self._joined(self._settle([m for m in read if m.sign != INFLUENCES]))
        #: Mechanisms of no known sign, which prove that something is touched.
        self.unsigned = [m for m in read if m.sign == INFLUENCES]
        self.arms = self._read_every_arm()
        self._share_origins()
        self.parts.imply_subunits()
        self._drop_idle_copies()

    # --- nodes -------------------------------------------------------------------------------------------------------

    def _share_origins(self) -> None:
        """Let each activity stand behind the nodes as which it is read, and the same thing in kinds of its cells."""
        alike: dict[tuple[str, tuple[str, ...]], list[Activity]] = defaultdict(list)
        for name, activity in self.graph.activities.items():
            alike[activity.kind, activity.things].append(activity)
            for places, _ in self.scene.readings([activity]):
                self.nodes[self.node_at(name, places[0])].origins.add(name)
        covers = self.graph.hierarchy.covers
        for node in self.nodes:
            at = node.activity.places
            for activity in alike[node.activity.kind, node.activity.things]:
                if activity.places == at or all(map(covers, activity.places, at)):
                    node.origins.add(activity.name)

    def _drop_idle_copies(self) -> None:
        """Drop the copies of activities that bear on nothing of the scenario, and number the other nodes anew."""
        kept = self._bearing()
        number = {old: new for new, old in enumerate(sorted(kept))}
        self.nodes = [self.nodes[index] for index in number]
        self.by_key = {key: number[index] for key, index in self.by_key.items() if index in number}
        self._placed.clear()
        self.mechanisms, self.unsigned = (
            [m.renumbered(number) for m in mechanisms if m.effect in number]
            for mechanisms in (self.mechanisms, self.unsigned)
        )
        self.arms = {owner: [arm.renumbered(number) for arm in read] for owner, read in self.arms.items()}
        self.parts.renumber(number)

    def _bearing(self) -> set[int]:
        """The nodes that arms need, those that are asked for by name, and all that bears on them."""
        edges = self.edges(unsigned=True)
        depended_on = {name for names in self.graph.depends.values() for name in names}
        todo = [i for i, n in enumerate(self.nodes) if self._is_asked_for(n) or n.origins & depended_on]
        todo += (index for read in self.arms.values() for arm in read for copy in arm.copies for index in copy)
        return reached(edges, todo)

    def edges(self, unsigned: bool = False) -> list[set[int]]:
        """For each node those on which it rests; with ``unsigned`` those too that bear on it with no known sign."""
        edges: list[set[int]] = [set() for _ in self.nodes]
        for mechanism in (*self.mechanisms, *(self.unsigned if unsigned else ())):
            edges[mechanism.effect].update(mechanism.requires)
        for whole, parts in self.parts.subunits.items():
            edges[whole].update(parts)
        return edges

    def _is_asked_for(self, node: LocatedNode) -> bool:
        """Whether a node is an activity as it is stated, or as it is read for the cell of the place alone."""
        mine, at = self.place.cell, node.activity.places
        return any(
            all(place in (stated, mine) for stated, place in zip(self.graph.activities[name].places, at, strict=True))
            for name in node.origins
        )

    # --- statements and mechanisms -----------------------------------------------------------------------------------

    def _read_statement(self, statement: Statement) -> None:
        if self.widths.is_silent([statement.scope]):
            return
        activity = self.graph.activities[statement.activity]
        named = frozenset(activity.places)
        for (places,), strict in self.scene.readings([activity]):
            widths, unstated = self.widths.of([statement.scope], self.widths.asked(named, places))
            if self.scene.analogy and not statement.holds:
                widths = tuple(w for w in widths if w.strict)
            node = self.nodes[self.node_at(statement.activity, places)]
            if strict or statement.holds:
                node.statements.extend((width if strict else WIDEST, statement) for width in widths)
            if unstated and strict:
                node.unstated.append(statement)

    def _read_mechanisms(self) -> Iterator[LocatedMechanism]:
        for mechanism in self.graph.mechanisms:
            if not self.widths.is_silent(mechanism.scopes):
                for sign, effect in mechanism.effects:
                    yield from self._read_mechanism(mechanism, sign, effect)

    def _read_mechanism(self, mechanism: Mechanism, sign: str, effect: str) -> Iterator[LocatedMechanism]:
        names = [effect, *mechanism.requires]
        activities = [self.graph.activities[name] for name in names]
        stated = tuple(activity.places for activity in activities)
        named = frozenset(cell for places in stated for cell in places)
        for places, strict in self._readings(mechanism, activities):
            target, *requires = map(self.node_at, names, places)
            cells = self.widths.asked(named, places[0])
            holds, unstated = self.widths.stated(mechanism.scopes, cells)
            denied, _ = self.widths.of(mechanism.denied, cells)
            if not holds:
                if unstated and not denied and strict and sign == PROMOTES:
                    self.nodes[target].unstated.append(mechanism.name)
                continue
            says = prevailing(holds, denied)
            if says is not False:
                widths = holds if strict else (WIDEST,)
                copied = places != stated
                yield LocatedMechanism(mechanism.name, tuple(requires), target, sign, widths, says is None, copied)

    def _readings(self, mechanism: Mechanism, activities: Sequence[Activity]) -> list[Reading]:
        """How a mechanism is read, its effect first; that of an interaction goes with the interaction."""
        if mechanism.engages:
            return self.scene.engagement(activities[0], activities[1:])
        return self.scene.readings(activities)

    def _settle(self, mechanisms: list[LocatedMechanism]) -> list[LocatedMechanism]:
        """Let the narrowest win among mechanisms that differ only in sign, and against denials of their effect.

        What is stated to interact comes first: what it implies of its parts may beat a denial that holds others back.
        """
        groups: dict[tuple[frozenset[int], int], list[LocatedMechanism]] = defaultdict(list)
        for mechanism in mechanisms:
            groups[frozenset(mechanism.requires), mechanism.effect].append(mechanism)
            if mechanism.name in self.graph.engaged:
                self._engagements[mechanism.effect] += mechanism.widths
        kept = list(self._standing(groups.values(), engaging=True))
        self.parts.imply_ends(kept)
        kept += self._standing(groups.values(), engaging=False)
        return sorted(kept, key=lambda m: (m.effect, m.name, m.copied, m.requires))

    def _standing(self, groups: Iterable[list[LocatedMechanism]], engaging: bool) -> Iterator[LocatedMechanism]:
        """The mechanisms that nothing as narrow contradicts, those of interactions or all others; weak in a tie."""
        for group in groups:
            for mechanism in group:
                if (mechanism.name in self.graph.engaged) is engaging:
                    stands = self._stands(mechanism, group)
                    if stands is not False:
                        yield mechanism if stands else mechanism._replace(weak=True)

    def _joined(self, mechanisms: list[LocatedMechanism]) -> list[LocatedMechanism]:
        """Make one condition of the copies of a ``requiredFor`` at several niche cells: it is met if one of them is."""
        copies: dict[tuple[str, int], list[LocatedMechanism]] = defaultdict(list)
        for mechanism in mechanisms:
            if mechanism.sign == REQUIRED_FOR:
                copies[mechanism.name, mechanism.effect].append(mechanism)
        several = {key: alike for key, alike in copies.items() if len(alike) > 1}
        joined = [m for m in mechanisms if m.sign != REQUIRED_FOR or (m.name, m.effect) not in several]
        for (name, effect), alike in several.items():
            met, doubted = self._condition(name, effect), all(m.weak for m in alike)
            joined += [m._replace(effect=met, sign=PROMOTES, weak=m.weak and not doubted) for m in alike]
            joined.append(alike[0]._replace(requires=(met,), weak=doubted))
        return joined

    def _condition(self, mechanism: str, effect: int) -> int:
        """A node of no cell: that what a mechanism requires is met somewhere, for one of its effects."""
        activity = Activity(mechanism, "Condition", (mechanism, *self.nodes[effect].activity.key), ())
        self.by_key[activity.key] = len(self.nodes)
        self.nodes.append(LocatedNode(f"{mechanism}__for__{self.nodes[effect].name}", activity))
        return len(self.nodes) - 1

    def _stands(self, mechanism: LocatedMechanism, group: Iterable[LocatedMechanism]) -> bool | None:
        """Whether nothing as narrow contradicts a mechanism: None in a tie with one that differs only in sign.

        A denial as narrow is before what is promoted, and in a tie with what is stated; a necessary condition
        contradicts nothing, nor does a release, which follows from what is made and is stated by nobody.
        """
        if mechanism.sign == REQUIRED_FOR:
            return True
        is_stated = mechanism.name in self.graph.engaged
        if mechanism.sign == PROMOTES and not is_stated and not self._overrules_denials(mechanism):
            return False
        stated = () if mechanism.name in self.graph.releasing else group
        others = (m for m in stated if m.sign not in (mechanism.sign, REQUIRED_FOR))
        rivals = [width for m in others if m.name not in self.graph.releasing for width in m.widths]
        if is_stated:
            rivals += self.nodes[mechanism.effect].denials
        return not rivals or narrowest([(w, True) for w in mechanism.widths] + [(w, False) for w in rivals])

    def _overrules_denials(self, mechanism: LocatedMechanism) -> bool:
        """Whether a mechanism is stated more narrowly than each denial of what it promotes that stands.

        A release is stated by nobody, and so no more narrowly than any.
        """
        denials = self._standing_denials(mechanism.effect)
        if mechanism.name in self.graph.releasing:
            return not denials
        return any(all(width.narrower_than(denial) for denial in denials) for width in mechanism.widths)

    def _standing_denials(self, index: int) -> list[Narrowness]:
        """How narrow the denials of a node are against which nothing is stated more narrowly."""
        stated = [width for width, statement in self.nodes[index].statements if statement.holds]
        stated += self._engagements.get(index, ())
        stated += (implied.width for implied in self.nodes[index].implied)
        return [d for d in self.nodes[index].denials if not any(width.narrower_than(d) for width in stated)]

    # --- arms --------------------------------------------------------------------------------------------------------

    def _read_every_arm(self) -> dict[Owner, list[ReadArm]]:
        """The arms of each route and function, for each cell for which they are asked."""
        mine = self.place.cell
        asked = [(route, mine) for route in self.graph.routes.values()]
        for function in self.graph.functions.values():
            asked += [(function, cell) for cell in dict.fromkeys((mine, *self.scene.cells_with(function)))]
        return {
            (owner.name, cell): [
                read for arm in self._ways(owner, cell) if (read := self._arm(arm, owner, cell)) is not None
            ]
            for owner, cell in asked
        }

    def _ways(self, owner: Route, mine: str | None) -> Sequence[Arm]:
        """The arms of a route or function that are read for a cell; by analogy all of them."""
        if self.scene.analogy:
            return owner.arms
        return [arm for arm in owner.arms if not arm.cell] if mine is None else self.graph.arms_for(owner, mine)

    def _arm(self, arm: Arm, route: Route, mine: str | None) -> ReadArm | None:
        cells = frozenset(self.graph.hierarchy.above(arm.cell)) if arm.cell else frozenset()
        holds, _ = self.widths.stated(arm.scopes or route.scopes, cells)
        denied, _ = self.widths.of(arm.denied, cells)
        says = prevailing(holds, denied)
        if not holds or says is False:
            return None
        activities = [self.graph.activities[name] for name in arm.needs]
        readings = self.scene.readings(activities, mine) or [Reading(tuple(a.places for a in activities))]
        copies = tuple(
            tuple(self.node_at(name, at) for name, at in zip(arm.needs, places, strict=True)) for places, _ in readings
        )
        return ReadArm(arm, copies, says is None)
