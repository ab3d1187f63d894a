"""Explanations and reasons in words: parts, subunits, lesions, agonists, depletion, dependencies, what is not read."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sample_scenarios import contested

from reasoner.answers.assess import assess
from reasoner.answers.explain import explain
from reasoner.answers.niche import niche
from reasoner.answers.robustness import robustness
from reasoner.answers.why_not import why_not
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.resolving import conclusion_request
from reasoner.asking.supposition import Supposition
from reasoner.asking.what_if import suppose
from reasoner.errors import QuestionError
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.reading.owl.ontology import read_ontology
from reasoner.resources import shipped
from reasoner.views.documents import render
from reasoner.views.look import Look
from tests.properties.random_knowledge import shipped_rule_list

FACTS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
:dysA a :Disease .
:tumX a :MalignantCell . :stemX a :MalignantCell ; :subtypeOf :tumX ; :occursIn :dysA .
:subX a :MalignantCell ; :subtypeOf :stemX .
:nicheN a :NicheCell . :stromaS a :NicheCell ; :subtypeOf :nicheN .
:ligL a :GeneProduct . :recR a :GeneProduct . :subS a :GeneProduct . :kinK a :GeneProduct . :enzE a :GeneProduct .
:wayW a :Process .
:famF a :MoleculeFamily . :kinK :memberOf :famF .
:cplC a :MolecularComplex ; :hasSubunit :recR , :subS .
:link a :Interaction ; :hasSender :stromaS ; :hasLigand :ligL ; :hasReceptor :cplC ; :hasReceiver :stemX ;
    :holdsIn :dysA .
:routeR a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armR . :armR a :Arm ; :needs :link .
:kinK__in__stemX a :MoleculeActivity ; :ofMolecule :kinK ; :inCell :stemX ; :givenIn :dysA .
:routeK a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armK . :armK a :Arm ; :needs :kinK__in__stemX .
:wayW__of__stemX a :CellProcess ; :ofProcess :wayW ; :ofCell :stemX ; :givenIn :dysA .
:needs_link a :Mechanism ; :requires :link ; :requiredFor :wayW__of__stemX .
:routeW a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armW . :armW a :Arm ; :needs :wayW__of__stemX .
:routeS a :NicheRoute ; :holdsIn :dysA ; :retains :subX ; :hasArm :armS . :armS a :Arm ; :needs :kinK__in__stemX .
:dysB a :Disease .
:routeB a :NicheRoute ; :holdsIn :dysB ; :retains :subX , :stemX ; :hasArm :armB .
:armB a :Arm ; :needs :kinK__in__stemX .
:chain a :Process . :chain__of__stemX a :CellProcess ; :ofProcess :chain ; :ofCell :stemX .
:drives a :Mechanism ; :requires :kinK__in__stemX , :enzE__in__stemX ; :promotes :chain__of__stemX .
:permits a :Mechanism ; :requires :torn ; :requiredFor :chain__of__stemX .
:enzE__in__stemX a :MoleculeActivity ; :ofMolecule :enzE ; :inCell :stemX .
:enzE__in__subX a :MoleculeActivity ; :ofMolecule :enzE ; :inCell :subX ; :givenIn :dysA .
:torn a :Activity ; :givenIn :dysA ; :deniedIn :dysA .
:antiL a :Agent . :antiL_acts a :Action ; :hasAgent :antiL ; :hasTarget :ligL ; :hasMode :block .
:drugF a :Agent . :drugF_acts a :Action ; :hasAgent :drugF ; :hasTarget :famF ; :hasMode :block .
:drugT a :Agent . :drugT_acts a :Action ; :hasAgent :drugT ; :hasTarget :kinK ; :hasMode :touch .
:proD a :Agent ; :dependsOnActivity :enzE__in__stemX .
:proD_acts a :Action ; :hasAgent :proD ; :hasTarget :kinK ; :hasMode :block .
:proD_kills a :Killing ; :hasAgent :proD ; :againstCell :stemX .
:killK a :Agent .
:killK_kills a :Killing ; :hasAgent :killK ; :againstCell :stemX ; :actsThrough :kinK .
:proQ a :Agent ; :dependsOnActivity :torn .
:proQ_acts a :Action ; :hasAgent :proQ ; :hasTarget :kinK ; :hasMode :block .
:agoR a :Agent . :agoR_acts a :Action ; :hasAgent :agoR ; :hasTarget :cplC ; :hasMode :activate .
:noS a :Agent . :noS_acts a :Action ; :hasAgent :noS ; :hasTarget :nicheN ; :hasMode :deplete .
:supK a :Agent . :supK_acts a :Action ; :hasAgent :supK ; :hasTarget :enzE ; :hasMode :supply .
:mutK a :BindingChange ; :lesionOf :kinK .
:lossS a :LossOfFunction ; :lesionOf :subS .
:gainE a :GainOfFunction ; :lesionOf :enzE .
:paperP a :Paper .
:claimL a :Evidence ; :hasTier :in_vivo ; :modality "reported" ; :polarity "supports" ; :citesPaper :paperP .
:claimM a :Evidence ; :hasTier :in_vivo ; :modality "reported" ; :polarity "supports" ; :citesPaper :paperP .
[] a owl:Axiom ; owl:annotatedSource :link ; owl:annotatedProperty :hasLigand ; owl:annotatedTarget :ligL ;
    :supportedBy :claimL .
[] a owl:Axiom ; owl:annotatedSource :mutK ; owl:annotatedProperty :lesionOf ; owl:annotatedTarget :kinK ;
    :supportedBy :claimM .
"""


@cache
def kb() -> Reasoned:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "facts.ttl"
        file.write_text(FACTS, encoding="utf-8")
        modules = sorted(shipped("ontology").glob("modules/*.ttl"))
        return Reasoned(StatedKnowledge(read_ontology([*modules, file]), shipped_rule_list(), "ab" * 32))


def asked(text: str, states: str = "", knowledge: Reasoned | None = None) -> tuple[Any, ...]:
    request = ScenarioRequest("stemX", "dysA", tuple(states.split()))
    strategic = text.startswith("strategy")
    return (knowledge or kb(), *conclusion_request(knowledge or kb(), text, request, strategies=strategic))


def steps(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield tree
    for premise in tree["premises"]:
        yield from steps(premise)


def told(text: str, states: str = "", knowledge: Reasoned | None = None) -> dict[str, list[str]]:
    """Every sentence of an explanation, with its claims."""
    (tree,) = explain(*asked(text, states, knowledge))["derivations"]
    return {step["text"]: step["evidence"] for step in steps(tree)}


def fails(text: str, states: str = "") -> list[tuple[str, str]]:
    return [(reason["code"], reason["fails"]) for reason in why_not(*asked(text, states))["reasons"]]


# --- explanations -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "states", "sentence"),
    [
        ("status(routeR)", "", "cplC at work in stemX is there: link is stated here and needs it"),
        ("status(routeR)", "", "subS at work in stemX is there: it is a subunit of cplC at work in stemX"),
        ("status(routeR)", "lossS", "cplC at work in stemX needs subS at work in stemX, which is off"),
        ("status(routeR)", "lossS", "subS at work in stemX is lost by lossS"),
        ("breaksRoute(antiL, routeW)", "", "wayW__of__stemX needs link, which is off"),
        ("on(enzE__in__stemX)", "gainE", "enzE__in__stemX is on by gainE, whatever regulates it"),
        ("breaksRoute(noS, routeR)", "", "noS takes nicheN away, and free ligL from stromaS with it"),
        ("breaksRoute(proD, routeK)", "gainE", "enzE__in__stemX is on by gainE, whatever regulates it"),
        ("strategy(proD+antiL)", "gainE", "proD acts against stemX"),
    ],
)
def test_an_explanation_says_what_decides(question: str, states: str, sentence: str) -> None:
    assert sentence in told(question, states)


@pytest.mark.parametrize(
    ("agents", "states", "question", "sentence"),
    [
        ("drugF", "mutK", "status(routeK)", "mutK keeps drugF, which is aimed at famF, from kinK__in__stemX"),
        ("proD", "", "status(routeK)", "proD does not act on kinK__in__stemX without enzE__in__stemX, which is off"),
        ("proQ", "", "status(routeK)", "proQ acts on kinK__in__stemX only with torn, which is undetermined"),
        ("proQ", "", "status(routeK)", "equally narrow statements disagree on torn"),
        (
            "agoR antiL",
            "",
            "status(routeR)",
            "agoR activates cplC at work in stemX, so that link is on without its ligand",
        ),
    ],
)
def test_an_explanation_says_what_agents_do_and_what_keeps_them(
    agents: str, states: str, question: str, sentence: str
) -> None:
    request = ScenarioRequest("stemX", "dysA", tuple(states.split()), tuple(agents.split()))
    (tree,) = explain(kb(), *conclusion_request(kb(), question, request))["derivations"]
    assert sentence in [step["text"] for step in steps(tree)]


def test_an_implied_part_has_the_claims_of_its_interaction_and_a_lesion_its_own() -> None:
    assert told("status(routeR)")["cplC at work in stemX is there: link is stated here and needs it"] == ["claimL"]
    request = ScenarioRequest("stemX", "dysA", ("mutK",), ("drugF",))
    (tree,) = explain(kb(), *conclusion_request(kb(), "status(routeK)", request))["derivations"]
    assert [step["evidence"] for step in steps(tree) if step["rule"] == "lesion"] == [["claimM"]]


def test_a_killer_whose_enzyme_is_undetermined_is_said_to_be_in_doubt() -> None:
    knowledge = suppose(
        kb(), Supposition(assume=("Killing(proQ_kills) ^ hasAgent(proQ_kills, proQ) ^ againstCell(proQ_kills, stemX)",))
    )
    found = assess(knowledge, ("proQ",), ScenarioRequest("stemX", "dysA"))
    assert found["defeated"] == [{"agent": "proQ", "by": "torn", "kind": "activity", "in_doubt": True}]
    assert "proQ does not act without torn, which is undetermined" in " ".join(render(found, "table", Look()).split())


def test_a_killer_that_depends_on_an_activity_names_it() -> None:
    (tree,) = explain(*asked("strategy(proD+antiL)", "gainE"))["derivations"]
    (killer,) = [step for step in steps(tree) if step["rule"] == "killing"]
    assert [p["text"] for p in killer["premises"]] == ["enzE__in__stemX is on by gainE, whatever regulates it"]


@pytest.mark.parametrize(
    ("question", "states", "code"),
    [
        ("strategy(antiL)", "", "NO_KILLER"),
        ("strategy(proD+antiL)", "", "KILLER_DEFEATED"),
        ("strategy(killK+antiL)", "mutK", "KILLER_DEFEATED"),
        ("strategy(killK)", "", "TARGET_NOT_ON_ROUTE"),
    ],
)
def test_no_strategy_is_without_an_effective_killer(question: str, states: str, code: str) -> None:
    document = explain(*asked(question, states))
    assert [reason["code"] for reason in document["reasons"]] == [code]
    assert not document["derivations"]


# --- why not ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "states", "code", "words"),
    [
        ("breaksRoute(drugT, routeK)", "", "UNSIGNED", "without a sign"),
        ("breaksRoute(drugF, routeK)", "mutK", "KILLER_DEFEATED", "mutK defeats drugF_acts"),
        ("breaksRoute(proD, routeK)", "", "KILLER_DEFEATED", "without enzE__in__stemX, which is off"),
        ("breaksRoute(proQ, routeK)", "", "NOT_REPORTED", "equally narrow statements disagree on torn"),
        ("breaksRoute(antiL, routeK)", "", "TARGET_NOT_ON_ROUTE", "nothing that antiL acts on"),
        ("breaksRoute(antiL, routeR)", "lossS", "ROUTE_INACTIVE", "subS at work in stemX is lost by lossS"),
        ("on(enzE__in__stemX)", "", "NOT_REPORTED", "it is stated for subX: what is said of a narrower cell"),
        ("on(enzE__in__subX)", "", "NOT_REPORTED", "it is stated for subX: what is said of a narrower cell"),
        ("breaksRoute(drugF, routeS)", "", "NO_ROUTE", "routeS is stated for subX: what is said of a narrower cell"),
        ("opensRoute(block:link, routeR)", "", "SIGN_MISMATCH", "routeR is broken: block:link cuts link"),
        ("breaksRoute(drugF, routeB)", "", "OTHER_DISEASE", "routeB is not stated for stemX in dysA"),
        ("status(routeB)", "", "OTHER_DISEASE", "routeB is not stated for stemX in dysA"),
        ("off(kinK__in__stemX)", "", "SIGN_MISMATCH", "kinK__in__stemX is stated to be there"),
        ("on(link)", "lossS", "NOT_REPORTED", "cplC at work in stemX, which is off: subS at work in stemX is lost by"),
        ("sensitises(proD+antiL, stemX)", "", "KILLER_DEFEATED", "proD does not act without enzE__in__stemX"),
        ("on(torn)", "", "NOT_REPORTED", "equally narrow statements disagree on torn"),
        ("effectiveKiller(proD, proD)", "", "KILLER_DEFEATED", "proD does not act without enzE__in__stemX"),
        ("effectiveKiller(drugF+killK, killK)", "mutK", "KILLER_DEFEATED", "mutK defeats killK"),
        ("effectiveKiller(drugF, drugF)", "", "NO_KILLER", "nothing stated here says that drugF acts against stemX"),
        ("effectiveKiller(drugF, killK)", "", "NO_KILLER", "killK is not given"),
    ],
)
def test_why_not_says_what_is_missing(question: str, states: str, code: str, words: str) -> None:
    assert any(c == code and words in text for c, text in fails(question, states)), fails(question, states)


def test_why_not_says_of_each_way_what_holds_of_it_and_what_fails() -> None:
    reasons = why_not(*asked("on(chain__of__stemX)"))["reasons"]
    assert {reason["rule"]: (reason["holds"], reason["fails"]) for reason in reasons} == {
        "drives": (
            ["kinK__in__stemX is stated to be there"],
            "chain__of__stemX would need enzE__in__stemX, which is off:"
            " nothing known brings about enzE__in__stemX here",
        ),
        "permits": (
            [],
            "chain__of__stemX needs torn, which is undetermined: equally narrow statements disagree on torn",
        ),
    }


@pytest.mark.parametrize(
    ("question", "states"), [("breaksRoute(proD, routeK)", ""), ("breaksRoute(drugF, routeK)", "mutK")]
)
def test_an_agent_that_is_kept_from_the_only_way_through_has_no_other_fault(question: str, states: str) -> None:
    assert {code for code, _ in fails(question, states)} <= {"KILLER_DEFEATED", "NOT_REPORTED"}


# --- hypotheses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "states", "fact"),
    [
        ("breaksRoute(proD, routeK)", "", "givenIn(enzE__in__stemX, dysA)"),
        ("sensitises(proD+antiL, stemX)", "", "givenIn(enzE__in__stemX, dysA)"),
        ("effectiveKiller(proD, proD)", "", "givenIn(enzE__in__stemX, dysA)"),
        ("effectiveKiller(killK, killK)", "mutK", "overcomes(killK, mutK)"),
        ("breaksRoute(drugF, routeK)", "mutK", "overcomes(drugF, mutK)"),
        ("opensRoute(drugT, routeR)", "", "hasMode(hyp_drugT_activates_cplC, activate)"),
        ("breaksRoute(drugT, routeR)", "", "hasTarget(hyp_drugT_depletes_stromaS, stromaS)"),
        ("off(link)", "", "deniedIn(cplC__in__stemX, dysA)"),
        ("off(chain__of__stemX)", "gainE", "deniedIn(chain__of__stemX, dysA)"),
    ],
)
def test_what_is_missing_is_supposed(question: str, states: str, fact: str) -> None:
    knowledge = kb()
    if question.startswith("opens"):
        knowledge = suppose(kb(), Supposition(assume=("deniedIn(ligL__from__stromaS, dysA)",)))
    found = why_not(*asked(question, states, knowledge), abduce=2)["abduced"]
    assert any(fact in row["facts"] for row in found), found


def test_what_speaks_against_a_hypothesis_is_named_with_its_claims() -> None:
    (row,) = why_not(*asked("breaksRoute(drugF, routeK)", "mutK"), abduce=1)["abduced"]
    assert row["against"] == ["claimM"]
    assert row["objections"] == [{"text": "mutK changes kinK", "against": ["claimM"]}]


#: Statements that lack one more.
CONDITION = "Mechanism(m) ^ requires(m, link)"
DEPLETION = "Action(x) ^ hasAgent(x, drugT) ^ hasTarget(x, nicheN)"


# --- what if ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assume", "retract", "states", "question", "holds"),
    [
        (f"{CONDITION} ^ requiredFor(m, kinK__in__stemX)", "", "", "breaksRoute(antiL, routeK)", True),
        ("dependsOnActivity(drugF, enzE__in__stemX)", "", "", "breaksRoute(drugF, routeK)", False),
        ("", "dependsOnActivity(proD, enzE__in__stemX)", "", "breaksRoute(proD, routeK)", True),
        ("LossOfFunction(mutK)", "", "mutK", "on(kinK__in__stemX)", False),
        ("", "LossOfFunction(lossS)", "lossS", "off(link)", False),
        ("", "hasSubunit(cplC, subS)", "lossS", "on(link)", True),
        (f"{DEPLETION} ^ hasMode(x, deplete)", "", "", "breaksRoute(drugT, routeR)", True),
        ("", "requiredFor(needs_link, wayW__of__stemX)", "", "breaksRoute(antiL, routeW)", False),
    ],
)  # fmt: skip
def test_new_terms_are_assumed_and_retracted(
    assume: str, retract: str, states: str, question: str, holds: bool
) -> None:
    wanted = Supposition(assume=(assume,) if assume else (), retract=(retract,) if retract else ())
    assert bool(explain(*asked(question, states, suppose(kb(), wanted)))["derivations"]) == holds


def test_a_part_goes_with_its_interaction_and_is_not_retracted_alone() -> None:
    with pytest.raises(QuestionError) as error:
        suppose(kb(), Supposition(retract=("givenIn(ligL__from__stromaS, dysA)",)))
    assert "only implied, by link" in error.value.message
    assert "Interaction(link)" in str(error.value.hint)
    less = suppose(kb(), Supposition(retract=("Interaction(link)",)))
    assert "ligL__from__stromaS" not in less.graph.activities


def test_robustness_counts_the_claims_under_implied_parts() -> None:
    found = robustness(*asked("breaksRoute(antiL, routeR)"))
    assert [row["claims"] for row in found["answers"]] == [["claimL"]]


def test_a_harm_is_told_of_those_who_only_do_it_together_as_such() -> None:
    document, look = assess(kb(), ["drugF"], ScenarioRequest("stemX", "dysA")), Look(width=200)
    harm = {**contested()["harms"][0], "extent": "lost", "by": ["a", "b", "c"], "sets": [["a", "b"], ["c"]]}
    assert "a and b together or c" in render(document | {"harms": [harm]}, "table", look)
    touched = harm | {"extent": "touched", "sets": [["a"], ["b"]]}
    told = render(document | {"harms": [touched]}, "table", look)
    assert "a and b" in told and "together" not in told


# --- pages ------------------------------------------------------------------------------------------------------------


def test_what_defeats_a_killer_is_a_lesion_or_an_activity_that_it_lacks() -> None:
    found = assess(kb(), ["proD"], ScenarioRequest("stemX", "dysA"))
    assert found["defeated"] == [{"agent": "proD", "by": "enzE__in__stemX", "kind": "activity"}]


def test_an_agent_is_drawn_where_it_acts_and_not_where_it_lacks_what_it_depends_on() -> None:
    def actions(agent: str, *states: str) -> list[str]:
        edges = niche(kb(), [agent], ScenarioRequest("stemX", "dysA", states))["edges"]
        return [edge["text"] for edge in edges if edge["from"] == f"a:{agent}"]

    assert actions("proD") == []
    assert actions("proD", "gainE") == ["proD acts against kinK"]
    assert "noS takes nicheN away, and ligL with it" in actions("noS")
