"""A second reading of the definition: what a scenario says, worked out slowly and plainly from asserted facts.

Nothing of the engine is used or imitated: no closure, no rules, no compiled graph.  Facts are looked up in
dictionaries, the scenario is a plain list of clauses, its well-founded model is found by the alternating fixpoint,
and a status is found by trying every part of the regimen.  Agreement with the engine is worth something only because
the two have nothing in common but the text that both were written from.

Readings chosen, where the text is silent or can be read in two ways:

* *Scopes.* A scope is a set of diseases and a set of states, both meant together; ``everywhere`` is two empty sets. One
  is as narrow as another if it says at least as much. Of two statements one is narrower if it is so in cells and scope
  together; narrower in one and broader in the other is a tie.
* *Another state.* What is said, for or against, only of states that the scenario is not in leaves the activity
  undetermined unless something here speaks of it or brings it about; such an interaction implies no parts here. So does
  a mechanism that promotes it in another state alone; an arm of another state is not in force.
* *Broader sender, narrower receiver.* In an interaction a sender broader than the cell that receives is the population.
* *Narrower sender, broader receiver.* The broader cell is the same cell where it is read for a kind of the sender; for
  any other kind of the broader cell, and for itself, the sender stays apart.
* *Two kinds.* Two named cells below a third, neither below the other, make it stay; what stays is read as itself,
  and where it is nowhere in the scene the statement is not read.
* *Arms.* A cell broader than the scenario's is the scenario's, in every role; copies are taken over niche and normal
  cells alone. An arm of which a cell is nowhere in the scene is off. An arm whose needs are in other cells that its
  route is about is none of this cell; where the cell has none, those of its kinds stand, and are off. A route without
  arms in force is not listed.
* *Denial and promotion.* A denial that stands makes the activity off whatever promotes it, but for a mechanism that is
  stated strictly more narrowly; a tie of a denial with a positive statement makes it undetermined, off if also
  suppressed. Mechanisms that differ only in sign and are as narrow as each other are both in doubt.
* *Strangers.* Another malignant cell, neither broader nor narrower than the scenario's, is there as it is named.
* *A condition* (``requiredFor``) that several niche cells read is one, met if one of them meets it.
* *Broken* is what a part of the regimen left anything but off. What was undetermined at most under all of them makes no
  outcome hold for sure.
* *On a loop.* A suppression is read with delay if its effect and an undetermined one of its requirements reach each
  other through what is undetermined: along mechanisms of any sign that nothing lifts and no requirement of which is
  off, what things need by being what they are, and what agents depend on, raising or cutting.
* *Delayed* is what a suppression requires. Whether it is lifted is read at once, and so is whether a raise meets it.
* *An agent that depends on a loop* kills for sure if what it depends on is on at once and after relief, and not at all
  if that is off in both; an opposition and what is touched are judged in the well-founded model.
* *Lost* is judged of a function as a whole, by the smallest parts of the regimen from which on it is lost.
* *Implied subunits.* A complex that is given, implied, or promoted by a mechanism in force implies its subunits there,
  in the scope of that statement; a mechanism that a denial of its effect stands against implies none. Subunits of a
  supply are supplies; what is available requires its supply alone.
* *Brought about.* A part depends on its mechanisms if, untreated, it is on and one of them acts without the implied
  statement of the part itself and of those promoted parts that depend on it in turn.
* *A contested interaction* implies its parts all the same; only the interaction is in doubt.
* *Cut met by a raise* is undetermined even where nothing else would bring the activity about.
* *Depletion* is no cut: no raise undoes it; only a ligand stays that is supplied where it is free.
* *Reach.* An action aimed at a molecule reaches its work and what is free of it; in order to lower it its making
  instead of what is free; in order to restore or touch it both. One at a family reaches its members too; then cutting,
  restoring and touching reach the complexes that hold it and the family that it represents. A supply reaches no complex
  through a subunit.
* *Lesions.* Loss takes the work, supply and availability of the molecule in the lesioned cells, and defeats what acts
  through it there; gain gives its work alone. A kind of a broader lesion comes down, the one that it is read as too; a
  lesion is of no kind if none is stated of it or a broader one. Only the lesions that the scenario names must be
  overcome. A binding change of the receptor at a lesioned receiver, or the ligand at a lesioned sender, defeats an
  action aimed at the interaction.
* *Actions on the niche* are judged in the scope of the whole scenario, lesions included; only defeat is the cell's.
* *A killing* stated for no disease is stated for each. One through a molecule holds for a narrower cell or disease than
  it names if the molecule is at work untreated.
* *Opposed.* One action effectively cuts, another effectively raises, the same node or molecules that are equal or
  subunit and complex, in whatever cells.
* *By* of a value that no part of the regimen changes is empty.
* *Touched* is judged upstream over placed mechanisms in force, of any sign.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from itertools import product
from operator import itemgetter
from typing import Any, NamedTuple

from reasoner.model.atom import Fact
from tests.oracles.reference_loops import Link, Stood, body, delayed, steps
from tests.oracles.reference_values import (
    ALWAYS_IN_DOUBT,
    DOUBT,
    EMPTY,
    LEFT_OPEN,
    OFF,
    ON,
    REBOUNDS,
    UNDETERMINED,
    Atom,
    Clause,
    Model,
    Moments,
    Standing,
    all_of,
    any_of,
    deciding,
    moments_of,
    parts_of,
    standing,
)

EVERYWHERE = "everywhere"
ROLES = {  # of each kind of activity: what it is of, and where it stands
    "MoleculeActivity": (("ofMolecule",), ("inCell",)),
    "Supply": (("ofLigand",), ("fromSource",)),
    "Availability": (("ofLigand",), ("fromSource",)),
    "CellProcess": (("ofProcess",), ("ofCell",)),
    "SiteProcess": (("ofProcess",), ("atSite",)),
    "Interaction": (("hasLigand", "hasReceptor"), ("hasSender", "hasReceiver")),
}
SENDING = {"fromSource", "hasSender"}
STATES = ("State", "Lesion", "IntrinsicChange", "TreatmentState", "NormalState")
LESION_KINDS = ("LossOfFunction", "GainOfFunction", "BindingChange")
KINDS_OF_ROUTE = {
    "retains": "dislodges",
    "keepsQuiescent": "awakens",
    "sustains": "restrains",
    "hindersDeliveryTo": "delivers",
}
FUNCTIONS = ("NormalFunction", "RetentionFunction")
ROUTES = ("Route", "NicheRoute", "IntrinsicRoute")
WORK, MADE, FREE = "MoleculeActivity", "Supply", "Availability"
#: The activities of a molecule that an action aimed at it reaches.
REACHED = {
    "block": (WORK, FREE), "lower": (WORK, MADE), "supply": (WORK, FREE), "restore": (WORK, MADE, FREE),
    "touch": (WORK, MADE, FREE),
}  # fmt: skip
CUTTING, LIFTING = ("block", "lower"), ("restore", "supply")


class Node(NamedTuple):
    """An activity at its cells."""

    kind: str
    things: tuple[str, ...]
    cells: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        return (self.kind, *self.things, "@", *self.cells)

    @property
    def roles(self) -> tuple[str, ...]:
        return ROLES[self.kind][1] if self.cells else ()

    @property
    def sent_from(self) -> str | None:
        return next((cell for cell, role in zip(self.cells, self.roles, strict=True) if role in SENDING), None)

    @property
    def stands_in(self) -> str | None:
        """The cell in, of or receiving it."""
        return next((cell for cell, role in zip(self.cells, self.roles, strict=True) if role not in SENDING), None)

    @property
    def acted_on(self) -> str | None:
        """The cell at which an action reaches it."""
        return self.stands_in or self.sent_from


# --- facts ------------------------------------------------------------------------------------------------------------


class Lookup:
    """Asserted facts by property and subject, with the few hierarchies that the definition asks for."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.objects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.subjects: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.classes: dict[str, set[str]] = defaultdict(set)
        for predicate, subject, value in dict.fromkeys(facts):
            if value is None:
                self.classes[predicate].add(subject)
            else:
                self.objects[predicate, subject].append(str(value))
                self.subjects[predicate, str(value)].append(subject)

    def of(self, prop: str, subject: str) -> list[str]:
        return self.objects.get((prop, subject), [])

    def one(self, prop: str, subject: str) -> str | None:
        return next(iter(self.of(prop, subject)), None)

    def whose(self, prop: str, value: str) -> list[str]:
        return self.subjects.get((prop, value), [])

    def members(self, *classes: str) -> list[str]:
        return sorted(set().union(*(self.classes.get(cls, set()) for cls in classes)))

    def is_a(self, name: str, *classes: str) -> bool:
        return any(name in self.classes.get(cls, ()) for cls in classes)

    def reach(self, start: str, *props: str, back: bool = False) -> set[str]:
        """The start and all that it comes to along the properties (against them if back)."""
        step = self.whose if back else self.of
        found, fresh = {start}, [start]
        while fresh:
            name = fresh.pop()
            for prop in props:
                for other in step(prop, name):
                    if other not in found:
                        found.add(other)
                        fresh.append(other)
        return found

    def within(self, narrow: str, broad: str) -> bool:
        return broad in self.reach(narrow, "subtypeOf")

    def below(self, narrow: str, broad: str) -> bool:
        return narrow != broad and self.within(narrow, broad)


class Extent(NamedTuple):
    """What a scope asks for: all of its diseases, all of its states."""

    diseases: frozenset[str]
    states: frozenset[str]


@dataclass(frozen=True)
class Said:
    """One thing said of a node: for which cells, in which scope, and which way."""

    sort: str  # given, stated (of an interaction), implied, denied
    cells: tuple[str, ...]
    scope: str


@dataclass
class Statements:
    """Everything said of one node, of the scenario and of other states only."""

    here: set[Said] = field(default_factory=set)
    elsewhere: set[Said] = field(default_factory=set)


class Means(NamedTuple):
    """A mechanism as placed."""

    name: str
    requires: tuple[Node, ...]
    effect: Node
    sign: str
    weak: bool
    said: tuple["Said", ...]
    promised: tuple["Said", ...]  # what it says of the subunits of its effect

    @property
    def cause(self) -> Atom:
        """What it is as placed, whatever stands against it."""
        return ("means", self.name, self.sign, self.requires, self.effect)


class Effect(NamedTuple):
    """An action of one agent at one node that no lesion defeats; it acts if what its agent depends on is on."""

    agent: str
    action: str
    mode: str
    node: Node
    depends: tuple[Node, ...]

    @property
    def cause(self) -> Atom:
        """The action as it is done."""
        return ("acts", *self[:4])


# --- the reading ------------------------------------------------------------------------------------------------------


class Reference:
    """A scenario, read from asserted facts."""

    def __init__(self, facts: Iterable[Fact], question: Any, spared: str | None = None) -> None:
        """``spared`` is the cell that no depletion may aim at: the one that was asked about."""
        self.facts = tuple(facts)
        self.know = Lookup(self.facts)
        self.question = question
        self.cell: str = question.cell
        self.spared = spared or question.cell
        self.background = frozenset(question.background)
        self.regimen = frozenset(question.regimen) - self.background
        self.agents = self.background | self.regimen
        self.statements: dict[Node, Statements] = defaultdict(Statements)
        self.nodes: set[Node] = set()
        self._read_statements()
        self.means = list(self._read_mechanisms())
        for name in self.know.members(*ROUTES, *FUNCTIONS):
            for arm in self.know.of("hasArm", name):
                for whose in sorted({self.cell, *self._cells_with(name)}):
                    self._copies(arm, whose)
        for action in self.know.members("Action"):
            for aimed in map(self.activity, self.know.of("hasTarget", action)):
                if aimed.cells:
                    list(self.readings([aimed]))
        for agent in self.agents:
            for activity in self._dependencies(agent):
                for cell in sorted(self.scene):
                    self._ensure(self._depended(activity, cell))
        for name in self._all_states():
            self._ensure(Node("Activity", (name,), ()))
        self._imply_subunits_of_promoted()

    # --- scopes

    @cached_property
    def here(self) -> Extent:
        disease = self.question.disease
        where = self._extent(disease) if disease else Extent(EMPTY, EMPTY)
        return Extent(where.diseases, where.states | frozenset(self.question.states))

    def _extent(self, scope: str) -> Extent:
        if scope == EVERYWHERE:
            return Extent(EMPTY, EMPTY)
        if self.know.is_a(scope, "Context"):
            return Extent(frozenset(self.know.of("inDisease", scope)), frozenset(self.know.of("inState", scope)))
        return Extent(frozenset([scope]), EMPTY)

    def _each_met(self, asked: Iterable[str], said: Iterable[str]) -> bool:
        return all(any(self.know.within(one, other) for one in said) for other in asked)

    def _covers(self, scope: str) -> bool:
        extent = self._extent(scope)
        return self._each_met(extent.diseases, self.here.diseases) and self._each_met(extent.states, self.here.states)

    def _in_another_state(self, scope: str) -> bool:
        extent = self._extent(scope)
        return not self._covers(scope) and self._each_met(extent.diseases, self.here.diseases)

    def _scope_within(self, one: str, other: str) -> bool:
        a, b = self._extent(one), self._extent(other)
        return self._each_met(b.diseases, a.diseases) and self._each_met(b.states, a.states)

    def _as_narrow(self, one: Said, other: Said) -> bool:
        cells = all(self.know.within(a, b) for a, b in zip(one.cells, other.cells, strict=True))
        return cells and self._scope_within(one.scope, other.scope)

    def _narrower(self, one: Said, other: Said) -> bool:
        return self._as_narrow(one, other) and not self._as_narrow(other, one)

    def _scopes(self, name: str) -> list[str]:
        """Where a statement holds; an interaction that is given in a scope is stated there as well."""
        given = self.know.of("givenIn", name) if self.know.is_a(name, "Interaction") else []
        return [*(self.know.of("holdsIn", name) or [EVERYWHERE]), *given]

    def _strength(self, name: str, scopes: Sequence[str] = ()) -> str:
        """Whether a statement that holds and is denied in scopes of its own is in force."""
        said = {Said("stated", (), scope) for scope in scopes or self._scopes(name)}
        said |= {Said("denied", (), scope) for scope in self.know.of("deniedIn", name)}
        positive, denied = self._standing(s for s in said if self._covers(s.scope))
        return OFF if not positive else UNDETERMINED if denied else ON

    def _standing(self, said: Iterable[Said]) -> tuple[set[Said], set[Said]]:
        """The positive statements and the denials that nothing narrower contradicts; what is implied yields."""
        found = set(said)
        denials = {s for s in found if s.sort == "denied"}
        firm = {s for s in found if s.sort in ("given", "stated")}
        implied = found - denials - firm
        denied = {d for d in denials if not any(self._narrower(s, d) for s in firm | implied)}
        positive = {s for s in firm if not any(self._narrower(d, s) for d in denials)}
        if not denied:
            positive |= implied
        return positive, denied

    # --- activities and the scene

    def _all_states(self) -> list[str]:
        return self.know.members(*STATES, *LESION_KINDS)

    @cache  # noqa: B019  (one reading lives as long as one test)
    def activity(self, name: str) -> Node:
        """An activity as it was stated."""
        for kind, (things, cells) in ROLES.items():
            if self.know.is_a(name, kind):
                found = [value for prop in (*things, *cells) if (value := self.know.one(prop, name)) is not None]
                if len(found) == len(things) + len(cells):
                    return Node(kind, tuple(found[: len(things)]), tuple(found[len(things) :]))
        return Node("Activity", (name,), ())

    @cached_property
    def _stated(self) -> list[tuple[Node, ...]]:
        """The activities of each statement together."""
        know, found = self.know, list[tuple[Node, ...]]()
        found += [(self.activity(name),) for prop in ("givenIn", "deniedIn") for name in self._activities_with(prop)]
        found += [(self.activity(name),) for name in know.members("Interaction")]
        for name in know.members("Mechanism"):
            found.append(tuple(self.activity(a) for prop in (*EFFECTS, "requires") for a in know.of(prop, name)))
        for name in know.members("Arm"):
            found.append(tuple(map(self.activity, know.of("needs", name))))
        for name in know.members("Action"):
            found += [(self.activity(target),) for target in know.of("hasTarget", name)]
        found += [(self.activity(value),) for (prop, _), vs in know.objects.items() for value in vs if prop == DEPENDS]
        return found

    @cached_property
    def _in_force_here(self) -> list[tuple[Node, ...]]:
        """The activities of each statement, mechanism and arm that covers the scenario, in this state or another."""
        know, found = self.know, list[tuple[Node, ...]]()
        for prop in ("givenIn", "deniedIn"):
            for name in self._activities_with(prop):
                found += [(self.activity(name),) for scope in know.of(prop, name) if self._here_in_some_state(scope)]
        for name in filter(self._in_some_state, know.members("Interaction")):
            found.append((self.activity(name),))
        for name in filter(self._in_some_state, know.members("Mechanism")):
            found.append(tuple(self.activity(a) for prop in (*EFFECTS, "requires") for a in know.of(prop, name)))
        for arm in know.members("Arm"):
            scopes = know.of("holdsIn", arm) or [s for o in know.whose("hasArm", arm) for s in know.of("holdsIn", o)]
            if any(map(self._here_in_some_state, scopes or [EVERYWHERE])):
                found.append(tuple(map(self.activity, know.of("needs", arm))))
        return found

    def _here_in_some_state(self, scope: str) -> bool:
        return self._covers(scope) or self._in_another_state(scope)

    def _in_some_state(self, name: str) -> bool:
        return any(map(self._here_in_some_state, self._scopes(name)))

    def _activities_with(self, prop: str) -> list[str]:
        names = [subject for (p, subject) in self.know.objects if p == prop]
        return [name for name in names if not self.know.is_a(name, "Mechanism", "Arm", "Interaction")]

    @cached_property
    def scene(self) -> set[str]:
        """The scenario's cell, each niche and normal cell that is named, each malignant cell named as a sender."""
        named = {cell for nodes in self._stated for node in nodes for cell in node.cells}
        for prop in ("actsInCell", "forCell", "functionOf", "hasTarget"):
            named |= {v for (p, _), values in self.know.objects.items() if p == prop for v in values}
        cells = {name for name in named if not self.know.is_a(name, "MalignantCell")}
        sources = (node.sent_from for nodes in self._in_force_here for node in nodes)
        senders = {source for source in sources if source is not None}
        return {self.cell, self.spared} | {c for c in cells if self._is_place(c)} | senders

    def _is_place(self, name: str) -> bool:
        return self.know.is_a(name, "Cell", "NicheCell", "NormalCell", "CellLine", "Site") or any(
            name in node.cells for nodes in self._stated for node in nodes
        )

    # --- placing

    def _named(self, nodes: Iterable[Node]) -> tuple[set[str], set[str]]:
        """The cells that a statement names: in, of or receiving; and sending."""
        pairs = [pair for node in nodes for pair in zip(node.cells, node.roles, strict=True)]
        return {c for c, role in pairs if role not in SENDING}, {c for c, role in pairs if role in SENDING}

    def _narrowest(self, cells: Collection[str]) -> list[str]:
        return sorted(c for c in cells if not any(self.know.below(d, c) for d in cells))

    def _staying(self, nodes: Iterable[Node]) -> set[str]:
        """Cells of which two kinds are named as well."""
        here, sending = self._named(nodes)
        named = here | sending
        return {c for c in here if len(self._narrowest({d for d in named if self.know.below(d, c)})) > 1}

    def readings(self, nodes: Sequence[Node], whose: str | None = None) -> Iterator[dict[Node, Node]]:
        """The nodes of one statement, as they are read for cells of the scene: every consistent way.

        Of an arm (``whose`` is the cell that its route concerns) a cell broader than that one is that one.
        """
        here, sending = self._named(nodes)
        named, staying = here | sending, self._staying(nodes)
        if not staying <= self.scene | self._strangers:
            return
        narrower = {c: {d for d in named if self.know.below(d, c)} for c in named}
        same = {}  # a broader cell in, of or receiving is the narrower cell that is named in such a role
        for cell in here - staying:
            kinds = self._narrowest(narrower[cell] & here)
            same[cell] = kinds[0] if kinds else cell
        anchors = sorted({cell for cell in here - staying if same[cell] == cell})
        alone = sorted(cell for cell in sending - here if not narrower[cell])
        choices = [*(self._choices(c, whose, False) for c in anchors), *(self._choices(c, whose, True) for c in alone)]
        for chosen in product(*choices):
            at = dict(zip((*anchors, *alone), chosen, strict=True))
            if not self._consistent(at, anchors, alone):
                continue
            at |= {cell: at[same[cell]] for cell in here - staying} | {cell: cell for cell in staying}
            yield {node: self._placed(node, at, narrower) for node in nodes}

    def _choices(self, cell: str, whose: str | None, sender: bool) -> list[str]:
        if whose is not None and self.know.within(whose, cell):
            return [whose]
        return sorted({other for other in self.scene if self.know.within(other, cell)} | self._strangers & {cell})

    @cached_property
    def _strangers(self) -> set[str]:
        """Other malignant cells than the scenario's, neither kinds of it nor it of them: there as they are named."""
        related = self.know.within
        cells = self.know.members("MalignantCell")
        return {c for c in cells if not related(c, self.cell) and not related(self.cell, c)}

    def _consistent(self, at: dict[str, str], anchors: list[str], alone: list[str]) -> bool:
        """A cell named as sender, and its broader kind read for a kind of it: they are the same cell."""
        return all(
            at[sender] == at[broad]
            for sender in alone
            for broad in anchors
            if self.know.below(sender, broad) and self.know.within(at[broad], sender)
        )

    def _placed(self, node: Node, at: dict[str, str], narrower: dict[str, set[str]]) -> Node:
        cells = []
        receiver = at[node.cells[1]] if node.kind == "Interaction" else None
        for cell, role in zip(node.cells, node.roles, strict=True):
            population = role in SENDING and (narrower[cell] or (receiver and self.know.below(receiver, cell)))
            cells.append(cell if population else at[cell])
        return self._ensure(node._replace(cells=tuple(cells)))

    def _ensure(self, node: Node) -> Node:
        """The node, with the nodes that it cannot be without."""
        if node not in self.nodes:
            self.nodes.add(node)
            for other in self.needed(node):
                self._ensure(other)
        return node

    def needed(self, node: Node) -> list[Node]:
        """What makes the node: the parts of an interaction, the supply of what is available, the subunits."""
        if node.kind == "Interaction":
            (ligand, receptor), (sender, receiver) = node.things, node.cells
            return [Node("Availability", (ligand,), (sender,)), Node("MoleculeActivity", (receptor,), (receiver,))]
        found = self.subunits(node)
        if node.kind == "Availability":
            found.append(node._replace(kind="Supply"))
        return found

    def subunits(self, node: Node) -> list[Node]:
        if node.kind not in ("MoleculeActivity", "Supply"):
            return []
        return [node._replace(things=(unit,)) for unit in self.know.of("hasSubunit", node.things[0])]

    # --- what is said of each node

    def _say(self, node: Node, said: Said) -> None:
        if self._covers(said.scope):
            self.statements[node].here.add(said)
        elif self._in_another_state(said.scope):
            self.statements[node].elsewhere.add(said)

    def _read_statements(self) -> None:
        for prop, sort in (("givenIn", "given"), ("deniedIn", "denied")):
            for name in self._activities_with(prop):
                for scope in self.know.of(prop, name):
                    self._state(self.activity(name), sort, scope)
        for name in self.know.members("Interaction"):
            for scope in self.know.of("deniedIn", name):
                self._state(self.activity(name), "denied", scope)
            for scope in self._scopes(name):
                self._state(self.activity(name), "stated", scope)
        for node in [n for n in self.nodes if n.kind == "Interaction"]:
            self._imply_parts(node)
        for node in [n for n in self.nodes if n.kind != "Interaction"]:
            for said in [*self.statements[node].here, *self.statements[node].elsewhere]:
                if said.sort == "given":
                    self._imply_subunits(node, said)

    def _state(self, node: Node, sort: str, scope: str) -> None:
        for reading in self.readings([node]):
            self._say(reading[node], Said(sort, node.cells, scope))

    def _imply_parts(self, node: Node) -> None:
        """A stated interaction implies its parts, in its own scope."""
        supply = Node("Supply", node.things[:1], node.cells[:1])
        receptor = Node("MoleculeActivity", node.things[1:], node.cells[1:])
        for part, place in ((supply, 0), (receptor, 1)):
            self._ensure(part)
            positive, _ = self._standing(self.statements[node].here)
            for said in positive:
                if said.sort == "stated":
                    self._imply(part, Said("implied", (said.cells[place],), said.scope))

    def _imply(self, part: Node, said: Said) -> None:
        self._say(part, said)
        self._imply_subunits(part, said)

    def _imply_subunits(self, node: Node, said: Said) -> None:
        for unit in self.subunits(node):
            self._imply(unit, replace(said, sort="implied"))

    def _imply_subunits_of_promoted(self) -> None:
        """What a mechanism brings about where no denial stands against it implies its subunits there."""
        for node in sorted(self._by_effect):
            _, denied = self._standing(self.statements[node].here)
            for means in self._standing_means(node):
                if means.sign == "promotes" and (not denied or self._overrules(means, denied)):
                    for said in means.promised:
                        self._imply_subunits(node, said)

    def _read_mechanisms(self) -> Iterator[Means]:
        for name in self.know.members("Mechanism"):
            strength = self._strength(name)
            if strength == OFF:
                self._read_elsewhere(name)
                continue
            for sign in EFFECTS:
                for effect in map(self.activity, self.know.of(sign, name)):
                    requires = tuple(map(self.activity, self.know.of("requires", name)))
                    found = set()
                    for at in self.readings((*requires, effect)):
                        found.add((tuple(dict.fromkeys(at[n] for n in requires)), at[effect]))
                    named = tuple(c for node in (*requires, effect) for c in node.cells)
                    scopes = list(filter(self._covers, self._scopes(name)))
                    said = tuple(Said("stated", named, scope) for scope in scopes)
                    promised = tuple(Said("implied", effect.cells, scope) for scope in scopes)
                    for placed, head in sorted(found):
                        yield Means(name, placed, head, sign, strength == UNDETERMINED, said, promised)

    def _read_elsewhere(self, name: str) -> None:
        """What a mechanism of another state alone brings about there is undetermined here, unless it is denied here."""
        scopes = [s for s in self._scopes(name) if self._in_another_state(s)]
        if scopes and not any(map(self._covers, self.know.of("deniedIn", name))):
            for effect in map(self.activity, self.know.of("promotes", name)):
                for at in self.readings((*map(self.activity, self.know.of("requires", name)), effect)):
                    for scope in scopes:
                        self._imply(at[effect], Said("given", effect.cells, scope))

    def _asks(self, said: Said, node: Node) -> set[str]:
        """The kinds of cell that a statement asks for in what it says of a node."""
        about = {*node.cells, self.cell}
        asked = {cell for cell in said.cells if any(self.know.within(other, cell) for other in about)}
        return {broad for cell in asked for broad in self.know.reach(cell, "subtypeOf")}

    def _narrower_at(self, node: Node, one: Said, other: Said) -> bool:
        """Whether one statement is narrower than another in what both say of a node."""
        mine, theirs = self._asks(one, node), self._asks(other, node)
        wide, back = self._scope_within(one.scope, other.scope), self._scope_within(other.scope, one.scope)
        return mine >= theirs and wide and not (theirs >= mine and back)

    def _standing_means(self, node: Node) -> list[Means]:
        """The mechanisms of a node; of those that differ only in sign the narrower, both in doubt when none is."""
        found = []
        for means in self._by_effect[node]:
            alike = [o for o in self._by_effect[node] if set(o.requires) == set(means.requires)]
            signs = {"promotes": "suppresses", "suppresses": "promotes"}
            rivals = [s for o in alike if o.sign == signs.get(means.sign) for s in o.said]
            standing = [s for s in means.said if not any(self._narrower_at(node, r, s) for r in rivals)]
            against = [r for r in rivals if not any(self._narrower_at(node, s, r) for s in means.said)]
            if standing:
                found.append(means._replace(weak=means.weak or bool(against)))
        return found

    def _overrules(self, means: Means, denied: Iterable[Said]) -> bool:
        """Whether a mechanism is stated more narrowly than each denial of what it promotes."""
        node, denials = means.effect, list(denied)
        return any(all(self._narrower_at(node, s, d) for d in denials) for s in means.said)

    # --- lesions and actions

    @cached_property
    def lesions(self) -> dict[str, tuple[set[str], set[str]]]:
        """Of each lesion that the scenario names: its molecules and its kinds."""
        found = {}
        for name in sorted(self.here.states):
            if self.know.is_a(name, "Lesion", *LESION_KINDS):
                broader = self.know.reach(name, "subtypeOf")
                molecules = {m for b in broader for m in self.know.of("lesionOf", b)}
                found[name] = (molecules, {kind for b in broader for kind in self._kinds(b)})
        return found

    def _kinds(self, lesion: str) -> set[str]:
        """The kinds of a lesion: stated of it or of a broader one; of none it is read as a binding change."""
        above = self.know.reach(lesion, "subtypeOf")
        return {kind for kind in LESION_KINDS for b in above if self.know.is_a(b, kind)} or {"BindingChange"}

    def lesioned(self, cell: str | None) -> bool:
        """Whether the scenario's lesions are the cell's: the malignant cell, or the population of a broader kind."""
        malignant = self.know.is_a(self.cell, "MalignantCell")
        return cell is not None and malignant and self.know.within(self.cell, cell)

    def _changed(self, kind: str) -> set[str]:
        return {m for molecules, kinds in self.lesions.values() if kind in kinds for m in molecules}

    def lost(self, node: Node) -> bool:
        holds = node.kind in ("MoleculeActivity", "Supply", "Availability")
        return holds and self.lesioned(node.cells[0]) and node.things[0] in self._changed("LossOfFunction")

    def gained(self, node: Node) -> bool:
        holds = node.kind == "MoleculeActivity"
        return holds and self.lesioned(node.cells[0]) and node.things[0] in self._changed("GainOfFunction")

    def _names_of(self, agent: str) -> set[str]:
        """The agent and its classes: what is said of a class is said of it."""
        return self.know.reach(agent, "memberOf")

    def _not_bound(self, agent: str) -> set[str]:
        """The molecules whose change of binding this agent does not overcome."""
        overcome = {lesion for name in self._names_of(agent) for lesion in self.know.of("overcomes", name)}
        found = ((lesion, *said) for lesion, said in self.lesions.items())
        return {m for lesion, ms, kinds in found if "BindingChange" in kinds and lesion not in overcome for m in ms}

    def _dependencies(self, agent: str) -> list[str]:
        return sorted({a for name in self._names_of(agent) for a in self.know.of(DEPENDS, name)})

    def _depended(self, activity: str, cell: str | None) -> Node:
        """What an agent depends on, at the cell that it acts on where it names that cell or a broader one."""
        node = self.activity(activity)

        def at(named: str) -> str:
            if cell is not None and self.know.within(cell, named):
                return cell
            return self.cell if self.know.within(self.cell, named) else named

        return node._replace(cells=tuple(map(at, node.cells)))

    @cached_property
    def effects(self) -> list[Effect]:
        """Every action of an agent of the scenario at every node that it reaches undefeated."""
        found = []
        for action in self.know.members("Action"):
            if not any(map(self._covers, self._scopes(action))):
                continue
            givers = [a for a in sorted(self.agents) if self._names_of(a) & set(self.know.of("hasAgent", action))]
            for agent in givers:
                for mode in self.know.of("hasMode", action):
                    for node in sorted(self._reached(action, agent, mode)):
                        depends = tuple(
                            self._ensure(self._depended(a, node.acted_on)) for a in self._dependencies(agent)
                        )
                        found.append(Effect(agent, action, mode, node, depends))
        return found

    def _acts_in(self, action: str, node: Node) -> bool:
        """Whether an action acts in a cell of a node; an agonist acts where the receptor is."""
        stated = self.know.of("actsInCell", action)
        cells = node.cells[-1:] if "activate" in self.know.of("hasMode", action) else node.cells
        return not stated or any(self.know.within(own, cell) for cell in stated for own in cells)

    def _acts_at(self, action: str, cell: str | None) -> bool:
        stated = self.know.of("actsInCell", action)
        return not stated or any(cell is not None and self.know.within(cell, other) for other in stated)

    def _reached(self, action: str, agent: str, mode: str) -> set[Node]:
        found: set[Node] = set()
        for target in self.know.of("hasTarget", action):
            if mode == "deplete":
                found |= self._depleted(target)
            elif self.activity(target).kind == "Activity" and not self.know.is_a(target, "Activity", *STATES):
                found |= self._reached_by_molecule(action, agent, mode, target)
            else:
                found |= self._reached_by_activity(action, agent, mode, target)
        there = self.scene | self._strangers
        return {node for node in found if self._acts_in(action, node) and there.issuperset(node.cells)}

    def _depleted(self, target: str) -> set[Node]:
        """What is in, of, from or received by the cell and its kinds; never the cell that was asked about."""
        if self.know.within(self.spared, target):
            return set()
        places = ((node, node.acted_on) for node in self.nodes)
        return {node for node, cell in places if cell is not None and self.know.within(cell, target)}

    def _starts(self, target: str) -> set[str]:
        """The molecule, and the members of a family."""
        return self.know.reach(target, "memberOf", back=True)

    def _units(self, molecule: str) -> set[str]:
        return self.know.reach(molecule, "hasSubunit")

    def _wider(self, molecule: str, mode: str) -> set[str]:
        """What acting on the molecule acts on: the complexes that hold it, the family that it stands for."""
        props = ("representedBy",) if mode == "supply" else ("hasSubunit", "representedBy")
        return self.know.reach(molecule, *props, back=True)

    def _defeated(self, action: str, agent: str, start: str, molecule: str) -> bool:
        """Whether a lesion defeats acting on the molecule by way of the start, in a lesioned cell."""
        unbound, lost = self._not_bound(agent), self._changed("LossOfFunction")
        if {start, molecule} & (unbound | lost):
            return True
        held = self._units(start) - {start}
        bound = {part for unit in self.know.of("bindsSubunit", action) for part in self._units(unit)}
        return bool(held & bound & (unbound | lost) if bound else held & unbound)

    def _molecules_at(self, node: Node) -> list[tuple[str, str | None]]:
        """The molecules of a node, each with the cell that it is of."""
        if node.kind == "Interaction":
            return list(zip(node.things, node.cells, strict=True))
        if node.kind in ("MoleculeActivity", "Supply", "Availability"):
            return [(node.things[0], node.cells[0])]
        return []

    def _reached_by_molecule(self, action: str, agent: str, mode: str, target: str) -> set[Node]:
        found = set()
        for start in self._starts(target):
            wider = self._wider(start, mode)
            for node in self.nodes:
                if mode == "activate":
                    molecule, cell = self._molecules_at(node)[1] if node.kind == "Interaction" else (None, None)
                elif node.kind in REACHED[mode]:
                    [(molecule, cell)] = self._molecules_at(node)
                else:
                    continue
                if molecule not in wider:
                    continue
                if not (self.lesioned(cell) and self._defeated(action, agent, start, molecule)):
                    found.add(node)
        return found

    def _reached_by_activity(self, action: str, agent: str, mode: str, target: str) -> set[Node]:
        stated = self.activity(target)
        placed = {reading[stated] for reading in self.readings([stated])}
        if mode == "activate" and stated.kind == "MoleculeActivity":
            wider, cells = self._wider(stated.things[0], mode), {node.cells for node in placed}
            placed = {
                n for n in self.nodes if n.kind == "Interaction" and n.things[1] in wider and n.cells[1:] in cells
            }
        first = 1 if mode == "activate" else 0  # an agonist needs no ligand
        return {
            node
            for node in placed
            if not any(
                self.lesioned(cell) and self._defeated(action, agent, molecule, molecule)
                for molecule, cell in self._molecules_at(node)[first:]
                if self._acts_at(action, cell)
            )
        }

    # --- the program

    @cached_property
    def _by_effect(self) -> dict[Node, list[Means]]:
        found: dict[Node, list[Means]] = defaultdict(list)
        for means in self.means:
            found[means.effect].append(means)
        return found

    def _clauses(
        self, agents: Collection[str], without_implied: Collection[Node], stood: Stood | None = None
    ) -> list[Clause]:
        """The scenario under agents, some suppressions read as they stood a step before."""
        clauses = [ALWAYS_IN_DOUBT]
        effects = [effect for effect in self.effects if effect.agent in agents]  # first: it may add nodes
        for node in sorted(self.nodes):
            clauses += self._node_clauses(node, node not in without_implied, stood or {})
        for effect in effects:
            clauses += self._effect_clauses(effect, stood or {})
        return clauses

    def _effect_clauses(self, effect: Effect, stood: Stood) -> Iterator[Clause]:
        node, mode = effect.node, effect.mode
        acts = effect.cause
        yield Clause(acts, effect.depends)
        if mode in CUTTING:
            yield Clause(("cut", node), body(acts, (acts,), stood))
        elif mode == "deplete":
            yield Clause(("depleted", node), body(acts, (acts,), stood))
        elif mode == "restore":
            yield Clause(("restored", node), (acts,))
            yield Clause(("raised", node), (acts,))
        elif mode == "supply":
            yield Clause(("put there", node), (acts,))
            yield Clause(("raised", node), (acts,))
        elif mode == "activate" and (stated := self._engaged(node)) != OFF:
            receptor = Node("MoleculeActivity", node.things[1:], node.cells[1:])
            doubt = (DOUBT,) if stated == UNDETERMINED else ()
            yield Clause(("activated", node), (acts, receptor, *doubt))
            yield Clause(("put there", node), (("activated", node),))
            yield Clause(("raised", node), (("activated", node),))

    def _engaged(self, node: Node) -> str:
        """Whether an interaction is stated here."""
        if node.kind != "Interaction":
            return OFF
        positive, denied = self._standing(self.statements[node].here)
        return OFF if not any(s.sort == "stated" for s in positive) else UNDETERMINED if denied else ON

    def _node_clauses(self, node: Node, implied: bool, stood: Stood) -> Iterator[Clause]:
        """The order at one node: loss; cut; what is put there; what is missing or holds down; what brings about."""
        if node.kind == "Activity" and node.things[0] in self._all_states():
            if any(self.know.within(state, node.things[0]) for state in self.here.states):
                yield Clause(node, ())
            return
        if self.lost(node):
            return
        cut, raised, depleted = ("cut", node), ("raised", node), ("depleted", node)
        top, base = ("top", node), ("base", node)
        supplied_from_outside = node.kind == "Availability"
        yield Clause(top, (("put there", node),), () if supplied_from_outside else (depleted,))
        if self.gained(node):
            yield Clause(top, (), (depleted,))
        yield Clause(node, (top,), (cut,))
        yield Clause(node, (base,), (cut, depleted))
        yield Clause(node, (cut, raised, DOUBT), (depleted,))
        if supplied_from_outside:
            yield Clause(node, (cut, ("put there", node), DOUBT))
        yield from self._base_clauses(node, implied, stood)

    def _base_clauses(self, node: Node, implied: bool, stood: Stood) -> Iterator[Clause]:
        base, brought, held = ("base", node), ("brought", node), ("held down", node)
        positive, denied = self._standing(self.statements[node].here)
        conditions: list[Atom] = [*self.subunits(node)]
        for means in self._standing_means(node):
            doubt = (DOUBT,) if means.weak else ()
            if means.sign == "promotes":
                yield Clause(("promoted", node), (*means.requires, *doubt))
                if denied and self._overrules(means, denied):
                    yield Clause(("overruling", node), (*means.requires, *doubt))
            elif means.sign == "suppresses":
                yield Clause(held, body(means.cause, (*means.requires, *doubt), stood), (("restored", node),))
            elif means.sign == "requiredFor":
                condition = ("condition", node, means.name)
                conditions.append(condition)
                yield Clause(condition, means.requires)
                if means.weak:
                    yield Clause(condition, (DOUBT,))
        if not denied:
            yield Clause(brought, (("promoted", node),))
        for sort in {said.sort for said in positive}:
            if sort == "given":
                yield Clause(brought, ())
            elif sort == "stated":
                yield Clause(brought, tuple(self.needed(node)))
            elif implied:
                yield Clause(brought, ())
        if node.kind == "Availability":
            yield Clause(brought, (node._replace(kind="Supply"),))
        statements = self.statements[node]
        promoted = any(means.sign == "promotes" for means in self._by_effect[node])
        if statements.elsewhere and not statements.here and not promoted:
            yield Clause(brought, (DOUBT,))
        if positive or not denied:
            doubt = (DOUBT,) if denied else ()
            yield Clause(base, (brought, *conditions, *doubt), (held,))
        if denied:
            yield Clause(base, (("overruling", node), *conditions), (held,))

    @cached_property
    def _brought_about(self) -> frozenset[Node]:
        """The parts that depend on their mechanisms: one of them brings the part about in the untreated cell."""
        promoted = [n for n in sorted(self.nodes) if any(m.sign == "promotes" for m in self._by_effect[n])]
        parts = [n for n in promoted if any(s.sort == "implied" for s in self.statements[n].here)]
        if not parts:
            return frozenset()
        rests_on = self._positive_reach(parts)
        found = set()
        for part in parts:
            together = {other for other in parts if other in rests_on[part] and part in rests_on[other]} | {part}
            model = Model(self._clauses((), together))
            if model[part] == ON and model["promoted", part] == ON:
                found.add(part)
        return frozenset(found)

    def _positive_reach(self, starts: Iterable[Node]) -> dict[Node, set[Atom]]:
        bodies: dict[Atom, set[Atom]] = defaultdict(set)
        for clause in self._clauses((), ()):
            bodies[clause.head] |= set(clause.holds)
        found = {}
        for start in starts:
            seen: set[Atom] = set()
            fresh = [*bodies[start]]
            while fresh:
                atom = fresh.pop()
                if atom not in seen:
                    seen.add(atom)
                    fresh += bodies[atom]
            found[start] = seen
        return found

    # --- models, and their steps

    @cached_property
    def untreated(self) -> Model:
        """The scenario with no agent at all; states and lesions are kept."""
        return Model(self._clauses((), self._brought_about))

    @cache  # noqa: B019
    def model(self, part: frozenset[str]) -> Model:
        """The scenario under the background and this part of the regimen."""
        return Model(self._clauses(self.background | part, self._brought_about))

    @cache  # noqa: B019
    def delayed(self, part: frozenset[str]) -> list[Link]:
        """The suppressions on loops that leave the scenario undetermined under this part of the regimen."""
        model = self.model(part)
        return delayed(self._links(self.background | part, model), model)

    def delayed_untreated(self) -> list[Link]:
        """The suppressions on loops that leave the untreated cell undetermined already."""
        return delayed(self._links((), self.untreated), self.untreated)

    @cache  # noqa: B019
    def steps(self, part: frozenset[str]) -> tuple[Model, ...]:
        """The scenario in steps: one where nothing has to be read with delay."""
        agents = self.background | part
        return steps(
            lambda stood: Model(self._clauses(agents, self._brought_about, stood)), self.delayed(part), self.untreated
        )

    def _links(self, agents: Collection[str], model: Model) -> Iterator[Link]:
        """What each node rests on, by mechanisms and their like and by agents that depend on something."""
        effects = [effect for effect in self.effects if effect.agent in agents]
        for node in sorted(self.nodes):
            yield from self._own_links(node)
            lifted = ON in (model["restored", node], model["put there", node])
            yield from self._links_of_means(node, lifted)
        for effect in effects:
            brakes = effect.mode in (*CUTTING, "deplete")
            if brakes or effect.mode in LIFTING:
                yield Link(effect.cause, effect.depends, effect.node, brakes)
            elif effect.mode == "activate" and self._engaged(effect.node) != OFF:
                yield Link(effect.cause, (*effect.depends, self.needed(effect.node)[1]), effect.node)

    def _own_links(self, node: Node) -> Iterator[Link]:
        """What a node needs by being what it is."""
        for unit in self.subunits(node):
            yield Link(("unit", unit), (unit,), node)
        if node.kind == "Availability":
            yield Link(("made", node), (node._replace(kind="Supply"),), node)
        if self._engaged(node) != OFF:
            yield Link(("engaged", node), tuple(self.needed(node)), node)

    def _links_of_means(self, node: Node, lifted: bool) -> Iterator[Link]:
        """The mechanisms of a node that are in force: none brings about what is denied but one that overrules it."""
        _, denied = self._standing(self.statements[node].here)
        for means in self._standing_means(node):
            if means.sign == "suppresses" and not lifted:
                yield Link(means.cause, means.requires, node, True, means.weak)
            elif means.sign == "requiredFor" or (
                means.sign == "promotes" and (not denied or self._overrules(means, denied))
            ):
                yield Link(means.cause, means.requires, node, False, means.weak)

    def moments(self, formula: Callable[[Model], str], part: frozenset[str]) -> Moments:
        """The value of a formula at once and after relief; what the model decides is so at every moment."""
        found = moments_of([formula(model) for model in self.steps(part)])
        decided = formula(self.model(part))
        assert decided == UNDETERMINED or found == (decided, decided), (decided, found)
        return found

    def values(self, part: frozenset[str] | None = None) -> dict[tuple[str, ...], str]:
        """The value of every node in the well-founded model, by its roles."""
        model = self.model(self.regimen if part is None else part)
        return {node.key: model[node] for node in self.nodes}

    def node_moments(self, part: frozenset[str] | None = None) -> dict[tuple[str, ...], Moments]:
        """The moments of every node, by its roles."""
        whole = self.regimen if part is None else part
        return {node.key: self.moments(itemgetter(node), whole) for node in self.nodes}

    # --- routes and arms

    @cache  # noqa: B019
    def _copies(self, arm: str, whose: str) -> tuple[tuple[Node, ...], ...]:
        """The ways in which an arm is read for a cell: none if a cell of it is nowhere in the scene."""
        if not self._in_force(arm, whose):
            return ()
        needs = tuple(map(self.activity, self.know.of("needs", arm)))
        found = {tuple(at[node] for node in needs) for at in self.readings(needs, whose)}
        return tuple(sorted(found)) if needs else ()

    def arms(self, owner: str, whose: str | None = None) -> list[str]:
        """The arms that are in force for the cell, or for another one."""
        return sorted(arm for arm in self.know.of("hasArm", owner) if self._in_force(arm, whose or self.cell))

    def _in_force(self, arm: str, whose: str) -> bool:
        (owner,) = self.know.whose("hasArm", arm)
        own = self._is_own(arm, whose)
        if not own and not any(self._is_own(other, whose) for other in self.know.of("hasArm", owner)):
            here = not self.know.of("forCell", arm) and all(self.know.within(c, whose) for c in self._owned(arm))
        else:
            here = own
        return here and self._arm_strength(arm) != OFF

    def _is_own(self, arm: str, whose: str) -> bool:
        cells = self.know.of("forCell", arm) or self._owned(arm)
        return not cells or any(self.know.within(whose, cell) for cell in cells)

    def _owned(self, arm: str) -> list[str]:
        """The cells of an arm that names none: those of its needs, not as senders, that its owner is about."""
        (owner,) = self.know.whose("hasArm", arm)
        supported = self.know.reach(owner, "supportsRoute")
        stated = {c for route in supported for relation in KINDS_OF_ROUTE for c in self.know.of(relation, route)}
        stated |= {c for s in supported for p in self.know.whose("byRoute", s) for c in self.know.of("ofCell", p)}
        cells = self.know.members("Cell", "MalignantCell", "NicheCell", "NormalCell", "CellLine")
        about = [c for c in cells if any(self.know.within(c, a) for a in stated)]
        about += self.know.of("functionOf", owner)
        here, _ = self._named(list(map(self.activity, self.know.of("needs", arm))))
        within = self.know.within
        return self._narrowest({c for c in here if any(within(c, a) or within(a, c) for a in about)})

    def _arm_strength(self, arm: str) -> str:
        """Whether an arm is in force; one of no scope holds where its route does."""
        (owner,) = self.know.whose("hasArm", arm)
        scopes = self.know.of("holdsIn", arm) or self._scopes(owner)
        return self._strength(arm, scopes)

    def _arm_in(self, model: Model, arm: str, whose: str) -> str:
        value = any_of(all_of(model[node] for node in copy) for copy in self._copies(arm, whose))
        return all_of([value, self._arm_strength(arm)])

    def arm_moments(self, arm: str, part: frozenset[str], whose: str | None = None) -> Moments:
        return self.moments(lambda model: self._arm_in(model, arm, whose or self.cell), part)

    def owner_moments(self, owner: str, part: frozenset[str], whose: str | None = None) -> Moments:
        """The moments of a route or function: they are judged in each step, and not from those of its arms."""
        arms, cell = self.arms(owner, whose), whose or self.cell
        return self.moments(lambda model: any_of(self._arm_in(model, arm, cell) for arm in arms), part)

    def arm_value(self, arm: str, part: frozenset[str], whose: str | None = None) -> str:
        return self.arm_moments(arm, part, whose).value

    def value(self, owner: str, part: frozenset[str], whose: str | None = None) -> str:
        """The value of a route or function, one of four."""
        return self.owner_moments(owner, part, whose).value

    def _in_scope(self, name: str) -> bool:
        return any(map(self._covers, self._scopes(name)))

    def protections(self, route: str) -> list[str]:
        """The therapies from which a route protects the cell."""
        found = []
        for protection in self.know.whose("byRoute", route):
            cells = self.know.of("ofCell", protection)
            if self._in_scope(protection) and any(self.know.within(self.cell, cell) for cell in cells):
                found += self.know.of("fromTherapy", protection)
        return sorted(found)

    def bears(self, relation: str, route: str) -> bool:
        return any(self.know.within(self.cell, cell) for cell in self.know.of(relation, route))

    def _concerns(self, route: str) -> bool:
        supported = self.know.reach(route, "supportsRoute")
        return any(any(self.bears(r, s) for r in KINDS_OF_ROUTE) or self.protections(s) for s in supported)

    def _assumed(self, route: str) -> bool:
        return all(
            any(self.know.within(named, state) for named in self.here.states)
            for state in self.know.of("assumes", route)
        )

    @cached_property
    def listed(self) -> list[str]:
        """The routes of the cell."""
        routes = self.know.members(*ROUTES)
        return [r for r in routes if self._in_scope(r) and self._concerns(r) and self._assumed(r) and self.arms(r)]

    @cached_property
    def routes(self) -> dict[str, Standing]:
        """The status of each route of the cell, by what."""
        return {r: standing(self.regimen, partial(self.value, r)) for r in self.listed}

    def closes(self, route: str) -> bool:
        """Whether a route is off at once and after relief, or is none of this cell's."""
        return route not in self.listed or self.value(route, self.regimen) == OFF

    @cached_property
    def arm_standings(self) -> dict[str, dict[str, Standing]]:
        return {
            route: {arm: standing(self.regimen, partial(self.arm_value, arm)) for arm in self.arms(route)}
            for route in self.routes
        }

    def narrowed(self, route: str) -> bool:
        standings = self.arm_standings[route].values()
        return self.routes[route].status != "broken" and any(found.status == "broken" for found in standings)

    def changed(self, route: str) -> str:
        """Whether a route is broken or narrowed for sure, or at most (what was cut was undetermined), or not at all."""
        parts = [part for part in parts_of(self.regimen) if part != self.regimen]
        if self.routes[route].status == "broken":
            return _for_sure(self.value(route, part) for part in parts)
        broken = [arm for arm, found in self.arm_standings[route].items() if found.status == "broken"]
        return any_of(_for_sure(self.arm_value(arm, part) for part in parts) for arm in broken)

    # --- killers and outcomes

    def _kills(self, killing: str, agent: str) -> bool:
        """Whether what a killing states holds for this agent, cell and disease."""
        stated, names = set(self.know.of("hasAgent", killing)), self._names_of(agent)
        cells = self.know.of("againstCell", killing)
        if not stated & names or not self._in_scope(killing):
            return False
        if not any(self.know.within(self.cell, cell) for cell in cells):
            return False
        exact = self.cell in cells and {EVERYWHERE, *self.here.diseases} & set(self._scopes(killing))
        through = self.know.of("actsThrough", killing)
        if exact:
            return True
        if through:
            works = [Node("MoleculeActivity", (molecule,), (self.cell,)) for molecule in through]
            return any(self.untreated[work] == ON for work in works)
        return agent in stated or self.cell in cells

    def _killing_defeated(self, killing: str, agent: str) -> bool:
        if not self.lesioned(self.cell):
            return False
        broken = self._not_bound(agent) | self._changed("LossOfFunction")
        return any(self._units(molecule) & broken for molecule in self.know.of("actsThrough", killing))

    def _able(self, agent: str, *values: str) -> bool:
        nodes = [self._depended(a, self.cell) for a in self._dependencies(agent)]
        return all(self.moments(itemgetter(node), self.regimen).value in values for node in nodes)

    @cached_property
    def killers(self) -> set[str]:
        """The effective killers of the cell."""
        return self._killers_that(ON)

    def _killers_that(self, *values: str) -> set[str]:
        pairs = [
            (agent, k) for agent in self.agents if self._able(agent, *values) for k in self.know.members("Killing")
        ]
        return {agent for agent, k in pairs if self._kills(k, agent) and not self._killing_defeated(k, agent)}

    @property
    def outcomes(self) -> dict[str, str]:
        """Each outcome for the cell that holds for sure, with its extent."""
        return self._outcomes(ON)

    @property
    def doubtful_outcomes(self) -> dict[str, str]:
        """Each outcome that rests on nothing but what was undetermined, with its extent."""
        firm = self.outcomes
        return {name: extent for name, extent in self._outcomes(ON, UNDETERMINED).items() if name not in firm}

    @cache  # noqa: B019
    def _outcomes(self, *enough: str) -> dict[str, str]:
        found = {}
        for relation, outcome in KINDS_OF_ROUTE.items():
            routes = [route for route in self.routes if self.bears(relation, route)]
            if any(self.changed(route) in enough for route in routes):
                found[outcome] = self._extent_over(routes)
        for killer in sorted(self.killers):
            after = self._with_killer_in_place(killer)
            wards = [r for r in after.routes if after.wards_off(r, killer)]
            if any(after.changed(route) in enough for route in wards):
                extent = after._extent_over(wards)
                found["sensitises"] = extent if found.get("sensitises") != "complete" else "complete"
        return found

    def wards_off(self, route: str, killer: str) -> bool:
        unnamed = self.know.classes.get("UnnamedTherapy", set())
        return any(therapy in self._names_of(killer) | unnamed for therapy in self.protections(route))

    def _with_killer_in_place(self, killer: str) -> "Reference":
        if killer in self.background:
            return self
        background, regimen = self.background | {killer}, self.regimen - {killer}
        asked = replace(self.question, background=tuple(sorted(background)), regimen=tuple(sorted(regimen)))
        return Reference(self.facts, asked, self.spared)

    def _extent_over(self, routes: list[str]) -> str:
        """Complete if no near route of the kind is left; what is inactive is not counted."""
        distances = {r: self._distance(r) for r in routes if self.routes[r].status != "inactive"}
        left = [r for r in distances if self.routes[r].status in (*LEFT_OPEN, "unknown")]
        return "partial" if any(distances[r] == min(distances.values()) for r in left) else "complete"

    def _distance(self, route: str) -> int:
        """How far from this disease the nearest scope of a route is: none for its own or for its own cell."""
        cells = {cell for relation in KINDS_OF_ROUTE for cell in self.know.of(relation, route)}
        if self.cell in cells:
            return 0
        scopes = [self._extent(scope).diseases for scope in self._scopes(route) if self._covers(scope)]
        return min(self._steps(diseases) for diseases in scopes)

    def _steps(self, diseases: frozenset[str]) -> int:
        far = 1_000
        if not diseases:
            return far
        level, steps = set(self.here.diseases), 0
        while level and not level & diseases:
            level = {broader for name in level for broader in self.know.of("subtypeOf", name)}
            steps += 1
        return steps if level else far

    @cached_property
    def hazards(self) -> set[str]:
        found = set()
        if {"dislodges", "awakens"} & set(self.outcomes) and not self._killers_that(ON, UNDETERMINED, REBOUNDS):
            found.add("eviction_without_killer")
        if any(map(self._opens, self.routes)):
            found.add("opened_route")
        if self.opposing:
            found.add("opposed_agents")
        return found

    def _opens(self, route: str) -> bool:
        """Whether a route that was off is on, or comes back."""
        status = self.routes[route].status
        return status == "opened" or (status == "rebounds" and self.value(route, EMPTY) == OFF)

    @cached_property
    def opposing(self) -> list[tuple[Node, Node]]:
        """The nodes at which one agent cuts what another raises."""
        model = self.model(self.regimen)
        acting = [e for e in self.effects if model[("acts", *e[:4])] == ON and not self.lost(e.node)]
        cuts = [e for e in acting if e.mode in CUTTING]
        agonists = [e for e in acting if e.mode == "activate" and self._engaged(e.node) != OFF]
        raises = [e for e in acting if e.mode in LIFTING] + agonists
        return [(a.node, b.node) for a in cuts for b in raises if a.agent != b.agent and self._pull_apart(a.node, b)]

    def _pull_apart(self, cut: Node, effect: Effect) -> bool:
        if cut == effect.node:
            return True
        if not set(cut.cells) & set(effect.node.cells):
            return False
        pulled = self._molecules_at(effect.node)
        pulled = pulled[1:] if effect.mode == "activate" else pulled
        return any(
            one in self._units(other) or other in self._units(one)
            for one, _ in self._molecules_at(cut)
            for other, _ in pulled
            if cut.kind != "Interaction"
        )

    # --- harms

    @cached_property
    def harms(self) -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
        """Of each function of a normal cell: lost or touched, and by which agents."""
        found = {}
        for function in self.know.members(*FUNCTIONS):
            for cell in sorted(self._cells_with(function)):
                harm = self._harm(function, cell)
                if harm:
                    found[cell, function] = harm
        return found

    def _cells_with(self, owner: str) -> set[str]:
        """The cells of the scene that have a function: those of which it is stated, and kinds of them."""
        stated = self.know.of("functionOf", owner)
        return {*stated, *(c for c in self.scene if any(self.know.within(c, broad) for broad in stated))}

    def _harm(self, function: str, cell: str) -> tuple[str, frozenset[str]] | None:
        if not self._in_scope(function) or not self.arms(function, cell):
            return None
        if self.loses(function, cell, self.regimen) and not self.loses(function, cell, EMPTY):
            return "lost", frozenset().union(*deciding(self.regimen, lambda part: self.loses(function, cell, part)))
        upstream = self._upstream(function, cell)
        model = self.model(self.regimen)
        touching = {e.agent for e in self.effects if e.node in upstream and model[("acts", *e[:4])] != OFF}
        touching &= self.regimen
        return ("touched", frozenset(touching)) if touching else None

    def loses(self, function: str, cell: str, part: frozenset[str]) -> bool:
        """Whether a function is off at once or after relief."""
        return OFF in self.owner_moments(function, part, cell)

    def _upstream(self, function: str, cell: str) -> set[Node]:
        fresh = [n for arm in self.arms(function, cell) for copy in self._copies(arm, cell) for n in copy]
        for molecule in [m for (prop, m), fs in self.know.objects.items() if prop == "takesPartIn" and function in fs]:
            fresh += [n for n in self.nodes if n.kind in ("MoleculeActivity", "Supply") and n.things == (molecule,)]
        seen: set[Node] = set()
        while fresh:
            node = fresh.pop()
            if node not in seen:
                seen.add(node)
                fresh += self.needed(node)
                fresh += [other for means in self._by_effect[node] for other in means.requires]
        return seen

    def mobilises(self) -> set[str]:
        """The normal cells whose retention is touched."""
        return {cell for cell, function in self.harms if self.know.is_a(function, "RetentionFunction")}


def _for_sure(values: Iterable[str]) -> str:
    """Whether what is off now was more than undetermined before: on, or on after relief."""
    return ON if {ON, REBOUNDS} & set(values) else UNDETERMINED


EFFECTS = ("promotes", "suppresses", "influences", "requiredFor")
DEPENDS = "dependsOnActivity"
