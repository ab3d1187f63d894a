"""The mechanism graph as read at one place: one cell, one disease, some states.

A statement about a broader kind of cell is read for the cell of the place as well (*focus copy*), beside the broader
cells, which stay: other cells of the kind are still there.  A statement that names the cell itself is never copied.
Among statements that meet on one activity the narrowest wins; a tie leaves it undetermined.  The second way to read,
*by analogy*, lets facts of other diseases and cells in, always as the widest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reasoner.engine.masks import union
from reasoner.engine.mechanism_graph import PROMOTES, Action, Activity, Arm, MechanismGraph, Route, Statement
from reasoner.engine.place import Miss, Narrowness, Place, narrowest
from reasoner.engine.well_founded import ON, Clause, Effects, Program, Valuation

#: The narrowness of what is known of another disease or cell.
WIDEST = Narrowness(False, frozenset())
_INFIX = {"MoleculeActivity": "in", "Supply": "from", "Availability": "available_from", "CellProcess": "of"}


@dataclass(slots=True)
class LocatedNode:
    """A node at the place: its name, its roles, and the activities of the graph that it stands for."""

    name: str
    activity: Activity
    origins: set[str] = field(default_factory=set)
    statements: list[tuple[Narrowness, Statement]] = field(default_factory=list)
    unstated: list[Statement | str] = field(default_factory=list)


class LocatedMechanism(NamedTuple):
    """A mechanism at the place, with its nodes as indexes."""

    name: str
    requires: tuple[int, ...]
    effect: int
    sign: str
    widths: tuple[Narrowness, ...]
    weak: bool
    copied: bool

    @property
    def clause(self) -> Clause:
        """The mechanism for evaluation."""
        return Clause(sum(1 << i for i in set(self.requires)), 1 << self.effect, self.weak)


class LocatedArm(NamedTuple):
    """An arm at the place: its needs as indexes, and the mask of all that it rests on (with doubt, if contested)."""

    arm: Arm
    needs: tuple[int, ...]
    mask: int


class AgentEffects(NamedTuple):
    """What one agent does at the place: masks, the actions behind them, and the actions that a lesion defeats."""

    effects: Effects
    partial: int
    actions: tuple[Action, ...]
    defeated: tuple[tuple[Action, str], ...]


class LocatedGraph:
    """A mechanism graph read at one place."""

    def __init__(self, graph: MechanismGraph, place: Place, analogy: bool = False) -> None:
        self.graph = graph
        self.place = place
        self.analogy = analogy
        self.nodes: list[LocatedNode] = []
        self.by_key: dict[tuple[str, ...], int] = {}
        self._known = {graph.keys[name]: activity for name, activity in graph.activities.items()}
        self._focus: dict[str, Activity] = {}
        self._fits: dict[str, frozenset[str] | Miss] = {}
        self._agents: dict[str, AgentEffects] = {}
        self._sort_cells()
        self._arms: dict[str, list[LocatedArm]] = {}
        for name in graph.activities:
            self.node(name)
        for statement in graph.statements:
            self._read_statement(statement)
        self.mechanisms = self._settle(list(self._read_mechanisms()))
        #: A bit beyond every node (an activity has two at most) that is undetermined: what a contested arm rests on.
        self.doubt = 1 << 2 * len(graph.activities)
        self._arms = self._read_arms()
        self._share_origins()
        self.program = self._program()
        self._parts: dict[int, tuple[Program, int]] = {}

    # --- nodes -------------------------------------------------------------------------------------------------------

    def node(self, name: str, focus: bool = False) -> int:
        """The index of an activity, read for the cell of the place when ``focus``."""
        activity = self._focused(name) if focus else self.graph.activities[name]
        key = activity.key if focus else self.graph.keys[name]
        index = self.by_key.get(key)
        if index is None:
            index = self.by_key[key] = len(self.nodes)
            self.nodes.append(LocatedNode(activity.name, activity))
        self.nodes[index].origins.add(name)
        return index

    def find(self, name: str) -> int | None:
        """The index of the node of that name at the place, None when there is none."""
        if name in self.graph.activities:
            return self.by_key.get(self.graph.keys[name])
        return next((i for i, node in enumerate(self.nodes) if node.name == name), None)

    def has_at_work(self, molecule: str) -> bool:
        """Whether a molecule is at work in the cell of the place while nothing is given."""
        index = self.by_key.get(Activity("", "MoleculeActivity", (molecule,), (self.place.cell or "",)).key)
        return index is not None and self._untreated.value(1 << index) == ON

    @cached_property
    def _untreated(self) -> Valuation:
        return self.program.evaluate()

    def reads(self, name: str) -> bool:
        """Whether some activity is called so when it is read for the cell of the place."""
        return any(self._focused(activity).name == name for activity in self.graph.activities)

    def _sort_cells(self) -> None:
        """Sort the cells of the graph by what they are to that of the place: itself or a kind of it, or broader.

        By analogy every malignant cell is read for a malignant one, as if it were broader.
        """
        mine, hierarchy = self.place.cell, self.graph.hierarchy
        named = {cell for activity in self.graph.activities.values() for cell in activity.places}
        self._own = frozenset(cell for cell in named if mine is not None and hierarchy.covers(mine, cell))
        self._broader = frozenset() if mine is None else hierarchy.above(mine) - {mine}
        malignant = frozenset(self.graph.closure.members("MalignantCell")) if self.analogy else frozenset()
        self._replaced = (self._broader | malignant if mine in malignant else self._broader) - {mine}

    def _share_origins(self) -> None:
        """Let each activity stand behind the node of its focus, whoever made that node."""
        for name in self.graph.activities:
            if len(self._readings(self._cells([name]))) > 1:
                index = self.by_key.get(self._focused(name).key)
                if index is not None:
                    self.nodes[index].origins.add(name)

    def _focused(self, name: str) -> Activity:
        """An activity as read for the cell of the place."""
        if name not in self._focus:
            activity = self.graph.activities[name]
            places = tuple(self.place.cell or p if p in self._replaced else p for p in activity.places)
            moved = Activity(name, activity.kind, activity.things, places)
            self._focus[name] = self._known.get(moved.key) or self._called(moved)
        return self._focus[name]

    def _called(self, moved: Activity) -> Activity:
        """An activity that no fact describes, under a readable name."""
        infix = _INFIX.get(moved.kind)
        named = f"{moved.things[0]}__{infix}__{moved.places[0]}" if infix else f"{moved.name}__as__{self.place.cell}"
        return Activity(named, moved.kind, moved.things, moved.places)

    def _cells(self, names: Iterable[str]) -> set[str]:
        """The cells and sites that a statement about these activities names."""
        return {place for name in names for place in self.graph.activities[name].places}

    def _readings(self, cells: Set[str]) -> list[tuple[bool, bool]]:
        """How a statement that names these cells is read: (in focus?, strictly, not by analogy?)."""
        replaced = cells & self._replaced
        if not replaced or cells & self._own:
            return [(False, True)]
        return [(False, True), (True, replaced <= self._broader)]

    def _cells_asked(self, cells: Set[str]) -> frozenset[str]:
        """The kinds of cell that a statement asks for, counted towards how narrow it is."""
        asked = [cell for cell in cells if cell == self.place.cell or cell in self._broader]
        return frozenset().union(*map(self.graph.hierarchy.above, asked))

    # --- statements and mechanisms -----------------------------------------------------------------------------------

    def _widths(self, scopes: Iterable[str], cells: frozenset[str]) -> tuple[list[Narrowness], bool]:
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
        cells = self._cells([statement.activity])
        widths, unstated = self._widths([statement.scope], self._cells_asked(cells))
        if self.analogy and not statement.holds:
            widths = [w for w in widths if w.strict]
        for focus, strict in self._readings(cells):
            node = self.nodes[self.node(statement.activity, focus)]
            if strict or statement.holds:
                node.statements.extend((width if strict else WIDEST, statement) for width in widths)
            if unstated and strict:
                node.unstated.append(statement)

    def _read_mechanisms(self) -> Iterator[LocatedMechanism]:
        for mechanism in self.graph.mechanisms:
            for sign, effect in mechanism.effects:
                cells = self._cells([*mechanism.requires, effect])
                asked = self._cells_asked(cells)
                holds, unstated = self._widths(mechanism.scopes or ["everywhere"], asked)
                denied, _ = self._widths(mechanism.denied, asked)
                denied = [w for w in denied if w.strict]
                for focus, strict in self._readings(cells):
                    target = self.node(effect, focus)
                    if not holds:
                        if unstated and strict and sign == PROMOTES:
                            self.nodes[target].unstated.append(mechanism.name)
                        continue
                    says = narrowest([(w, True) for w in holds] + [(w, False) for w in denied])
                    if says is False:
                        continue
                    yield LocatedMechanism(
                        mechanism.name,
                        tuple(self.node(name, focus) for name in mechanism.requires),
                        target,
                        sign,
                        tuple(holds) if strict else (WIDEST,),
                        says is None,
                        focus,
                    )

    def _settle(self, mechanisms: list[LocatedMechanism]) -> list[LocatedMechanism]:
        """Let the narrowest win among mechanisms that differ only in sign, and against denials of their effect."""
        groups: dict[tuple[frozenset[int], int], list[LocatedMechanism]] = defaultdict(list)
        for mechanism in mechanisms:
            groups[frozenset(mechanism.requires), mechanism.effect].append(mechanism)
        kept: list[LocatedMechanism] = []
        for group in groups.values():
            for mechanism in group:
                rivals = [width for other in group if other.sign != mechanism.sign for width in other.widths]
                if mechanism.sign == PROMOTES:
                    rivals += [width for width, s in self.nodes[mechanism.effect].statements if not s.holds]
                stands = narrowest([(w, True) for w in mechanism.widths] + [(w, False) for w in rivals])
                if stands:
                    kept.append(mechanism)
                elif stands is None:
                    kept.append(mechanism._replace(weak=True))
        return sorted(kept, key=lambda m: (m.effect, m.name, m.copied))

    def says(self, index: int) -> bool | None:
        """What the narrowest statements say of a node: given, denied, or None for a tie; False when there are none."""
        statements = self.nodes[index].statements
        return narrowest((w, s.holds) for w, s in statements) if statements else False

    def base_statements(self, index: int) -> list[Statement]:
        """The narrowest statements of a node."""
        statements = self.nodes[index].statements
        return [s for w, s in statements if not any(other.narrower_than(w) for other, _ in statements)]

    def _program(self) -> Program:
        given, doubtful = 0, self.doubt
        promoted = {m.effect for m in self.mechanisms if m.sign == PROMOTES}
        for index, node in enumerate(self.nodes):
            if node.name in self.place.states:
                given |= 1 << index
            elif node.statements:
                says = self.says(index)
                given |= (says is True) << index
                doubtful |= (says is None) << index
            elif node.unstated and index not in promoted:
                doubtful |= 1 << index
        return Program(
            given,
            doubtful,
            tuple(m.clause for m in self.mechanisms if m.sign == PROMOTES),
            tuple(m.clause for m in self.mechanisms if m.sign != PROMOTES),
        )

    @cached_property
    def by_effect(self) -> dict[int, list[LocatedMechanism]]:
        """Mechanisms by the node that they change."""
        found: dict[int, list[LocatedMechanism]] = defaultdict(list)
        for mechanism in self.mechanisms:
            found[mechanism.effect].append(mechanism)
        return found

    # --- arms and agents ---------------------------------------------------------------------------------------------

    def arms(self, route: Route) -> list[LocatedArm]:
        """The arms of a route or function that were stated for the place, read for its cell."""
        return self._arms[route.name]

    def part(self, mask: int) -> tuple[Program, int]:
        """The part of the program that bears on some nodes, and its nodes; kept, as every regimen asks for the same."""
        if mask not in self._parts:
            program = self.program.slice(mask)
            self._parts[mask] = program, program.upstream(mask)
        return self._parts[mask]

    def _read_arms(self) -> dict[str, list[LocatedArm]]:
        owners = (*self.graph.routes.values(), *self.graph.functions.values())
        return {o.name: [found for arm in o.arms if (found := self._arm(arm, o)) is not None] for o in owners}

    @cached_property
    def route_nodes(self) -> int:
        """The nodes that can bear on the arms of any route here."""
        arms = (arm for route in self.graph.routes.values() for arm in self.arms(route))
        return self.program.upstream(union(arm.mask for arm in arms))

    def _arm(self, arm: Arm, route: Route) -> LocatedArm | None:
        mine = self.place.cell
        cells = frozenset(self.graph.hierarchy.above(arm.cell)) if arm.cell else frozenset()
        if arm.cell and not self.analogy and (mine is None or not self.graph.hierarchy.covers(arm.cell, mine)):
            return None
        holds, _ = self._widths(arm.scopes or route.scopes or ["everywhere"], cells)
        denied, _ = self._widths(arm.denied, cells)
        says = narrowest([(w, True) for w in holds] + [(w, False) for w in denied if w.strict])
        if not holds or says is False:
            return None
        focus, _ = self._readings(self._cells(arm.needs))[-1]
        needs = tuple(self.node(name, focus) for name in arm.needs)
        mask = sum(1 << i for i in set(needs))
        return LocatedArm(arm, needs, mask if says else mask | self.doubt)

    def effects_of(self, agent: str) -> AgentEffects:
        """What an agent does at the place."""
        if agent not in self._agents:
            self._agents[agent] = self._effects_of(agent)
        return self._agents[agent]

    def _effects_of(self, agent: str) -> AgentEffects:
        overcome = {str(lesion) for lesion in self.graph.closure.objects("overcomes", agent)}
        masks = [0, 0, 0]
        partial, full = 0, 0
        effective: list[Action] = []
        defeated: list[tuple[Action, str]] = []
        for action in self.graph.actions_of(agent):
            if not self._widths(action.scopes or ["everywhere"], frozenset())[0]:
                continue
            lesions = sorted(action.defeaters & self.place.states - overcome)
            if lesions:
                defeated.append((action, lesions[0]))
                continue
            effective.append(action)
            for position, names in enumerate((action.cuts, action.lifts, action.provides)):
                reached = self.reached(names, action.cell)
                masks[position] |= reached
                if position == 0 and action.partial:
                    partial |= reached
                elif position == 0:
                    full |= reached
        return AgentEffects(Effects(*masks), partial & ~full, tuple(effective), tuple(defeated))

    @cached_property
    def _by_origin(self) -> dict[str, list[int]]:
        """The nodes that stand for each activity of the graph."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, node in enumerate(self.nodes):
            for origin in node.origins:
                found[origin].append(index)
        return found

    def reached(self, names: frozenset[str], cell: str | None) -> int:
        """The mask of the nodes that stand for some activities, within one kind of cell if that is given."""
        mask = 0
        for name in names:
            for index in self._by_origin.get(name, ()):
                if cell is None or self._within(self.nodes[index], cell):
                    mask |= 1 << index
        return mask

    def _within(self, node: LocatedNode, cell: str) -> bool:
        return self.analogy or any(self.graph.hierarchy.covers(cell, place) for place in node.activity.places)
