"""What ``check`` finds of claims, and of outcomes to which they speak: unknown words, counts, sides, ids, circles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.curating.tables.kinds import WORDS
from reasoner.knowledge import MODALITIES
from reasoner.model.documents.claims import Polarity
from reasoner.model.term import Literal
from reasoner.reading.rdf.triples import parse_triples
from reasoner.resources import shipped

pytestmark = pytest.mark.ci

NAMESPACE = "https://w3id.org/dislodge#"
FACTS = f"""@prefix : <{NAMESPACE}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:paperP a :Paper . :dysA a :Disease . :tumX a :MalignantCell ; :occursIn :dysA . :drugT a :Agent ; :memberOf :kindK .
:kindK a :AgentClass . :recR a :GeneProduct . :seen a :Observation ; :hasOutcome :efficacy ; :aboutCell :tumX .
:recR__in__tumX a :MoleculeActivity ; :ofMolecule :recR ; :inCell :tumX ; :deniedIn :dysA .
"""
WORDED = ("polarity", "modality", "endpoint", "controlled")


def claim(name: str, more: str = "", *, polarity: str = "supports", modality: str = "reported") -> str:
    """A claim with all that it needs."""
    said = f':statement "said" ; :kindOfClaim "drug_effect" ; :modality "{modality}" ; :polarity "{polarity}"'
    return f":{name} a :Evidence ; {said} ; :hasTier :clinical ; :citesPaper :paperP{' ; ' if more else ''}{more} .\n"


def beside(subject: str, prop: str, value: str, claims: str) -> str:
    """The axiom of a fact with the claims beside it."""
    stated = f"owl:annotatedSource :{subject} ; owl:annotatedProperty :{prop} ; owl:annotatedTarget :{value}"
    return f"[] a owl:Axiom ; {stated} ; {claims} .\n"


def findings(facts: str, folder: Path, *codes: str) -> list[tuple[str, str, str]]:
    """Level, subject and message of each finding of some codes, all of which are in the file of the facts."""
    file = folder / "facts.ttl"
    file.write_text(FACTS + facts, encoding="utf-8")
    files = [*sorted(shipped("ontology").glob("modules/*.ttl")), file]
    named = [word for path in files for word in ("--ontology", str(path))]
    result = CliRunner().invoke(main, ["check", "--json", *named])
    found = [finding for finding in json.loads(result.stdout)["findings"] if finding["code"] in codes]
    assert all(finding["file"] == str(file) and finding["fix"] for finding in found)
    return [(finding["level"], finding["subject"], finding["message"]) for finding in found]


# --- words ------------------------------------------------------------------------------------------------------------


def stated_words() -> dict[str, set[str]]:
    """The words that each property takes, as the vocabulary states them."""
    found: dict[str, set[str]] = {}
    for path in shipped("ontology").glob("modules/*.ttl"):
        for subject, prop, value in parse_triples(path.read_bytes(), str(path)):
            if prop == f"{NAMESPACE}takesWord" and isinstance(value, Literal):
                found.setdefault(subject.removeprefix(NAMESPACE), set()).add(value.lexical)
    return found


def test_the_vocabulary_takes_the_words_that_are_read() -> None:
    words = stated_words()
    assert words.keys() == set(WORDED)
    assert words["modality"] == WORDS["modality"] == set(MODALITIES)
    assert words["polarity"] == WORDS["polarity"] == set(get_args(Polarity))
    assert "uncontrolled" in words["controlled"]


@pytest.mark.parametrize("prop", WORDED)
def test_a_word_that_no_file_states_is_an_error_and_names_those_that_are(prop: str, tmp_path: Path) -> None:
    text = claim("CL-1", f':{prop} "mumbled"')
    ((level, subject, message),) = findings(text, tmp_path, "Q131")
    assert (level, subject) == ("error", "CL-1")
    assert f'{prop} "mumbled" (known: {", ".join(sorted(stated_words()[prop]))})' in message


def test_words_of_the_vocabulary_and_of_ones_own_are_taken(tmp_path: Path) -> None:
    words = stated_words()
    text = "".join(
        claim(f"CL-{prop}-{n}", f':{prop} "{word}"') for prop in WORDED for n, word in enumerate(sorted(words[prop]))
    )
    own = ':endpoint :takesWord "quality of life" .\n' + claim("CL-own", ':endpoint "quality of life"')
    assert findings(text + own, tmp_path, "Q131") == []


@pytest.mark.parametrize("value", ["by_cell", "efficacy", "paperP"])
def test_what_is_no_tier_does_not_stand_for_one(value: str, tmp_path: Path) -> None:
    text = claim("CL-1").replace(":hasTier :clinical", f":hasTier :{value}")
    assert [f"Tier({value})" in subject for _, subject, _ in findings(text, tmp_path, "C201")] == [True]


# --- patients ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "shown"), [("0", "0"), ("-3", "-3"), ("3.5", "3.5"), ('"three"', "three"), ('"-1"^^xsd:int', "-1")]
)
def test_what_counts_no_patients_is_an_error(count: str, shown: str, tmp_path: Path) -> None:
    ((level, subject, message),) = findings(claim("CL-1", f":n {count}"), tmp_path, "Q132")
    assert (level, subject) == ("error", "CL-1") and message.endswith(f": n {shown}")


def test_a_number_of_patients_is_no_finding(tmp_path: Path) -> None:
    text = claim("CL-1", ":n 1") + claim("CL-2", ":n 1200") + claim("CL-3", ':n "20"^^xsd:int')
    assert findings(text, tmp_path, "Q132") == []


# --- ids --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("side", ["supportedBy", "opposedBy"])
@pytest.mark.parametrize("value", [":CL-lost", ":recR", "<https://example.org/lost>", '"CL-1"'])
def test_a_claim_beside_a_fact_that_nobody_describes_is_an_error(side: str, value: str, tmp_path: Path) -> None:
    text = claim("CL-1") + beside("drugT", "memberOf", "kindK", f":{side} :CL-1 , {value}")
    ((level, subject, message),) = findings(text, tmp_path, "Q133")
    shown = value.strip(':<>"')
    assert (level, subject) == ("error", "drugT") and message.endswith(f": {shown} beside memberOf kindK")


@pytest.mark.parametrize("prop", ["restates", "corrects", "conflictsWith", "seeAlsoClaim"])
def test_a_claim_that_another_names_and_nobody_describes_is_an_error(prop: str, tmp_path: Path) -> None:
    ((level, subject, message),) = findings(claim("CL-1", f":{prop} :CL-lost"), tmp_path, "E313")
    assert (level, subject) == ("error", "CL-1") and "CL-lost" in message
    assert findings(claim("CL-1", f":{prop} :CL-2") + claim("CL-2"), tmp_path, "E313", "Q133") == []


def test_a_finding_about_a_shipped_fact_names_the_file_that_adds_the_claim(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(f"{FACTS.splitlines()[0]}\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n:RP06 :retains :HSC .\n"
                    + beside("RP06", "retains", "HSC", ":supportedBy :CL-lost"))  # fmt: skip
    result = CliRunner().invoke(main, ["check", str(mine), "--level", "schema", "--json"])
    found = [f for f in json.loads(result.stdout)["findings"] if f["code"] == "Q133"]
    assert [(f["subject"], f["file"]) for f in found] == [("RP06", str(mine))]


# --- sides ------------------------------------------------------------------------------------------------------------

DENYING = claim("CL-1", polarity="opposes")


@pytest.mark.parametrize(
    ("facts", "subject"),
    [
        (DENYING + beside("drugT", "memberOf", "kindK", ":supportedBy :CL-1"), "drugT"),
        (DENYING + beside("seen", "hasOutcome", "efficacy", ":supportedBy :CL-1"), "seen"),
        (DENYING + beside("seen", "hasOutcome", "efficacy", ":supportedBy :CL-1 ; :opposedBy :CL-1"), "seen"),
    ],
)
def test_a_claim_that_opposes_and_stands_for_a_fact_is_a_warning(facts: str, subject: str, tmp_path: Path) -> None:
    ((level, about, message),) = findings(facts, tmp_path, "Q134")
    assert (level, about) == ("warning", subject) and "CL-1 beside" in message


@pytest.mark.parametrize(
    "facts",
    [
        DENYING + beside("seen", "hasOutcome", "efficacy", ":opposedBy :CL-1"),
        DENYING + beside("recR__in__tumX", "deniedIn", "dysA", ":supportedBy :CL-1"),
        DENYING
        + beside("seen", "hasOutcome", "efficacy", ":opposedBy :CL-1")
        + beside("drugT", "memberOf", "kindK", ":supportedBy :CL-1"),
        claim("CL-1") + beside("drugT", "memberOf", "kindK", ":opposedBy :CL-1"),
        claim("CL-1", polarity="opposes", modality="controversial")
        + beside("seen", "hasOutcome", "efficacy", ":supportedBy :CL-1 ; :opposedBy :CL-1"),
    ],
)
def test_a_claim_that_denies_one_thing_may_bear_out_another(facts: str, tmp_path: Path) -> None:
    assert findings(facts, tmp_path, "Q134") == []


# --- circles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        ({"CL-1": ":restates :CL-1"}, "CL-1 rests on itself"),
        ({"CL-1": ":corrects :CL-1"}, "CL-1 rests on itself"),
        ({"CL-1": ":corrects :CL-2", "CL-2": ":corrects :CL-1"}, "CL-1 and CL-2 rest on each other"),
        ({"CL-1": ":restates :CL-2", "CL-2": ":corrects :CL-1"}, "CL-1 and CL-2 rest on each other"),
        (
            {"CL-1": ":restates :CL-2", "CL-2": ":restates :CL-3", "CL-3": ":restates :CL-1"},
            "CL-1 and CL-2 and CL-3 rest on each other",
        ),
    ],
)
def test_claims_that_rest_on_each_other_in_a_circle_are_a_warning(
    leads: dict[str, str], said: str, tmp_path: Path
) -> None:
    text = "".join(claim(name, more) for name, more in leads.items())
    ((level, subject, message),) = findings(text, tmp_path, "C416")
    assert (level, subject) == ("warning", "CL-1") and message.startswith(f"{said} by restates or corrects: ")


def test_claims_that_lead_on_to_an_end_are_no_circle(tmp_path: Path) -> None:
    text = claim("CL-1", ":corrects :CL-2 ; :restates :CL-2 , :CL-3") + claim("CL-2", ":restates :CL-3") + claim("CL-3")
    assert findings(text, tmp_path, "C416") == []


# --- outcomes ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("prop", ["concludedBy", "takesAway", "bearsOn", "proposesFor"])
def test_an_outcome_that_names_a_property_which_nobody_declares_is_an_error(prop: str, tmp_path: Path) -> None:
    outcome = ':own a :Outcome ; :concludedBy "restrains" ; :{} "{}" .'
    ((level, subject, message),) = findings(outcome.format(prop, "restrain"), tmp_path, "Q130")
    assert (level, subject) == ("error", "own") and "the property restrain, which is not declared" in message
    assert findings(outcome.format(prop, "sustains"), tmp_path, "Q130") == []
