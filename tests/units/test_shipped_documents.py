"""Documents over the shipped knowledge: they fit their schemas and read well in every format."""

import csv
import io
import json
from collections.abc import Iterator

import jsonschema
import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.cli.session import Session
from reasoner.engine.reasoned import Reasoned
from reasoner.views import schemas

QUESTIONS: dict[str, list[str]] = {
    "a route": ["breaks", "--route", "RP06"],
    "an agent": ["breaks", "--agent", "cilengitide"],
    "an activity": ["breaks", "--activity", "CXCR4__in__CML_LSC", "--no-by-analogy"],
    "unbroken routes": ["breaks", "--unbroken", "--disease", "CML"],
    "untreated": ["assess", "--cell", "CML_LSC"],
    "a regimen": ["assess", "imatinib", "plerixafor", "--cell", "LSC", "--state", "T315I"],
    "steps in a place": ["assess", "CML,T315I: imatinib then plerixafor+block:CD44", "--cell", "CML_LSC"],
    "escapes": ["escapes", "imatinib+plerixafor", "--cell", "CML_LSC"],
    "an outcome": ["explain", "sensitises(plerixafor+imatinib, CML_LSC)"],
    "a status": ["explain", "status(RP06)", "--with-agent", "imatinib"],
    "an activity that is off": ["explain", "off(CXCR4__in__CML_LSC)"],
    "a fact": ["explain", 'retains(RP06, "CML leukaemic stem cell")', "--all"],
    "what does not hold": ["explain", "on(CXCR4__in__CML_LSC)"],
    "why not": ["why-not", "breaksRoute(cilengitide, RP06)"],
    "why not an outcome": ["why-not", "sensitises(cilengitide+imatinib, CML_LSC)"],
    "claims": ["evidence", "plerixafor", "CML_LSC"],
    "no claims": ["evidence", "GCS-100", "imatinib"],
    "conflicts": ["conflicts"],
    "cells": ["list", "cells"],
    "activities": ["list", "activities"],
    "claims listed": ["list", "evidence"],
    "rules listed": ["list", "rules"],
    "a molecule": ["show", "CXCR4"],
    "a cell in French": ["show", "cellule souche hématopoïétique"],
    "a claim": ["show", "CHO-126"],
    "rules": ["rules"],
    "a rule": ["rules", "R-OUT-001"],
    "check": ["check", "--coverage"],
}


@pytest.fixture(scope="module", autouse=True)
def shipped() -> Iterator[None]:
    """The shipped knowledge base, read once for all commands."""
    kb = Reasoned.load()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Session, "kb", kb)
        patch.setattr(Session, "adding", lambda session, paths: session)
        yield


def output(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments)
    assert "Traceback" not in result.stderr
    assert result.exit_code in (0, 1), result.stderr
    return result.stdout


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_document_fits_its_schema(question: str) -> None:
    document = json.loads(output(*QUESTIONS[question], "--json"))
    jsonschema.validate(document, schemas.schema(QUESTIONS[question][0]))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_bytes(question: str) -> None:
    assert output(*QUESTIONS[question], "--json") == output(*QUESTIONS[question], "--json")


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_table_is_readable_at_80_columns(question: str) -> None:
    lines = output(*QUESTIONS[question]).splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert len(lines) > 3


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_of_csv_are_as_long_as_their_header(question: str) -> None:
    rows = list(csv.reader(io.StringIO(output(*QUESTIONS[question], "--format", "csv"))))
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("question", QUESTIONS)
def test_markdown_is_printed(question: str) -> None:
    assert "research use only" in output(*QUESTIONS[question], "--format", "md")
