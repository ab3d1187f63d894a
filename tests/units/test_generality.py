"""A new disease, cell, axis, drug and lesion, added as facts alone, get their answers with no rule touched."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.resources import shipped_rules
from tests.in_process import Document, asked, document

FACTS = """
@prefix : <https://w3id.org/dislodge#> .

:ash_fever a :Disease .
:Ash_cell a :MalignantCell .
:Ash_stem_cell a :MalignantCell ; :subtypeOf :Ash_cell ; :occursIn :ash_fever ; :hasNormalCounterpart :Loam_stem_cell .
:Loam_stem_cell a :NormalCell .
:Moss_cell a :NicheCell .

:ASHL a :GeneProduct .
:ASHR a :MolecularComplex ; :hasSubunit :ASHR_alpha , :ASHR_beta .
:ASHR_alpha a :GeneProduct .
:ASHR_beta a :GeneProduct .
:ASHK a :GeneProduct .
:rooting a :Process .

# The axis: a ligand of the niche on a receptor of the broader kind of cell roots it, and holds it quiescent.
:ash_link a :Interaction ; :hasSender :Moss_cell ; :hasLigand :ASHL ; :hasReceptor :ASHR ; :hasReceiver :Ash_cell ;
    :hasMode :contact ; :holdsIn :ash_fever .
:rooting__of__Ash_cell a :CellProcess ; :ofProcess :rooting ; :ofCell :Ash_cell .
:ash_rooting a :Mechanism ; :requires :ash_link ; :promotes :rooting__of__Ash_cell ; :holdsIn :ash_fever .
:ash_route a :NicheRoute ; :holdsIn :ash_fever ; :retains :Ash_cell ; :hasArm :ash_arm .
:ash_arm a :Arm ; :needs :rooting__of__Ash_cell .
:ash_shelter a :Protection ; :byRoute :ash_route ; :ofCell :Ash_cell ; :fromTherapy :ashkill ; :holdsIn :ash_fever .

# A second route that nobody aims at, and one that is there with the lesion only.
:ash_grip__given a :Activity ; :givenIn :ash_fever .
:ash_grip a :NicheRoute ; :holdsIn :ash_fever ; :retains :Ash_cell ; :hasArm :ash_grip_arm .
:ash_grip_arm a :Arm ; :needs :ash_grip__given .
:ash_mutation a :Lesion ; :lesionOf :ASHK .
:ash_inner a :IntrinsicRoute ; :holdsIn :ash_fever ; :assumes :ash_mutation ; :hasArm :ash_inner_arm .
:ash_inner_arm a :Arm ; :needs :ash_mutation .
:ash_inner_shelter a :Protection ; :byRoute :ash_inner ; :ofCell :Ash_cell ; :fromTherapy :ashkill .

# The drugs: an antagonist of one subunit, and a killer that works through a kinase.
:ashblock a :Agent .
:ashblock_acts a :Action ; :hasAgent :ashblock ; :hasTarget :ASHR_alpha ; :hasMode :block .
:ashkill a :Agent .
:ashkill_kills a :Killing ; :hasAgent :ashkill ; :againstCell :Ash_cell ; :actsThrough :ASHK ; :holdsIn :ash_fever .

# The normal twin is held by the same receptor.
:loam_link a :Interaction ; :hasSender :Moss_cell ; :hasLigand :ASHL ; :hasReceptor :ASHR ;
    :hasReceiver :Loam_stem_cell ; :hasMode :contact .
:loam_hold a :RetentionFunction ; :functionOf :Loam_stem_cell ; :hasArm :loam_arm .
:loam_arm a :Arm ; :needs :loam_link .
"""
CELL = ("--cell", "Ash_stem_cell")

load = cache(Reasoned.load)


@pytest.fixture(scope="module")
def ash(tmp_path_factory: pytest.TempPathFactory) -> Reasoned:
    """The shipped knowledge with the invented facts."""
    path = tmp_path_factory.mktemp("facts") / "ash.ttl"
    path.write_text(FACTS, encoding="utf-8")
    return load((), (path,))


@pytest.fixture(scope="module")
def shipped() -> Reasoned:
    """The shipped knowledge."""
    return load()


def rows(found: Document, key: str, **wanted: Any) -> list[dict[str, Any]]:
    """The entries of a list of a document with these values."""
    return [row for row in found[key] if all(row[field] == value for field, value in wanted.items())]


def test_the_antagonist_of_a_subunit_breaks_the_route_of_the_broader_cell(ash: Reasoned) -> None:
    (row,) = document(ash, "breaks", "--route", "ash_route")["answers"]
    assert (row["agent"], row["effect"], row["cell"], row["disease"]) == ("ashblock", "breaks", "Ash_cell", "ash_fever")
    assert (row["verdict"], row["scope"], row["protects_against"]) == ("predicted", "exact", ["ashkill"])
    assert "ash_grip" in document(ash, "breaks", "--disease", "ash_fever", "--unbroken")["unbroken"]


def test_the_combination_dislodges_and_sensitises_the_narrower_cell(ash: Reasoned) -> None:
    found = document(ash, "assess", "ashblock+ashkill", *CELL)
    (dislodged,) = rows(found, "outcomes", outcome="dislodges")
    (sensitised,) = rows(found, "outcomes", outcome="sensitises")
    assert (dislodged["subject"], dislodged["derived"], dislodged["left"]) == ("Ash_stem_cell", "yes", ["ash_grip"])
    assert (dislodged["extent"], sensitised["extent"]) == ("partial", "complete")
    assert (sensitised["derived"], sensitised["verdict"]) == ("yes", "predicted")
    (route,) = rows(found, "routes", route="ash_route")
    assert (route["status"], route["by"]) == ("broken", [["ashblock"]])
    assert found["killers"] == ["ashkill"]
    assert found["hazards"] == []


def test_without_the_killer_it_dislodges_only_and_that_is_a_hazard(ash: Reasoned) -> None:
    found = document(ash, "assess", "ashblock", *CELL)
    assert [row["outcome"] for row in found["outcomes"]] == ["dislodges", "mobilises"]
    assert [row["hazard"] for row in found["hazards"]] == ["eviction_without_killer"]


def test_the_lesion_defeats_the_killer(ash: Reasoned) -> None:
    found = document(ash, "assess", "ashblock+ashkill", *CELL, "--state", "ash_mutation")
    assert (found["killers"], found["defeated"]) == ([], [{"agent": "ashkill", "by": "ash_mutation", "kind": "lesion"}])
    assert rows(found, "outcomes", outcome="sensitises") == []
    (inner,) = rows(found, "routes", route="ash_inner")
    assert inner["status"] == "open"


def test_what_is_left_open_is_listed_with_the_lesion_that_would_open_more(ash: Reasoned) -> None:
    found = document(ash, "escapes", "ashblock+ashkill", *CELL)
    assert [(row["route"], row["closed_by"], row["if"]) for row in found["answers"]] == [
        ("ash_grip", [], []),
        ("ash_inner", [], ["ash_mutation"]),
    ]
    alone = document(ash, "escapes", "ashkill", *CELL)
    assert rows(alone, "answers", route="ash_route")[0]["closed_by"] == [["ashblock"]]


def test_the_normal_twin_is_harmed(ash: Reasoned) -> None:
    found = document(ash, "assess", "ashblock+ashkill", *CELL)
    (harm,) = found["harms"]
    assert (harm["cell"], harm["function"]) == ("Loam_stem_cell", "loam_hold")
    assert (harm["extent"], harm["by"]) == ("lost", ["ashblock"])
    (mobilised,) = rows(found, "outcomes", outcome="mobilises")
    assert (mobilised["subject"], mobilised["extent"]) == ("Loam_stem_cell", "complete")


def test_what_holds_is_explained_by_shipped_rules(ash: Reasoned) -> None:
    found = document(ash, "explain", "sensitises(ashblock+ashkill, Ash_stem_cell)")
    shipped_ids = {rule.id for rule in ash.base.rules}
    assert len(shipped_ids) == sum(path.read_text(encoding="utf-8").count("\nrule ") for path in shipped_rules())
    assert found["derivations"][0]["rule"] in shipped_ids


@pytest.mark.parametrize(
    ("conclusion", "state", "code"),
    [
        ("sensitises(ashblock, Ash_stem_cell)", (), "NO_KILLER"),
        ("sensitises(ashblock+ashkill, Ash_stem_cell)", ("--state", "ash_mutation"), "KILLER_DEFEATED"),
        ("dislodges(ashkill, Ash_stem_cell)", (), "TARGET_NOT_ON_ROUTE"),
        ("awakens(ashblock, Ash_stem_cell)", (), "NO_ROUTE"),
    ],
)
def test_what_does_not_hold_says_why(ash: Reasoned, conclusion: str, state: tuple[str, ...], code: str) -> None:
    found = document(ash, "why-not", conclusion, *state)
    assert not found["holds"]
    assert code in [reason["code"] for reason in found["reasons"]]


@pytest.mark.parametrize(
    "words",
    [
        ("breaks", "--route", "RP06"),
        ("breaks", "--route", "RP12"),
        ("assess", "imatinib+plerixafor", "--cell", "CML_LSC"),
        ("assess", "arsenic_trioxide", "--cell", "K562", "--disease", "CML"),
        ("escapes", "imatinib", "--cell", "CML_LSC"),
    ],
)
@pytest.mark.ci
def test_answers_about_other_diseases_stay_as_they_were(
    ash: Reasoned, shipped: Reasoned, words: tuple[str, ...]
) -> None:
    before, after = document(shipped, *words), document(ash, *words)
    assert before.pop("kb") != after.pop("kb")
    assert before == after


def test_the_new_drug_does_nothing_elsewhere(ash: Reasoned) -> None:
    found = document(ash, "assess", "ashblock", "--cell", "CML_LSC")
    assert [row["route"] for row in found["routes"] if row["by"]] == []
    assert rows(found, "outcomes", derived="yes", subject="CML_LSC") == []


def test_the_facts_may_come_from_the_command_line(ash: Reasoned, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from reasoner.cli import main

    path = tmp_path / "ash.ttl"
    path.write_text(FACTS, encoding="utf-8")
    words = ["breaks", "--route", "ash_route", "--with", str(path), "--format", "csv"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0
    assert "ashblock" in result.stdout
    assert asked(ash, "breaks", "--route", "ash_rout")[0] == 2
