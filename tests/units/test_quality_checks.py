"""Each quality check finds what it is for, with the repair, and nothing on a sound file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.errors import ReadingError
from reasoner.reading.quality import flaws, read_quality
from reasoner.reading.rdf import parse_triples
from reasoner.resources import shipped

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
        ' dcterms:creator "c" ; dcterms:title "t"@en ; dcterms:description "d"@en .',
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
    found = list(flaws([quality], parse_triples((HEAD + bad).encode(), "bad.ttl")))
    assert found
    for flaw in found:
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


def test_the_shipped_knowledge_has_no_errors() -> None:
    assert run("--level", "error").exit_code == 0


def test_findings_below_a_level_are_left_out(tmp_path: Path) -> None:
    for level in ("error", "warning", "info"):
        found = json.loads(run("--level", level, "--json").stdout)
        allowed = ("error", "warning", "info")[: ("error", "warning", "info").index(level) + 1]
        assert {finding["level"] for finding in found["findings"]} <= set(allowed)


def test_a_flaw_in_a_file_of_ones_own_is_found_with_the_file_and_the_fix(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(f'{HEAD}:own a owl:NamedIndividual , :Agent ; rdfs:label "own"@en ; oboInOwl:hasDbXref "CHEBI:x" .')
    result = run(str(path), "--json")
    assert result.exit_code == 1
    finding = next(f for f in json.loads(result.stdout)["findings"] if f["code"] == "Q109")
    assert (finding["subject"], finding["file"]) == ("own", str(path)) and "PREFIX:ID" in finding["fix"]


def test_hermit_is_asked_or_its_absence_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from reasoner.reading import hermit

    def absent() -> str:
        raise hermit.Absent("no Java runtime is here")

    monkeypatch.setattr(hermit, "_java", absent)
    found = [f for f in json.loads(run("--dl", "--json").stdout)["findings"] if f["code"] == "C203"]
    assert len(found) == 1 and "no Java" in found[0]["message"]


@pytest.mark.java
@pytest.mark.skipif(not shutil.which("java"), reason="no Java runtime")
@pytest.mark.filterwarnings("ignore")
def test_hermit_sees_a_contradiction_and_an_empty_class() -> None:
    from reasoner.reading.hermit import judged

    sound = HEAD + ":A a owl:Class . :B a owl:Class ; owl:disjointWith :A . :a a owl:NamedIndividual , :A ."
    assert judged(parse_triples(sound.encode(), "x.ttl")) == (True, [])
    empty = sound + ":C a owl:Class ; rdfs:subClassOf :A , :B ."
    assert judged(parse_triples(empty.encode(), "x.ttl")) == (True, ["C"])
    assert judged(parse_triples((sound + ":a a :B .").encode(), "x.ttl")) == (False, [])
