"""ROBOT builds from every table the very statements that the ontology makes, with the claims beside each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from owl_api import OwlApi, Unavailable

from reasoner.cli import main
from reasoner.curating.asserted import Asserted
from reasoner.curating.tables.kinds import KINDS
from reasoner.model.names import iri
from reasoner.model.template import expanded
from reasoner.model.triple import Value
from reasoner.reading.rdf.ontology_files import read_ontology_files
from reasoner.reading.tables.template import read_template
from reasoner.resources import shipped_ontology

pytestmark = pytest.mark.java

#: Texts that tables and ROBOT could take for something else, several values with claims of their own, other datatypes.
MORE = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:odd-1 a owl:NamedIndividual , :Observation ; rdfs:label "a \\"quoted\\" label"@en , "tab\\there"@fr ;
    skos:altLabel "a|b"@en , "c;d"@en , "'single'"@en , "two\\nlines"@en ; rdfs:comment "7"^^xsd:integer , "plain" ;
    rdfs:seeAlso <http://example.org/a?b=c> ; :hasOutcome :efficacy ; :partial true ;
    :aboutThing :CXCR4 , :CD44 , :HSC .
[] a owl:Axiom ; owl:annotatedSource :odd-1 ; owl:annotatedProperty :aboutThing ; owl:annotatedTarget :CXCR4 ;
    :supportedBy :CHO-001 , :CHO-002 ; :opposedBy :CHO-003 ; rdfs:comment "because, \\"so\\""@en .
[] a owl:Axiom ; owl:annotatedSource :odd-1 ; owl:annotatedProperty :aboutThing ; owl:annotatedTarget :CD44 ;
    :supportedBy :CHO-001 .
[] a owl:Axiom ; owl:annotatedSource :odd-1 ; owl:annotatedProperty :hasOutcome ; owl:annotatedTarget :efficacy ;
    :supportedBy :CHO-001 .
"""


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("robot")
    (folder / "more.ttl").write_text(MORE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def asserted(work: Path) -> Asserted:
    return Asserted(read_ontology_files([*shipped_ontology(), work / "more.ttl"]))


@pytest.fixture(scope="module")
def robot(work: Path) -> Iterator[OwlApi]:
    try:
        running = OwlApi("maven", work)
    except Unavailable as reason:
        pytest.skip(f"ROBOT is not here: {reason}")
    exported = work / "all.ofn"
    call = ["export", "--no-rules", "--with", str(work / "more.ttl"), "-o", str(exported), "--format", "ofn"]
    assert CliRunner().invoke(main, call).exit_code == 0
    running.ask("load", exported, "ofn")
    yield running
    running.close()


@pytest.mark.parametrize("kind", KINDS)
def test_robot_builds_the_same_statements(kind: str, robot: OwlApi, asserted: Asserted, work: Path) -> None:
    table, built = work / f"{kind}.tsv", work / f"{kind}.ttl"
    call = ["template", "export", kind, "--with", str(work / "more.ttl"), "-o", str(table)]
    assert CliRunner().invoke(main, call).exit_code == 0
    robot.ask("template", table, built)
    subjects = {expanded(row.cells[0]) for row in read_template(table).rows}
    wanted = _statements(asserted, subjects)
    assert len(wanted) > 3 * len(subjects)
    assert _statements(Asserted(read_ontology_files([built])), subjects) == wanted
    assert kind != "observation" or iri("odd-1") in subjects


def _statements(asserted: Asserted, subjects: set[str]) -> set[tuple[str, str, Value, frozenset[tuple[str, Value]]]]:
    return {
        (subject, prop, value, frozenset(asserted.notes((subject, prop, value))))
        for subject in subjects
        for prop in asserted.predicates(subject)
        for value in asserted.values(subject, prop)
    }
