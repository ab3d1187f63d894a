"""What the case study of the README tells is what the commands answer."""

from functools import cache

import pytest

from reasoner.inference.reasoned import Reasoned
from tests.in_process import Document, document

CELL = ("--cell", "CML_LSC")
UNDER_IMATINIB = (*CELL, "--with-agent", "imatinib")


@cache
def told(*words: str) -> Document:
    return document(_shipped(), *words)


@cache
def _shipped() -> Reasoned:
    return Reasoned.load()


def statuses(*words: str) -> dict[str, str]:
    return {row["route"]: row["status"] for row in told("assess", *words, *CELL)["routes"]}


def asked_for() -> set[str]:
    found = told("combine", *UNDER_IMATINIB)
    return set(found["goals"]) - set(found["off_before"])


def test_untreated_the_cell_hangs_on_by_cd44_and_imatinib_opens_the_way_back() -> None:
    untreated = statuses()
    assert {untreated["RP07"], untreated["RP08"]} == {"open"}
    assert untreated["RP06"] == "inactive"
    assert statuses("imatinib")["RP06"] == "opened"


def test_three_agents_close_five_of_six_routes_and_nothing_acts_on_the_sixth() -> None:
    found = told("combine", *UNDER_IMATINIB)
    assert len(asked_for()) == 6
    best = found["front"][0]
    assert set(best["added"]) == {"GCS-100", "anti-OPN_antibody", "plerixafor"}
    assert len(asked_for() & set(best["closes"])) == 5
    assert found["uncovered"] == ["RP07"]


def test_a_drug_against_e_selectin_would_be_the_missing_piece() -> None:
    drug = "Agent(x) ^ Action(y) ^ hasAgent(y, x) ^ hasTarget(y, SELE) ^ hasMode(y, block)"
    found = told("combine", *UNDER_IMATINIB, "--assume", drug)
    assert found["complete"]
    assert all("x" in row["added"] for row in found["regimens"])


def test_sparing_the_normal_stem_cell_strictly_leaves_one_of_the_six() -> None:
    found = told("combine", *UNDER_IMATINIB, "--spare", "HSC", "--spare-strict")
    assert "plerixafor" in {row["agent"] for row in found["dropped"]}
    assert {len(asked_for() & set(row["closes"])) for row in found["front"]} == {1}


@pytest.mark.ci
def test_no_source_topples_the_sensitising_alone_and_the_mouse_studies_disagree() -> None:
    found = told("robustness", "sensitises(plerixafor+imatinib, CML_LSC)")
    assert min(map(len, found["toppled_by"])) == 2
    assert ["BOR-review", "CHO-review"] in found["toppled_by"]
    assert ["BOR-review", "CHO-ref21"] in found["toppled_by"]
    (row,) = (row for row in told("conflicts", "plerixafor")["answers"] if row["id"] == "CF01")
    assert row["resolution"] == "open"
    outcomes = told("assess", "plerixafor", "imatinib", *CELL)["outcomes"]
    assert {o["verdict"] for o in outcomes if o["outcome"] == "sensitises"} == {"contested"}
