"""Modes, conditions and kinds of lesions from end to end: asked about, checked, exported, filled in as tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.asking.regimen import HYPOTHETICAL
from reasoner.cli import main
from reasoner.curating.format import format_files
from reasoner.model.triple import Triple
from reasoner.reading.rdf.triples import parse_triples
from reasoner.resources import shipped
from reasoner.writing.ontology_text import FORMS
from tests.units.curated import Curated

HEAD = "@prefix : <https://w3id.org/dislodge#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
FACTS = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
:dysA a owl:NamedIndividual , :Disease ; rdfs:label "dysplasia"@en .
:stemX a owl:NamedIndividual , :MalignantCell ; rdfs:label "stem"@en ; :occursIn :dysA .
:nicheN a owl:NamedIndividual , :NicheCell ; rdfs:label "niche"@en .
:ligL a owl:NamedIndividual , :GeneProduct ; rdfs:label "ligand"@en .
:subA a owl:NamedIndividual , :GeneProduct ; rdfs:label "unit a"@en .
:subB a owl:NamedIndividual , :GeneProduct ; rdfs:label "unit b"@en .
:recR a owl:NamedIndividual , :MolecularComplex ; rdfs:label "receptor"@en ; :hasSubunit :subA , :subB .
:link a owl:NamedIndividual , :Interaction ; rdfs:label "engagement"@en ; :hasSender :nicheN ; :hasLigand :ligL ;
    :hasReceptor :recR ; :hasReceiver :stemX ; :hasMode :soluble ; :holdsIn :dysA .
:recR__in__stemX a owl:NamedIndividual , :MoleculeActivity ; rdfs:label "receptor at work"@en ; :ofMolecule :recR ;
    :inCell :stemX .
:ligL__in__nicheN a owl:NamedIndividual , :MoleculeActivity ; rdfs:label "ligand at work"@en ; :ofMolecule :ligL ;
    :inCell :nicheN .
:condM a owl:NamedIndividual , :Mechanism ; rdfs:label "condition"@en ; :requires :ligL__in__nicheN ;
    :requiredFor :recR__in__stemX .
:lossL a owl:NamedIndividual , :Lesion , :LossOfFunction , :BindingChange ; rdfs:label "loss"@en ; :lesionOf :subA .
:lossN a owl:NamedIndividual , :Lesion ; rdfs:label "narrower loss"@en ; :subtypeOf :lossL .
:routeR a owl:NamedIndividual , :NicheRoute ; rdfs:label "route"@en ; :retains :stemX ; :hasArm :armR ; :holdsIn :dysA .
:armR a owl:NamedIndividual , :Arm ; rdfs:label "arm"@en ; :needs :link .
:drugA a owl:NamedIndividual , :Agent ; rdfs:label "agonist"@en ; :dependsOnActivity :ligL__in__nicheN .
:drugA_acts a owl:NamedIndividual , :Action ; rdfs:label "agonist activates"@en ; :hasAgent :drugA ; :hasTarget :recR ;
    :hasMode :activate ; :bindsSubunit :subB .
:drugD a owl:NamedIndividual , :Agent ; rdfs:label "depleter"@en .
:drugD_acts a owl:NamedIndividual , :Action ; rdfs:label "depleter depletes"@en ; :hasAgent :drugD ;
    :hasTarget :nicheN ; :hasMode :deplete .
:drugT a owl:NamedIndividual , :Agent ; rdfs:label "toucher"@en .
:drugT_acts a owl:NamedIndividual , :Action ; rdfs:label "toucher touches"@en ; :hasAgent :drugT ; :hasTarget :recR ;
    :hasMode :touch .
"""
AT = ("--cell", "stemX")


@pytest.fixture
def curated(tmp_path: Path) -> Curated:
    """The modules and the facts above, in canonical form."""
    made = Curated(tmp_path)
    made.facts.write_text(HEAD + FACTS, encoding="utf-8")
    format_files([made.facts])
    return made


def run(files: list[Path], *words: str) -> Result:
    named = [word for file in files for word in ("--ontology", str(file))]
    return CliRunner().invoke(main, [*words, *named])


# --- hypothetical agents ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", HYPOTHETICAL)
def test_every_mode_can_be_asked_about_under_any_name_of_its_target(curated: Curated, mode: str) -> None:
    target = "Niche" if mode == "deplete" else "Receptor"
    result = run(curated.files, "assess", f"{mode}:{target}", *AT, "--json")
    assert result.exit_code == 0, result.output
    known = {"Niche": "nicheN", "Receptor": "recR"}[target]
    assert json.loads(result.stdout)["regimen"] == [f"{mode}:{known}"]


@pytest.mark.parametrize(
    ("agent", "code", "told"),
    [
        ("activate:nothing_like_it", "E401", "dislodge list molecules"),
        ("activate:recS", "E401", "did you mean recR"),
        ("deplete:nicheM", "E401", "did you mean nicheN"),
        ("deplete:recR", "E403", "deplete:CELL"),
        ("block:nicheN", "E403", "deplete:CELL"),
        ("silence:recR", "E401", "activate:N"),
        ("activate:ligL", "E431", "ligand is the receptor of no interaction"),
        ("activate:ligL then block:recR", "E431", "write supply:ligL"),
        ("block:lossL", "E403", "lossL is a state of the scenario"),
        ("lower:loss", "E403", "lossL is a state of the scenario"),
        ("deplete:stemX", "E430", "deplete a cell of its niche"),
    ],
)
def test_a_hypothetical_agent_that_cannot_be_is_refused_with_what_can(
    curated: Curated, agent: str, code: str, told: str
) -> None:
    result = run(curated.files, "assess", agent, *AT)
    assert result.exit_code == 2
    assert code in result.stderr and told in result.stderr.replace("\n", " ")


@pytest.mark.parametrize("target", ["recR", "subA", "link", "recR__in__stemX"])
def test_what_is_on_the_receptor_side_of_an_interaction_can_be_activated(curated: Curated, target: str) -> None:
    result = run(curated.files, "assess", f"activate:{target}", *AT)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("regimen", ["drugO", "drugO then drugT", "drugT then drugO", "deplete:tumX"])
def test_no_agent_takes_away_the_cell_that_is_asked_about(curated: Curated, regimen: str, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    text = ":tumX a :MalignantCell . :stemX :subtypeOf :tumX . :drugO a :Agent . :drugO_acts a :Action ;\n"
    more.write_text(f"{HEAD}{text}    :hasAgent :drugO ; :hasTarget :tumX ; :hasMode :deplete .\n")
    result = run([*curated.files, more], "assess", regimen, *AT)
    assert (result.exit_code, "E430" in result.stderr) == (2, True), result.output


# --- what is refused, with its line ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (":drugT_acts\n    :bindsSubunit :ligL .", "E317", 4),
        (":act a :Action ; :hasAgent :drugT ; :hasTarget :recR ;\n    :hasMode :soluble .", "E314", 4),
        (":act a :Action ; :hasAgent :drugT ; :hasMode :deplete ;\n    :hasTarget :recR .", "E315", 4),
        (":act a :Action ; :hasAgent :drugT ; :hasMode :lower ;\n    :hasTarget :nicheN .", "E315", 4),
        (":back a :Mechanism ; :requires :recR__in__stemX ; :requiredFor :ligL__in__nicheN .", "E316", 3),
        (":drugT :dependsOnActivity\n    :recR .", "E312", 4),
    ],
)
def test_what_cannot_be_is_refused_where_it_is_stated(
    curated: Curated, text: str, code: str, line: int, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(f"{HEAD}{text}\n")
    result = run([*curated.files, mine], "assess", *AT)
    assert result.exit_code == 2 and result.exception.__class__ is SystemExit
    assert code in result.stderr and ("mine.ttl" in result.stderr or code == "E316") and "Hint" in result.stderr
    assert f"mine.ttl:{line}" in result.stderr.replace("\n", "") or code == "E316"


# --- findings --------------------------------------------------------------------------------------------------------


def test_check_names_lesions_without_a_kind_and_agonists_of_nothing(curated: Curated, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    text = ":bare a :Lesion ; :lesionOf :ligL . :barer a :Lesion ; :subtypeOf :bare . :act a :Action ;\n"
    more.write_text(f"{HEAD}{text}    :hasAgent :drugT ; :hasTarget :ligL ; :hasMode :activate .\n")
    result = run([*curated.files, more], "check", "--json")
    found = {(f["code"], f["subject"], f["level"]) for f in json.loads(result.stdout)["findings"]}
    mine = {item for item in found if item[0] in ("C404", "C405")}
    assert mine == {("C404", "bare", "warning"), ("C404", "barer", "warning"), ("C405", "act", "warning")}


def test_check_names_lesions_of_nothing_and_complexes_that_hold_each_other(curated: Curated, tmp_path: Path) -> None:
    more = tmp_path / "more.ttl"
    text = """:loose a :LossOfFunction . :looser a :Lesion ; :subtypeOf :loose . :tight a :Lesion ; :subtypeOf :lossL .
:ringA a :MolecularComplex ; :hasSubunit :ringB . :ringB a :MolecularComplex ; :hasSubunit :subA , :ringC .
:ringC a :MolecularComplex ; :hasSubunit :ringA . :knot a :MolecularComplex ; :hasSubunit :knot .
:outer a :MolecularComplex ; :hasSubunit :recR , :ringA .
"""
    more.write_text(f"{HEAD}{text}")
    result = run([*curated.files, more], "check", "--json")
    found = [f for f in json.loads(result.stdout)["findings"] if f["code"] in ("C410", "C411")]
    assert {(f["code"], f["subject"]) for f in found} == {
        ("C410", "loose"), ("C410", "looser"), ("C411", "ringA"), ("C411", "knot"),
    }  # fmt: skip
    assert all(f["level"] == "warning" and f["file"].endswith("more.ttl") for f in found)
    assert any("ringA and ringB and ringC hold each other" in f["message"] for f in found)


def test_check_names_lesions_of_families_or_of_two_minds_and_kinds_of_each_other(
    curated: Curated, tmp_path: Path
) -> None:
    more = tmp_path / "more.ttl"
    text = """:famF a :MoleculeFamily . :subA :memberOf :famF .
:wide a :BindingChange ; :lesionOf :famF , :subA . :wider a :Lesion ; :subtypeOf :wide .
:torn a :LossOfFunction , :GainOfFunction ; :lesionOf :subA .
:cellU a :NicheCell ; :subtypeOf :cellV , :nicheN . :cellV a :NicheCell ; :subtypeOf :cellU .
"""
    more.write_text(f"{HEAD}{text}")
    result = run([*curated.files, more], "check", "--json")
    found = [f for f in json.loads(result.stdout)["findings"] if f["code"] in ("C412", "C413", "C414")]
    assert {(f["code"], f["subject"]) for f in found} == {
        ("C412", "wide"), ("C412", "wider"), ("C413", "torn"), ("C414", "cellU"),
    }  # fmt: skip
    assert all(f["level"] == "warning" and f["file"].endswith("more.ttl") for f in found)


@pytest.mark.ci
def test_the_shipped_knowledge_has_neither() -> None:
    found = json.loads(CliRunner().invoke(main, ["check", "--json"]).stdout)["findings"]
    assert not [
        f for f in found if f["code"] in ("C404", "C405", *(f"C41{n}" for n in range(5))) or f["level"] == "error"
    ]


# --- there and back --------------------------------------------------------------------------------------------------


def spoken(triples: list[Triple]) -> set[Triple]:
    return {triple for triple in triples if not any(str(term).startswith("_:") for term in triple)}


@pytest.mark.parametrize("form", FORMS)
def test_every_word_survives_an_export_in_every_syntax(curated: Curated, form: str) -> None:
    result = run(curated.files, "export", "--format", form)
    assert result.exit_code == 0, result.output
    back = spoken(parse_triples(result.stdout.encode(), f"export.{form}"))
    stated = spoken(parse_triples(curated.text().encode(), "facts.ttl"))
    assert {t for t in stated if "facts" not in t[0] and "Ontology" not in str(t[2])} <= back


@pytest.mark.parametrize("kind", ["mechanism", "action", "agent", "lesion"])
def test_a_table_of_the_words_changes_nothing_and_makes_them_anew(curated: Curated, kind: str) -> None:
    table, text = curated.export(kind), curated.text()
    assert curated.take(table).exit_code == 0 and curated.text() == text
    columns = table.splitlines()[1]
    words = {"mechanism": "requiredFor", "action": "bindsSubunit", "agent": "dependsOnActivity", "lesion": "lesionOf"}
    assert f"dislodge:{words[kind]}" in columns


def test_the_vocabulary_says_what_each_word_means() -> None:
    text = "".join(path.read_text() for path in sorted(shipped("ontology").glob("modules/*.ttl")))
    for word in ("requiredFor", "dependsOnActivity", "bindsSubunit", "activates", "depletes", "activate", "touch"):
        block = text.split(f"\n:{word} a ")[1].split("\n\n")[0]
        assert "@en" in block and "@fr" in block and "skos:definition" in block
