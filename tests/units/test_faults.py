"""Facts that say what cannot be, or say it without effect: each is refused with what is wrong and what to do."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reasoner.errors import Faults
from reasoner.mechanism.lesion_kinds import of_no_kind
from reasoner.mechanism.minting import mint
from reasoner.mechanism.stated import StatedFacts
from reasoner.model.atom import Fact
from reasoner.model.axiom import Axiom
from reasoner.reading.rules.text import read_atoms

VOCABULARY = """
    CuttingMode(block) CuttingMode(lower) RaisingMode(restore) RaisingMode(activate) Mode(touch) Mode(deplete)
    InteractionMode(soluble) NicheCell(cellC) MalignantCell(cellD) NicheCell(cellE) subtypeOf(cellE,cellC) Agent(drug)
    GeneProduct(unitS) GeneProduct(unitT) GeneProduct(molM) MolecularComplex(pair) hasSubunit(pair,unitS)
    hasSubunit(pair,unitT) Disease(disD) Disease(disE) Disease(disF) subtypeOf(disF,disE) """
AXIOMS = [Axiom("SubClassOf", ("InteractionMode", "Mode")), Axiom("SubClassOf", ("Fibroblast", "NicheCell"))]


def stated(text: str) -> list[Fact]:
    """Facts written as in rules, with blanks between them."""
    atoms = (atom for part in (VOCABULARY + text).split() for atom in read_atoms(part))
    return [Fact(a.predicate, str(a.args[0]), str(a.args[1]) if len(a.args) > 1 else None) for a in atoms]


def faults(text: str) -> list[tuple[str, str]]:
    try:
        mint(stated(text), AXIOMS)
    except Faults as error:
        return [(fault.code, f"{fault.message} | {fault.hint}") for fault in error.faults]
    return []


def action(mode: str, target: str, more: str = "") -> str:
    return f"Action(act) hasAgent(act,drug) hasMode(act,{mode}) hasTarget(act,{target}) {more}"


WORKS = "MoleculeActivity({0}__in__{1}) ofMolecule({0}__in__{1},{0}) inCell({0}__in__{1},{1}) "


def test_what_is_stated_rightly_is_no_fault() -> None:
    for mode in ("block", "lower", "restore", "activate", "touch"):
        assert faults(action(mode, "molM")) == []
        assert faults(WORKS.format("molM", "cellC") + action(mode, "molM__in__cellC")) == []
    assert faults(action("deplete", "cellC")) == []
    assert faults("Fibroblast(fib) " + action("deplete", "fib")) == []
    assert faults("CuttingMode(degrade) " + action("degrade", "molM")) == []


@pytest.mark.parametrize("mode", ["soluble", "drug", "blok"])
def test_a_mode_that_is_none_of_an_action_is_named_with_those_that_are(mode: str) -> None:
    [(code, told)] = faults(action(mode, "molM"))
    assert code == "E314" and f"hasMode(act, {mode})" in told and "block" in told


@pytest.mark.parametrize(("mode", "target"), [("deplete", "molM"), ("deplete", "pair"), ("block", "cellC")])
def test_a_cell_is_depleted_and_nothing_else_is(mode: str, target: str) -> None:
    [(code, told)] = faults(action(mode, target))
    assert code == "E315" and target in told and "deplete" in told


@pytest.mark.parametrize("target", ["pair", "pair__in__cellC", "link"])
def test_a_bound_subunit_is_one_of_the_target(target: str) -> None:
    more = WORKS.format("pair", "cellC") + "Interaction(link) hasSender(link,cellE) hasLigand(link,molM) "
    more += "hasReceptor(link,pair) hasReceiver(link,cellC) "
    assert faults(more + action("block", target, "bindsSubunit(act,unitS)")) == []
    [(code, told)] = faults(more + action("block", target, "bindsSubunit(act,molM)"))
    assert code == "E317" and "unitS, unitT" in told
    [(code, told)] = faults(action("block", "molM", "bindsSubunit(act,unitS)"))
    assert code == "E317" and "aim act at the complex" in told


def test_a_condition_is_an_effect_and_one_only() -> None:
    base = "Activity(a) Activity(b) Mechanism(m) requires(m,a) "
    assert faults(base + "requiredFor(m,b)") == []
    assert [code for code, _ in faults(base + "requiredFor(m,b) promotes(m,b)")] == ["E311"]
    assert [code for code, _ in faults(base)] == ["E311"]
    assert [code for code, _ in faults("Activity(a) Mechanism(m) requires(m,a) requiredFor(m,nothing)")] == ["E312"]
    assert [code for code, _ in faults("dependsOnActivity(drug,nothing)")] == ["E312"]


def conditions(*pairs: tuple[str, str], scopes: tuple[str, ...] = ()) -> str:
    text = ""
    for number, (required, effect) in enumerate(pairs):
        text += f"Mechanism(m{number}) requires(m{number},{required}) requiredFor(m{number},{effect}) "
        text += f"holdsIn(m{number},{scopes[number]}) " if number < len(scopes) and scopes[number] else ""
    return text


ABC = "Activity(a) Activity(b) Activity(c) "


def test_conditions_in_a_circle_are_named() -> None:
    [(code, told)] = faults(ABC + conditions(("a", "b"), ("b", "c"), ("c", "a")))
    assert code == "E316" and all(f"{x} needs {y}" in told for x, y in ("ba", "cb", "ac"))
    assert [code for code, _ in faults(ABC + conditions(("a", "a")))] == ["E316"]
    assert faults(ABC + conditions(("a", "b"), ("b", "c"), ("a", "c"))) == []


@pytest.mark.parametrize(
    ("scopes", "meet"),
    [(("disD", ""), True), (("disD", "disE"), False), (("disE", "disF"), True), (("disD", "disD"), True)],
)
def test_conditions_go_round_only_where_their_scopes_meet(scopes: tuple[str, str], meet: bool) -> None:
    assert bool(faults(ABC + conditions(("a", "b"), ("b", "a"), scopes=scopes))) is meet


def test_conditions_go_round_unless_one_is_denied_there() -> None:
    text = ABC + conditions(("a", "b"), ("b", "a"), scopes=("", "disF"))
    assert faults(text) and not faults(text + "deniedIn(m0,disE)")


def test_conditions_of_a_broader_cell_hold_for_the_narrower() -> None:
    works = "".join(WORKS.format(m, c) for m in ("molM", "unitS") for c in ("cellC", "cellD", "cellE"))
    broad, narrow = ("molM__in__cellC", "unitS__in__cellC"), ("unitS__in__cellE", "molM__in__cellE")
    assert [code for code, _ in faults(works + conditions(broad, narrow))] == ["E316"]
    assert faults(works + conditions(broad, ("unitS__in__cellD", "molM__in__cellD"))) == []


def test_a_complex_that_its_own_subunit_needs_is_a_circle() -> None:
    works = WORKS.format("pair", "cellC") + WORKS.format("unitS", "cellC") + WORKS.format("unitS", "cellD")
    assert [code for code, _ in faults(works + conditions(("pair__in__cellC", "unitS__in__cellC")))] == ["E316"]
    assert faults(works + conditions(("unitS__in__cellC", "pair__in__cellC"))) == []
    assert faults(works + conditions(("pair__in__cellC", "unitS__in__cellD"))) == []
    fused = "FusionProtein(pair) " + works
    assert faults(fused + conditions(("pair__in__cellC", "unitS__in__cellC"))) == []


NAMES = "abcde"


@given(st.lists(st.sampled_from(list(permutations(NAMES, 2))), max_size=7, unique=True))
def test_a_circle_is_found_exactly_where_there_is_one(pairs: list[tuple[str, str]]) -> None:
    reach = set(pairs)
    for _ in NAMES:
        reach |= {(x, z) for x, y in reach for w, z in reach if y == w}
    text = "".join(f"Activity({name}) " for name in NAMES) + conditions(*pairs)
    assert bool(faults(text)) is any((name, name) in reach for name in NAMES)


def test_a_lesion_has_the_kinds_of_broader_ones() -> None:
    text = "Lesion(broad) Lesion(narrow) Lesion(other) Odd(own) GainOfFunction(broad) subtypeOf(narrow,broad)"
    axioms = [*AXIOMS, Axiom("SubClassOf", ("Odd", "Lesion"))]
    assert of_no_kind(StatedFacts(stated(text), axioms)) == ["other", "own"]
    minted = mint(stated(text), axioms)
    read = [(str(fact), str(minted.origins[fact])) for fact in minted.facts if fact.predicate == "BindingChange"]
    assert read == [("BindingChange(other)", "Lesion(other)"), ("BindingChange(own)", "Odd(own)")]
