"""Scopes, scenarios and routes straight from their definition: a second opinion that shares no code with the engine.

A statement covers a set of places, a place being a cell, a disease or context or none, and a set of states.  One
statement is narrower than another when it covers fewer places: sets are compared, never what the scopes ask for.  A
node is known by its roles.  Values come from the well-founded model on sets, standings from trying every part of the
regimen.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, combinations

from reasoner.engine.saturate import Closure
from reasoner.model.atom import Fact
from tests.oracles.definition import OFF, ON, UNDETERMINED, Graph, Influence, well_founded_model
from tests.properties.random_knowledge import ROLES, Question

Node = tuple[str, ...]
#: What a statement covers, and whether it speaks for or against.
Said = tuple[frozenset[Hashable], bool]


def subsets(names: Iterable[str]) -> Iterator[frozenset[str]]:
    pool = sorted(names)
    parts = chain.from_iterable(combinations(pool, size) for size in range(len(pool) + 1))
    return map(frozenset, parts)


def verdict(statements: Iterable[Said]) -> bool | None:
    """What the narrowest statements say, None when they disagree or when there is none."""
    items = list(statements)
    said = {holds for covers, holds in items if not any(other < covers for other, _ in items)}
    return said.pop() if len(said) == 1 else None


@dataclass(frozen=True)
class PlainRoute:
    """A route at the place: the needs of each arm, and the arms on which the statements disagree."""

    arms: dict[str, frozenset[Node]]
    contested: frozenset[str]


class PlainReading:
    """The facts of a closure read for one question."""

    def __init__(self, closure: Closure, question: Question) -> None:
        self.question = question
        self.closure = closure
        self.cell = question.cell
        self.states = frozenset(question.states)
        self._members: dict[str, list[str]] = defaultdict(list)
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._covered: dict[tuple[str, frozenset[str]], frozenset[Hashable]] = {}
        for fact in closure:
            if fact.object is None:
                self._members[fact.predicate].append(fact.subject)
            else:
                self._values[fact.predicate][fact.subject].append(str(fact.object))

    def of(self, prop: str, subject: str) -> list[str]:
        return self._values[prop].get(subject, [])

    def members(self, cls: str) -> list[str]:
        return self._members.get(cls, [])

    def pairs(self, prop: str) -> list[tuple[str, str]]:
        return [(subject, value) for subject, values in self._values[prop].items() for value in values]

    # --- places ------------------------------------------------------------------------------------------------------

    def is_kind_of(self, narrower: str, broader: str) -> bool:
        return narrower == broader or broader in self.of("subtypeOf", narrower)  # transitive by axiom

    @cached_property
    def universe(self) -> list[tuple[str | None, frozenset[str]]]:
        """Every disease or context or none, with every set of states that goes with it."""
        contexts = self.members("Context")
        states = list(subsets(self.members("State")))
        places = [None, *self.members("Disease"), *contexts]
        return [(d, s) for d in places for s in states if d not in contexts or s.issuperset(self.of("inState", d))]

    def stands_in(self, disease: str | None, wanted: str) -> bool:
        """Whether a scenario in ``disease`` is one in ``wanted``."""
        parts = self.of("inDisease", disease or "") if disease in self.members("Context") else [disease]
        return disease == wanted or any(part is not None and self.is_kind_of(part, wanted) for part in parts)

    def covers(self, scope: str, disease: str | None, states: frozenset[str]) -> bool:
        if scope == "everywhere" or scope == disease:
            return True
        if scope in self.members("Context"):
            diseases = all(self.stands_in(disease, part) for part in self.of("inDisease", scope))
            return diseases and states.issuperset(self.of("inState", scope))
        return self.stands_in(disease, scope)

    def is_here(self, scope: str) -> bool:
        return self.covers(scope, self.question.disease, self.states)

    def coverage(self, scope: str, cells: Iterable[str] = ()) -> frozenset[Hashable]:
        """The places of a statement that names these cells: only those that are kinds of mine narrow it."""
        asked = frozenset(cell for cell in cells if self.is_kind_of(self.cell, cell))
        if (scope, asked) not in self._covered:
            mine = [c for c in self.members("Cell") if all(self.is_kind_of(c, cell) for cell in asked)]
            covered = [(d, s) for d, s in self.universe if self.covers(scope, d, s)]
            self._covered[scope, asked] = frozenset((c, d, s) for d, s in covered for c in mine)
        return self._covered[scope, asked]

    # --- nodes -------------------------------------------------------------------------------------------------------

    @cached_property
    def nodes(self) -> dict[str, tuple[Node, tuple[str, ...]]]:
        """Kind and things of each activity, and its places."""
        found: dict[str, tuple[Node, tuple[str, ...]]] = {}
        for cls, (thing, place) in ROLES.items():
            for name in self.members(cls):
                found[name] = (cls, *self.of(thing, name)), tuple(self.of(place, name))
        for name in self.members("Interaction"):
            things = self.of("hasLigand", name) + self.of("hasReceptor", name)
            places = self.of("hasSender", name) + self.of("hasReceiver", name)
            found[name] = ("Interaction", *things), tuple(places)
        for name in self.members("Activity"):
            found.setdefault(name, (("Activity", name), ()))
        return found

    def node(self, name: str, focus: bool = False) -> Node:
        things, places = self.nodes[name]
        if focus:
            places = tuple(self.cell if self.is_kind_of(self.cell, place) else place for place in places)
        return (*things, "@", *places)

    def cells_of(self, names: Iterable[str]) -> list[str]:
        return [place for name in names for place in self.nodes[name][1]]

    def readings(self, names: Iterable[str]) -> list[bool]:
        """As stated, and for the cell of the place where only broader kinds of it are named."""
        cells = self.cells_of(names)
        named = any(self.is_kind_of(cell, self.cell) for cell in cells)
        broader = any(self.is_kind_of(self.cell, cell) for cell in cells)
        return [False] if named or not broader else [False, True]

    # --- statements --------------------------------------------------------------------------------------------------

    @cached_property
    def said(self) -> dict[Node, list[Said]]:
        """What is stated here of each node."""
        found: dict[Node, list[Said]] = {}
        for prop in ("givenIn", "deniedIn"):
            for name, scope in self.pairs(prop):
                if name in self.nodes and self.is_here(scope):
                    for focus in self.readings([name]):
                        covered = self.coverage(scope, self.cells_of([name]))
                        found.setdefault(self.node(name, focus), []).append((covered, prop == "givenIn"))
        return found

    @cached_property
    def states_given(self) -> set[Node]:
        """The nodes of the states of the scenario."""
        return {self.node(state) for state in self.states}

    def base(self, node: Node) -> str:
        """given, denied, contested, elsewhere (said of other states only) or none."""
        if node in self.states_given:
            return "given"
        if node not in self.said:
            return "elsewhere" if node in self.elsewhere else "none"
        return {True: "given", False: "denied", None: "contested"}[verdict(self.said[node])]

    def is_stated_elsewhere(self, scopes: list[str]) -> bool:
        """Whether scopes would hold here in other states, and none holds in these."""
        all_states = frozenset(self.members("State"))
        in_other_states = any(self.covers(scope, self.question.disease, all_states) for scope in scopes)
        return in_other_states and not any(map(self.is_here, scopes))

    @cached_property
    def stated_elsewhere(self) -> set[Node]:
        """Nodes of which something is said for other states only."""
        about = [
            (name, [name], [scope])
            for prop in ("givenIn", "deniedIn")
            for name, scope in self.pairs(prop)
            if name in self.nodes
        ]
        for mechanism in self.members("Mechanism"):
            for effect in self.of("promotes", mechanism):
                about.append((effect, [*self.of("requires", mechanism), effect], self.of("holdsIn", mechanism)))
        return {
            self.node(name, focus)
            for name, names, scopes in about
            if self.is_stated_elsewhere(scopes)
            for focus in self.readings(names)
        }

    # --- mechanisms --------------------------------------------------------------------------------------------------

    @cached_property
    def mechanisms(self) -> dict[tuple[str, frozenset[Node], Node, str], bool]:
        """Mechanisms that stand here, by name, requirements, effect and sign, and whether each is in doubt."""
        read = list(self._mechanisms())
        found: dict[tuple[str, frozenset[Node], Node, str], bool] = {}
        for name, requires, effect, sign, holds, doubt in read:
            against = [(c, False) for _, r, e, s, h, _ in read if (r, e) == (requires, effect) and s != sign for c in h]
            if sign == "promotes":
                against += [(covered, False) for covered, says in self.said.get(effect, ()) if not says]
            stands = verdict([(covered, True) for covered in holds] + against)
            if stands is not False:
                key = name, requires, effect, sign
                found[key] = found.get(key, True) and (doubt or stands is None)
        return found

    def _mechanisms(self) -> Iterator[tuple[str, frozenset[Node], Node, str, list[frozenset[Hashable]], bool]]:
        """Mechanisms that are stated here and not denied, with what each statement covers."""
        for name in self.members("Mechanism"):
            requires = self.of("requires", name)
            for sign in ("promotes", "suppresses"):
                for effect in self.of(sign, name):
                    names = [*requires, effect]
                    cells = self.cells_of(names)
                    scopes = self.of("holdsIn", name) or ["everywhere"]
                    holds = [self.coverage(s, cells) for s in scopes if self.is_here(s)]
                    denied = [self.coverage(s, cells) for s in self.of("deniedIn", name) if self.is_here(s)]
                    says = verdict([(c, True) for c in holds] + [(c, False) for c in denied])
                    if holds and says is not False:
                        for focus in self.readings(names):
                            needs = frozenset(self.node(n, focus) for n in requires)
                            yield name, needs, self.node(effect, focus), sign, holds, says is None

    # --- agents ------------------------------------------------------------------------------------------------------

    def reached(self, agent: str, prop: str) -> frozenset[Node]:
        """The nodes that the effective actions of an agent, or of its classes, cut, lift or provide."""
        return frozenset(
            node
            for action in self.members("Action")
            if self.is_effective(agent, action)
            for name in self.of(prop, action)
            for node in {self.node(name, focus) for focus in self.readings([name])}
            if self.is_within(node, self.of("actsInCell", action))
        )

    def is_effective(self, agent: str, action: str) -> bool:
        own = {agent, *self.of("memberOf", agent)}
        acting = bool(own.intersection(self.of("hasAgent", action)))
        return acting and self.is_stated(action) and not self.is_defeated(agent, action)

    def kills(self, agent: str) -> bool:
        """Whether an agent, or a class of it, is stated to act against the cell here and no lesion defeats that."""
        return any(
            agent in self.of("hasAgent", killing)
            and any(self.is_kind_of(self.cell, cell) for cell in self.of("againstCell", killing))
            and self.is_stated(killing)
            and not self.is_defeated(agent, killing)
            and (self.is_of_this_place(killing) or self.comes_down(agent, killing))
            for killing in self.members("Killing")
        )

    def is_of_this_place(self, killing: str) -> bool:
        """Whether a killing is stated for this very cell, or wherever it holds the disease is this one."""
        disease, scopes = self.question.disease, self.of("holdsIn", killing)
        diseases = [d for d, _ in self.universe]
        for scope in filter(self.is_here, scopes):
            covered = [d for d in diseases if self.covers(scope, d, self.states)]
            if disease is not None and all(self.lies_in(d, disease) for d in covered):
                return True
        own = [d for cell in self.of("againstCell", killing) for d in self.of("occursIn", cell)]
        return self.cell in self.of("againstCell", killing) and (not scopes or disease is None or disease in own)

    def lies_in(self, disease: str | None, wanted: str) -> bool:
        """Whether who has a disease, or stands in a context, has all that another disease or context asks for."""
        parts = self.of("inDisease", wanted) if wanted in self.members("Context") else [wanted]
        return all(self.stands_in(disease, part) for part in parts)

    def comes_down(self, agent: str, killing: str) -> bool:
        """Whether a killing of a broader cell or disease is one here: through what is at work, else by name."""
        if through := self.of("actsThrough", killing):
            molecules = {*through, *(member for member, family in self.pairs("memberOf") if family in through)}
            untreated = well_founded_model(self.graph(()))
            return any(untreated.get(("MoleculeActivity", m, "@", self.cell)) == ON for m in molecules)
        is_this_cell = self.cell in self.of("againstCell", killing)
        return is_this_cell or self.closure.is_asserted(Fact("hasAgent", killing, agent))

    def is_defeated(self, agent: str, what: str) -> bool:
        overcome = self.of("overcomes", agent)
        return any(lesion not in overcome and what in self.of("mayDefeat", lesion) for lesion in self.states)

    def is_within(self, node: Node, cells: list[str]) -> bool:
        places = node[node.index("@") + 1 :]
        return not cells or any(self.is_kind_of(place, cell) for place in places for cell in cells)

    @cached_property
    def elsewhere(self) -> set[Node]:
        """Nodes in doubt for want of a state: nothing said here, and nothing brings them about."""
        return self.stated_elsewhere - self.said.keys() - {e for _, _, e, sign in self.mechanisms if sign == "promotes"}

    def graph(self, agents: Iterable[str]) -> Graph:
        """The mechanism graph at the place with agents at work."""
        positive = tuple(Influence(r, e, w) for (_, r, e, s), w in self.mechanisms.items() if s == "promotes")
        negative = tuple(Influence(r, e, w) for (_, r, e, s), w in self.mechanisms.items() if s != "promotes")
        given = {node for node in self.said if self.base(node) == "given"} | self.states_given
        contested = {node for node in self.said if self.base(node) == "contested"}
        acting = {prop: frozenset(n for a in agents for n in self.reached(a, prop)) for prop in EFFECTS}
        cut, lift, supply = acting.values()
        needed = frozenset(need for route in self.owners for arm in self.route(route).arms.values() for need in arm)
        nodes = (
            {self.node(name) for name in self.nodes} | given | contested | self.elsewhere | cut | lift | supply | needed
        )
        for influence in positive + negative:
            nodes |= influence.requires | {influence.effect}
        return Graph(
            frozenset(nodes),
            frozenset(given),
            frozenset(contested | self.elsewhere) - self.states_given,
            positive,
            negative,
            cut,
            lift,
            supply,
        )

    # --- routes ------------------------------------------------------------------------------------------------------

    @property
    def owners(self) -> list[str]:
        """Everything that has arms."""
        return self.members("Route") + self.members("NormalFunction")

    def route(self, owner: str) -> PlainRoute:
        """The arms of a route or function that are stated for the place."""
        arms: dict[str, frozenset[Node]] = {}
        contested: set[str] = set()
        for arm in self.of("hasArm", owner):
            cells = self.of("forCell", arm)
            scopes = self.of("holdsIn", arm) or self.of("holdsIn", owner) or ["everywhere"]
            holds = [(self.coverage(s), True) for s in scopes if self.is_here(s)]
            denied = [(self.coverage(s), False) for s in self.of("deniedIn", arm) if self.is_here(s)]
            says = verdict(holds + denied)
            if holds and says is not False and all(self.is_kind_of(self.cell, cell) for cell in cells):
                needs = self.of("needs", arm)
                arms[arm] = frozenset(self.node(need, self.readings(needs)[-1]) for need in needs)
                contested |= {arm} if says is None else set()
        return PlainRoute(arms, frozenset(contested))

    def routes_here(self) -> list[str]:
        """The routes that concern the cell at the place and have a way through."""
        return sorted(
            name
            for name in self.members("Route")
            if self.cell in self.of("concerns", name)
            and (self.is_stated(name) or self.protects_here(name))
            and self.route(name).arms
        )

    def is_stated(self, name: str) -> bool:
        scopes = self.of("holdsIn", name)
        return not scopes or any(map(self.is_here, scopes))

    def protects_here(self, route: str) -> bool:
        return any(
            self.is_stated(protection)
            and any(self.is_kind_of(self.cell, cell) for cell in self.of("ofCell", protection))
            for protection in self.members("Protection")
            if route in self.of("byRoute", protection)
        )

    def values(self, agents: Iterable[str]) -> dict[Node, str]:
        """The value of every node under the background and ``agents``."""
        return well_founded_model(self.graph([*self.question.background, *agents]))

    def arm_values(self, route: str, values: dict[Node, str]) -> dict[str, str]:
        """The value of each arm of a route."""
        here = self.route(route)
        found: dict[str, str] = {}
        for arm, needs in here.arms.items():
            said = {values[node] for node in needs} | ({UNDETERMINED} if arm in here.contested else set())
            found[arm] = OFF if OFF in said else UNDETERMINED if UNDETERMINED in said else ON
        return found


EFFECTS = ("cuts", "lifts", "provides")


def any_of(values: Iterable[str]) -> str:
    """The value of a route from those of its arms."""
    said = set(values)
    return ON if ON in said else UNDETERMINED if UNDETERMINED in said else OFF


def standing(regimen: Iterable[str], value: Callable[[frozenset[str]], str]) -> tuple[str, set[frozenset[str]]]:
    """Status and ``by`` of something whose value under each part of the regimen is known, by trying every part."""
    whole = frozenset(regimen)
    parts = list(subsets(whole))
    now, none = value(whole), value(frozenset())
    statuses = {
        "unknown": now == UNDETERMINED,
        "open": now == ON and none != OFF,
        "opened": now == ON and none == OFF,
        "broken": now == OFF and any(value(part) == ON for part in parts),
        "inactive": now == OFF and not any(value(part) == ON for part in parts),
    }
    (status,) = (name for name, holds in statuses.items() if holds)
    deciding = [b for b in parts if all(value(z) == now for z in parts if b <= z)]
    minimal = {b for b in deciding if not any(other < b for other in deciding)}
    return status, minimal - {frozenset()} if status in ("unknown", "opened", "broken") else set()
