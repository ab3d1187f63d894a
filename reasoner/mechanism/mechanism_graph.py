"""The mechanism graph: activities, mechanisms, actions, routes and functions, read off a closure once.

Nothing is evaluated here; :mod:`reasoner.mechanism.located_graph` reads the graph for one scenario.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from reasoner.closure.saturate import Closure
from reasoner.mechanism.pattern import Key, Pattern
from reasoner.mechanism.place import Hierarchy
from reasoner.mechanism.stated import ACTIVITY_ROLES
from reasoner.model.atom import Fact

PROMOTES, SUPPRESSES, REQUIRED_FOR, INFLUENCES = "promotes", "suppresses", "requiredFor", "influences"
#: What a mechanism may do to its effect, where that has a direction.
SIGNED = (PROMOTES, SUPPRESSES, REQUIRED_FOR)
#: Kinds of activity whose place is where something comes from; the places of all others are where it is.
SOURCED = ("Supply", "Availability")


class Activity(NamedTuple):
    """A node: its class, what is at work, and the cells or sites in its roles."""

    name: str
    kind: str
    things: tuple[str, ...]
    places: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two descriptions the same activity."""
        return (self.kind, *self.things, "@", *self.places)

    @property
    def molecule(self) -> str | None:
        """What is at work, made or free; None for a process, a state or an interaction."""
        return self.things[0] if self.kind in ("MoleculeActivity", *SOURCED) else None

    @property
    def held_in(self) -> tuple[str, ...]:
        """The cell in which, of which or as whose receiver it is; none for what comes from a cell."""
        return () if self.kind in SOURCED else self.acted_on

    @property
    def acted_on(self) -> tuple[str, ...]:
        """The cell in which something acts on the activity: that of an interaction is its receiver."""
        return self.places[-1:]


class Statement(NamedTuple):
    """A given or denied activity in one scope."""

    activity: str
    holds: bool
    scope: str

    @property
    def fact(self) -> Fact:
        """The asserted fact."""
        return Fact("givenIn" if self.holds else "deniedIn", self.activity, self.scope)


class Mechanism(NamedTuple):
    """Required activities and signed effects, with the scopes in which the mechanism holds or is denied.

    An effect of no known sign is an influence: it proves no direction, and that something is touched.  ``engages`` is
    the interaction that a minted mechanism turns on, empty for all others; ``releases`` tells those that set a ligand
    free.
    """

    name: str
    requires: tuple[str, ...]
    effects: tuple[tuple[str, str], ...]
    scopes: tuple[str, ...]
    denied: tuple[str, ...]
    engages: str
    releases: bool


class Action(NamedTuple):
    """One action of agents: its target and mode, the activities that it reaches by name, and where it acts.

    ``activates`` are interactions whose receptor needs no ligand under it, ``depletes`` cells that it takes away,
    ``touches`` activities to which it does something of no known sign, ``binds`` the subunits of a complex at which it
    is stated to act.
    """

    name: str
    agents: tuple[str, ...]
    target: str
    partial: bool
    cuts: frozenset[str]
    lifts: frozenset[str]
    provides: frozenset[str]
    activates: frozenset[str]
    depletes: frozenset[str]
    touches: frozenset[str]
    scopes: tuple[str, ...]
    cell: str | None
    binds: frozenset[str]


class Killing(NamedTuple):
    """Agents that act against a cell, those of them that are named, and the molecules through which they act."""

    name: str
    agents: tuple[str, ...]
    named: frozenset[str]
    cell: str
    scopes: tuple[str, ...]
    through: tuple[str, ...]


class Lesion(NamedTuple):
    """A change of molecules in the malignant cell: what is lost, gained, or changed so that agents do not bind."""

    name: str
    molecules: frozenset[str]
    loss: bool
    gain: bool
    binding: bool


class Arm(NamedTuple):
    """One way through a route or function."""

    name: str
    needs: tuple[str, ...]
    cell: str | None
    scopes: tuple[str, ...]
    denied: tuple[str, ...] = ()


class Route(NamedTuple):
    """A resistance route or a normal function: arms, scopes, and the cells that its facts name."""

    name: str
    arms: tuple[Arm, ...]
    scopes: tuple[str, ...]
    cells: tuple[str, ...]
    assumes: frozenset[str] = frozenset()


class Protection(NamedTuple):
    """Protection of a cell from a therapy by a route."""

    name: str
    route: str
    cell: str
    therapies: tuple[str, ...]
    scopes: tuple[str, ...]


_PARTIAL_MODE = "lower"
_UNGIVABLE = "Ungivable"


@dataclass
class MechanismGraph:
    """Everything that scenario evaluation needs of a closure, indexed."""

    closure: Closure
    hierarchy: Hierarchy
    activities: dict[str, Activity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    mechanisms: list[Mechanism] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    killings: list[Killing] = field(default_factory=list)
    routes: dict[str, Route] = field(default_factory=dict)
    functions: dict[str, Route] = field(default_factory=dict)
    protections: list[Protection] = field(default_factory=list)
    lesions: dict[str, Lesion] = field(default_factory=dict)
    #: The subunits of each complex; a fusion protein is none.
    subunits: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: The activities on which agents and classes of agents depend.
    depends: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _patterns: dict[Key, Pattern] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, closure: Closure) -> MechanismGraph:
        """Read the graph off a closure."""
        return _Builder(closure).build()

    @cached_property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """What makes each activity the one that it is."""
        return {name: activity.key for name, activity in self.activities.items()}

    @property
    def owners(self) -> list[Route]:
        """What has arms: the routes, and the functions of normal cells."""
        return [*self.routes.values(), *self.functions.values()]

    @cached_property
    def speaking(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """What is stated of activities, by scopes: those of which each statement, mechanism and arm speaks."""
        given = [((statement.scope,), (statement.activity,)) for statement in self.statements]
        changed = [
            (m.scopes, (*m.requires, *(effect for _, effect in m.effects))) for m in self.mechanisms if not m.releases
        ]
        return (
            given + changed + [(arm.scopes or owner.scopes, arm.needs) for owner in self.owners for arm in owner.arms]
        )

    @cached_property
    def mentioned(self) -> dict[str, Activity]:
        """The activities of which something is stated: a description alone states nothing."""
        names = {
            *(name for _, spoken_of in self.speaking for name in spoken_of),
            *(action.target for action in self.actions),
            *(activity for activities in self.depends.values() for activity in activities),
        }
        return {name: activity for name, activity in self.activities.items() if name in names}

    def arms_for(self, owner: Route, cell: str) -> list[Arm]:
        """The arms of a route or function that are ways through for a cell.

        Where it has none those of narrower cells stand for it: they are off, as nothing of them is said of the cell.
        """
        mine = [arm for arm in owner.arms if self.is_arm_of(arm, owner, cell)]
        return mine or [
            arm
            for arm in owner.arms
            if not arm.cell and all(self.hierarchy.covers(cell, c) for c in self._own_cells(arm, owner))
        ]

    def is_arm_of(self, arm: Arm, owner: Route, cell: str) -> bool:
        """Whether an arm is one for a cell: the cell that it names or a kind of that, else one in which its needs are.

        An arm that has its needs in cells of others that the route or function is about is none of this cell.
        """
        if arm.cell:
            return self.hierarchy.covers(arm.cell, cell)
        own = self._own_cells(arm, owner)
        return not own or any(self.hierarchy.covers(c, cell) for c in own)

    def _own_cells(self, arm: Arm, owner: Route) -> set[str]:
        """The cells in which, of which or as whose receiver its needs are, and that its owner is about; the narrowest.

        Of what comes from a cell the cell does not count: it is the soil of another.
        """
        covers = self.hierarchy.covers
        named = {c for need in arm.needs for c in self.activities[need].held_in}
        own = {c for c in named if any(covers(mine, c) or covers(c, mine) for mine in owner.cells)}
        return {c for c in own if not any(other != c and covers(c, other) for other in own)}

    def pattern(self, activities: Sequence[Activity]) -> Pattern:
        """Which cells a statement about activities names in which roles."""
        key = tuple((activity.kind in SOURCED, activity.places) for activity in activities)
        if key not in self._patterns:
            self._patterns[key] = Pattern.of(key, self.hierarchy.covers)
        return self._patterns[key]

    def classes_of(self, agent: str) -> frozenset[str]:
        """An agent and the classes that it belongs to."""
        return frozenset({agent, *map(str, self.closure.objects("memberOf", agent))})

    def members_of(self, agent: str) -> list[str]:
        """The members of a class of agents."""
        return sorted(self.closure.subjects("memberOf", agent))

    @cached_property
    def actions_by_agent(self) -> dict[str, list[Action]]:
        """Actions under each agent that is stated to carry them out."""
        found: dict[str, list[Action]] = defaultdict(list)
        for action in self.actions:
            for agent in action.agents:
                found[agent].append(action)
        return found

    def actions_of(self, agent: str) -> list[Action]:
        """The actions of an agent: its own, then those of its classes."""
        own = list(self.actions_by_agent.get(agent, []))
        for cls in sorted(self.classes_of(agent) - {agent}):
            own.extend(self.actions_by_agent.get(cls, []))
        return own

    def dependencies(self, agent: str) -> list[str]:
        """The activities that must be on for an agent to act: its own, and those of its classes."""
        return sorted({activity for name in self.classes_of(agent) for activity in self.depends.get(name, ())})

    def mechanism(self, name: str) -> Mechanism:
        """The mechanism of that name."""
        return self._mechanisms_by_name[name]

    @cached_property
    def _mechanisms_by_name(self) -> dict[str, Mechanism]:
        return {mechanism.name: mechanism for mechanism in self.mechanisms}

    @cached_property
    def engaged(self) -> dict[str, str]:
        """The interaction that each minted mechanism turns on."""
        return {mechanism.name: mechanism.engages for mechanism in self.mechanisms if mechanism.engages}

    @cached_property
    def releasing(self) -> frozenset[str]:
        """The mechanisms that set a ligand free which is made."""
        return frozenset(mechanism.name for mechanism in self.mechanisms if mechanism.releases)

    @cached_property
    def held_by(self) -> dict[str, frozenset[str]]:
        """The molecules that a complex holds: subunits, and those of subunits that are complexes."""
        return {name: frozenset(self._held(name, set())) for name in self.subunits}

    def _held(self, name: str, seen: set[str]) -> set[str]:
        for subunit in self.subunits.get(name, ()):
            if subunit not in seen:
                seen.add(subunit)
                self._held(subunit, seen)
        return seen

    @cached_property
    def agents(self) -> list[str]:
        """Every agent that has an action of its own, those that nobody can be given among them."""
        return sorted(self.actions_by_agent)

    @cached_property
    def givable(self) -> list[str]:
        """Every agent that acts on something or against a cell and that can be given: all that is ever offered.

        What a class does its members do.
        """
        killers = {agent for killing in self.killings for agent in killing.agents}
        members = {member for agent in self.actions_by_agent for member in self.members_of(agent)}
        return sorted({*self.actions_by_agent, *members, *killers} - self.ungivable)

    @cached_property
    def ungivable(self) -> frozenset[str]:
        """What nobody can be given: classes, unnamed interventions, experiments."""
        return frozenset(self.closure.members(_UNGIVABLE))


class _Builder:
    """Reads one closure."""

    def __init__(self, closure: Closure) -> None:
        self.closure = closure
        self.index: dict[str, dict[str, list[str]]] = {}

    def of(self, prop: str, subject: str) -> tuple[str, ...]:
        """The individuals that a property relates ``subject`` to, sorted."""
        if prop not in self.index:
            table: dict[str, list[str]] = defaultdict(list)
            for first, second in self.closure.pairs(prop):
                if isinstance(second, str):
                    table[first].append(second)
            self.index[prop] = {key: sorted(values) for key, values in table.items()}
        return tuple(self.index[prop].get(subject, ()))

    def one(self, prop: str, subject: str) -> str | None:
        values = self.of(prop, subject)
        return values[0] if values else None

    def build(self) -> MechanismGraph:
        closure = self.closure
        return MechanismGraph(
            closure=closure,
            hierarchy=Hierarchy(closure),
            activities=self._activities(),
            statements=list(self._statements()),
            mechanisms=[self._mechanism(name) for name in sorted(closure.members("Mechanism"))],
            actions=[self._action(name) for name in sorted(closure.members("Action"))],
            killings=[self._killing(name) for name in sorted(closure.members("Killing"))],
            routes={name: self._route(name) for name in sorted(closure.members("Route"))},
            functions={name: self._function(name) for name in sorted(closure.members("NormalFunction"))},
            protections=[self._protection(name) for name in sorted(closure.members("Protection"))],
            lesions={name: self._lesion(name) for name in sorted(closure.members("Lesion"))},
            subunits=self._subunits(),
            depends={name: self.of("dependsOnActivity", name) for name, _ in closure.pairs("dependsOnActivity")},
        )

    def _statements(self) -> Iterator[Statement]:
        """What is given and denied.  An interaction that is given is stated there, as its mechanism says."""
        activities, interactions = (set(self.closure.members(cls)) for cls in ("Activity", "Interaction"))
        for prop, known in (("givenIn", activities - interactions), ("deniedIn", activities)):
            for activity, scope in sorted(self.closure.pairs(prop), key=str):
                if activity in known:
                    yield Statement(activity, prop == "givenIn", str(scope))

    def _subunits(self) -> dict[str, tuple[str, ...]]:
        fused = set(self.closure.members("FusionProtein"))
        complexes = (name for name in sorted(self.closure.members("MolecularComplex")) if name not in fused)
        return {name: parts for name in complexes if (parts := self.of("hasSubunit", name))}

    def _lesion(self, name: str) -> Lesion:
        kinds = self.closure.types(name)
        loss, gain = "LossOfFunction" in kinds, "GainOfFunction" in kinds
        binding = "BindingChange" in kinds or not (loss or gain)
        return Lesion(name, frozenset(self.of("lesionOf", name)), loss, gain, binding)

    def _activities(self) -> dict[str, Activity]:
        found: dict[str, Activity] = {}
        for cls, things, places in (
            *((cls, (thing,), (place,)) for cls, (thing, place) in ACTIVITY_ROLES.items()),
            ("Interaction", ("hasLigand", "hasReceptor"), ("hasSender", "hasReceiver")),
        ):
            for name in self.closure.members(cls):
                found[name] = Activity(
                    name,
                    cls,
                    tuple(self.one(prop, name) or "" for prop in things),
                    tuple(self.one(prop, name) or "" for prop in places),
                )
        for name in self.closure.members("Activity"):
            found.setdefault(name, Activity(name, "Activity", (name,), ()))
        return dict(sorted(found.items()))

    def _mechanism(self, name: str) -> Mechanism:
        return Mechanism(
            name,
            self.of("requires", name),
            tuple(self._effects(name)),
            self.of("holdsIn", name),
            self.of("deniedIn", name),
            self.one("engages", name) or "",
            bool(self.of("releases", name)),
        )

    def _effects(self, name: str) -> Iterator[tuple[str, str]]:
        signed = [(sign, effect) for sign in SIGNED for effect in self.of(sign, name)]
        yield from signed
        known = {effect for _, effect in signed}
        yield from ((INFLUENCES, effect) for effect in self.of(INFLUENCES, name) if effect not in known)

    def _action(self, name: str) -> Action:
        return Action(
            name,
            self.of("hasAgent", name),
            self.one("hasTarget", name) or "",
            _PARTIAL_MODE in self.of("hasMode", name),
            frozenset(self.of("cuts", name)),
            frozenset(self.of("lifts", name)),
            frozenset(self.of("provides", name)),
            frozenset(self.of("activates", name)),
            frozenset(self.of("depletes", name)),
            frozenset(self.of("touches", name)),
            self.of("holdsIn", name),
            self.one("actsInCell", name),
            frozenset(self.of("bindsSubunit", name)),
        )

    def _killing(self, name: str) -> Killing:
        agents = self.of("hasAgent", name)
        return Killing(
            name,
            agents,
            frozenset(agent for agent in agents if self.closure.is_asserted(Fact("hasAgent", name, agent))),
            self.one("againstCell", name) or "",
            self.of("holdsIn", name),
            self.of("actsThrough", name),
        )

    def _arms(self, owner: str) -> tuple[Arm, ...]:
        return tuple(
            Arm(arm, self.of("needs", arm), self.one("forCell", arm), self.of("holdsIn", arm), self.of("deniedIn", arm))
            for arm in self.of("hasArm", owner)
        )

    def _route(self, name: str) -> Route:
        return Route(
            name,
            self._arms(name),
            self.of("holdsIn", name),
            self.of("concerns", name),
            frozenset(self.of("assumes", name)),
        )

    def _function(self, name: str) -> Route:
        return Route(name, self._arms(name), self.of("holdsIn", name), self.of("functionOf", name))

    def _protection(self, name: str) -> Protection:
        return Protection(
            name,
            self.one("byRoute", name) or "",
            self.one("ofCell", name) or "",
            self.of("fromTherapy", name),
            self.of("holdsIn", name),
        )
