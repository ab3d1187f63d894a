"""The engine against the reference reading, on random knowledge bases and on small cases written by hand.

The reference itself is held to the small cases first: each is one sentence of the definition, with facts and an answer
that the sentence determines; the engine is asked the same.
"""

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reasoner.errors import Faults
from reasoner.model.atom import Fact
from tests.oracles.compared_readings import differences
from tests.oracles.random_reading import knowledge
from tests.oracles.reference_reading import Reference
from tests.properties.random_knowledge import Knowledge, Question

MANY = settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
#: Other examples each time, or those of ``--hypothesis-seed``.
DEEP = settings(MANY, max_examples=5_000, derandomize=False, database=None)


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
FREE_COMPLEX = """
receptor: hasSubunit chain
chain: GeneProduct
silent: LossOfFunction, lesionOf chain
free: Availability, ofLigand receptor, fromSource blast, givenIn marrow_disease
factor_in_blast: MoleculeActivity, ofMolecule factor, inCell blast, givenIn marrow_disease
holds: Mechanism, requires factor_in_blast, suppresses free
lift: Action, hasAgent rescue, hasTarget chain, hasMode restore
growth: IntrinsicRoute, sustains blast, holdsIn marrow_disease, hasArm growth_arm
growth_arm: Arm, needs free
"""
PROMOTED_WHOLE = """
receptor: hasSubunit chain
chain: GeneProduct
chain_in_blast: MoleculeActivity, ofMolecule chain, inCell blast
receptor_in_blast: MoleculeActivity, ofMolecule receptor, inCell blast
factor_in_blast: MoleculeActivity, ofMolecule factor, inCell blast, givenIn marrow_disease
makes_whole: Mechanism, requires factor_in_blast, promotes receptor_in_blast
growth: IntrinsicRoute, sustains blast, holdsIn marrow_disease, hasArm growth_arm
growth_arm: Arm, needs chain_in_blast
"""
BEATEN = """
contact: deniedIn everywhere
factor_in_blast: MoleculeActivity, ofMolecule factor, inCell blast, givenIn marrow_disease
makes_contact: Mechanism, requires factor_in_blast, promotes contact
bind_ligand: Action, hasAgent drug, hasTarget ligand, hasMode block
"""


class Case(NamedTuple):
    """Facts, and the status of a route under a regimen: what decides it is the regimen where that changed anything."""

    facts: str
    answer: str
    regimen: str = ""
    cell: str = "blast"
    states: str = ""
    by: str = ""

    @property
    def example(self) -> Knowledge:
        return asked(self.facts, self.cell, self.states, self.regimen)

    @property
    def standing(self) -> tuple[str, str, frozenset[frozenset[str]]]:
        """The route, its status, and the one set that decides it."""
        route, status = self.answer.split()
        by = self.by or (self.regimen if status in ("broken", "opened") else "")
        return route, status, frozenset([frozenset(by.split())] if by else [])


SMALL = {
    "stated interaction": Case(ANCHORED, "anchorage open"),
    "a part described": Case(f"{ANCHORED}\nw: MoleculeActivity, ofMolecule receptor, inCell blast", "anchorage open"),
    "a part given elsewhere": Case(
        f"{ANCHORED}\ns: Supply, ofLigand ligand, fromSource stroma, givenIn other_disease", "anchorage open"
    ),
    "a part denied here": Case(
        f"{ANCHORED}\ns: Supply, ofLigand ligand, fromSource stroma, deniedIn marrow_disease", "anchorage inactive"
    ),
    "a part denied more broadly": Case(
        f"{ANCHORED}\ns: Supply, ofLigand ligand, fromSource stroma, deniedIn everywhere", "anchorage open"
    ),
    "a broader receiver, suppressed": Case(f"{ANCHORED}{SILENCING}", "anchorage inactive", cell="stem"),
    "the suppressor is blocked": Case(f"{ANCHORED}{SILENCING}", "anchorage opened", "drug", cell="stem"),
    "not read for the broader cell": Case(f"{ANCHORED}{SILENCING}", "anchorage open"),
    "a narrower niche cell": Case(MADE_IN_STROMA, "anchorage open"),
    "its mechanism is cut": Case(MADE_IN_STROMA, "anchorage broken", "drug"),
    "a complex keeps its subunits": Case(f"{ANCHORED}{COMPLEX}", "anchorage open"),
    "a complex loses a subunit": Case(f"{ANCHORED}{COMPLEX}", "anchorage broken", "drug"),
    "a subunit denied": Case(
        f"{ANCHORED}{COMPLEX}\nchain_in_blast: deniedIn marrow_disease", "anchorage inactive", cell="stem"
    ),
    "a drug acts": Case(KINASE, "growth broken", "drug"),
    "a change of binding": Case(f"{KINASE}{MUTANT}", "growth open", "drug", states="mutant"),
    "overcome": Case(f"{KINASE}{MUTANT}\ndrug: overcomes mutant", "growth broken", "drug", states="mutant"),
    "a narrower lesion": Case(f"{KINASE}{NARROW}", "growth open", "drug", states="narrow_mutant"),
    "overcome by no inheritance": Case(
        f"{KINASE}{NARROW}\ndrug: overcomes mutant", "growth open", "drug", states="narrow_mutant"
    ),
    "a loss": Case(f"{KINASE}{MUTANT}\nmutant: LossOfFunction", "growth inactive", "drug", states="mutant"),
    "a gain is cut": Case(f"{KINASE}{MUTANT}\nmutant: GainOfFunction", "growth broken", "drug", states="mutant"),
    "a gain despite a denial": Case(
        f"{KINASE}{MUTANT}\nmutant: GainOfFunction\nkinase_in_blast: deniedIn marrow_disease",
        "growth open",
        states="mutant",
    ),
    "a family loses one member": Case(f"{KINASE}{FAMILY}{MUTANT}", "growth open", "family_drug", states="mutant"),
    "a family keeps the other": Case(
        f"{KINASE}{FAMILY}{MUTANT}", "sister_route broken", "family_drug", states="mutant"
    ),
    "a condition holds": Case(f"{ANCHORED}{NEEDED}", "anchorage open", cell="stem"),
    "a condition fails": Case(f"{ANCHORED}{NEEDED}", "anchorage broken", "drug", cell="stem"),
    "an antibody to the ligand": Case(f"{ANCHORED}{ANTIBODY}", "anchorage broken", "drug"),
    "an agonist stands in": Case(f"{ANCHORED}{AGONIST}", "anchorage open", "drug rescue", by="rescue"),
    "depletion of the sender": Case(f"{ANCHORED}{DEPLETION}", "anchorage broken", "drug"),
    "a ligand from outside": Case(
        f"{ANCHORED}{DEPLETION}\n{FROM_OUTSIDE}", "anchorage open", "drug rescue", by="rescue"
    ),
    "cut and supplied": Case(
        f"{KINASE}\nbring: Action, hasAgent rescue, hasTarget kinase, hasMode supply",
        "growth unknown",
        "drug rescue",
        by="drug rescue",
    ),
    "touch cuts nothing": Case(
        f"{ANCHORED}\nmeets: Action, hasAgent drug, hasTarget ligand, hasMode touch", "anchorage open", "drug"
    ),
    "what acts through a loss": Case(FREE_COMPLEX, "growth opened", "rescue"),
    "what acts through a loss is defeated": Case(FREE_COMPLEX, "growth inactive", "rescue", states="silent"),
    "a whole that is promoted": Case(PROMOTED_WHOLE, "growth open"),
    "a whole that is denied implies no subunit": Case(
        f"{PROMOTED_WHOLE}\nreceptor_in_blast: deniedIn marrow_disease", "growth inactive"
    ),
    "a whole that is promoted in another state": Case(
        f"{PROMOTED_WHOLE}\nmakes_whole: holdsIn late\nlate: Context, inState phase\nphase: TreatmentState",
        "growth unknown",
    ),
    "restored with no cell": Case(
        f"{ANCHORED}{DEPLETION}\n{ANTIBODY}\nlift: Action, hasAgent rescue, hasTarget ligand, hasMode restore",
        "anchorage broken",
        "drug rescue",
        by="drug",
    ),
    "a denial that is beaten": Case(f"{ANCHORED}{BEATEN}", "anchorage open", "drug"),
    "an enzyme that is missing": Case(f"{KINASE}{ENZYME}", "growth open", "drug"),
    "an enzyme that is there": Case(f"{KINASE}{ENZYME}\nfactor_in_blast: givenIn everywhere", "growth broken", "drug"),
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
    example, (route, *answer) = SMALL[name].example, SMALL[name].standing
    found = Reference(example.facts, example.question).routes[route]
    assert [found.status, found.by] == answer


@pytest.mark.parametrize("name", SMALL)
def test_engine_answers_small_cases(name: str) -> None:
    check_against_reference(SMALL[name].example)


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


@st.composite
def routes_near_and_far(draw: st.DrawFn) -> Knowledge:
    """Routes of one kind that are stated for this disease, for a broader one, for none; some on, some broken."""
    lines = ["ill: Disease", "marrow_disease: subtypeOf ill"]
    for number in range(draw(st.integers(2, 4))):
        given_in = draw(st.sampled_from(["", ", givenIn marrow_disease", ", givenIn marrow_disease"]))
        scope = draw(st.sampled_from(["", ", holdsIn marrow_disease", ", holdsIn ill"]))
        cell = draw(st.sampled_from(["blast", "blast", "stem"]))
        lines += [
            f"mol{number}: GeneProduct",
            f"way{number}: MoleculeActivity, ofMolecule mol{number}, inCell blast{given_in}",
            f"route{number}: NicheRoute, retains {cell}, hasArm arm{number}{scope}",
            f"arm{number}: Arm, needs way{number}",
        ]
        if draw(st.booleans()):
            lines.append(f"block{number}: Action, hasAgent drug, hasTarget mol{number}, hasMode block")
    return asked("\n".join(lines), "stem", "", "drug")


@MANY
@given(routes_near_and_far())
def test_what_is_stated_nearest_says_how_far_an_outcome_goes(example: Knowledge) -> None:
    check_against_reference(example)


@pytest.mark.slow
@DEEP
@given(knowledge())
def test_engine_and_reference_agree_at_length(example: Knowledge) -> None:
    assume(is_sound(example))
    check_against_reference(example)
