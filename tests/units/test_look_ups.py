import jsonschema
import pytest
from click.testing import CliRunner
from small_knowledge import small

from reasoner.answers.catalogue import KINDS, list_kind, rules, show
from reasoner.answers.conflicts import conflicts
from reasoner.answers.evidence import evidence
from reasoner.asking.question import FORMS
from reasoner.cli import main
from reasoner.errors import QuestionError
from reasoner.views import schemas
from reasoner.views.documents import render
from reasoner.views.look import Look


def ids(document: dict[str, list[dict[str, str]]]) -> list[str]:
    return [answer["id"] for answer in document["answers"]]


QUESTIONS = {
    "claims": lambda kb: evidence(kb, ["drug-a"]),
    "no claim": lambda kb: evidence(kb, ["drug-a", "drug-b"]),
    "conflicts": conflicts,
    "no conflict": lambda kb: conflicts(kb, "mutX"),
    "cells": lambda kb: list_kind(kb, "cells"),
    "nothing": lambda kb: list_kind(kb, "trials"),
    "a cell": lambda kb: show(kb, "Stem_A"),
    "a class": lambda kb: show(kb, "Route"),
    "no rules": rules,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_documents_fit_their_schemas_and_can_be_shown(question: str) -> None:
    document = QUESTIONS[question](small())
    jsonschema.validate(document, schemas.schema(document["command"]))
    for form in FORMS:
        assert render(document, form, Look(label=small().label))


def test_evidence_names_all_of_the_things() -> None:
    assert ids(evidence(small(), ["drug alpha"])) == ["CL-1", "CL-2"]
    assert ids(evidence(small(), ["drug-a", "Stem_A"])) == ["CL-1", "CL-2"]
    assert ids(evidence(small(), ["paperP"])) == ["CL-1"]


def test_evidence_that_names_nothing_together_says_what_names_each() -> None:
    document = evidence(small(), ["drug-a", "drug-b"])
    assert document["answers"] == []
    assert document["reasons"][0]["code"] == "NOT_REPORTED"
    assert "drug-a in 2, drug-b in 1" in document["reasons"][0]["text"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"polarity": "opposes"}, ["CL-2"]),
        ({"modality": "Established"}, ["CL-1"]),
        ({"kind": "mechanism"}, ["CL-1", "CL-2"]),
        ({"tier": "in vivo"}, ["CL-1"]),
        ({"disease": "diseaseA"}, ["CL-1", "CL-2"]),
        ({"disease": "diseaseA_late"}, ["CL-2"]),
    ],
)
def test_evidence_is_filtered(filters: dict[str, str], found: list[str]) -> None:
    assert ids(evidence(small(), ["drug-a"], **filters)) == found


def test_a_filter_word_that_no_claim_has_is_refused() -> None:
    with pytest.raises(QuestionError, match="no claim has the modality") as caught:
        evidence(small(), ["drug-a"], modality="certain")
    assert "established" in caught.value.hint


def test_conflicts_are_curated_ones_and_facts_with_claims_on_both_sides() -> None:
    answers = conflicts(small())["answers"]
    assert [(a["statement"], a["for"], a["against"], a["moderator"]) for a in answers] == [
        ("alpha against beta", ["CL-1"], ["CL-3"], "by_disease"),
        ("route of A retains stem cell of A", ["CL-1"], ["CL-2"], "by_disease"),
    ]


def test_conflicts_about_a_name_are_those_that_concern_it() -> None:
    assert ids(conflicts(small(), "drug-b")) == ["conflict1"]
    assert conflicts(small(), "mutX")["reasons"][0]["code"] == "NOT_REPORTED"


def test_a_list_holds_narrower_kinds_too() -> None:
    answers = list_kind(small(), "cells")["answers"]
    assert [(a["id"], a["kind"], a["label_fr"]) for a in answers] == [
        ("Stem_A", "MalignantCell", "cellule souche de A"),
        ("Stem_M", "NormalCell", None),
        ("Stem_N", "NormalCell", None),
    ]
    assert list_kind(small(), "NormalCell")["answers"] == answers[1:]
    assert list_kind(small(), "cell")["answers"] == answers


@pytest.mark.parametrize(("word", "kind"), [("pair", "interactions"), ("pairs", "interactions"), ("drug", "agents")])
def test_a_kind_may_be_called_as_people_call_it(word: str, kind: str) -> None:
    assert list_kind(small(), word)["answers"] == list_kind(small(), kind)["answers"]


def test_an_unknown_kind_is_refused_with_the_kinds() -> None:
    with pytest.raises(QuestionError) as caught:
        list_kind(small(), "celsl")
    assert "cells" in caught.value.hint
    assert all(kind in caught.value.hint for kind in KINDS)


def test_the_help_of_list_names_every_kind() -> None:
    text = " ".join(CliRunner().invoke(main, ["list", "--help"]).stdout.split())
    assert all(kind in text for kind in KINDS)


def test_what_is_shown_keeps_asserted_and_inferred_apart() -> None:
    document = show(small(), "stem cell of A")
    assert document["id"] == "Stem_A"
    assert "MalignantCell(Stem_A)" in document["asserted"]
    assert "Cell(Stem_A)" in document["inferred"]
    assert not set(document["asserted"]) & set(document["inferred"])
    assert document["identifiers"] == ["CL:0000001"]
    assert document["synonyms"] == ["A-SC"]
    assert "CL-1" in document["evidence"]


def test_a_term_of_the_vocabulary_is_shown() -> None:
    assert show(small(), "Route")["kind"] == "class"
    assert show(small(), "retains")["asserted"] == ["retains(routeR, Stem_A)"]


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(QuestionError, match="no rule is called"):
        rules(small(), "R-NO-000")
