"""The engine against the reference reading, on random knowledge bases and on small cases written by hand.

The reference itself is held to the small cases first: each is one sentence of the definition, with facts and an answer
that the sentence determines; the engine is asked the same.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from reasoner.errors import Faults
from reasoner.model.atom import Fact
from tests.oracles.random_reading import knowledge
from tests.oracles.reference_reading import Reference
from tests.properties.random_knowledge import Knowledge, Question, vocabulary
from tests.properties.test_scenario import summary

MANY = settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
DEEP = settings(MANY, max_examples=5_000)
#: The hazards that follow from the state of a scenario alone, and not from observations.
HAZARDS = {"eviction_without_killer", "opened_route", "opposed_agents"}
#: The outcomes of a malignant cell that the vocabulary has a word for.
OUTCOMES = {"dislodges", "awakens", "sensitises", "restrains", "delivers"} & set(
    vocabulary().vocabulary.object_properties
)


# --- small cases ------------------------------------------------------------------------------------------------------

SCENE = """
marrow_disease: Disease
other_disease: Disease
blast: MalignantCell
stem: MalignantCell, subtypeOf blast
stroma: NicheCell
reticular: NicheCell, subtypeOf stroma
blood_stem: NormalCell
ligand: GeneProduct
receptor: GeneProduct
kinase: GeneProduct
factor: GeneProduct
drug: Agent
rescue: Agent
"""
ANCHORED = """
contact: Interaction, hasSender stroma, hasLigand ligand, hasReceptor receptor, hasReceiver blast
contact: holdsIn marrow_disease
anchorage: NicheRoute, retains blast, holdsIn marrow_disease, hasArm anchorage_arm
anchorage_arm: Arm, needs contact
"""
KINASE = """
kinase_in_blast: MoleculeActivity, ofMolecule kinase, inCell blast, givenIn marrow_disease
growth: IntrinsicRoute, sustains blast, holdsIn marrow_disease, hasArm growth_arm
growth_arm: Arm, needs kinase_in_blast
block_kinase: Action, hasAgent drug, hasTarget kinase, hasMode block
"""
FAMILY = """
kinase: memberOf kinase_family
kinase_family: MoleculeFamily
sister: GeneProduct, memberOf kinase_family
sister_in_blast: MoleculeActivity, ofMolecule sister, inCell blast, givenIn marrow_disease
sister_route: NicheRoute, retains blast, hasArm sister_arm
sister_arm: Arm, needs sister_in_blast
block_family: Action, hasAgent family_drug, hasTarget kinase_family, hasMode block
family_drug: Agent
"""
COMPLEX = """
receptor: hasSubunit chain, hasSubunit partner
chain: GeneProduct
partner: GeneProduct
chain_in_blast: MoleculeActivity, ofMolecule chain, inCell blast
factor_in_blast: MoleculeActivity, ofMolecule factor, inCell blast, givenIn marrow_disease
makes_chain: Mechanism, requires factor_in_blast, promotes chain_in_blast
block_factor: Action, hasAgent drug, hasTarget factor, hasMode block
"""
MUTANT = "mutant: Lesion, lesionOf kinase"
NARROW = "mutant: Lesion, lesionOf kinase\nnarrow_mutant: Lesion, subtypeOf mutant"
SILENCING = """
kinase_in_stem: MoleculeActivity, ofMolecule kinase, inCell stem, givenIn marrow_disease
silences: Mechanism, requires kinase_in_stem, suppresses contact
block_kinase: Action, hasAgent drug, hasTarget kinase, hasMode block
"""
NEEDED = """
kinase_in_stem: MoleculeActivity, ofMolecule kinase, inCell stem, givenIn marrow_disease
receptor_in_stem: MoleculeActivity, ofMolecule receptor, inCell stem
receptor_in_blast: MoleculeActivity, ofMolecule receptor, inCell blast, givenIn everywhere
condition: Mechanism, requires kinase_in_stem, requiredFor receptor_in_stem
block_kinase: Action, hasAgent drug, hasTarget kinase, hasMode block
"""
MADE_IN_STROMA = """
factor_in_stroma: MoleculeActivity, ofMolecule factor, inCell stroma, givenIn marrow_disease
ligand_from_stroma: Supply, ofLigand ligand, fromSource stroma
makes_ligand: Mechanism, requires factor_in_stroma, promotes ligand_from_stroma
near: Interaction, hasSender reticular, hasLigand ligand, hasReceptor receptor, hasReceiver blast
near: holdsIn marrow_disease
anchorage: NicheRoute, retains blast, holdsIn marrow_disease, hasArm anchorage_arm
anchorage_arm: Arm, needs near
block_factor: Action, hasAgent drug, hasTarget factor, hasMode block
"""
ANTIBODY = "bind_ligand: Action, hasAgent drug, hasTarget ligand, hasMode block"
AGONIST = f"{ANTIBODY}\nstand_in: Action, hasAgent rescue, hasTarget receptor, hasMode activate"
DEPLETION = "empty_niche: Action, hasAgent drug, hasTarget stroma, hasMode deplete"
FROM_OUTSIDE = "bring: Action, hasAgent rescue, hasTarget ligand, hasMode supply"
NORMAL_KINASE = """
kinase_in_blood_stem: MoleculeActivity, ofMolecule kinase, inCell blood_stem, givenIn everywhere
homing: RetentionFunction, functionOf blood_stem, hasArm homing_arm
homing_arm: Arm, needs kinase_in_blood_stem
"""
ENZYME = """
factor_in_blast: MoleculeActivity, ofMolecule factor, inCell blast
drug: dependsOnActivity factor_in_blast
"""
#: name: facts, question (cell, states, regimen), route, status, what decides it
SMALL = {
    "stated interaction": (ANCHORED, "blast", "", "", "anchorage", "open", ""),
    "a part described": (
        f"{ANCHORED}\nw: MoleculeActivity, ofMolecule receptor, inCell blast",
        "blast",
        "",
        "",
        "anchorage",
        "open",
        "",
    ),
    "a part given elsewhere": (
        f"{ANCHORED}\ns: Supply, ofLigand ligand, fromSource stroma, givenIn other_disease",
        "blast",
        "",
        "",
        "anchorage",
        "open",
        "",
    ),
    "a part denied here": (
        f"{ANCHORED}\ns: Supply, ofLigand ligand, fromSource stroma, deniedIn marrow_disease",
        "blast",
        "",
        "",
        "anchorage",
        "inactive",
        "",
    ),
    "a part denied more broadly": (
        f"{ANCHORED}\ns: Supply, ofLigand ligand, fromSource stroma, deniedIn everywhere",
        "blast",
        "",
        "",
        "anchorage",
        "open",
        "",
    ),
    "a broader receiver, suppressed": (f"{ANCHORED}{SILENCING}", "stem", "", "", "anchorage", "inactive", ""),
    "the suppressor is blocked": (f"{ANCHORED}{SILENCING}", "stem", "", "drug", "anchorage", "opened", "drug"),
    "not read for the broader cell": (f"{ANCHORED}{SILENCING}", "blast", "", "", "anchorage", "open", ""),
    "a narrower niche cell": (MADE_IN_STROMA, "blast", "", "", "anchorage", "open", ""),
    "its mechanism is cut": (MADE_IN_STROMA, "blast", "", "drug", "anchorage", "broken", "drug"),
    "a complex keeps its subunits": (f"{ANCHORED}{COMPLEX}", "blast", "", "", "anchorage", "open", ""),
    "a complex loses a subunit": (f"{ANCHORED}{COMPLEX}", "blast", "", "drug", "anchorage", "broken", "drug"),
    "a subunit denied": (
        f"{ANCHORED}{COMPLEX}\nchain_in_blast: deniedIn marrow_disease",
        "stem",
        "",
        "",
        "anchorage",
        "inactive",
        "",
    ),
    "a drug acts": (KINASE, "blast", "", "drug", "growth", "broken", "drug"),
    "a change of binding": (f"{KINASE}{MUTANT}", "blast", "mutant", "drug", "growth", "open", ""),
    "overcome": (f"{KINASE}{MUTANT}\ndrug: overcomes mutant", "blast", "mutant", "drug", "growth", "broken", "drug"),
    "a narrower lesion": (f"{KINASE}{NARROW}", "blast", "narrow_mutant", "drug", "growth", "open", ""),
    "overcome by no inheritance": (
        f"{KINASE}{NARROW}\ndrug: overcomes mutant",
        "blast",
        "narrow_mutant",
        "drug",
        "growth",
        "open",
        "",
    ),
    "a loss": (f"{KINASE}{MUTANT}\nmutant: LossOfFunction", "blast", "mutant", "drug", "growth", "inactive", ""),
    "a gain is cut": (
        f"{KINASE}{MUTANT}\nmutant: GainOfFunction",
        "blast",
        "mutant",
        "drug",
        "growth",
        "broken",
        "drug",
    ),
    "a gain despite a denial": (
        f"{KINASE}{MUTANT}\nmutant: GainOfFunction\nkinase_in_blast: deniedIn marrow_disease",
        "blast",
        "mutant",
        "",
        "growth",
        "open",
        "",
    ),
    "a family loses one member": (f"{KINASE}{FAMILY}{MUTANT}", "blast", "mutant", "family_drug", "growth", "open", ""),
    "a family keeps the other": (
        f"{KINASE}{FAMILY}{MUTANT}",
        "blast",
        "mutant",
        "family_drug",
        "sister_route",
        "broken",
        "family_drug",
    ),
    "a condition holds": (f"{ANCHORED}{NEEDED}", "stem", "", "", "anchorage", "open", ""),
    "a condition fails": (f"{ANCHORED}{NEEDED}", "stem", "", "drug", "anchorage", "broken", "drug"),
    "an antibody to the ligand": (f"{ANCHORED}{ANTIBODY}", "blast", "", "drug", "anchorage", "broken", "drug"),
    "an agonist stands in": (f"{ANCHORED}{AGONIST}", "blast", "", "drug rescue", "anchorage", "open", "rescue"),
    "depletion of the sender": (
        f"{ANCHORED}{DEPLETION}",
        "blast",
        "",
        "drug",
        "anchorage",
        "broken",
        "drug",
    ),
    "a ligand from outside": (
        f"{ANCHORED}{DEPLETION}\n{FROM_OUTSIDE}",
        "blast",
        "",
        "drug rescue",
        "anchorage",
        "open",
        "rescue",
    ),
    "cut and supplied": (
        f"{KINASE}\nbring: Action, hasAgent rescue, hasTarget kinase, hasMode supply",
        "blast",
        "",
        "drug rescue",
        "growth",
        "unknown",
        "drug rescue",
    ),
    "touch cuts nothing": (
        f"{ANCHORED}\nmeets: Action, hasAgent drug, hasTarget ligand, hasMode touch",
        "blast",
        "",
        "drug",
        "anchorage",
        "open",
        "",
    ),
    "an enzyme that is missing": (f"{KINASE}{ENZYME}", "blast", "", "drug", "growth", "open", ""),
    "an enzyme that is there": (
        f"{KINASE}{ENZYME}\nfactor_in_blast: givenIn everywhere",
        "blast",
        "",
        "drug",
        "growth",
        "broken",
        "drug",
    ),
}


def facts_of(text: str) -> tuple[Fact, ...]:
    """Facts from lines ``subject: Class, property object, …``."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        subject, said = line.split(": ")
        for words in (part.split() for part in said.split(", ")):
            found.append(Fact(words[0], subject, words[1] if len(words) > 1 else None))
    return tuple(dict.fromkeys(found))


def asked(text: str, cell: str, states: str, regimen: str) -> Knowledge:
    whole = f"{SCENE}\n{text}"
    complexes = "\nreceptor: MolecularComplex" if "hasSubunit" in text else ""
    question = Question(cell, "marrow_disease", tuple(states.split()), (), tuple(regimen.split()))
    return Knowledge(facts_of(whole + complexes), question)


@pytest.mark.parametrize("name", SMALL)
def test_reference_answers_small_cases(name: str) -> None:
    text, cell, states, regimen, route, status, by = SMALL[name]
    example = asked(text, cell, states, regimen)
    found = Reference(example.facts, example.question).routes[route]
    assert (found.status, found.by) == (status, frozenset([frozenset(by.split())] if by else []))


@pytest.mark.parametrize("name", SMALL)
def test_engine_answers_small_cases(name: str) -> None:
    text, cell, states, regimen, *_ = SMALL[name]
    check_against_reference(asked(text, cell, states, regimen))


def test_lesion_of_the_malignant_cell_protects_no_normal_one() -> None:
    example = asked(f"{KINASE}{MUTANT}{NORMAL_KINASE}", "blast", "mutant", "drug")
    harms = Reference(example.facts, example.question).harms
    assert harms == {("blood_stem", "homing"): ("lost", frozenset({"drug"}))}
    check_against_reference(example)


def test_agonist_and_receptor_blocker_oppose_each_other() -> None:
    shut = "shut: Action, hasAgent blocker, hasTarget receptor, hasMode block\nblocker: Agent"
    example = asked(f"{ANCHORED}{AGONIST}\n{shut}", "blast", "", "rescue blocker")
    read = Reference(example.facts, example.question)
    assert read.routes["anchorage"].status == "broken"
    assert read.hazards == {"opposed_agents", "eviction_without_killer"}
    check_against_reference(example)


# --- comparing --------------------------------------------------------------------------------------------------------


def by_reference(example: Knowledge) -> dict[str, Any]:
    """What the reference says, one entry for each thing said."""
    read = Reference(example.facts, example.question)
    said: dict[str, Any] = {f"route {name}": tuple(found) for name, found in read.routes.items()}
    for route, arms in read.arm_standings.items():
        said |= {f"arm {arm} of {route}": tuple(found) for arm, found in arms.items()}
    said["outcomes"] = {(outcome, read.cell) for outcome in OUTCOMES & read.outcomes.keys()}
    said["hazards"] = read.hazards
    said["killers"] = read.killers
    said["lost"] = {(cell, name, by) for (cell, name), (extent, by) in read.harms.items() if extent == "lost"}
    return said | {f"value of {' '.join(key)}": value for key, value in read.values().items()}


def by_engine(example: Knowledge) -> dict[str, Any]:
    """What the engine says, in the same words."""
    told, said = summary(example.assessment()), {}
    for route, (found, _, arms) in told["routes"].items():
        said[f"route {route}"] = (found[0], frozenset(found[1]))
        said |= {f"arm {arm} of {route}": (status, frozenset(by)) for arm, (status, by) in arms.items()}
    outcomes = told["outcomes"]
    said["outcomes"] = {pair for pair in outcomes if pair[0] in OUTCOMES}
    said["hazards"] = {name for relation, name in outcomes if relation == "hasHazard"} & HAZARDS
    said["killers"] = set(told["killers"])
    said["lost"] = {(cell, name, by) for cell, name, extent, by in told["harms"] if extent == "lost"}
    return said | {f"value of {' '.join(key)}": value for key, value in told["values"].items()}


OPPOSED = "opposed_agents"


def pulls_one_thing(example: Knowledge) -> bool:
    """Whether actions that are given pull in opposite directions at molecules that go together, on a node or on none.

    The reference asks for a node on which both act; the engine warns of what is stated, wherever that is at work.
    """
    read = Reference(example.facts, example.question)
    given = {name for agent in read.agents for name in (agent, *read.know.reach(agent, "memberOf"))}
    aims: dict[bool, set[str]] = {True: set(), False: set()}
    for action in read.know.members("Action"):
        (mode,) = read.know.of("hasMode", action)
        if given.intersection(read.know.of("hasAgent", action)) and mode not in ("touch", "deplete"):
            (target,) = read.know.of("hasTarget", action)
            node = read.activity(target)
            molecules = {target} if node.kind == "Activity" else set(node.things)
            families = {f for m in molecules for f in read.know.of("memberOf", m)}
            members = {m for f in molecules | families for m in read.know.whose("memberOf", f)}
            stand_in = {f for m in molecules for f in read.know.whose("representedBy", m)}
            aims[mode in ("block", "lower")] |= molecules | members | stand_in
    wider = ({c for m in found for c in read.know.reach(m, "hasSubunit", back=True)} for found in aims.values())
    cut, raised = wider
    return bool(cut & raised)


def differences(example: Knowledge) -> list[str]:
    """What the two say otherwise.

    Nodes that only one of them knows are compared by the routes that need them.  What is merely touched is left out:
    the engine judges it over whatever is stated, the reference over what is in force at the cells of the scene.
    """
    reference, engine = by_reference(example), by_engine(example)
    if OPPOSED in engine["hazards"] - reference["hazards"] and pulls_one_thing(example):
        engine["hazards"] = engine["hazards"] - {OPPOSED}
    both = reference.keys() & engine.keys()
    either = {name for name in reference.keys() | engine.keys() if not name.startswith("value of")}
    return [
        f"{name}: reference {shown(reference.get(name))}, engine {shown(engine.get(name))}"
        for name in sorted(both | either)
        if reference.get(name) != engine.get(name)
    ]


def shown(value: Any) -> str:
    if isinstance(value, set | frozenset):
        return "{" + ", ".join(sorted(map(shown, value))) + "}"
    if isinstance(value, tuple):
        return " ".join(map(shown, value))
    return "nothing" if value is None else str(value)


def check_against_reference(example: Knowledge) -> None:
    """Fails with the facts, one subject a line, and what differs."""
    found = differences(example)
    assert not found, "\n".join(["", repr(example), "", *found])


def is_sound(example: Knowledge) -> bool:
    """Whether nothing is wrong with the facts themselves: conditions drawn one by one may go in a circle."""
    try:
        return bool(example.reasoned().minted)
    except Faults as faults:
        assert {fault.code for fault in faults.faults} == {"E316"}
        return False


@MANY
@given(knowledge())
def test_engine_and_reference_agree(example: Knowledge) -> None:
    assume(is_sound(example))
    check_against_reference(example)


@pytest.mark.slow
@DEEP
@given(knowledge())
def test_engine_and_reference_agree_at_length(example: Knowledge) -> None:
    assume(is_sound(example))
    check_against_reference(example)
