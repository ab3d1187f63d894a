"""Every kind of axiom through every syntax: kept whole, or refused with an error; never changed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from one_axiom_cases import CASES, DECLARED, Case

from reasoner.errors import ReadingError, WritingError
from reasoner.model.triple import Triple
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import parse_triples
from reasoner.writing.ontology_text import FORMS, ontology_text
from reasoner.writing.turtle import turtle

HEAD = "Prefix(:=<https://w3id.org/dislodge#>)\nOntology(<https://w3id.org/dislodge/case>\n"


def triples_of(case: Case) -> list[Triple]:
    return parse_triples(f"{HEAD}{DECLARED}\n{case.axioms}\n)".encode(), "case.ofn")


def read(text: str, form: str) -> list[Triple]:
    return parse_triples(text.encode(), f"case.{form}")


def test_there_are_at_least_eighty_cases_with_names_of_their_own() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80


@pytest.mark.parametrize("case", [c for c in CASES if not c.reading], ids=lambda c: c.name)
@pytest.mark.parametrize("form", FORMS)
def test_an_axiom_is_kept_or_refused(case: Case, form: str) -> None:
    triples = triples_of(case)
    if code := case.writing.get(form):
        with pytest.raises(WritingError) as caught:
            ontology_text(triples, form)
        assert caught.value.code == code
        assert caught.value.hint
        return
    text = ontology_text(triples, form)
    assert turtle(read(text, form)) == turtle(triples)
    assert ontology_text(read(text, form), form) == text


@pytest.mark.parametrize("case", [c for c in CASES if c.reading], ids=lambda c: c.name)
def test_what_no_tool_carries_is_refused_when_it_is_read(case: Case) -> None:
    with pytest.raises(ReadingError) as caught:
        triples_of(case)
    assert caught.value.code == case.reading


@pytest.mark.parametrize("case", [c for c in CASES if not c.reading], ids=lambda c: c.name)
def test_the_loader_takes_every_statement_of_it(case: Case, tmp_path: Path) -> None:
    """Whatever the syntax, the loader gives the same facts, axioms, texts and rules, and leaves nothing unread."""
    found = []
    for form in FORMS:
        if form not in case.writing:
            path = tmp_path / f"case.{form}"
            path.write_text(ontology_text(triples_of(case), form), encoding="utf-8", newline="")
            ontology = read_ontology([path])
            named = [triple for triple in ontology.unread if not triple[1].endswith("annotatedTarget")]
            assert not named or "annotation of an annotation" in case.name
            axioms = sorted(f"{axiom.kind} {axiom.args}" for axiom in ontology.axioms)
            rules = [(rule.body, rule.head, rule.label) for rule in ontology.rules]
            texts = {subject: sorted(map(repr, entries)) for subject, entries in ontology.texts.items()}
            found.append((sorted(map(repr, ontology.facts)), axioms, rules, texts, len(ontology.warnings)))
    if "anonymous" not in case.name:  # their names are those of the file
        assert all(entry == found[0] for entry in found)
