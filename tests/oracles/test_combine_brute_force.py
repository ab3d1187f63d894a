"""What ``combine`` lists on random knowledge bases against trying every set of agents, one scenario a set."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.answers.combine import combine
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.killers import EXACT
from reasoner.mechanism.place import Place
from reasoner.mechanism.well_founded import OFF, UNDETERMINED
from reasoner.model.atom import Fact
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.scenario import Scenario
from reasoner.scenario.verdict import rank
from reasoner.views import schemas
from tests.properties.random_knowledge import AGENTS, DRUG_CLASS, NORMAL, Knowledge, Question, knowledge

QUICK = settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=2_000)
Agents = frozenset[str]


@dataclass(frozen=True)
class Asked:
    """A knowledge base, a place with a background, and a wish."""

    knowledge: Knowledge
    wish: Wish

    @cached_property
    def kb(self) -> Reasoned:
        return self.knowledge.reasoned()

    @property
    def background(self) -> tuple[str, ...]:
        return self.knowledge.question.background

    @property
    def place(self) -> Place:
        return self.knowledge.question.place

    def document(self) -> dict:
        q = self.knowledge.question
        states = q.states if q.disease else (*q.states, "normal_marrow")
        return combine(self.kb, ScenarioRequest(q.cell, q.disease, states, q.background), self.wish)


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    spare = draw(st.sampled_from([(), (NORMAL,), (NORMAL,)]))
    some = st.lists(st.sampled_from([*AGENTS, DRUG_CLASS]), max_size=2, unique=True).map(tuple)
    return Wish(
        close=draw(st.sampled_from([(), (), (), ("all",), ("retention",)])),
        scope=draw(st.sampled_from(["near", "near", "all"])),
        spare=spare,
        strict=bool(spare) and draw(st.sampled_from([False, False, True])),
        max_size=draw(st.sampled_from([0, 1, 2, 3, 4, 4, 4])),
        only=draw(st.sampled_from([(), (), (), draw(some)])),
        exclude=draw(st.sampled_from([(), (), (), draw(some)])),
        limit=draw(st.sampled_from([1, 50])),
    )


@st.composite
def wide(draw: st.DrawFn) -> Asked:
    """Knowledge of every kind that the facts can say, with killers of the cell and protections added."""
    base = draw(knowledge())
    q = base.question
    facts = [*base.facts, Fact("NormalState", "normal_marrow")]
    for number, drug in enumerate(draw(st.lists(st.sampled_from(AGENTS), max_size=2, unique=True))):
        facts += _killing(drug, q.cell)
        if draw(st.booleans()):
            facts += _shield(f"shield{number}", "route0", q.cell, draw(st.sampled_from([drug, DRUG_CLASS])))
    background = draw(st.sampled_from([q.background, (), ()]))
    return Asked(Knowledge(tuple(facts), replace(q, background=background)), draw(wishes()))


def _killing(drug: str, cell: str) -> list[Fact]:
    name = f"killing_by_{drug}"
    return [Fact("Killing", name), Fact("hasAgent", name, drug), Fact("againstCell", name, cell)]


def _shield(name: str, route: str, cell: str, therapy: str) -> list[Fact]:
    facts = [Fact("Protection", name), Fact("byRoute", name, route)]
    return [*facts, Fact("ofCell", name, cell), Fact("fromTherapy", name, therapy)]


@st.composite
def dense(draw: st.DrawFn) -> Asked:
    """One tumour cell whose routes are mostly open, one normal cell with the same molecules, and drugs on them."""
    tumour, molecules = "cell0", ("mol0", "mol1", "mol2", "mol3", "mol4")
    facts = [Fact("MalignantCell", tumour), Fact("NormalCell", NORMAL), Fact("Disease", "disease0")]
    facts += [Fact("AgentClass", DRUG_CLASS), *(Fact("Agent", drug) for drug in AGENTS)]
    for molecule in molecules:
        facts.append(Fact("GeneProduct", molecule))
        for cell in (tumour, NORMAL):
            name = f"{molecule}_in_{cell}"
            facts += [Fact("MoleculeActivity", name), Fact("ofMolecule", name, molecule), Fact("inCell", name, cell)]
            if draw(st.sampled_from([True, True, True, True, False])):
                facts.append(Fact("givenIn", name, "everywhere"))
    active = st.sampled_from([f"{molecule}_in_{tumour}" for molecule in molecules])
    for number in range(draw(st.integers(0, 5))):
        name, sign = f"mechanism{number}", draw(st.sampled_from(["promotes", "promotes", "promotes", "suppresses"]))
        facts += [Fact("Mechanism", name), Fact(sign, name, draw(active))]
        facts += [Fact("requires", name, n) for n in draw(st.lists(active, min_size=1, max_size=2, unique=True))]
    killers = draw(st.lists(st.sampled_from(AGENTS), min_size=1, max_size=2, unique=True))
    facts += [fact for drug in killers for fact in _killing(drug, tumour)]
    routes = [f"route{number}" for number in range(draw(st.integers(2, 3)))]
    for route in routes:
        facts += [Fact("NicheRoute", route), Fact("concerns", route, tumour)]
        if draw(st.booleans()):
            facts.append(Fact("retains", route, tumour))
        else:
            facts += _shield(f"shield_{route}", route, tumour, draw(st.sampled_from(killers)))
    for owner, cell in [*((route, tumour) for route in routes), ("function", NORMAL)]:
        for number in range(draw(st.sampled_from([1, 1, 2]))):
            arm = f"{owner}_arm{number}"
            needs = draw(st.lists(st.sampled_from(molecules), min_size=1, max_size=2, unique=True))
            facts += [Fact("Arm", arm), Fact("hasArm", owner, arm)]
            facts += [Fact("needs", arm, f"{molecule}_in_{cell}") for molecule in needs]
    facts += [Fact("RetentionFunction", "function"), Fact("functionOf", "function", NORMAL)]
    for number in range(draw(st.integers(5, 10))):
        name, target = f"action{number}", draw(st.one_of(st.sampled_from(molecules), active))
        mode = draw(st.sampled_from(["block", "block", "block", "lower", "restore", "supply"]))
        drug = AGENTS[number] if number < len(AGENTS) else draw(st.sampled_from(AGENTS))
        facts += [Fact("Action", name), Fact("hasAgent", name, drug)]
        facts += [Fact("hasTarget", name, target), Fact("hasMode", name, mode)]
    background = draw(st.sampled_from([(), (), (killers[0],), draw(st.sampled_from([("drug4",), ()]))]))
    question = Question(tumour, "disease0", (), background, ())
    return Asked(Knowledge(tuple(dict.fromkeys(facts)), question), draw(wishes()))


questions = st.one_of(*[dense()] * 5, wide())


class Tried:
    """Every set of agents that may be added, tried as a scenario of its own."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.kb, self.place, self.wish = asked.kb, asked.place, asked.wish
        self.background = asked.background
        self.located = self.kb.located(self.place)
        self._scenarios: dict[Agents, Scenario] = {}

    @cached_property
    def candidates(self) -> list[str]:
        """Drugs with an action or a killing, let in, and none that touches what is to be spared strictly."""
        doing = {str(a) for _, a in self.kb.closure.pairs("hasAgent")}
        found = []
        for drug in AGENTS:
            groups = {drug, *map(str, self.kb.closure.objects("memberOf", drug))}
            let_in = (not self.wish.only or groups & {*self.wish.only}) and not groups & {*self.wish.exclude}
            if (
                groups & doing
                and drug not in self.background
                and let_in
                and not (self.wish.strict and self._harms(drug))
            ):
                found.append(drug)
        return found

    def _harms(self, drug: str) -> bool:
        harms = Assessment(self.kb, self.place, self.background, [drug]).harms
        return any((harm.cell, harm.function) == (NORMAL, "function") for harm in harms)

    def sets(self, most: int) -> Iterator[Agents]:
        for size in range(min(most, len(self.candidates)) + 1):
            yield from map(frozenset, combinations(self.candidates, size))

    def scenario(self, added: Agents) -> Scenario:
        if added not in self._scenarios:
            self._scenarios[added] = Scenario(self.located, self.background, sorted(added))
        return self._scenarios[added]

    # --- what a set has to do ----------------------------------------------------------------------------------------

    def killers(self, added: Agents) -> list[str]:
        """The killers that may be the one in place: those of the background, else those added."""
        own = [killer.agent for killer in self.scenario(frozenset()).killers]
        return own or [killer.agent for killer in self.scenario(added).killers]

    def goals(self, killer: str) -> list[str]:
        """The routes to close with a killer in place."""
        shields = self._shielding({killer, *map(str, self.kb.closure.objects("memberOf", killer))})
        retaining, here = set(), set()
        for name, route in self.kb.graph.routes.items():
            if self.place.cell in route.cells and self.kb.graph.hierarchy.fits(route.scopes, self.place):
                here.add(name)
                if Fact("retains", name, self.place.cell) in self.kb.closure:
                    retaining.add(name)
        wanted = {(): retaining | shields, ("retention",): retaining, ("all",): here | self._shielding(None)}
        found = [name for name in wanted[self.wish.close] if self.located.arms(self.kb.graph.routes[name])]
        return sorted(found if self.wish.close == ("all",) else self._near(found, killer))

    def _near(self, routes: list[str], killer: str) -> list[str]:
        """Of some routes those that are stated no farther than the nearest that is not off with the killer in place."""
        own = frozenset({killer}) - {*self.background}
        far = {route: self._distance(route) for route in routes}
        active = [far[route] for route in routes if self.value(route, own) != OFF]
        level = min(active or far.values(), default=0)
        return [route for route in routes if self.wish.scope == "all" or far[route] <= level]

    def _distance(self, route: str) -> int:
        """0 for a route of this very cell or disease, else the more, the more things the nearest scope leaves open."""
        objects, cell, disease = self.kb.closure.objects, self.place.cell, self.place.disease
        shields = [s for s in self.kb.closure.members("Protection") if route in map(str, objects("byRoute", s))]
        shields = [s for s in shields if any(self._covers(str(c)) for c in objects("ofCell", s))]
        if self.kb.closure.is_asserted(Fact("retains", route, cell)) or any(
            cell in objects("ofCell", s) for s in shields
        ):
            return 0
        scopes = {str(s) for owner in (route, *shields) for s in objects("holdsIn", owner)} or {"everywhere"}
        asked = [asks for asks in self.kb.graph.hierarchy.fits(sorted(scopes), self.place)]
        whole = self.kb.graph.hierarchy.asks(disease) if disease else frozenset()
        return max(len(whole) - max(map(len, asked), default=0), 0)

    def _covers(self, broader: str) -> bool:
        return self.kb.graph.hierarchy.covers(broader, self.place.cell)

    def _shielding(self, therapies: set[str] | None) -> set[str]:
        found = set()
        for shield in self.kb.closure.members("Protection"):
            of = {
                prop: [str(v) for v in self.kb.closure.objects(prop, shield)]
                for prop in ("byRoute", "ofCell", "fromTherapy", "holdsIn")
            }
            covers = any(self.kb.graph.hierarchy.covers(cell, self.place.cell) for cell in of["ofCell"])
            matters = therapies is None or therapies & set(of["fromTherapy"])
            if covers and matters and self.kb.graph.hierarchy.fits(of["holdsIn"], self.place):
                found.update(of["byRoute"])
        return found

    def value(self, route: str, added: Agents) -> str:
        valuation = self.scenario(added).valuation()
        return valuation.any_of([arm.mask for arm in self.located.arms(self.kb.graph.routes[route])])

    def closable(self, route: str, killer: str) -> bool:
        """Whether some set, of whatever size, closes a route with the killer in place."""
        own = frozenset({killer}) - {*self.background}
        return any(self.value(route, added | own) == OFF for added in self.sets(len(self.candidates)))

    def unknown(self, killer: str) -> list[str]:
        """The goals that are undetermined under every set with the killer in it, and closed by none of any size."""
        own = frozenset({killer}) - {*self.background}
        within = [added | own for added in self.sets(max(self.wish.max_size - len(own), 0))]
        stay = [r for r in self.goals(killer) if all(self.value(r, added) == UNDETERMINED for added in within)]
        return [route for route in stay if not self.closable(route, killer)]

    def uncovered(self, killer: str) -> list[str]:
        """The goals that no set closes and that are on, or rebound, under some."""
        return [r for r in self.goals(killer) if not self.closable(r, killer) and r not in self.unknown(killer)]

    def keeps(self, added: Agents) -> bool:
        if not self.wish.spare:
            return True
        located = self.kb.located(Place(NORMAL, self.place.disease, self.place.states))
        arms = located.arms(self.kb.graph.functions["function"])

        def lost(agents: Agents) -> bool:
            valuation, masks = Scenario(located, self.background, sorted(agents)).valuation(), [a.mask for a in arms]
            return OFF in (valuation.at_once(masks), valuation.after_relief(masks))

        return not lost(added) or lost(frozenset())

    def solves(self, added: Agents, killer: str) -> bool:
        """Whether every goal is off but those that stay undetermined whatever is added, and what is spared is kept."""
        unknown = self.unknown(killer)
        if self.uncovered(killer) or not self.keeps(added) or (unknown and unknown == self.goals(killer)):
            return False
        values = {route: self.value(route, added) for route in self.goals(killer)}
        return all(value == (UNDETERMINED if route in unknown else OFF) for route, value in values.items())

    def near(self, added: Agents, whole: bool) -> bool:
        """Whether a set solves the question with a killer that is stated for this very cell or its disease's."""
        exact = {killer.agent for killer in self.scenario(added).killers if killer.scope == EXACT}
        return any(
            killer in exact and self.solves(added, killer) and not (whole and self.unknown(killer))
            for killer in self.killers(added)
        )

    def minimal(self, most: int) -> tuple[set[Agents], bool]:
        """The minimal sets that solve the question, and whether they close all of it; those that do come first."""
        for whole in (True, False):
            solving = [
                added
                for added in self.sets(most)
                for killer in self.killers(added)
                if (not whole or not self.unknown(killer)) and self.solves(added, killer)
            ]
            if solving:
                return {a for a in solving if not any(other < a for other in solving)}, whole
        return set(), False


def check(asked: Asked) -> None:
    document, tried = asked.document(), Tried(asked)
    jsonschema.validate(document, schemas.schema("combine"))
    size = asked.wish.max_size
    expected, whole = tried.minimal(size)
    listed = [frozenset(row["added"]) for row in document["regimens"]]
    assert document["found"] == len(expected)
    assert set(listed) <= expected
    assert len(listed) == len(set(listed)) == min(len(expected), asked.wish.limit)
    far = {added: not tried.near(added, whole) for added in expected}
    assert [far[added] for added in listed] == sorted(far.values())[: asked.wish.limit]
    places = [(far[added], rank(row["verdict"])) for added, row in zip(listed, document["regimens"], strict=True)]
    assert places == sorted(places)
    assert document["limit_reached"] == (len(expected) > asked.wish.limit)
    assert document["exhaustive_to"] == size or (document["exhaustive_to"] == 0 and not tried.candidates)
    assert document["complete"] == (bool(expected) and whole)
    if document["exhausted"]:
        assert tried.minimal(len(AGENTS))[0] == expected
    check_the_rest(document, tried)
    for row in document["regimens"]:
        check_row(row, tried)


def check_the_rest(document: dict, tried: Tried) -> None:
    """What stays open or undetermined, and what is said where there is no regimen."""
    every = [frozenset()] + [frozenset({c}) for c in tried.candidates]
    killers = sorted({killer for added in every for killer in tried.killers(added)})
    assert document["goals"] == sorted({goal for killer in killers for goal in tried.goals(killer)})
    if document["regimens"]:
        assert document["uncovered"] == []
        assert document["front"] == []
    else:
        assert document["reasons"]
        stuck = [(tried.uncovered(k), tried.unknown(k)) for k in killers]
        fewest = min((len(on) + len(unknown) for on, unknown in stuck), default=0)
        best = [(on, unknown) for on, unknown in stuck if len(on) + len(unknown) == fewest] or [([], [])]
        assert (document["uncovered"], document["unknown"]) in best
        assert [row["route"] for row in document["certificate"]] == document["uncovered"]
        for row in document["front"]:
            check_row(row, tried)
            assert set(row["closes"]) & set(document["goals"])
    spared = [] if tried.wish.spare else [row for row in document["dropped"]]
    assert spared == []


def check_row(row: dict, tried: Tried) -> None:
    """A listed regimen says what its scenario, evaluated anew, says; every agent in it has an effect or kills."""
    added = frozenset(row["added"])
    fresh = Reasoned(tried.kb.base)
    fresh.__dict__["program"] = tried.kb.program
    scenario = Assessment(fresh, tried.place, tried.background, sorted(added)).scenario
    status = {standing.route.name: standing.status for standing in scenario.routes}
    assert row["agents"] == [*tried.background, *row["added"]]
    assert row["killers"] == [killer.agent for killer in scenario.killers]
    assert row["killers"]
    assert row["leaves_open"] == sorted(name for name, found in status.items() if found in ("open", "opened"))
    assert row["opens"] == [name for name, found in status.items() if found == "opened"]
    assert all(tried.value(route, added) == OFF for route in row["closes"])
    assert tried.keeps(added)
    for agent in added:
        effects = scenario.located.effects_of(agent).effects
        spared = fresh.located(Place(NORMAL, tried.place.disease, tried.place.states)).effects_of(agent).effects
        assert any(effects) or any(spared) or agent in row["killers"]


@QUICK
@given(questions)
def test_the_regimens_are_just_the_minimal_ones(asked):
    check(asked)


@pytest.mark.slow
@LONG
@given(questions)
def test_the_regimens_of_thousands_of_questions_are_just_the_minimal_ones(asked):
    check(asked)
