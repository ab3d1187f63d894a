"""curl, as the help of ``serve`` and people write it."""

import json
import shutil
import subprocess

import pytest
from asked import ASK, CONSTRUCT, SELECT

CURL = shutil.which("curl")
pytestmark = [pytest.mark.clients, pytest.mark.skipif(not CURL, reason="needs curl")]


def answer(*words: str) -> str:
    done = subprocess.run([str(CURL), "-sS", "--max-time", "60", "--fail-with-body", *words],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_example_of_the_help_is_answered(endpoint: str) -> None:
    said = answer(endpoint, "--data-urlencode", "query=ASK { ?s a :Route }")
    assert json.loads(said) == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    "words",
    [
        ["-G", "--data-urlencode", "query=" + ASK],
        ["-G", "--data-urlencode", "query=" + ASK, "-d", "timeout=30", "-d", "infer=true", "-d", "format=json"],
        ["--data-urlencode", "query=" + ASK],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", ASK],
        ["--compressed", "-G", "--data-urlencode", "query=" + ASK],
        ["-H", "Expect: 100-continue", "--data-urlencode", "query=" + ASK],
        ["--http1.0", "-G", "--data-urlencode", "query=" + ASK],
    ],
)
def test_each_way_to_ask_is_answered(endpoint: str, words: list[str]) -> None:
    assert json.loads(answer(endpoint, *words))["boolean"] is True


def test_the_form_is_that_of_the_accept_header(endpoint: str) -> None:
    rows = answer(endpoint, "-H", "Accept: text/csv", "--data-urlencode", "query=" + SELECT)
    assert rows.splitlines()[0] == "r"
    assert "https://w3id.org/dislodge#RP06" in rows.splitlines()
    assert ":RP06 a" in answer(endpoint, "-H", "Accept: text/turtle", "--data-urlencode", "query=" + CONSTRUCT)


def test_a_variable_is_bound_from_outside(endpoint: str) -> None:
    text = "query=SELECT ?r { ?r :retains ?cell }"
    all_rows = answer(
        endpoint, "-H", "Accept: text/csv", "--data-urlencode", "query=SELECT ?r ?cell { ?r :retains ?cell }"
    )
    for name in ("bind=cell=CML LSC", "$cell=<https://w3id.org/dislodge#CML_LSC>"):
        rows = answer(endpoint, "-H", "Accept: text/csv", "--data-urlencode", text.replace("?r {", "?r ?cell {"),
                      "--data-urlencode", name)  # fmt: skip
        assert 1 < len(rows.splitlines()) < len(all_rows.splitlines())
        assert all("CML_LSC" in row for row in rows.splitlines()[1:])
