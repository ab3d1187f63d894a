"""Documents over the shipped knowledge: they fit their schemas and read well in every format."""

import csv
import io
import json
import random
import string
from functools import cache

import jsonschema
import pytest
from click.testing import CliRunner

from reasoner.asking.names import resolve
from reasoner.asking.sources import Sources
from reasoner.cli import main
from reasoner.errors import QuestionError
from reasoner.inference.reasoned import Reasoned
from reasoner.views import schemas
from reasoner.views.documents import render
from reasoner.views.look import Look

QUESTIONS: dict[str, list[str]] = {
    "a route": ["breaks", "--route", "RP06"],
    "an agent": ["breaks", "--agent", "cilengitide"],
    "an activity": ["breaks", "--activity", "CXCR4__in__CML_LSC", "--no-by-analogy"],
    "unbroken routes": ["breaks", "--unbroken", "--disease", "CML"],
    "untreated": ["assess", "--cell", "CML_LSC"],
    "a regimen": ["assess", "imatinib", "plerixafor", "--cell", "LSC", "--state", "T315I"],
    "steps in a place": ["assess", "CML,T315I: imatinib then plerixafor+block:CD44", "--cell", "CML_LSC"],
    "a certificate": ["combine", "--cell", "CML_LSC", "--with-agent", "imatinib", "--spare", "HSC"],
    "regimens": ["combine", "--cell", "CML_LSC", "--with-agent", "imatinib", "--close", "RP06", "--close", "RP10"],
    "without a killer": ["combine", "--cell", "CML_LSC", "--close", "retention", "--max-size", "2", "--limit", "500"],
    "side by side": ["compare", "imatinib", "imatinib+plerixafor", "CML,T315I: ponatinib", "--cell", "CML_LSC"],
    "a matrix": ["matrix", "--cell", "CML_LSC", "--with-agent", "imatinib"],
    "a matrix of regimens": ["matrix", "imatinib", "imatinib+plerixafor", "--cell", "CML_LSC"],
    "a strategy": ["explain", "strategy(imatinib+plerixafor)", "--cell", "CML_LSC"],
    "escapes": ["escapes", "imatinib+plerixafor", "--cell", "CML_LSC"],
    "an outcome": ["explain", "sensitises(plerixafor+imatinib, CML_LSC)"],
    "a status": ["explain", "status(RP06)", "--with-agent", "imatinib"],
    "an activity that is off": ["explain", "off(CXCR4__in__CML_LSC)"],
    "a fact": ["explain", 'retains(RP06, "CML leukaemic stem cell")', "--all"],
    "what does not hold": ["explain", "on(CXCR4__in__CML_LSC)"],
    "why not": ["why-not", "breaksRoute(cilengitide, RP06)"],
    "why not an outcome": ["why-not", "sensitises(cilengitide+imatinib, CML_LSC)"],
    "a nearest miss": ["why-not", "dislodges(cilengitide, CML_LSC)", "--abduce", "--max", "1"],
    "robustness": ["robustness", "dislodges(plerixafor+imatinib, CML_LSC)", "--max", "1"],
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


@cache
def shipped() -> Reasoned:
    """The shipped knowledge base, read once for all questions."""
    return Reasoned.load()


@pytest.fixture(autouse=True)
def one_knowledge_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sources, "reasoned", shipped())
    monkeypatch.setattr(Sources, "adding", lambda sources, paths: sources)


def output(question: str) -> str:
    result = CliRunner().invoke(main, [*QUESTIONS[question], "--json"])
    assert result.exit_code in (0, 1), result.stderr
    assert result.stderr == ""
    return result.stdout


answered = cache(output)


def shown(question: str, form: str) -> str:
    return render(json.loads(answered(question)), form, Look(label=shipped().label))


@pytest.mark.ci
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_document_fits_its_schema(question: str) -> None:
    jsonschema.validate(json.loads(answered(question)), schemas.schema(QUESTIONS[question][0]))


@pytest.mark.ci
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_question_gives_the_same_bytes(question: str) -> None:
    assert output(question) == answered(question)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_table_is_readable_at_80_columns(question: str) -> None:
    lines = shown(question, "table").splitlines()
    assert [line for line in lines if len(line) > 80] == []
    assert len(lines) > 3


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_rows_are_as_long_as_their_header(question: str, form: str) -> None:
    rows = list(csv.reader(io.StringIO(shown(question, form)), delimiter="," if form == "csv" else "\t"))
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("question", QUESTIONS)
def test_markdown_is_printed(question: str) -> None:
    assert "research use only" in shown(question, "md")


@pytest.mark.parametrize("agent", ["imatinib", "arsenic_trioxide"])
def test_every_activity_that_a_regimen_changes_can_be_asked_about(agent: str) -> None:
    """Also what is read for the cell from a broader one, which no fact names."""
    place = ["--cell", "CML_LSC", "--json"]
    changed = json.loads(CliRunner().invoke(main, ["assess", agent, *place]).stdout)["activities"]
    assert any(row["activity"] not in shipped().closure.members("Activity") for row in changed)
    for row in changed:
        words = ["explain", f"{row['after']}({row['activity']})", "--with-agent", agent, *place]
        told = json.loads(CliRunner().invoke(main, words).stdout)
        assert told["derivations"][0]["text"] == row["reason"]


def test_a_misspelt_agent_is_recognised() -> None:
    """One slip in a name of six letters and more; the right one is among those offered."""
    chance = random.Random(7)
    names = [
        name for name in shipped().closure.members("Agent") if len(name) > 5 and name.isalpha() and name.upper() != name
    ]
    assert len(names) > 20
    assert [name for name in names if not _recognised(name, _misspelt(name, chance))] == []


def _misspelt(name: str, chance: random.Random) -> str:
    at = chance.randrange(len(name))
    letter = chance.choice(string.ascii_lowercase)
    return chance.choice(
        (name[:at] + name[at + 1 :], name[:at] + letter + name[at:], name[:at] + letter + name[at + 1 :])
    )


def _recognised(name: str, text: str) -> bool:
    try:
        return resolve(shipped(), text, "agent") == name
    except QuestionError as error:
        return name in error.hint
