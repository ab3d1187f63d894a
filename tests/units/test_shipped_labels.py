"""What the claims and papers of the shipped knowledge are called, and what is still found by its id."""

from functools import cache

import pytest

from reasoner.asking.names import resolve
from reasoner.asking.parameter import Name
from reasoner.cli.completing import beginning_with
from reasoner.inference.reasoned import Reasoned
from tests.in_process import document


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def test_a_claim_is_labelled_by_its_sentence():
    claims = shipped().base.claims
    assert len(claims) > 400
    assert [name for name, claim in claims.items() if shipped().label(name) != claim.statement] == []


def test_a_paper_is_labelled_by_author_and_year_and_no_two_alike():
    labels = {name: shipped().label(name) for name in shipped().closure.members("Paper")}
    assert len(set(labels.values())) == len(labels) and max(map(len, labels.values())) < 40
    assert labels["BOR-ref44"] == "Agarwal 2012" and labels["CHO-review"] == "Chomel 2014"


@pytest.mark.parametrize("number", [1, 13, 32])
def test_of_a_paper_that_is_not_known_for_sure_no_author_is_named(number: int):
    assert shipped().label(f"CHO-ref{number}") == f"Chomel 2014, ref. {number}"


@pytest.mark.parametrize("name", ["Agarwal 2012", "agarwal-2012", "Agarwal A 2012 Blood 120:2658-2668", "bor-ref44"])
def test_a_paper_is_found_by_its_label_citation_and_id(name: str):
    assert resolve(shipped(), name, "paper") == "BOR-ref44"


def test_a_claim_is_found_by_its_id_and_by_nothing_shorter_than_its_sentence():
    assert resolve(shipped(), "cho 126", "claim") == "CHO-126"
    assert resolve(shipped(), shipped().label("CHO-126"), "claim") == "CHO-126"


@pytest.mark.parametrize("kind", ["claim", "paper"])
def test_a_shell_is_offered_ids_and_no_sentence(kind: str):
    offered = beginning_with(Name(kind), "")
    assert offered and not [word for word in offered if " " in word]


def test_documents_name_claims_by_their_ids():
    rows = document(shipped(), "breaks", "--route", "RP01", "--agent", "nilotinib")["answers"]
    assert ["CHO-014"] in [row["evidence"] for row in rows]
    assert "most patients" in shipped().label("CHO-014")
