"""Random small knowledge bases over the shipped vocabulary and rules, with a scenario to ask of each.

Everything that the facts can say is in reach: cells and diseases in hierarchies with several parents, contexts,
lesions, complexes and families, interactions, mechanisms of both signs and of none, given and denied activities,
actions of every mode, classes of agents, killings, routes with arms, protections, functions of normal cells.  Names
mean nothing.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hypothesis import strategies as st

from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.model.names import NAMESPACE
from reasoner.model.ontology import Ontology
from reasoner.model.rule import Rule, each_rule
from reasoner.owl.compile_axioms import compile_axioms
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped, shipped_rules
from reasoner.scenario.assessment import Assessment

CELLS = ("cell0", "cell1", "cell2", "cell3")  # malignant, in a drawn hierarchy
NORMAL, STROMA = "normal_cell", "stroma"
DISEASES = ("disease0", "disease1", "disease2")
CONTEXTS = ("context0", "context1")
STATES = {"lesion0": "Lesion", "lesion1": "Lesion", "phase": "TreatmentState"}
MOLECULES = ("mol0", "mol1", "mol2", "mol3")
COMPLEX, FAMILY = "complex", "family"
AGENTS = ("drug0", "drug1", "drug2", "drug3", "drug4")
DRUG_CLASS = "drug_class"
MODES = ("block", "block", "lower", "restore", "supply")
SIGNS = ("promotes", "promotes", "promotes", "suppresses", "suppresses", "influences")
RELATIONS = ("retains", "keepsQuiescent", "sustains", "hindersDeliveryTo")
ROLES = {
    "MoleculeActivity": ("ofMolecule", "inCell"),
    "Supply": ("ofLigand", "fromSource"),
    "Availability": ("ofLigand", "fromSource"),
    "CellProcess": ("ofProcess", "ofCell"),
}


@dataclass(frozen=True)
class Question:
    """A scenario: where, with what given beforehand, and with which regimen."""

    cell: str
    disease: str | None
    states: tuple[str, ...]
    background: tuple[str, ...]
    regimen: tuple[str, ...]

    @property
    def place(self) -> Place:
        return Place(self.cell, self.disease, frozenset(self.states))


@dataclass(frozen=True)
class Knowledge:
    """Facts and a question about them."""

    facts: tuple[Fact, ...]
    question: Question

    def __repr__(self) -> str:
        """One subject a line: what a failing example is read from."""
        lines: dict[str, list[str]] = {}
        for predicate, subject, value in self.facts:
            lines.setdefault(subject, []).append(f"{predicate} {value}" if value else predicate)
        return "\n".join([*(f"{name}: {', '.join(said)}" for name, said in lines.items()), str(self.question)])

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    def of(self, prop: str) -> list[tuple[str, str]]:
        return [(f.subject, str(f.object)) for f in self.facts if f.predicate == prop and f.object is not None]

    def members(self, cls: str) -> list[str]:
        return [f.subject for f in self.facts if f.predicate == cls and f.object is None]

    def reasoned(self) -> Reasoned:
        return reasoned(self.facts)

    def assessment(self, knowledge: Reasoned | None = None) -> Assessment:
        q = self.question
        return Assessment(knowledge or self.reasoned(), q.place, q.background, q.regimen)

    def shuffled(self, seed: int) -> "Knowledge":
        facts = list(self.facts)
        random.Random(seed).shuffle(facts)
        return replace(self, facts=tuple(facts))

    def renamed(self, names: dict[str, str]) -> "Knowledge":
        def new(name: str | None) -> str | None:
            return None if name is None else names.get(name, name)

        q = self.question
        return Knowledge(
            tuple(Fact(f.predicate, new(f.subject), new(f.object)) for f in self.facts),
            Question(
                new(q.cell),
                new(q.disease),
                tuple(map(new, q.states)),
                tuple(map(new, q.background)),
                tuple(map(new, q.regimen)),
            ),
        )

    def turtle(self) -> str:
        """The facts as a Turtle file."""
        lines = [
            f":{f.subject} " + (f":{f.predicate} :{f.object} ." if f.object else f"a :{f.predicate} .")
            for f in self.facts
        ]
        head = f"@prefix : <{NAMESPACE}> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n:random a owl:Ontology .\n"
        return head + "".join(f":{name} a owl:NamedIndividual .\n" for name in self.names) + "\n".join(lines)

    @property
    def names(self) -> list[str]:
        """Every individual that the facts describe."""
        return list(dict.fromkeys(f.subject for f in self.facts))


@cache
def vocabulary() -> Ontology:
    """The shipped vocabulary, without the shipped facts."""
    return read_ontology(sorted(shipped("ontology").glob("modules/*.ttl")))


@cache
def shipped_rule_list() -> list[Rule]:
    """The shipped rules."""
    texts = [(path.read_text(encoding="utf-8"), str(path)) for path in shipped_rules()]
    return [rule for text, name in texts for rule in read_rules(text, name, vocabulary().vocabulary)]


@cache
def all_rules() -> list[Rule]:
    """The shipped rules and those of the axioms of the vocabulary."""
    return [*each_rule(compile_axioms(vocabulary().axioms)[0]), *shipped_rule_list()]


def reasoned(facts: Iterable[Fact]) -> Reasoned:
    """The knowledge base of the vocabulary and these facts, from scratch."""
    words = vocabulary()
    base = StatedKnowledge(replace(words, facts=[*words.facts, *facts]), shipped_rule_list(), "ab" * 32)
    knowledge = Reasoned(base)
    knowledge.__dict__["rules"] = all_rules()  # the same for every example: compiled once
    return knowledge


# --- drawing ----------------------------------------------------------------------------------------------------------


class Draft:
    """Facts in the making."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.facts: dict[Fact, None] = {}
        self.activities: list[str] = list(STATES)
        self.scopes = st.sampled_from(["everywhere", "everywhere", *DISEASES, *CONTEXTS])
        self.cells = st.sampled_from([*CELLS, *CELLS, NORMAL, STROMA])

    def state(self, predicate: str, subject: str, *objects: str) -> None:
        for value in objects or (None,):
            self.facts[Fact(predicate, subject, value)] = None

    def pick(self, options: Iterable[str]) -> str:
        return self.draw(st.sampled_from(list(options)))

    def some(self, options: Iterable[str], most: int, least: int = 0) -> list[str]:
        pool = list(options)
        wanted = st.lists(st.sampled_from(pool), min_size=least, max_size=most, unique=True)
        return self.draw(wanted) if pool else []

    def maybe(self, chance: int = 2) -> bool:
        """True once in ``chance`` times; shrinks to False."""
        return self.draw(st.integers(0, chance - 1)) == chance - 1

    @property
    def active(self) -> list[str]:
        """Activities that something is said to bring about or to hold down, and those that are given somewhere."""
        found = [str(f.object) for f in self.facts if f.predicate in ("promotes", "suppresses")]
        return [*found, *(f.subject for f in self.facts if f.predicate == "givenIn")]

    def scope(self, prop: str, subject: str, most: int) -> None:
        self.state_all(prop, subject, self.draw(st.lists(self.scopes, max_size=most, unique=True)))

    def state_all(self, prop: str, subject: str, objects: Iterable[str]) -> None:
        for value in objects:
            self.state(prop, subject, value)


def _hierarchy(draft: Draft, names: tuple[str, ...]) -> None:
    for place, name in enumerate(names[1:], 1):
        draft.state_all("subtypeOf", name, draft.some(names[:place], 2, least=0 if draft.maybe(4) else 1))


def _things(draft: Draft) -> None:
    for cell in CELLS:
        draft.state("MalignantCell", cell)
    draft.state("NormalCell", NORMAL)
    draft.state("NicheCell", STROMA)
    _hierarchy(draft, CELLS)
    for disease in DISEASES:
        draft.state("Disease", disease)
    _hierarchy(draft, DISEASES)
    for state, cls in STATES.items():
        draft.state(cls, state)
    for context in CONTEXTS:
        draft.state("Context", context)
        diseases = draft.some(DISEASES, 2)
        draft.state_all("inDisease", context, diseases)
        draft.state_all("inState", context, draft.some(STATES, 2, least=0 if diseases else 1))
    for molecule in MOLECULES:
        draft.state("GeneProduct", molecule)
    draft.state("MolecularComplex", COMPLEX)
    draft.state_all("hasSubunit", COMPLEX, draft.some(MOLECULES, 2))
    draft.state("MoleculeFamily", FAMILY)
    for molecule in draft.some(MOLECULES, 2):
        draft.state("memberOf", molecule, FAMILY)
    if draft.maybe():
        draft.state("representedBy", FAMILY, draft.pick(MOLECULES))
    draft.state("Process", "process")


def _activities(draft: Draft) -> None:
    molecules = (*MOLECULES, COMPLEX, FAMILY)
    for number in range(draft.draw(st.integers(4, 9))):
        cls = draft.pick(["MoleculeActivity", "MoleculeActivity", *ROLES])
        thing = "process" if cls == "CellProcess" else draft.pick(molecules)
        cell = draft.draw(draft.cells)
        name = f"activity{number}"
        draft.state(cls, name)
        draft.state(ROLES[cls][0], name, thing)
        draft.state(ROLES[cls][1], name, cell)
        draft.activities.append(name)
    for number in range(draft.draw(st.integers(0, 3))):
        name = f"interaction{number}"
        draft.state("Interaction", name)
        draft.state("hasSender", name, draft.draw(draft.cells))
        draft.state("hasLigand", name, draft.pick(molecules))
        draft.state("hasReceptor", name, draft.pick(molecules))
        draft.state("hasReceiver", name, draft.draw(draft.cells))
        draft.scope("holdsIn", name, 2)
        if draft.maybe(4):
            draft.scope("deniedIn", name, 1)
        draft.activities.append(name)


def _statements(draft: Draft) -> None:
    causes = [name for name in draft.activities if name not in STATES]
    for number in range(draft.draw(st.integers(3, 10))):
        name = f"mechanism{number}"
        draft.state("Mechanism", name)
        draft.state_all("requires", name, draft.some(draft.activities, 3, least=1))
        draft.state(draft.pick(SIGNS), name, draft.pick(causes))
        if draft.maybe():
            draft.scope("holdsIn", name, 2)
        if draft.maybe(4):
            draft.scope("deniedIn", name, 2)
    for _ in range(draft.draw(st.integers(3, 9))):
        draft.state("givenIn", draft.pick(causes), draft.draw(draft.scopes))
    for _ in range(draft.draw(st.integers(0, 3))):
        draft.state("deniedIn", draft.pick(causes), draft.draw(draft.scopes))


def _agents(draft: Draft) -> None:
    draft.state("AgentClass", DRUG_CLASS)
    for agent in AGENTS:
        draft.state("Agent", agent)
    for agent in draft.some(AGENTS, 2):
        draft.state("memberOf", agent, DRUG_CLASS)
    molecules = (*MOLECULES, COMPLEX, FAMILY)
    for number in range(draft.draw(st.integers(3, 9))):
        name = f"action{number}"
        draft.state("Action", name)
        draft.state_all("hasAgent", name, draft.some((*AGENTS, DRUG_CLASS), 2, least=1))
        draft.state("hasTarget", name, draft.pick(molecules if draft.maybe(3) else draft.active))
        draft.state("hasMode", name, draft.pick(MODES))
        if draft.maybe(5):
            draft.scope("holdsIn", name, 1)
        if draft.maybe(6):
            draft.state("actsInCell", name, draft.draw(draft.cells))
    for lesion in ("lesion0", "lesion1"):
        draft.state_all("lesionOf", lesion, draft.some(molecules, 1))
        for agent in draft.some((*AGENTS, DRUG_CLASS), 1):
            draft.state("overcomes", agent, lesion)
    for number in range(draft.draw(st.integers(0, 2))):
        name = f"killing{number}"
        draft.state("Killing", name)
        draft.state_all("hasAgent", name, draft.some((*AGENTS, DRUG_CLASS), 2, least=1))
        draft.state("againstCell", name, draft.pick(CELLS))
        draft.state_all("actsThrough", name, draft.some(molecules, 1))
        if draft.maybe():
            draft.scope("holdsIn", name, 1)


def _arms(draft: Draft, owner: str) -> None:
    for number in range(draft.draw(st.integers(1, 3))):
        arm = f"{owner}_arm{number}"
        draft.state("Arm", arm)
        draft.state("hasArm", owner, arm)
        draft.state_all("needs", arm, draft.some(draft.activities if draft.maybe(4) else draft.active, 2, least=1))
        if draft.maybe(4):
            draft.state("forCell", arm, draft.pick(CELLS))
        if draft.maybe(4):
            draft.scope("holdsIn", arm, 1)
        if draft.maybe(4):
            draft.scope("deniedIn", arm, 1)


def _routes(draft: Draft) -> None:
    for number in range(draft.draw(st.integers(1, 2))):
        route = f"route{number}"
        draft.state("NicheRoute", route)
        if draft.maybe():
            draft.scope("holdsIn", route, 1)
        for relation in draft.some(RELATIONS, 2, least=1):
            draft.state(relation, route, draft.pick(CELLS))
        _arms(draft, route)
        if draft.maybe():
            protection = f"protection{number}"
            draft.state("Protection", protection)
            draft.state("byRoute", protection, route)
            draft.state("ofCell", protection, draft.pick(CELLS))
            draft.state("fromTherapy", protection, draft.pick((*AGENTS, DRUG_CLASS)))
    draft.state("RetentionFunction", "function")
    draft.state("functionOf", "function", NORMAL)
    _arms(draft, "function")


def _question(draft: Draft) -> Question:
    disease = draft.draw(st.sampled_from([None, *DISEASES, *DISEASES, *CONTEXTS]))
    states = draft.some(STATES, 2)
    implied = [str(f.object) for f in draft.facts if f.predicate == "inState" and f.subject == disease]
    states += [state for state in implied if state not in states]
    background = draft.some(AGENTS, 1)
    regimen = draft.some(AGENTS, 4, least=1)
    concerned = [str(f.object) for f in draft.facts if f.predicate in RELATIONS]
    return Question(draft.pick([*concerned, *CELLS[1:]]), disease, tuple(states), tuple(background), tuple(regimen))


@st.composite
def knowledge(draw: st.DrawFn) -> Knowledge:
    """A knowledge base and a question about it."""
    draft = Draft(draw)
    for part in (_things, _activities, _statements, _routes, _agents):
        part(draft)
    return Knowledge(tuple(draft.facts), _question(draft))
