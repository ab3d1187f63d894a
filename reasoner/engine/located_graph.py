"""The mechanism graph as read at one place: one cell, one disease, some states.

Every statement is read for every cell of the scene (:mod:`reasoner.engine.scene`).  Among statements that meet on one
activity the narrowest wins; a tie leaves it undetermined.  A stated interaction implies that its parts are there, a
complex that its subunits are, which is the weakest of all statements (:mod:`reasoner.engine.implied_parts`).  The
second way to read, *by analogy*, lets facts of other diseases and cells in, always as the widest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.engine.agent_effects import Acting, Acts, AgentEffects
from reasoner.engine.implied_parts import ImpliedParts
from reasoner.engine.lesions import BorneLesions
from reasoner.engine.located import Condition, Implied, LocatedArm, LocatedMechanism, LocatedNode, ReadArm
from reasoner.engine.masks import union
from reasoner.engine.mechanism_graph import (
    INFLUENCES,
    PROMOTES,
    REQUIRED_FOR,
    Activity,
    Arm,
    Mechanism,
    MechanismGraph,
    Statement,
)
from reasoner.engine.place import Miss, Narrowness, Place, narrowest
from reasoner.engine.scene import Reading, Scene
from reasoner.engine.scene_program import SceneProgram
from reasoner.engine.well_founded import ON, Effects, Program, Valuation

if TYPE_CHECKING:
    from reasoner.engine.mechanism_graph import Route

#: The narrowness of what is known of another disease or cell.
WIDEST = Narrowness(False, frozenset())
#: A route or function, and the cell for which it is read.
_Owner = tuple[str, str | None]
_INFIX = {"MoleculeActivity": "in", "Supply": "from", "Availability": "available_from", "CellProcess": "of"}


class LocatedGraph:
    """A mechanism graph read at one place."""

    def __init__(self, graph: MechanismGraph, place: Place, analogy: bool = False) -> None:
        self.graph = graph
        self.place = place
        self.analogy = analogy
        self.scene = Scene(graph, place, analogy)
        self.states = graph.hierarchy.states_in(place)
        self.nodes: list[LocatedNode] = []
        self.by_key: dict[tuple[str, ...], int] = {}
        self._known = {graph.keys[name]: name for name in reversed(graph.activities)}
        self._placed: dict[tuple[str, tuple[str, ...]], int] = {}
        self._asked: dict[tuple[frozenset[str], tuple[str, ...]], frozenset[str]] = {}
        self._fits: dict[str, frozenset[str] | Miss] = {}
        #: How narrowly each interaction is stated.
        self._engagements: dict[int, list[Narrowness]] = defaultdict(list)
        for statement in graph.statements:
            self._read_statement(statement)
        read = list(self._read_mechanisms())
        self.mechanisms = self._joined(self._settle([m for m in read if m.sign != INFLUENCES]))
        #: Mechanisms of no known sign, which prove that something is touched.
        self.unsigned = [m for m in read if m.sign == INFLUENCES]
        arms = self._read_every_arm()
        self._share_origins()
        self.lesions = BorneLesions(graph, self.scene)
        self.parts = ImpliedParts(self)
        arms = self._without_idle_copies(arms)
        self.acting = Acting(self)
        self._compiled = SceneProgram(self, [arm for read in arms.values() for arm in read])
        self.program, self.doubt = self._compiled.program, self._compiled.doubt
        #: The nodes that are there of themselves (stated, implied, gained, or states of the place), those that a lesion
        #: of the place takes away and those that it sets to work, and the bits of the program that are no nodes.
        self.given, self.lost, self.gained = self._compiled.given, self._compiled.lost, self._compiled.gained
        self.inner = self._compiled.inner
        self._arms = {key: [self._compiled.arm(arm) for arm in read] for key, read in arms.items()}
        self._effects: dict[str, AgentEffects] = {}
        self._sliced: dict[int, tuple[Program, int]] = {}

    # --- nodes -------------------------------------------------------------------------------------------------------

    def node_at(self, name: str, places: tuple[str, ...]) -> int:
        """The index of an activity of the graph at some places; made where there is none yet."""
        index = self._placed.get((name, places))
        if index is None:
            stated = self.graph.activities[name]
            index = self.node(stated if stated.places == places else stated._replace(places=places))
            self._placed[name, places] = index
        return index

    def node(self, activity: Activity) -> int:
        """The index of the node with these roles; made where there is none yet."""
        key = activity.key
        index = self.by_key.get(key)
        if index is None:
            index = self.by_key[key] = len(self.nodes)
            called = self._known.get(key) or self._called(activity)
            self.nodes.append(LocatedNode(called, activity._replace(name=called)))
        return index

    def _called(self, activity: Activity) -> str:
        """A readable name of an activity that no fact describes."""
        if infix := _INFIX.get(activity.kind):
            return f"{activity.things[0]}__{infix}__{activity.places[0]}"
        stated = self.graph.activities[activity.name].places
        moved = [
            f"__{word}__{cell}"
            for word, cell, before in zip(("as", "from"), activity.places[::-1], stated[::-1], strict=False)
            if cell != before
        ]
        return activity.name + "".join(moved)

    def find(self, name: str) -> int | None:
        """The index of the node that a name stands for in this scenario, None when there is none.

        What is said of a broader kind of cell is said of the cell of the place: the name of an activity of the broader
        kind stands for that of the cell, as it does where an arm needs it.
        """
        if (activity := self.graph.activities.get(name)) is not None:
            for places, _ in (*self.scene.readings([activity], self.place.cell), Reading((activity.places,))):
                if (index := self.by_key.get(activity._replace(places=places[0]).key)) is not None:
                    return index
            return None
        return next((i for i, node in enumerate(self.nodes) if node.name == name), None)

    def find_at(self, name: str, cells: Iterable[str]) -> int | None:
        """The node of an activity in one of some cells, where it is said of that or a broader cell; else its own."""
        activity = self.graph.activities[name]
        for cell in cells:
            if activity.places and self.graph.hierarchy.covers(activity.places[-1], cell):
                return self.by_key.get(activity._replace(places=(*activity.places[:-1], cell)).key)
        return self.find(name)

    def receptor_of(self, interaction: int) -> int | None:
        """The node of the receptor at work of an interaction."""
        activity = self.nodes[interaction].activity
        return self.by_key.get(("MoleculeActivity", activity.things[1], "@", activity.places[1]))

    def has_at_work(self, molecule: str) -> bool:
        """Whether a molecule is at work in the cell of the place while nothing is given."""
        index = self.by_key.get(Activity("", "MoleculeActivity", (molecule,), (self.place.cell or "",)).key)
        return index is not None and self.untreated.value(1 << index) == ON

    @cached_property
    def untreated(self) -> Valuation:
        """The scene while nothing is given."""
        return self.program.evaluate()

    def reads(self, name: str) -> bool:
        """Whether some activity is called so when it is read for the cell of the place."""
        return any(node.name == name for node in self.nodes)

    def _share_origins(self) -> None:
        """Let each activity stand behind the nodes of the same thing in the same cells, or in kinds of them."""
        alike: dict[tuple[str, tuple[str, ...]], list[Activity]] = defaultdict(list)
        for name, activity in self.graph.activities.items():
            alike[activity.kind, activity.things].append(activity)
            for places, _ in self.scene.readings([activity]):
                self.node_at(name, places[0])
        above = self.graph.hierarchy.above
        for node in self.nodes:
            broader = [above(place) for place in node.activity.places]
            for activity in alike[node.activity.kind, node.activity.things]:
                if all(place in found for place, found in zip(activity.places, broader, strict=True)):
                    node.origins.add(activity.name)

    def _without_idle_copies(self, arms: dict[_Owner, list[ReadArm]]) -> dict[_Owner, list[ReadArm]]:
        """Drop the copies of activities that bear on nothing of the scenario, and number the other nodes anew."""
        kept = self._bearing([index for read in arms.values() for arm in read for c in arm.copies for index in c])
        number = {old: new for new, old in enumerate(sorted(kept))}
        self.nodes = [self.nodes[index] for index in number]
        self.by_key = {key: number[index] for key, index in self.by_key.items() if index in number}
        self._placed.clear()
        self.mechanisms, self.unsigned = (
            [
                m._replace(requires=tuple(number[i] for i in m.requires), effect=number[m.effect])
                for m in mechanisms
                if m.effect in number
            ]
            for mechanisms in (self.mechanisms, self.unsigned)
        )
        self.parts.renumber(number)
        return {
            key: [arm._replace(copies=tuple(tuple(number[i] for i in copy) for copy in arm.copies)) for arm in read]
            for key, read in arms.items()
        }

    def _bearing(self, needed: Iterable[int]) -> set[int]:
        """The nodes that arms need, those that are asked for by name, and all that bears on them."""
        edges = self._edges()
        depended_on = {name for names in self.graph.depends.values() for name in names}
        todo = [i for i, n in enumerate(self.nodes) if self._is_asked_for(n) or n.origins & depended_on]
        todo += needed
        kept: set[int] = set()
        while todo:
            if (index := todo.pop()) not in kept:
                kept.add(index)
                todo += edges[index]
        return kept

    def _edges(self) -> dict[int, list[int]]:
        """For each node those that bear on it, in whatever way."""
        edges: dict[int, list[int]] = defaultdict(list)
        for mechanism in (*self.mechanisms, *self.unsigned):
            edges[mechanism.effect] += mechanism.requires
        for whole, parts in self.parts.subunits.items():
            edges[whole] += parts
        return edges

    def touching(self, arms: Iterable[LocatedArm]) -> int:
        """The nodes that bear on some arms in whatever way, unsigned influences among them."""
        edges, mask = self._bearing_edges, 0
        todo = [index for arm in arms for index in arm.needs]
        while todo:
            index = todo.pop()
            if not mask >> index & 1:
                mask |= 1 << index
                todo += edges.get(index, ())
        return mask

    @cached_property
    def _bearing_edges(self) -> dict[int, list[int]]:
        return dict(self._edges())

    def _is_asked_for(self, node: LocatedNode) -> bool:
        """Whether a node is an activity as it is stated, or as it is read for the cell of the place alone."""
        mine, at = self.place.cell, node.activity.places
        return any(
            all(place in (stated, mine) for stated, place in zip(self.graph.activities[name].places, at, strict=True))
            for name in node.origins
        )

    # --- statements and mechanisms -----------------------------------------------------------------------------------

    def asked(self, named: frozenset[str], places: tuple[str, ...]) -> frozenset[str]:
        """The kinds of cell that a statement asks for which bears on some places: broader kinds of them or of mine."""
        found = self._asked.get((named, places))
        if found is None:
            above = self.graph.hierarchy.above
            about = frozenset().union(*map(above, places if self.place.cell is None else (*places, self.place.cell)))
            found = self._asked[named, places] = frozenset().union(*map(above, named & about))
        return found

    def widths(self, scopes: Iterable[str], cells: frozenset[str]) -> tuple[list[Narrowness], bool]:
        """How narrow a statement is under each scope that covers the place, and whether only a state is missing."""
        found: list[Narrowness] = []
        unstated = False
        for scope in scopes:
            fit = self._fits.get(scope)
            if fit is None:
                fit = self._fits[scope] = self.graph.hierarchy.fit(scope, self.place)
            if isinstance(fit, frozenset):
                found.append(Narrowness(True, fit | cells))
            elif self.analogy:
                found.append(WIDEST)
            elif fit is Miss.STATE:
                unstated = True
        return found, unstated and not found

    def _read_statement(self, statement: Statement) -> None:
        activity = self.graph.activities[statement.activity]
        for places, strict in self.scene.readings([activity]):
            widths, unstated = self.widths([statement.scope], self.asked(frozenset(activity.places), places[0]))
            if self.analogy and not statement.holds:
                widths = [w for w in widths if w.strict]
            node = self.nodes[self.node_at(statement.activity, places[0])]
            if strict or statement.holds:
                node.statements.extend((width if strict else WIDEST, statement) for width in widths)
            if unstated and strict:
                node.unstated.append(statement)

    def _read_mechanisms(self) -> Iterator[LocatedMechanism]:
        for mechanism in self.graph.mechanisms:
            for sign, effect in mechanism.effects:
                yield from self._read_mechanism(mechanism, sign, effect)

    def _read_mechanism(self, mechanism: Mechanism, sign: str, effect: str) -> Iterator[LocatedMechanism]:
        names = [effect, *mechanism.requires]
        activities = [self.graph.activities[name] for name in names]
        stated = tuple(activity.places for activity in activities)
        named = frozenset(cell for places in stated for cell in places)
        for reading in self._readings(mechanism, activities):
            target, *requires = (self.node_at(n, p) for n, p in zip(names, reading.places, strict=True))
            cells = self.asked(named, reading.places[0])
            holds, unstated = self.widths(mechanism.scopes or ["everywhere"], cells)
            denied, _ = self.widths(mechanism.denied, cells)
            if not holds:
                if unstated and not denied and reading.strict and sign == PROMOTES:
                    self.nodes[target].unstated.append(mechanism.name)
                continue
            says = narrowest([(w, True) for w in holds] + [(w, False) for w in denied if w.strict])
            if says is not False:
                widths = tuple(holds) if reading.strict else (WIDEST,)
                copied = reading.places != stated
                yield LocatedMechanism(mechanism.name, tuple(requires), target, sign, widths, says is None, copied)

    def _readings(self, mechanism: Mechanism, activities: Sequence[Activity]) -> list[Reading]:
        """How a mechanism is read, its effect first; that of an interaction goes with the interaction."""
        if mechanism.engages:
            return self.scene.engagement(activities[0], activities[1:])
        return self.scene.readings(activities)

    def _settle(self, mechanisms: list[LocatedMechanism]) -> list[LocatedMechanism]:
        """Let the narrowest win among mechanisms that differ only in sign, and against denials of their effect."""
        groups: dict[tuple[frozenset[int], int], list[LocatedMechanism]] = defaultdict(list)
        for mechanism in mechanisms:
            groups[frozenset(mechanism.requires), mechanism.effect].append(mechanism)
            if mechanism.name in self.graph.engaged:
                self._engagements[mechanism.effect] += mechanism.widths
        kept: list[LocatedMechanism] = []
        for group in groups.values():
            for mechanism in group:
                stands = self._stands(mechanism, group)
                if stands:
                    kept.append(mechanism)
                elif stands is None:
                    kept.append(mechanism._replace(weak=True))
        return sorted(kept, key=lambda m: (m.effect, m.name, m.copied, m.requires))

    def _joined(self, mechanisms: list[LocatedMechanism]) -> list[LocatedMechanism]:
        """Make one condition of the copies of a ``requiredFor`` at several niche cells: it is met if one of them is."""
        copies: dict[tuple[str, int], list[LocatedMechanism]] = defaultdict(list)
        for mechanism in mechanisms:
            if mechanism.sign == REQUIRED_FOR:
                copies[mechanism.name, mechanism.effect].append(mechanism)
        several = {key: alike for key, alike in copies.items() if len(alike) > 1}
        joined = [m for m in mechanisms if m.sign != REQUIRED_FOR or (m.name, m.effect) not in several]
        for (name, effect), alike in several.items():
            met = self._condition(name, effect)
            joined += [m._replace(effect=met, sign=PROMOTES) for m in alike]
            joined.append(alike[0]._replace(requires=(met,), weak=all(m.weak for m in alike)))
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
        contradicts nothing.
        """
        if mechanism.sign == REQUIRED_FOR:
            return True
        is_stated = mechanism.name in self.graph.engaged
        if mechanism.sign == PROMOTES and not is_stated and not self._overrules_denials(mechanism):
            return False
        others = (other for other in group if other.sign not in (mechanism.sign, REQUIRED_FOR))
        rivals = [width for other in others for width in other.widths]
        if is_stated:
            rivals += self.denials(mechanism.effect)
        return narrowest([(w, True) for w in mechanism.widths] + [(w, False) for w in rivals])

    def _overrules_denials(self, mechanism: LocatedMechanism) -> bool:
        """Whether a mechanism is stated more narrowly than each denial of what it promotes that stands."""
        denials = self._standing_denials(mechanism.effect)
        return any(all(width.narrower_than(denial) for denial in denials) for width in mechanism.widths)

    def _standing_denials(self, index: int) -> list[Narrowness]:
        """How narrow the denials of a node are against which nothing is stated more narrowly."""
        stated = [width for width, statement in self.nodes[index].statements if statement.holds]
        stated += self._engagements.get(index, ())
        return [d for d in self.denials(index) if not any(width.narrower_than(d) for width in stated)]

    def denials(self, index: int) -> list[Narrowness]:
        """How narrow the denials of a node are."""
        return [width for width, statement in self.nodes[index].statements if not statement.holds]

    def says(self, index: int) -> bool | None:
        """What the narrowest statements say of a node: given, denied, or None for a tie; False when there are none."""
        statements = self.nodes[index].statements
        return narrowest((w, s.holds) for w, s in statements) if statements else False

    def base_statements(self, index: int) -> list[Statement]:
        """The narrowest statements of a node."""
        statements = self.nodes[index].statements
        return [s for w, s in statements if not any(other.narrower_than(w) for other, _ in statements)]

    @cached_property
    def by_effect(self) -> dict[int, list[LocatedMechanism]]:
        """Mechanisms by the node that they change."""
        found: dict[int, list[LocatedMechanism]] = defaultdict(list)
        for mechanism in self.mechanisms:
            found[mechanism.effect].append(mechanism)
        return found

    # --- arms and agents ---------------------------------------------------------------------------------------------

    def arms(self, route: Route, cell: str | None = None) -> list[LocatedArm]:
        """The arms of a route or function that were stated for the place, read for a cell (default: that of the place).

        A route is read for the cell of the place, a function for the normal cells that have it as well.
        """
        return self._arms[route.name, cell or self.place.cell]

    def part(self, mask: int) -> tuple[Program, int]:
        """The part of the program that bears on some nodes, and its nodes; kept, as every regimen asks for the same."""
        if mask not in self._sliced:
            program = self.program.slice(mask)
            self._sliced[mask] = program, program.upstream(mask)
        return self._sliced[mask]

    @cached_property
    def route_nodes(self) -> int:
        """The nodes that can bear on the arms of any route here."""
        arms = (arm for route in self.graph.routes.values() for arm in self.arms(route))
        return self.program.upstream(union(arm.mask for arm in arms))

    def _read_every_arm(self) -> dict[_Owner, list[ReadArm]]:
        """The arms of each route and function, for each cell for which they are asked."""
        mine = self.place.cell
        asked = [(route, mine) for route in self.graph.routes.values()]
        for function in self.graph.functions.values():
            asked += [(function, cell) for cell in dict.fromkeys((mine, *self.cells_with(function)))]
        return {
            (owner.name, cell): [read for arm in owner.arms if (read := self._arm(arm, owner, cell)) is not None]
            for owner, cell in asked
        }

    def cells_with(self, function: Route) -> list[str]:
        """The cells of the scene that have a function: those of which it is stated, and kinds of them."""
        return list(dict.fromkeys(cell for stated in function.cells for cell in (stated, *self.scene.images(stated))))

    def _arm(self, arm: Arm, route: Route, mine: str | None) -> ReadArm | None:
        cells = frozenset(self.graph.hierarchy.above(arm.cell)) if arm.cell else frozenset()
        if arm.cell and not self.analogy and (mine is None or not self.graph.hierarchy.covers(arm.cell, mine)):
            return None
        holds, _ = self.widths(arm.scopes or route.scopes or ["everywhere"], cells)
        denied, _ = self.widths(arm.denied, cells)
        says = narrowest([(w, True) for w in holds] + [(w, False) for w in denied if w.strict])
        if not holds or says is False:
            return None
        activities = [self.graph.activities[name] for name in arm.needs]
        readings = self.scene.readings(activities, mine) or [Reading(tuple(a.places for a in activities))]
        copies = tuple(
            tuple(self.node_at(name, at) for name, at in zip(arm.needs, places, strict=True)) for places, _ in readings
        )
        return ReadArm(arm, copies, says is None)

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

    def conditions(self, index: int) -> list[Condition]:
        """What a node cannot be on without."""
        return self._compiled.conditions(index)

    def implied(self, index: int) -> list[Implied]:
        """What implies that a node is there, where that counts."""
        counts = self.given >> index & 1 and self.says(index) is not True
        return self.nodes[index].implied if counts else []
