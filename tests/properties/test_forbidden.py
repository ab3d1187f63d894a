"""What ``check`` says of characters that XML cannot hold: exactly where ``export`` refuses, each with its line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.curating.checks.forbidden import forbidden
from reasoner.errors import WritingError
from reasoner.model.characters import NO_XML
from reasoner.model.iris import OWL, RDFS, TYPE
from reasoner.model.names import iri
from reasoner.model.term import Literal
from reasoner.reading.rdf.ontology_files import OntologyFile
from reasoner.reading.rdf.triples import parse_triples
from reasoner.writing.ontology_text import ontology_text

pytestmark = pytest.mark.quick

NAMES = ("a", "b", "c")
BAD = "\0\1\x08\x0b\x0c\x1f\ufffe\uffff"
texts = st.text(st.sampled_from(BAD + "xy\t\n\r\x7f\x85\ud7ff\ue000\ufffd\U0001ffff\"\\u0'#"), max_size=6)
statements = st.lists(st.tuples(st.sampled_from(NAMES), texts), min_size=1, max_size=8, unique=True)


def document(text: str, form: str) -> OntologyFile:
    data = text.encode("utf-8")
    return OntologyFile(Path(f"file.{form}"), data, parse_triples(data, f"file.{form}"))


@given(statements, st.sampled_from(("ttl", "nt", "ofn")))
@settings(max_examples=300, deadline=None)
def test_it_is_found_with_its_line_exactly_where_no_xml_can_be_written(said: list[tuple[str, str]], form: str) -> None:
    triples = [(iri(name), TYPE, OWL + "NamedIndividual") for name in NAMES]
    triples += [(iri(name), RDFS + "comment", Literal(text, language="en")) for name, text in said]
    text = ontology_text(triples, form)
    found = list(forbidden(document(text, form)))
    assert sorted((flaw.subject, flaw.text) for flaw in found) == sorted(s for s in said if NO_XML.search(s[1]))
    lines = text.split("\n")
    for flaw in found:
        character = NO_XML.findall(flaw.text)[0]
        written = {"\b": "\\b", "\f": "\\f"}.get(character, f"\\u{ord(character):04X}")
        assert character in lines[flaw.line - 1] or written in lines[flaw.line - 1]
    for xml in ("owl", "owx"):
        if found:
            with pytest.raises(WritingError) as caught:
                ontology_text(triples, xml)
            assert caught.value.code == "E603"
        else:
            ontology_text(triples, xml)


def test_every_way_of_writing_one_is_seen_and_none_that_only_looks_so() -> None:
    text = (
        r"""@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
# :a :p "\u0000" and """
        + "\0"
        + r"""
:a :p "not \\u0000", 'one \u0001', '''over
two \U0000FFFE lines''' ;
    :q [ :r "\f" ] , "fine \u007f \t" .
[] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ; owl:annotatedTarget :b ;
    :note "raw """
        + "\1"
        + r"""" .
"""
    )
    told = [(flaw.subject, flaw.line) for flaw in forbidden(document(text, "ttl"))]
    assert told == [("a", 4), ("a", 5), ("", 6), ("a", 8)]
