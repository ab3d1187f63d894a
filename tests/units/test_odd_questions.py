"""What people write by mistake or with care, asked on the command line: each is answered, or refused with its place."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main

pytestmark = pytest.mark.ci

ROOT = Path(__file__).resolve().parents[2]
PREFIXES = """@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def run(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words))
    assert "internal error" not in result.stderr, result.stderr
    return result


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    return tmp_path / "mine.ttl"


def test_a_literal_among_individuals_is_blamed_on_its_own_file(mine: Path) -> None:
    mine.write_text(PREFIXES + ':m0 a owl:NamedIndividual .\n[] a owl:AllDifferent ; owl:members (:m0 "x") .\n')
    result = run("list", "agents", "--with", str(mine))
    assert (result.exit_code, "E304" in result.stderr, str(mine) in result.stderr) == (2, True, True)


def test_a_chain_without_links_is_a_finding(mine: Path) -> None:
    mine.write_text(PREFIXES + ":rr a owl:ObjectProperty ; owl:propertyChainAxiom () .\n")
    findings = json.loads(run("check", str(mine), "--json").stdout)["findings"]
    assert any("without links" in finding["message"] for finding in findings)


def test_members_of_a_group_that_are_the_same_are_a_finding(mine: Path) -> None:
    names = " ".join(f":m{number}" for number in range(30))
    individuals = "".join(f"{name} a :Molecule .\n" for name in names.split())
    mine.write_text(f"{PREFIXES}{individuals}[] a owl:AllDifferent ; owl:members ({names}) .\n:m3 owl:sameAs :m7 .\n")
    result = run("check", str(mine), "--budget", "10min", "--json")
    found = [f for f in json.loads(result.stdout)["findings"] if f["code"] == "C201"]
    assert result.exit_code == 1
    assert any("m3" in finding["message"] and "m7" in finding["message"] for finding in found)


@pytest.mark.parametrize(
    ("conclusion", "code"),
    [
        ('reads(f1, "007"^^xsd:integer)', 0),
        ('reads(f1, "+7"^^xsd:byte)', 0),
        ("reads(f1, 7.0)", 0),
        ('reads(f1, "7"^^xsd:double)', 1),
        ('reads(f1, "7")', 0),
        ('reads(f1, "7"@en)', 1),
        ('hasTarget(imatinib, "7"^^xsd:integer)', 2),
    ],
)
def test_a_value_may_say_what_it_is(mine: Path, conclusion: str, code: int) -> None:
    mine.write_text(
        PREFIXES + ':reads a owl:DatatypeProperty . :f1 a owl:NamedIndividual ; :reads "7"^^xsd:integer .\n'
    )
    assert run("explain", conclusion, "--with", str(mine)).exit_code == code


def test_a_variable_that_is_bound_and_not_shown_is_named() -> None:
    result = run("sparql", "-p", "x=imatinib", "SELECT ?v { ?x rdfs:label ?v }")
    assert (result.exit_code, "E423" in result.stderr) == (2, True)


def test_a_proof_of_thousands_of_steps_is_not_said_to_need_memory(mine: Path) -> None:
    classes = "".join(f":C{n} a owl:Class ; rdfs:subClassOf :C{n + 1} .\n" for n in range(2500))
    head = f"{PREFIXES}@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    mine.write_text(f"{head}{classes}:C2500 a owl:Class . :c a :C0 .\n")
    result = run("explain", "C2500(c)", "--with", str(mine))
    assert result.exit_code in (0, 3)
    assert "memory" not in result.stderr


def test_a_package_that_is_missing_is_named(tmp_path: Path) -> None:
    """As from a copy of the package beside a Python that has none of what it needs."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-S", "-m", "reasoner", "--version"]
    told = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (told.returncode, "Traceback" in told.stderr) == (2, False)
    assert "click is not installed" in told.stderr and "pip install" in told.stderr
