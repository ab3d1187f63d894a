"""The file for Protégé: whole, the same bytes every time, asserted and inferred apart, and read back as it was."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from reasoner.model.triple import Triple
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.ontology_files import read_ontology_files
from reasoner.reading.rdf.triples import parse_triples, read_triples
from reasoner.resources import shipped_ontology
from reasoner.writing.ontology_text import FORMS, ontology_text
from reasoner.writing.turtle import turtle

pytestmark = pytest.mark.ci

OWL = "http://www.w3.org/2002/07/owl#"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


@cache
def exported(form: str) -> str:
    result = run("--format", form)
    assert result.exit_code == 0, result.output
    return result.stdout


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


@pytest.mark.parametrize("form", FORMS)
def test_every_syntax_reads_back_as_the_same_triples(form: str) -> None:
    triples = parse_triples(exported(form).encode(), f"export.{form}")
    assert turtle(triples) == turtle(parse_triples(exported("nt").encode(), "export.nt"))
    assert ontology_text(triples, form) == exported(form)


@pytest.mark.parametrize("form", FORMS)
def test_the_bytes_depend_on_nothing_but_the_triples(form: str) -> None:
    triples = parse_triples(exported("nt").encode(), "export.nt")
    names = {t for triple in triples for t in triple if isinstance(t, str) and t.startswith("_:")}
    for seed in (1,):
        chance = random.Random(seed)
        labels = dict(zip(sorted(names), chance.sample(range(10**6), len(names)), strict=True))
        mixed: list[Triple] = [
            tuple(f"_:{labels[t]}" if isinstance(t, str) and t in labels else t for t in triple)  # type: ignore[misc]
            for triple in chance.sample(triples, len(triples))
        ]
        assert ontology_text(mixed, form) == exported(form)


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_bytes_do_not_depend_on_the_hash_seed(seed: str) -> None:
    call = [sys.executable, "-m", "reasoner", "export", "--format", "ttl"]
    done = subprocess.run(call, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
    assert done.stdout.decode() == exported("ttl")


def test_every_statement_of_the_modules_is_in_it() -> None:
    exported_triples = set(parse_triples(exported("ttl").encode(), "export.ttl"))
    heads = {f"{OWL}Ontology", f"{OWL}imports"}
    for document in read_ontology_files(shipped_ontology()):
        for subject, predicate, value in document.triples:
            named = not any(isinstance(t, str) and t.startswith("_:") for t in (subject, value))
            if named and predicate not in heads and value not in heads and "/dislodge/" not in subject:
                assert (subject, predicate, value) in exported_triples


def test_loading_it_gives_the_same_conclusions_and_claims(tmp_path: Path) -> None:
    path = tmp_path / "export.owl"
    path.write_text(exported("owl"), encoding="utf-8")
    again = Reasoned.load(ontology=[path])
    assert not again.minted.facts
    assert set(again.closure) == set(shipped().closure)
    own = shipped()
    for fact in {*own.base.annotated, *own.minted.origins}:
        assert set(again.support(fact).supported) == set(own.support(fact).supported)
        assert set(again.support(fact).opposed) == set(own.support(fact).opposed)
    assert again.base.ontology.header.iri == "https://w3id.org/dislodge"
    assert not again.base.ontology.unread


def test_every_rule_is_in_it_with_one_label_of_its_own(tmp_path: Path) -> None:
    ontology = read_ontology([_written(tmp_path, "ttl")])
    assert {rule.id for rule in ontology.rules} == {rule.id for rule in shipped().base.rules}
    logic = {rule.id: (rule.body, rule.head) for rule in ontology.rules}
    assert logic == {rule.id: (rule.body, rule.head) for rule in shipped().base.rules}
    labels = re.findall(r'swrl:Imp ;\n    rdfs:label "(R-[^"]+)"@en', exported("ttl"))
    assert len(set(labels)) == len(labels) == len(shipped().base.rules)


def test_the_header_says_what_scenarios_add() -> None:
    assert "well-founded semantics" in exported("owl").split("</owl:Ontology>")[0]


def test_minted_individuals_are_typed_labelled_and_marked(tmp_path: Path) -> None:
    ontology = read_ontology([_written(tmp_path, "ttl")])
    marked = {name for name, texts in ontology.texts.items() if any(key == "minted" for key, _ in texts)}
    assert marked == shipped().minted.names
    for name in marked:
        assert any(key.endswith("label") for key, _ in ontology.texts[name])
        assert any(fact.subject == name and fact.object is None for fact in ontology.facts)


def test_conclusions_go_to_a_file_of_their_own_that_imports_the_asserted_one(tmp_path: Path) -> None:
    apart = tmp_path / "inferred.ttl"
    result = run("-o", str(tmp_path / "all.ttl"), "--inferred", str(apart))
    assert (result.exit_code, result.output) == (0, "")
    triples = read_triples(apart)
    assert ("https://w3id.org/dislodge/inferred", f"{OWL}imports", "https://w3id.org/dislodge") in triples
    found = read_ontology([apart, tmp_path / "all.ttl"]).facts
    alone = {f for f in read_ontology([apart, *shipped_ontology()]).facts} - set(
        read_ontology(shipped_ontology()).facts
    )
    closure = shipped().closure
    assert alone and all(fact in closure and not closure.is_asserted(fact) for fact in alone)
    assert {f for f in closure if f.predicate in ("requires", "promotes", "cuts", "mayTouch")} <= set(found)


def test_each_conclusion_names_its_rule(tmp_path: Path) -> None:
    run("-o", str(tmp_path / "all.ttl"), "--inferred", str(tmp_path / "inferred.ttl"))
    ontology = read_ontology([tmp_path / "inferred.ttl", tmp_path / "all.ttl"])
    rules = {rule.id for rule in shipped().rules}
    named = {v.lexical for notes in ontology.axiom_annotations.values() for p, v in notes if p == "inferredBy"}  # type: ignore[union-attr]
    assert named and named <= rules


def test_a_scenario_is_written_with_its_closed_facts_and_conclusions(tmp_path: Path) -> None:
    path = tmp_path / "scenario.ttl"
    result = run("--scenario", "CML: plerixafor+imatinib", "--cell", "CML_LSC", "-o", str(path))
    assert (result.exit_code, result.output) == (0, "")
    facts = set(read_ontology([path, *shipped_ontology()]).facts)
    assert Fact("breaksRoute", "scenario", "RP06") in facts
    assert Fact("sensitises", "scenario", "CML_LSC") in facts
    assert Fact("givesAgent", "scenario", "plerixafor") in facts


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(exported("ttl"), encoding="utf-8")
    result = run("--ontology", str(path), "-o", str(path))
    assert result.exit_code == 2 and "E412" in result.stderr
    assert path.read_text(encoding="utf-8") == exported("ttl")


def test_a_cell_without_a_scenario_is_a_slip() -> None:
    assert run("--cell", "CML_LSC").exit_code == 2


def _written(folder: Path, form: str) -> Path:
    path = folder / f"export.{form}"
    path.write_text(exported(form), encoding="utf-8")
    return path
