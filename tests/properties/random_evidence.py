"""Random small worlds of claims: a few drugs, two routes of a malignant cell, and what sources say of them.

The mechanism is small and mostly works; what is drawn at length is the evidence: observations of every kind, with
agents, cells, diseases, conditions and things, and beside them claims of every modality, polarity, tier and end point,
that restate, correct and contradict each other, and curated conflicts.  Names mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from hypothesis import strategies as st

from reasoner.asking.requests import ScenarioRequest
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.model.names import NAMESPACE
from reasoner.model.term import XSD
from reasoner.model.term import Literal as Value
from tests.properties.random_knowledge import shipped_rule_list, vocabulary

KIND, STEM, BLOOD = "kindX", "stemX", "bloodX"
CELLS = (KIND, STEM, BLOOD)
DISEASES = ("dysA", "dysB")
DRUGS = ("drugA", "drugB", "drugC")
KILLER = "drugK"
AGENTS = (*DRUGS, KILLER)
CLASS, CATCH_ALL = "classC", "classAll"
ROUTES = ("routeR", "routeS")
MOLECULES = ("molM", "molN")
LESIONS = ("lesionL", "lesionZ")
CONDITIONS = ("low_dose", "high_dose")
TRIALS = ("trialT",)
PAPERS = ("PA", "PB", "PC")
#: Outcomes, those that rules conclude more often.
OUTCOMES = (
    "dislodgement", "dislodgement", "sensitisation", "route_broken", "awakening", "benefit", "additive_effect",
    "therapy_proposed", "relation_stated", "normal_mobilisation",
)  # fmt: skip
#: What the routes of a world may do to its cells, with the outcome that takes it away.
RELATIONS = {
    "retains": "dislodgement",
    "keepsQuiescent": "awakening",
    "sustains": "restraint",
    "hindersDeliveryTo": "delivery",
}
MODALITIES = ("reported", "established", "suggested", "hypothesised", "controversial")
TIERS = ("in_vivo", "in_vitro", "clinical", "review_statement")
ENDPOINTS = ("", "survival", "response")
_DATA = {"modality", "polarity", "controlled", "endpoint"}

Side = Literal["supportedBy", "opposedBy"]
OTHER: dict[str, Side] = {"supportedBy": "opposedBy", "opposedBy": "supportedBy"}


@dataclass(frozen=True)
class Said:
    """A claim, on the side of the observation beside which it stands."""

    name: str
    side: Side = "supportedBy"
    modality: str = "reported"
    undetermined: bool = False
    tier: str = "in_vivo"
    papers: tuple[str, ...] = ()
    endpoint: str = ""
    controlled: str = ""
    primary: bool | None = None
    trial: str = ""
    restates: tuple[str, ...] = ()
    corrects: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()

    @property
    def of_patients(self) -> bool:
        return self.tier == "clinical"

    def facts(self) -> list[Fact]:
        polarity = "undetermined" if self.undetermined else "supports" if self.side == "supportedBy" else "opposes"
        told = {
            "modality": self.modality,
            "polarity": polarity,
            "endpoint": self.endpoint,
            "controlled": self.controlled,
        }
        found = [Fact("Evidence", self.name, None), Fact("hasTier", self.name, self.tier)]
        found += [Fact(prop, self.name, Value(value)) for prop, value in told.items() if value]
        found += [Fact("citesPaper", self.name, paper) for paper in self.papers]
        found += [Fact("ofTrial", self.name, self.trial)] if self.trial else []
        if self.primary is not None:
            found.append(Fact("primary", self.name, Value(str(self.primary).lower(), XSD + "boolean")))
        found += [Fact("restates", self.name, other) for other in self.restates]
        found += [Fact("corrects", self.name, other) for other in self.corrects]
        return found + [Fact("conflictsWith", self.name, other) for other in self.conflicts]


@dataclass(frozen=True)
class Seen:
    """An observation with the claims beside it."""

    name: str
    outcome: str
    agents: tuple[str, ...]
    cells: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    therapies: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def fact(self) -> Fact:
        """The fact beside which the claims stand."""
        return Fact("hasOutcome", self.name, self.outcome)

    def facts(self) -> list[Fact]:
        parts = {
            "hasAgent": self.agents,
            "aboutCell": self.cells,
            "holdsIn": self.scopes,
            "aboutRoute": self.routes,
            "aboutThing": self.things,
            "toTherapy": self.therapies,
            "underModerator": self.conditions,
        }
        found = [Fact("Observation", self.name, None), self.fact]
        return found + [Fact(prop, self.name, value) for prop, values in parts.items() for value in values]


@dataclass(frozen=True)
class World:
    """A mechanism, what sources say, curated conflicts, and a question: a regimen at a place."""

    mechanism: tuple[Fact, ...]
    seen: tuple[Seen, ...]
    conflicts: tuple[Fact, ...] = ()
    cell: str = STEM
    disease: str = "dysA"
    states: tuple[str, ...] = ()
    regimen: tuple[str, ...] = ("drugA",)
    further: tuple[tuple[Fact, Said], ...] = ()
    """Claims beside other facts than observations."""

    @property
    def request(self) -> ScenarioRequest:
        return ScenarioRequest(self.cell, self.disease, self.states)

    @property
    def said(self) -> tuple[Said, ...]:
        return (*(said for seen in self.seen for said in seen.said), *(said for _, said in self.further))

    @property
    def place(self) -> Place:
        return Place(self.cell, self.disease, frozenset(self.states))

    def changed(self, **parts: Any) -> World:
        return replace(self, **parts)

    def facts(self) -> tuple[Fact, ...]:
        told = [fact for seen in self.seen for fact in seen.facts()]
        told += [fact for said in self.said for fact in said.facts()]
        return tuple(dict.fromkeys((*self.mechanism, *told, *self.conflicts)))

    def remarks(self) -> dict[Fact, list[tuple[str, str]]]:
        found: dict[Fact, list[tuple[str, str]]] = {}
        for fact, said in (*((seen.fact, said) for seen in self.seen for said in seen.said), *self.further):
            found.setdefault(fact, []).append((said.side, said.name))
        return found

    def reasoned(self) -> Reasoned:
        """The knowledge base of the vocabulary, the shipped rules and this world, until another world is asked for."""
        return _STAGE.knowledge(self)

    def base(self) -> StatedKnowledge:
        """What the vocabulary, the shipped rules and this world state."""
        words, facts = vocabulary(), self.facts()
        known = words.vocabulary.individuals | {fact.subject for fact in facts if fact.object is None}
        more = replace(
            words,
            facts=[*words.facts, *facts],
            axiom_annotations={**words.axiom_annotations, **self.remarks()},
            vocabulary=replace(words.vocabulary, individuals=known),
        )
        return StatedKnowledge(more, shipped_rule_list(), "ab" * 32)

    def turtle(self) -> str:
        """All of it as a file."""
        lines: dict[str, list[str]] = {}
        for predicate, subject, value in self.facts():
            if isinstance(value, Value):
                told = value.lexical if value.datatype == XSD + "boolean" else f'"{value.lexical}"'
                lines.setdefault(subject, []).append(f":{predicate} {told}")
            else:
                lines.setdefault(subject, []).append(f"a :{predicate}" if value is None else f":{predicate} :{value}")
        head = [f"@prefix : <{NAMESPACE}> .", "@prefix owl: <http://www.w3.org/2002/07/owl#> ."]
        body = [f":{subject} {' ; '.join(said)} ." for subject, said in lines.items()]
        axioms = [
            f"[] a owl:Axiom ; owl:annotatedSource :{fact.subject} ; owl:annotatedProperty :{fact.predicate} ; "
            f"owl:annotatedTarget :{fact.object} ; " + " ; ".join(f":{side} :{claim}" for side, claim in beside) + " ."
            for fact, beside in self.remarks().items()
        ]
        return "\n".join([*head, *body, *axioms])

    def __repr__(self) -> str:
        """What a failing example is read from: the file and the question."""
        states = "".join(f" --state {state}" for state in self.states)
        asked = f"assess {' '.join(self.regimen)} --cell {self.cell} --disease {self.disease}{states}"
        return f"{self.turtle()}\n# {asked}"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))


class _Stage:
    """One world at a time over the closure of the vocabulary, which is made once."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._knowledge: Reasoned | None = None
        self._open = ExitStack()

    def knowledge(self, world: World) -> Reasoned:
        """The knowledge base of a world; that of the world before is no longer of use."""
        if self._world is not world or self._knowledge is None:
            self._open.close()
            self._world = None
            self._knowledge = self._made(world)
            self._world = world
        return self._knowledge

    def _made(self, world: World) -> Reasoned:
        words, made = _vocabulary_alone(), Reasoned(world.base())
        made.__dict__["program"] = words.program
        facts = [*world.facts(), *made.minted.facts]
        made.__dict__["closure"] = self._open.enter_context(words.closure.assume(facts))
        return made


_STAGE = _Stage()


@cache
def _vocabulary_alone() -> Reasoned:
    return Reasoned(StatedKnowledge(vocabulary(), shipped_rule_list(), "ab" * 32))


# --- drawing ----------------------------------------------------------------------------------------------------------


def _some(draw: st.DrawFn, options: Sequence[str], most: int, least: int = 0) -> tuple[str, ...]:
    most = min(most, len(set(options)))
    return tuple(draw(st.lists(st.sampled_from(options), min_size=least, max_size=most, unique=True)))


def _maybe(draw: st.DrawFn, chance: int = 2) -> bool:
    """True once in ``chance`` times; shrinks to False."""
    return draw(st.integers(0, chance - 1)) == chance - 1


def facts_of(cls: str, name: str, **parts: Iterable[str] | str) -> list[Fact]:
    """An individual with its properties."""
    found = [Fact(cls, name, None)]
    for prop, values in parts.items():
        found += [Fact(prop, name, value) for value in ([values] if isinstance(values, str) else values)]
    return found


def blocking(agent: str, target: str, mode: str = "block") -> list[Fact]:
    """An action of an agent."""
    return facts_of("Action", f"{agent}_{mode}_{target}", hasAgent=agent, hasTarget=target, hasMode=mode)


def _things() -> list[Fact]:
    """Diseases, cells, molecules at work, and an agent that acts against all of the cells."""
    facts = [fact for disease in DISEASES for fact in facts_of("Disease", disease)]
    facts += facts_of("MalignantCell", KIND, occursIn=DISEASES)
    for cell in (STEM, BLOOD):
        facts += facts_of("MalignantCell", cell, occursIn="dysA", subtypeOf=KIND)
    for molecule, activity in zip(MOLECULES, ("wayM", "wayN"), strict=True):
        facts += facts_of("Molecule", molecule)
        facts += facts_of("MoleculeActivity", activity, ofMolecule=molecule, inCell=KIND, givenIn=DISEASES)
    return facts + facts_of("Agent", KILLER) + facts_of("Killing", "killing", hasAgent=KILLER, againstCell=KIND)


def small_world(*seen: Seen, retained: str = KIND, **parts: Any) -> World:
    """One route that retains a cell and that two drugs break; for cases that are written by hand."""
    facts = _things() + facts_of("NicheRoute", "routeR", holdsIn="dysA", retains=retained, hasArm="armR")
    facts += facts_of("Arm", "armR", needs="wayM")
    for drug in ("drugA", "drugB"):
        facts += facts_of("Agent", drug) + blocking(drug, "molM")
    return World(tuple(facts), seen, **parts)


def _mechanism(draw: st.DrawFn) -> list[Fact]:
    facts = _things()
    for number, route in enumerate(ROUTES[: draw(st.integers(1, 2))]):
        where = draw(st.sampled_from((KIND, KIND, STEM)))
        facts += facts_of("NicheRoute", route, holdsIn=DISEASES if _maybe(draw) else "dysA")
        facts.append(Fact(draw(st.sampled_from(("retains", *RELATIONS))), route, where))
        for arm in range(draw(st.integers(1, 2))):
            name = f"{route}_arm{arm}"
            facts += [Fact("hasArm", route, name), *facts_of("Arm", name, needs="wayN" if arm != number else "wayM")]
        if _maybe(draw):
            name = f"{route}_protects"
            facts += facts_of("Protection", name, byRoute=route, ofCell=where, fromTherapy=KILLER)
    facts += facts_of("AgentClass", CLASS) + facts_of("AgentClass", CATCH_ALL) + facts_of("CatchAllClass", CATCH_ALL)
    for number, drug in enumerate(DRUGS):
        facts += facts_of("Agent", drug)
        for target in ("molM",) if not number else _some(draw, ("molM", "molN", "wayM"), 2, 1):
            facts += blocking(drug, target, draw(st.sampled_from(("block", "block", "block", "lower", "restore"))))
    for drug in _some(draw, AGENTS, 2):
        facts.append(Fact("memberOf", drug, CLASS))
    for drug in _some(draw, AGENTS, 2):
        facts.append(Fact("memberOf", drug, CATCH_ALL))
    facts += facts_of("Lesion", "lesionL", lesionOf=_some(draw, MOLECULES, 1)) + facts_of("Lesion", "lesionZ")
    facts += [fact for condition in CONDITIONS for fact in facts_of("Moderator", condition, ofModerator="by_dose")]
    facts += facts_of("Trial", TRIALS[0]) + [fact for paper in PAPERS for fact in facts_of("Paper", paper)]
    if _maybe(draw, 4):
        facts.append(Fact("fixesModerator", draw(st.sampled_from((*DRUGS, *LESIONS))), "low_dose"))
    if _maybe(draw):
        facts += facts_of("NormalCell", "normalN") + facts_of("RetentionFunction", "keepN", functionOf="normalN")
        facts += facts_of("MoleculeActivity", "wayP", ofMolecule="molM", inCell="normalN", givenIn="everywhere")
        facts += [Fact("hasArm", "keepN", "armP"), *facts_of("Arm", "armP", needs="wayP")]
    return facts


def _said(draw: st.DrawFn, name: str, before: Sequence[str], plain: bool) -> Said:
    side: Side = draw(st.sampled_from(("supportedBy", "opposedBy")))
    tier = draw(st.sampled_from(TIERS))
    papers = _some(draw, PAPERS, 2)
    if plain:
        return Said(name, side, tier=tier, papers=papers)
    of_patients = tier == "clinical"
    related: dict[str, tuple[str, ...]] = {"restates": (), "corrects": (), "conflicts": ()}
    if before and _maybe(draw):
        related[draw(st.sampled_from(sorted(related)))] = (draw(st.sampled_from(before)),)
    return Said(
        name,
        side,
        draw(st.sampled_from(MODALITIES)),
        _maybe(draw, 6),
        tier,
        papers,
        draw(st.sampled_from(ENDPOINTS)) if of_patients else "",
        draw(st.sampled_from(("", "randomised", "uncontrolled"))) if of_patients else "",
        draw(st.sampled_from((None, None, True, False))) if of_patients else None,
        draw(st.sampled_from(("", *TRIALS))) if of_patients else "",
        **related,
    )


def drawn_observation(draw: st.DrawFn, name: str, mechanism: Sequence[Fact], asked: Sequence[str]) -> Seen:
    """An observation, without claims as yet; as often as not of the agents ``asked`` about and of what routes do."""
    routes = [fact.subject for fact in mechanism if fact.predicate == "NicheRoute"]
    likely = [RELATIONS[fact.predicate] for fact in mechanism if fact.predicate in RELATIONS]
    outcome = draw(st.sampled_from(OUTCOMES if _maybe(draw) else likely))
    pool = asked if _maybe(draw) else (*AGENTS, CLASS, CATCH_ALL)
    return Seen(
        name,
        outcome,
        _some(draw, pool, 2, 1),
        _some(draw, (STEM, STEM, BLOOD, KIND), 1) if outcome != "normal_mobilisation" else (),
        _some(draw, ("dysA", *DISEASES, "everywhere"), 1),
        (draw(st.sampled_from(routes)),) if outcome == "route_broken" or _maybe(draw, 3) else (),
        _some(draw, (*MOLECULES, "lesionL"), 1),
        (KILLER,) if _maybe(draw, 5) else (),
        _some(draw, CONDITIONS, 1) if _maybe(draw, 3) else (),
    )


def _conflict(draw: st.DrawFn, claims: Sequence[Said]) -> list[Fact]:
    name = "clash"
    parts: dict[str, Sequence[str] | str] = {
        "hasModerator": draw(st.sampled_from(("unresolved", "unresolved", "by_cell"))),
        "claimFor": _some(draw, [said.name for said in claims], 2),
        "claimAgainst": _some(draw, [said.name for said in claims], 2),
        "ofOutcome": _some(draw, ("dislodgement", "route_broken", "sensitisation"), 1),
        "hasAgent": _some(draw, (*AGENTS, CLASS), 2),
        "aboutCell": _some(draw, CELLS, 1),
        "holdsIn": _some(draw, DISEASES, 1),
    }
    return facts_of("Conflict", name, **parts)


@st.composite
def worlds(
    draw: st.DrawFn, *, plain: bool = False, contrary: bool = False, named: bool = False, fewest: int = 1, most: int = 3
) -> World:
    """A world with a question.

    ``plain`` worlds know results alone: every claim is reported, speaks for itself and stands on one side.  In
    ``contrary`` ones something was tested as asked, and failed.  ``named`` ones observe what became of
    the first route.  ``fewest`` and ``most`` count the agents asked about.
    """
    mechanism = _mechanism(draw)
    cell = draw(st.sampled_from((STEM, STEM, KIND, BLOOD)))
    disease = draw(st.sampled_from(("dysA", "dysA", "dysA", "dysB")))
    asked = _some(draw, (*DRUGS, *AGENTS, CLASS), most, fewest)
    seen: list[Seen] = []
    names: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        said: list[Said] = []
        for _ in range(draw(st.integers(1, 2))):
            name = f"CL{len(names)}"
            said.append(_said(draw, name, names, plain))
            names.append(name)
        own = replace(drawn_observation(draw, f"seen{number}", mechanism, asked), said=tuple(said))
        seen.append(replace(own, outcome="route_broken", routes=ROUTES[:1], cells=()) if named else own)
    if contrary:
        failed = drawn_observation(draw, "failed", mechanism, asked)
        likely = [RELATIONS[fact.predicate] for fact in mechanism if fact.predicate in RELATIONS]
        outcome = draw(st.sampled_from((*likely, *likely, "benefit", "sensitisation", "additive_effect")))
        cells = draw(st.sampled_from(((), (cell,), (KIND,))))
        claim = Said("CLfailed", "opposedBy", tier=draw(st.sampled_from(("in_vivo", "clinical"))))
        told = replace(
            failed, outcome=outcome, agents=asked, cells=cells, scopes=(disease,), therapies=(), said=(claim,)
        )
        seen.append(told)
    all_said = [said for own in seen for said in own.said]
    conflicts = _conflict(draw, all_said) if _maybe(draw, 3) else []
    further: list[tuple[Fact, Said]] = []
    if _maybe(draw, 3):
        stated = [f for f in mechanism if f.predicate in RELATIONS]
        further.append((draw(st.sampled_from(stated)), _said(draw, f"CL{len(names)}", names, plain)))
    return World(
        tuple(mechanism),
        tuple(seen),
        tuple(conflicts),
        cell,
        disease,
        _some(draw, LESIONS, 1) if _maybe(draw, 4) else (),
        asked,
        tuple(further),
    )
