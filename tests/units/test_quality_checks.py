"""Each quality check finds what it is for, with the repair, and nothing on a sound file."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.errors import ReadingError
from reasoner.model.findings import LAYERS, SEVERITIES
from reasoner.reading.expectations import read_expectations
from reasoner.reading.quality import flaws, read_quality
from reasoner.reading.rdf.triples import parse_triples
from reasoner.resources import shipped

pytestmark = pytest.mark.ci

HEAD = """@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oboInOwl: <http://www.geneontology.org/formats/oboInOwl#> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix swrl: <http://www.w3.org/2003/11/swrl#> .
"""
#: By check: what it finds, and what it must not find.
EXAMPLES = {
    "vocabulary_without_label": (":A a owl:Class .", ':A a owl:Class ; rdfs:label "a"@en .'),
    "vocabulary_without_definition": (":A a owl:Class .", ':A a owl:Class ; skos:definition "An A."@en .'),
    "several_labels": (':a rdfs:label "x"@en , "y"@en .', ':a rdfs:label "x"@en , "y"@fr .'),
    "shared_label": (':a a :C ; rdfs:label "x"@en . :b a :C ; rdfs:label "x"@en .', ':a a :C ; rdfs:label "x"@en .'),
    "label_with_stray_space": (':a rdfs:label " x"@en .', ':a rdfs:label "x y"@en .'),
    "mechanism_without_sign": (":m a :Mechanism ; :requires :a .", ":m a :Mechanism ; :suppresses :a ."),
    "interaction_without_role": (
        ":i a :Interaction ; :hasSender :s ; :hasLigand :l ; :hasReceptor :r .",
        ":i a :Interaction ; :hasSender :s ; :hasLigand :l ; :hasReceptor :r ; :hasReceiver :c .",
    ),
    "leukaemic_route_without_normal_twin": (
        ":r :retains :c . :c :subtypeOf :Leukemic_cell .",
        ":r :retains :c . :c :subtypeOf :Leukemic_cell ; :hasNormalCounterpart :n . :f :functionOf :n .",
    ),
    "identifier_malformed": (
        ':a oboInOwl:hasDbXref "CHEBI:x1" .',
        ':a oboInOwl:hasDbXref "CHEBI:45783" , "UniProt:P00519" , "CL:0000136" .',
    ),
    "identifier_of_two_things": (
        ':a oboInOwl:hasDbXref "HGNC:76" . :b oboInOwl:hasDbXref "HGNC:76" .',
        ':a oboInOwl:hasDbXref "HGNC:76" . :b oboInOwl:hasDbXref "HGNC:77" .',
    ),
    "claim_incomplete": (
        ':c a :Evidence ; :statement "s" .',
        ':c a :Evidence ; :statement "s" ; :kindOfClaim "k" ; :modality "m" ; :polarity "p" ;'
        " :hasTier :t ; :citesPaper :p .",
    ),
    "deprecated_without_replacement": (
        ":a owl:deprecated true .",
        ":a owl:deprecated true ; obo:IAO_0100001 :b .",
    ),
    "deprecated_in_use": (
        ":a owl:deprecated true . :r :needs :a .",
        ":a owl:deprecated true ; obo:IAO_0100001 :b . :r :needs :b .",
    ),
    "deprecated_label": (
        ':a owl:deprecated true ; rdfs:label "old"@en .',
        ':a owl:deprecated true ; rdfs:label "obsolete old"@en .',
    ),
    "header_incomplete": (
        '<urn:o> a owl:Ontology ; owl:versionIRI <urn:o/1> ; owl:versionInfo "1" .',
        '<urn:o> a owl:Ontology ; owl:versionIRI <urn:o/1> ; owl:versionInfo "1" ; dcterms:license <urn:l> ;'
        ' dcterms:creator "c" ; dcterms:title "t"@en ; dcterms:description "d"@en ; skos:changeNote "n"@en .',
    ),
    "version_mismatch": (
        '<urn:o> a owl:Ontology ; owl:versionIRI <urn:o/1> ; owl:versionInfo "2" .',
        '<urn:o> a owl:Ontology ; owl:versionIRI <urn:o/2> ; owl:versionInfo "2" .',
    ),
    "licence_as_text": ('<urn:o> dcterms:license "https://x" .', "<urn:o> dcterms:license <https://x> ."),
    "literal_malformed": (':a :n "None"^^xsd:decimal .', ':a :n "1.5"^^xsd:decimal , "007"^^xsd:integer , true .'),
    "punned_term": (":A a owl:Class , owl:NamedIndividual .", ":A a owl:Class . :a a owl:NamedIndividual , :A ."),
    "axiom_annotated_twice": (
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ; :n :x ."
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ; :n :y .",
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ; :n :x , :y .",
    ),
    "term_ends_in_slash": ("<http://example.org/a/> a :C .", "<http://example.org/a> a :C ."),
    "action_without_role": (
        ":x a :Action ; :hasAgent :a ; :hasTarget :m .",
        ":x a :Action ; :hasAgent :a ; :hasTarget :m ; :hasMode :block .",
    ),
    "killing_without_role": (":k a :Killing ; :hasAgent :a .", ":k a :Killing ; :hasAgent :a ; :againstCell :c ."),
    "protection_without_role": (
        ":p a :Protection ; :byRoute :r ; :ofCell :c .",
        ":p a :Protection ; :byRoute :r ; :ofCell :c ; :fromTherapy :t .",
    ),
    "route_without_arm": (
        ":r a :NicheRoute . :f a :RetentionFunction ; :hasArm :m . :m a :Arm .",
        ":r a :NicheRoute ; :hasArm :m . :m a :Arm ; :needs :x .",
    ),
    "outcome_names_nothing": (
        ':o a :Outcome ; :takesAway "dims" . :e a :Outcome ; :concludedBy "brightens" ; :endsProcess "Dim" .',
        ':o a :Outcome ; :concludedBy "brightens" ; :takesAway "dims" ; :endsProcess "Dim" . :Dim a owl:Class .'
        " :brightens a owl:ObjectProperty . :dims a owl:ObjectProperty .",
    ),
    "word_unknown": (
        ':tone :takesWord "firm" , "soft" . :c :tone "loud" .',
        ':tone :takesWord "firm" , "soft" . :c :tone "soft" ; :note "loud" .',
    ),
    "patients_not_counted": (":c :n 0 .", ":c :n 12 ."),
    "claim_undescribed": (
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ; :opposedBy :c .",
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ; :opposedBy :c ."
        " :c a :Evidence .",
    ),
    "claim_on_the_wrong_side": (
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ;"
        ' :supportedBy :c . :c :polarity "opposes" .',
        "[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ;"
        ' :opposedBy :c ; :supportedBy :d . :c :polarity "opposes" . :d :polarity "supports" .',
    ),
    "observation_without_role": (
        ":o a :Observation ; :hasOutcome :dead .",
        ":o a :Observation ; :hasOutcome :dead ; :aboutCell :c .",
    ),
    "statement_without_evidence": (
        ":i a :Interaction ; :hasLigand :l .",
        ":i a :Interaction ; :hasLigand :l . [] a owl:Axiom ; owl:annotatedSource :i ;"
        " owl:annotatedProperty :hasLigand ; owl:annotatedTarget :l ; :supportedBy :c .",
    ),
    "deprecated_id_reused": (
        ":C a owl:Class . :p a owl:ObjectProperty . :a owl:deprecated true ; :p :b .",
        ':p a owl:ObjectProperty . :a a owl:NamedIndividual ; owl:deprecated true ; rdfs:label "obsolete a"@en ;'
        " obo:IAO_0100001 :b . :b :p :c .",
    ),
    "rule_without_unique_label": (
        '[] a swrl:Imp ; rdfs:label "R-X-001" ; :n 1 . [] a swrl:Imp ; rdfs:label "R-X-001" ; :n 2 .',
        '[] a swrl:Imp ; rdfs:label "R-X-001" . [] a swrl:Imp ; rdfs:label "R-X-002" .',
    ),
}
CHECKS = {path.stem: path for path in sorted((shipped("ontology") / "checks").glob("*.rq"))}


def test_every_check_has_an_example_and_a_code_of_its_own() -> None:
    assert CHECKS.keys() == EXAMPLES.keys()
    codes = [read_quality(path).code for path in CHECKS.values()]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_check_finds_what_it_is_for_and_nothing_else(name: str) -> None:
    quality = read_quality(CHECKS[name])
    bad, good = EXAMPLES[name]
    told = list(flaws([quality], parse_triples((HEAD + bad).encode(), "bad.ttl")))
    assert told
    for flaw in told:
        assert flaw.subject and "{" not in flaw.message and flaw.quality.fix
    assert list(flaws([quality], parse_triples((HEAD + good).encode(), "good.ttl"))) == []


@pytest.mark.parametrize(
    "text", ["SELECT ?subject WHERE {}", "# code: X\n# layer: a\n# level: bad\n# problem: p\n# fix: f"]
)
def test_a_check_without_its_comments_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "check.rq"
    path.write_text(text)
    with pytest.raises(ReadingError) as caught:
        read_quality(path)
    assert caught.value.code == "E118"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def found(*arguments: str) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(run(*arguments, "--json").stdout)["findings"]
    return findings


def test_the_shipped_knowledge_has_no_errors() -> None:
    assert run("--severity", "error").exit_code == 0


def test_findings_of_less_weight_are_left_out() -> None:
    for number, severity in enumerate(SEVERITIES):
        assert {finding["level"] for finding in found("--severity", severity)} <= set(SEVERITIES[: number + 1])


#: By layer: a file that fails there, its name, and the code of the finding.
FAULTY = {
    "parse": ("own.ttl", ":a :p ", "E107"),
    "safety": ("own.ttl", ":a :p <http://example.org/{x}> .", "E108"),
    "dl": ("own.ttl", ":own a owl:NamedIndividual , owl:Class .", "Q119"),
    "schema": ("own.ttl", ":own a owl:NamedIndividual , :Mechanism .", "E311"),
    "rules": ("own.swrl", 'rule R-OWN-001 "x"\n    status draft\n    because "x"\n\n    breaks(?x) -> y(?z)\n', "E207"),
    "consistency": (
        "own.ttl",
        ":A a owl:Class . :B a owl:Class ; owl:disjointWith :A . :own a owl:NamedIndividual , :A , :B .",
        "C201",
    ),
    "questions": (
        "own.ttl",
        ":A_own a :Action ; :hasAgent :cilengitide ; :hasTarget :ITGB1 ; :hasMode :block .",
        "C503",
    ),
}


@pytest.mark.parametrize("layer", LAYERS)
def test_each_layer_finds_what_it_is_for_with_place_and_repair(tmp_path: Path, layer: str) -> None:
    name, text, code = FAULTY[layer]
    path = tmp_path / name
    path.write_text(text if name.endswith(".swrl") else HEAD + text, encoding="utf-8")
    told = [finding for finding in found(str(path), "--level", layer) if finding["code"] == code]
    assert told and all(finding["layer"] == layer and finding["fix"] for finding in told)
    assert all(finding["file"] or finding["subject"] for finding in told)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_level_shows_its_own_findings_alone_and_all_levels_show_every_one(layer: str) -> None:
    alone = found("--level", layer)
    assert {finding["layer"] for finding in alone} <= {layer}
    assert alone == [finding for finding in everything() if finding["layer"] == layer]


@cache
def everything() -> list[dict[str, Any]]:
    return found()


def test_a_question_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.toml"
    path.write_text('[[question]]\nid = "Q-1"\ntext = "?"\nasks = "p(a)"\nholds = true\n')
    (question,) = read_expectations(path)
    assert (question.id, question.holds, question.line) == ("Q-1", True, 1)
    for text in ("[[question]]\nid = 1\n", "[[question]]\nwhat = 1\n", "[["):
        path.write_text(text)
        with pytest.raises(ReadingError) as caught:
            read_expectations(path)
        assert caught.value.code == "E122" and caught.value.hint


def test_a_flaw_in_a_file_of_ones_own_is_found_with_the_file_and_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(f'{HEAD}:own a owl:NamedIndividual , :Agent ; rdfs:label "own"@en ; oboInOwl:hasDbXref "CHEBI:x" .')
    result = run(str(path), "--json")
    assert result.exit_code == 1
    finding = next(f for f in json.loads(result.stdout)["findings"] if f["code"] == "Q109")
    assert (finding["subject"], finding["file"]) == ("own", str(path)) and "PREFIX:ID" in finding["fix"]


WRONG_EXAMPLE = """rule R-X-001 "an example that does not come out"
    status   draft
    source   definition
    because  "{x} breaks {r}"

    breaksRoute(?x, ?r) ^ retains(?r, ?c)
    -> dislodges(?x, ?c)

    fires    breaksRoute(reg1, routeA) ^ retains(routeA, cellA) -> dislodges(reg1, cellB)
    silent   breaksRoute(reg1, routeA)
"""


CHARACTERS = {
    "a label": ("facts.ttl", f'{HEAD}\n:drug a :Agent ;\n    rdfs:label "a\\u0000b"@en .\n', "drug", 12, "U+0000"),
    "a note on an axiom": (
        "facts.ttl",
        f"{HEAD}:drug a owl:NamedIndividual .\n"
        "[] a owl:Axiom ; owl:annotatedSource :drug ; owl:annotatedTarget :Agent ;"
        '\n owl:annotatedProperty <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ;\n rdfs:comment "\ufffe" .\n'
        ":drug a :Agent .\n",
        "drug",
        13,
        "U+FFFE",
    ),
    "a rule": ("own.swrl", WRONG_EXAMPLE.replace("an example", "an\1example"), "R-X-001", 1, "U+0001"),
}


@pytest.mark.parametrize("kind", CHARACTERS)
def test_a_character_that_no_xml_can_hold_is_an_error_with_its_line(kind: str, tmp_path: Path) -> None:
    name, text, subject, line, character = CHARACTERS[kind]
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(file), "--level", "safety", "--json"])
    (told,) = json.loads(result.stdout)["findings"]
    assert (result.exit_code, told["code"], told["layer"], told["level"]) == (1, "C601", "safety", "error")
    assert (told["file"], told["line"], told["subject"]) == (str(file), line, subject)
    assert character in told["message"] and told["fix"].startswith("remove the character")
    refused = CliRunner().invoke(main, ["export", "--rules" if name.endswith("swrl") else "--with", str(file)])
    assert refused.exit_code == 2 and "E603" in refused.stderr and character in refused.stderr


@pytest.mark.parametrize("query", ["SELECT ?l { :drug rdfs:label ?l }", "DESCRIBE :drug"])
def test_a_query_whose_answer_no_xml_can_hold_is_answered_in_every_other_form(query: str, tmp_path: Path) -> None:
    file = tmp_path / "facts.ttl"
    file.write_text(CHARACTERS["a label"][1], encoding="utf-8")
    for form, code in {"xml": 2, "json": 0, "csv": 0}.items():
        result = CliRunner().invoke(main, ["sparql", query, "--with", str(file), "--format", form])
        assert (result.exit_code, "E603" in result.stderr) == (code, code == 2), result.stderr


@pytest.mark.parametrize(("gives", "code"), [("cellB", 1), ("cellA", 0)])
def test_the_examples_of_a_rule_are_tried(gives: str, code: int, tmp_path: Path) -> None:
    file = tmp_path / "mine.swrl"
    file.write_text(WRONG_EXAMPLE.replace("cellB", gives))
    result = CliRunner().invoke(main, ["check", str(file), "--level", "rules", "--json"])
    found = [(f["code"], f["subject"], f["file"], f["line"]) for f in json.loads(result.stdout)["findings"]]
    assert (result.exit_code, found) == (code, [("E216", "R-X-001", str(file), 9)] if code else [])


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (":RP06 :retains :HSC .", "C402", 0),
        (':CXCR4 rdfs:label "another name"@en .', "Q103", 0),
        (':CXCR4 oboInOwl:hasDbXref "CHEBI:x1" .', "Q109", 0),
        (":RP06_arm :needs :KIT__in__CML_LSC .\n:KIT__in__CML_LSC a :MoleculeActivity .", "E310", 11),
        (":RP06_arm :needs :CD44__in__Macrophage .", "E312", 10),
        (":LR03_CAR_cell :hasReceiver :HSC .", "E310", 10),
        (":CXCR4 :subtypeOf :Nothing_known .", "E313", 10),
        (':CXCR4\n    :memberOf "text" .', "E306", 11),
        (':CXCR4 a "text" .', "E306", 10),
        (":RP06 :protects :HSC .", "E301", 10),
        ("# source\n:RP06 a :NicheRoute ;\n    :source :HSC .", "E301", 12),
        (":CXCR4 a :Ligand .", "E302", 10),
        (
            "[] a owl:Axiom ; owl:annotatedSource :CXCR4 ; owl:annotatedProperty :memberOf ;\n"
            "    owl:annotatedTarget :VLA4 ; :supportedBy :CHO-126 .",
            "E303",
            10,
        ),
    ],
)
def test_a_finding_names_the_file_that_states_what_is_wrong_about_a_thing_of_another(
    text: str, code: str, line: int, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.ttl"
    mine.write_text(f"{HEAD}{text}\n")
    result = CliRunner().invoke(main, ["check", str(mine), "--json"])
    found = [finding for finding in json.loads(result.stdout)["findings"] if finding["code"] == code]
    assert {(finding["file"], finding["line"]) for finding in found} == {(str(mine), line)}
