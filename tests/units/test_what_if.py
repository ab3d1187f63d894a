"""Suppositions over a small knowledge base: what is resolved, refused, recorded, and never written."""

import pytest
from small_knowledge import small

from reasoner.answers.catalogue import show
from reasoner.asking.supposition import Supposition
from reasoner.asking.what_if import suppose
from reasoner.errors import DislodgeError, QuestionError
from reasoner.model.atom import Fact
from reasoner.model.term import XSD, Literal

HELD = Fact("retains", "routeR", "Stem_A")


def test_an_assumed_fact_holds_and_the_knowledge_base_stays_as_it_was() -> None:
    other = suppose(small(), Supposition(assume=("retains(routeR, Stem_N)",)))
    new = Fact("retains", "routeR", "Stem_N")
    assert new in other.closure
    assert new not in small().closure
    assert other.base.sha256 == small().base.sha256
    assert other.supposed.assumed == ("retains(routeR, Stem_N)",)


def test_names_in_double_quotes_may_be_spelt_in_any_way() -> None:
    other = suppose(small(), Supposition(assume=('retains("route of A", "normal stem cell")',)))
    assert other.supposed.assumed == ("retains(routeR, Stem_N)",)


def test_a_value_is_read_by_its_property() -> None:
    assumed = 'statement(CL-3, "Alpha is beta.") ^ tierRank(in_vivo, 3)'
    facts = suppose(small(), Supposition(assume=(assumed,))).base.ontology.facts
    assert Fact("statement", "CL-3", Literal("Alpha is beta.")) in facts
    assert Fact("tierRank", "in_vivo", Literal("3", XSD + "integer")) in facts


def test_a_new_individual_is_brought_in_by_its_class() -> None:
    other = suppose(small(), Supposition(assume=("Agent(drug-new) ^ memberOf(drug-new, drug-b)",)))
    assert "drug-new" in other.closure.members("Agent")
    assert show(other, "drug-new")["asserted"] == ["Agent(drug-new)", "memberOf(drug-new, drug-b)"]


def test_a_retracted_fact_loses_its_claims_too() -> None:
    other = suppose(small(), Supposition(retract=("retains(routeR, Stem_A)",)))
    assert HELD not in other.closure
    assert HELD not in other.base.annotated
    assert HELD in small().base.annotated


def test_a_derived_fact_is_kept_from_following() -> None:
    derived = Fact("concerns", "routeR", "Stem_A")
    if derived not in small().closure:  # the small knowledge base has no rules of its own: a class does as well
        derived = Fact("Therapy", "drug-a")
    other = suppose(small(), Supposition(retract=(str(derived),)))
    assert derived not in other.closure
    assert Fact("Agent", "drug-a") in other.closure


def test_an_individual_goes_with_its_labels() -> None:
    other = suppose(small(), Supposition(retract=("Agent(drug-b)",)))
    with pytest.raises(QuestionError):
        show(other, "drug beta")
    assert "drug-b" not in other.base.ontology.vocabulary.individuals


def test_papers_and_claims_are_left_out_by_id_or_label() -> None:
    less = suppose(small(), Supposition(papers=("paper P",)))
    assert less.supposed.papers == ("paperP",)
    assert "CL-1" not in less.base.claims
    assert "paperP" not in less.closure.members("Paper")
    assert HELD not in less.closure  # CL-2 opposes it, and nothing else supports it
    fewer = suppose(small(), Supposition(claims=("CL-2",)))
    assert fewer.base.support(HELD).opposed == ()
    assert fewer.base.support(HELD).supported == ("CL-1",)


@pytest.mark.parametrize(
    ("wanted", "code", "hint"),
    [
        (Supposition(assume=("retain(routeR, Stem_A)",)), "E407", "retains"),
        (Supposition(assume=("retains(routeR)",)), "E407", "retains(a, b)"),
        (Supposition(assume=("retains(routeS, Stem_A)",)), "E401", "routeR"),
        (Supposition(assume=("retains(route R, Stem_A)",)), "E201", ""),
        (Supposition(assume=("retains(?r, Stem_A)",)), "E416", "variables"),
        (Supposition(assume=("equal(1, 1)",)), "E407", ""),
        (Supposition(assume=("dislodges(drug-a, Stem_A)",)), "E416", "on(N)"),
        (Supposition(assume=("onIn(KINX__in__Stem_A, routeR)",)), "E416", "on(N)"),
        (Supposition(assume=("status(routeR)",)), "E416", "on(N)"),
        (Supposition(assume=("on(routeR)",)), "E403", ""),
        (Supposition(assume=("on(KINX__in__Stem_A, Stem_A)",)), "E407", "on(a)"),
        (Supposition(retract=("retains(routeR, Stem_N)",)), "E417", "why-not"),
        (Supposition(retract=("Agent(nothing)",)), "E401", ""),
        (Supposition(assume=("Molecule(drug-a)",)), "E418", "retract"),
        (Supposition(assume=("retains(routeR, Stem_N)",), retract=("retains(routeR, Stem_N)",)), "E416", "leave one"),
        (Supposition(papers=("paper Q",)), "E401", "paper"),
        (Supposition(papers=("CL-1",)), "E403", "papers"),
        (Supposition(claims=("paperP",)), "E403", "evidence"),
    ],
)
def test_what_cannot_be_supposed_is_refused_with_a_hint(wanted: Supposition, code: str, hint: str) -> None:
    with pytest.raises(DislodgeError) as caught:
        suppose(small(), wanted)
    assert caught.value.code == code
    assert hint in caught.value.hint


def test_a_question_without_a_scenario_takes_no_states() -> None:
    with pytest.raises(QuestionError) as caught:
        suppose(small(), Supposition(assume=("on(KINX__in__Stem_A)",)), scenario=False)
    assert caught.value.code == "E416"


def test_states_become_hypothetical_agents_in_the_background() -> None:
    other = suppose(small(), Supposition(assume=("on(KINX__in__Stem_A)",)))
    assert other.supposed.background == ("supply:KINX__in__Stem_A",)
    undone = suppose(small(), Supposition(retract=("on(KINX__in__Stem_A)",))).supposed
    assert undone.background == ("block:KINX__in__Stem_A",)
    assert undone.undone == (Fact("on", "KINX__in__Stem_A"),)
