"""Who acts against which cell in the shipped knowledge, and that nobody is ever offered what cannot be given."""

from functools import cache

import pytest

from reasoner.answers.choices import choices
from reasoner.answers.matrix import beside
from reasoner.asking.resolving import scenario_request
from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from tests.in_process import Document, document


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def killers(agent: str, *place: str) -> list[Document]:
    return document(shipped(), "assess", agent, *place)["killer_scopes"]


BCR_ABL1 = ("--cell", "Leukemic_cell", "--disease", "BCR-ABL1_positive_leukaemia")


@pytest.mark.parametrize("agent", ["imatinib", "nilotinib", "dasatinib", "bosutinib", "ponatinib", "TKI"])
@pytest.mark.parametrize("place", [BCR_ABL1, ("--cell", "CML_LSC"), ("--cell", "K562")])
def test_an_inhibitor_of_bcr_abl1_acts_against_the_cells_of_leukaemias_that_have_it(agent, place):
    assert [(row["agent"], row["scope"]) for row in killers(agent, *place)] == [(agent, "exact")]


@pytest.mark.ci
def test_it_does_so_in_a_kind_of_such_a_leukaemia_and_not_in_others():
    (row,) = killers("imatinib", "--cell", "CML_LSC", "--disease", "CML_chronic_phase")
    assert row["scope"] == "broader"
    assert killers("imatinib", "--cell", "Leukemic_cell", "--disease", "ALL") == []


@pytest.mark.parametrize("agent", ["carboplatin", "docetaxel", "sorafenib", "SU5614", "potassium_arsenite"])
def test_what_is_stated_of_other_cells_is_no_killer_of_the_stem_cell(agent):
    assert killers(agent, "--cell", "CML_LSC") == []
    assert all(row["scope"] == "broader" for row in killers(agent, "--cell", "Leukemic_cell", "--disease", "CML"))


def test_what_a_class_does_to_a_kind_of_cell_its_members_do_in_kinds_of_the_disease():
    (row,) = killers("cytarabine", "--cell", "Leukemic_cell", "--disease", "B-ALL")
    assert (row["scope"], row["stated_for"], row["cell"]) == ("broader", ["chemotherapy"], "Leukemic_cell")


def test_a_killer_of_tumour_cells_in_general_is_said_to_be_one_and_comes_last():
    (row,) = killers("radiotherapy", "--cell", "CML_LSC")
    assert (row["scope"], row["cell"], row["diseases"]) == ("broader", "Tumour_cell", ["Cancer"])
    found = document(shipped(), "combine", "--cell", "CML_LSC", "--close", "RP06", "--max-size", "2")["regimens"]
    scopes = [[row["scope"] for row in regimen["killer_scopes"]] for regimen in found]
    assert scopes == [["exact"]] * (len(found) - 1) + [["broader"]]


def test_every_killing_rests_on_claims():
    kb = shipped()
    for killing in kb.graph.killings:
        assert kb.base.annotated[Fact("againstCell", killing.name, killing.cell)].supported, killing.name


@pytest.mark.ci
@pytest.mark.parametrize("cell", ["CML_LSC", "Leukemic_cell", "Tumour_cell", "Myeloma_cell", "Lung_cancer_cell"])
def test_what_nobody_can_be_given_is_offered_nowhere(cell):
    kb = shipped()
    place = ("--cell", cell)
    combined = document(kb, "combine", *place, "--max-size", "2")
    offered = {agent for row in [*combined["regimens"], *combined["front"]] for agent in row["agents"]}
    escapes = document(kb, "escapes", "imatinib", *place)
    offered |= {agent for row in escapes["answers"] for group in row["closed_by"] for agent in group}
    offered |= {a for group in (escapes["completion"]["agents"], *escapes["completion"]["alternatives"]) for a in group}
    offered |= {agent for row in document(kb, "matrix", *place)["answers"] for agent in row["regimen"]}
    told = document(kb, "breaks", *place)["answers"]
    offered |= {agent for row in told for group in row["needs_agents"] for agent in group}
    offered |= {entry["id"] for entry in choices(kb)["agents"]}
    offered |= set(beside(kb, ("imatinib",), scenario_request(kb, cell)))
    ungivable = set(kb.closure.members("Ungivable"))
    assert {"VLA4_blockade", "TKI", "unspecified", "anti-alpha4_inhibitor", "mTOR_inhibitor"} <= ungivable
    assert offered & ungivable == set()
    assert {row["agent"] for row in told if not row["can_be_given"]} == {row["agent"] for row in told} & ungivable
