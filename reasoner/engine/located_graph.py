"""The mechanism graph as read at one place: one cell, one disease, some states.

A statement about a broader kind of cell is read for the cell of the place as well (*focus copy*), beside the broader
cells, which stay: other cells of the kind are still there.  A statement that names the cell itself is never copied.
Among statements that meet on one activity the narrowest wins; a tie leaves it undetermined.  The second way to read,
*by analogy*, lets facts of other diseases and cells in, always as the widest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reasoner.engine.mechanism_graph import PROMOTES, Action, Activity, Arm, MechanismGraph, Route, Statement
from reasoner.engine.place import Miss, Narrowness, Place, narrowest
from reasoner.engine.well_founded import Clause, Effects, Program

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


@dataclass(frozen=True, slots=True)
class LocatedMechanism:
    """A mechanism at the place, with its nodes as indexes."""

    name: str
    requires: tuple[int, ...]
    effect: int
    sign: str
    narrowness: Narrowness
    weak: bool
    copied: bool

    @property
    def clause(self) -> Clause:
        """The mechanism for evaluation."""
        return Clause(sum(1 << i for i in set(self.requires)), 1 << self.effect, self.weak)


@dataclass(frozen=True, slots=True)
class LocatedArm:
    """An arm at the place: its needs as indexes."""

    arm: Arm
    needs: tuple[int, ...]

    @property
    def mask(self) -> int:
        """The mask of all needs."""
        return sum(1 << i for i in set(self.needs))


@dataclass(frozen=True, slots=True)
class AgentEffects:
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
        self._known = {activity.key: activity for activity in graph.activities.values()}
        self._malignant = frozenset(graph.closure.members("MalignantCell")) if analogy else frozenset()
        self._agents: dict[str, AgentEffects] = {}
        for name in graph.activities:
            self.node(name)
        for statement in graph.statements:
            self._read_statement(statement)
        self.mechanisms = self._settle(list(self._read_mechanisms()))
        self.program = self._program()

    # --- nodes -------------------------------------------------------------------------------------------------------

    def node(self, name: str, focus: bool = False) -> int:
        """The index of an activity, read for the cell of the place when ``focus``."""
        activity = self.graph.activities[name]
        if focus:
            activity = self._focused(activity)
        index = self.by_key.get(activity.key)
        if index is None:
            index = len(self.nodes)
            self.by_key[activity.key] = index
            self.nodes.append(LocatedNode(activity.name, activity))
        self.nodes[index].origins.add(name)
        return index

    def find(self, name: str) -> int | None:
        """The index of the node of that name at the place, None when there is none."""
        if name in self.graph.activities:
            return self.by_key.get(self.graph.activities[name].key)
        return next((i for i, node in enumerate(self.nodes) if node.name == name), None)

    def _focused(self, activity: Activity) -> Activity:
        places = tuple(self.place.cell or p if self._replaceable(p) else p for p in activity.places)
        moved = Activity(activity.name, activity.kind, activity.things, places)
        if moved.key in self._known:
            return self._known[moved.key]
        infix = _INFIX.get(activity.kind)
        name = f"{activity.things[0]}__{infix}__{places[0]}" if infix else f"{activity.name}__as__{self.place.cell}"
        return Activity(name, activity.kind, activity.things, places)

    def _replaceable(self, cell: str) -> bool:
        mine = self.place.cell
        if mine is None or cell == mine:
            return False
        return self.graph.hierarchy.covers(cell, mine) or (cell in self._malignant and mine in self._malignant)

    def _readings(self, names: Iterable[str]) -> list[tuple[bool, bool]]:
        """How a statement about these activities is read: (in focus?, strictly, not by analogy?)."""
        cells = {p for name in names for p in self.graph.activities[name].places}
        mine = self.place.cell
        if mine is None or any(self.graph.hierarchy.covers(mine, cell) for cell in cells):
            return [(False, True)]
        replaced = [cell for cell in cells if self._replaceable(cell)]
        if not replaced:
            return [(False, True)]
        return [(False, True), (True, all(self.graph.hierarchy.covers(cell, mine) for cell in replaced))]

    def _cells_asked(self, names: Iterable[str]) -> frozenset[str]:
        """The kinds of cell that a statement asks for, counted towards how narrow it is."""
        hierarchy, mine = self.graph.hierarchy, self.place.cell
        cells = {p for name in names for p in self.graph.activities[name].places}
        asked = [hierarchy.above(c) for c in cells if mine is not None and hierarchy.covers(c, mine)]
        return frozenset().union(*asked)

    # --- statements and mechanisms -----------------------------------------------------------------------------------

    def _widths(self, scopes: Iterable[str], cells: frozenset[str]) -> tuple[list[Narrowness], bool]:
        """How narrow a statement is under each scope that covers the place, and whether only a state is missing."""
        found: list[Narrowness] = []
        unstated = False
        for scope in scopes:
            fit = self.graph.hierarchy.fit(scope, self.place)
            if isinstance(fit, frozenset):
                found.append(Narrowness(True, fit | cells))
            elif self.analogy:
                found.append(WIDEST)
            elif fit is Miss.STATE:
                unstated = True
        return found, unstated and not found

    def _read_statement(self, statement: Statement) -> None:
        names = [statement.activity]
        widths, unstated = self._widths([statement.scope], self._cells_asked(names))
        if self.analogy and not statement.holds:
            widths = [w for w in widths if w.strict]
        for focus, strict in self._readings(names):
            node = self.nodes[self.node(statement.activity, focus)]
            if strict or statement.holds:
                node.statements.extend((width if strict else WIDEST, statement) for width in widths)
            if unstated and strict:
                node.unstated.append(statement)

    def _read_mechanisms(self) -> Iterator[LocatedMechanism]:
        for mechanism in self.graph.mechanisms:
            for sign, effect in mechanism.effects:
                names = [*mechanism.requires, effect]
                cells = self._cells_asked(names)
                holds, unstated = self._widths(mechanism.scopes or ["everywhere"], cells)
                denied, _ = self._widths(mechanism.denied, cells)
                denied = [w for w in denied if w.strict]
                for focus, strict in self._readings(names):
                    target = self.node(effect, focus)
                    if not holds:
                        if unstated and strict and sign == PROMOTES:
                            self.nodes[target].unstated.append(mechanism.name)
                        continue
                    says = narrowest([(w, True) for w in holds] + [(w, False) for w in denied])
                    if says is False:
                        continue
                    width = max(holds, key=lambda w: (w.strict, len(w.asks), sorted(w.asks)))
                    yield LocatedMechanism(
                        mechanism.name,
                        tuple(self.node(name, focus) for name in mechanism.requires),
                        target,
                        sign,
                        width if strict else WIDEST,
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
                rivals = [other.narrowness for other in group if other.sign != mechanism.sign]
                if mechanism.sign == PROMOTES:
                    rivals += [w for w, s in self.nodes[mechanism.effect].statements if not s.holds]
                standing = _standing(mechanism.narrowness, rivals)
                if standing is not False:
                    weak = mechanism.weak or standing is None
                    kept.append(
                        LocatedMechanism(
                            mechanism.name,
                            mechanism.requires,
                            mechanism.effect,
                            mechanism.sign,
                            mechanism.narrowness,
                            weak,
                            mechanism.copied,
                        )
                    )
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
        given = doubtful = 0
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
        return [located for arm in route.arms if (located := self._arm(arm, route)) is not None]

    def _arm(self, arm: Arm, route: Route) -> LocatedArm | None:
        mine = self.place.cell
        cells = frozenset(self.graph.hierarchy.above(arm.cell)) if arm.cell else frozenset()
        if arm.cell and not self.analogy and (mine is None or not self.graph.hierarchy.covers(arm.cell, mine)):
            return None
        holds, _ = self._widths(arm.scopes or route.scopes or ["everywhere"], cells)
        denied, _ = self._widths(arm.denied, cells)
        if not holds or narrowest([(w, True) for w in holds] + [(w, False) for w in denied if w.strict]) is False:
            return None
        focus, _ = self._readings(arm.needs)[-1]
        return LocatedArm(arm, tuple(self.node(name, focus) for name in arm.needs))

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
                reached = self._reached(names, action.cell)
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

    def _reached(self, names: frozenset[str], cell: str | None) -> int:
        mask = 0
        for name in names:
            for index in self._by_origin.get(name, ()):
                if cell is None or self._within(self.nodes[index], cell):
                    mask |= 1 << index
        return mask

    def _within(self, node: LocatedNode, cell: str) -> bool:
        return self.analogy or any(self.graph.hierarchy.covers(cell, place) for place in node.activity.places)


def _standing(own: Narrowness, rivals: list[Narrowness]) -> bool | None:
    """True when every rival is wider, False when some rival is narrower, None when some rival is a match."""
    if any(rival.narrower_than(own) for rival in rivals):
        return False
    return True if all(own.narrower_than(rival) for rival in rivals) else None
