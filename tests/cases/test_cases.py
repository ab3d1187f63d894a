"""Golden cases: tiny knowledge bases with a question and its answer (see README.md)."""

from __future__ import annotations

import json
import os
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from short_answer import short_answer

from reasoner.cli import main
from reasoner.resources import shipped

HERE = Path(__file__).parent
SHELF = sorted(path.parent for path in HERE.glob("*/*/question.txt"))
VOCABULARY = sorted(shipped("ontology").glob("modules/*.ttl"))
#: No topic of the semantics is left out.
TOPICS = {
    "abduced", "analogy", "arms", "conflicts", "contradictions", "errors", "escapes", "families",
    "interactions", "killers", "lesions", "loops", "minimal_sets", "moderators", "normal_cells", "opposed",
    "paradox", "partial", "raising", "required", "robustness", "rules", "scope", "sequences", "strength",
    "subunits", "ungivable", "unsigned", "verdicts", "what_if", "why_not",
}  # fmt: skip


def answer(folder: Path) -> str:
    """What the command line answers to the question of a folder, in short."""
    facts, rules = folder / "facts.ttl", folder / "rules.swrl"
    words = shlex.split((folder / "question.txt").read_text(encoding="utf-8"))
    for path in (*VOCABULARY, facts):
        words += ["--ontology", str(path)]
    if rules.exists():
        words += ["--rules", str(rules)]
    result = CliRunner().invoke(main, [*words, "--json"])
    lines = [f"exit={result.exit_code}"]
    if result.exit_code in (0, 1):
        lines += short_answer(json.loads(result.stdout))
    else:
        lines += refusal(result.stderr, facts.read_text(encoding="utf-8"))
    return "\n".join(lines) + "\n"


def refusal(message: str, facts: str) -> list[str]:
    """The codes of an error, and the names of the facts that it mentions."""
    assert "Traceback" not in message
    names = set(re.findall(r"(?<!\w):([A-Za-z][\w-]*)", facts)) - vocabulary()
    mentioned = sorted(names & set(re.findall(r"[\w-]+", message.replace("facts.ttl", ""))))
    return [f"error={' '.join(sorted(set(re.findall('E[0-9]{3}', message))))}", f"mentions={' '.join(mentioned)}"]


@cache
def vocabulary() -> frozenset[str]:
    """The names that the vocabulary describes."""
    return frozenset(
        name for path in VOCABULARY for name in re.findall(r"(?m)^:([\w-]+)", path.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize("folder", SHELF, ids=[f"{path.parent.name}/{path.name}" for path in SHELF])
def test_the_answer_of_a_case_is_the_accepted_one(folder: Path, request: pytest.FixtureRequest) -> None:
    accepted = folder / "answer.txt"
    found = answer(folder)
    if request.config.getoption("--accept"):
        if os.environ.get("CI", "").lower() in ("true", "1"):
            pytest.fail("answers are accepted by hand, never in CI")
        accepted.write_text(found, encoding="utf-8")
    assert found == accepted.read_text(encoding="utf-8")


def test_the_shelf_is_not_empty_and_every_folder_is_whole() -> None:
    assert len(SHELF) >= 60
    assert {path.parent.name for path in SHELF} == TOPICS
    for folder in SHELF:
        known = {"facts.ttl", "question.txt", "answer.txt", "rules.swrl"}
        assert known >= {path.name for path in folder.iterdir()} >= known - {"rules.swrl"}, folder
    assert {path.parent for path in HERE.glob("*/*/*")} == set(SHELF)


def test_no_case_names_what_the_shipped_knowledge_names() -> None:
    from reasoner.reading.owl.ontology import read_ontology
    from reasoner.resources import shipped_ontology

    real = {fact.subject for fact in read_ontology(shipped_ontology()).facts if fact.object is None} - vocabulary()
    for folder in SHELF:
        names = set(re.findall(r":([A-Za-z][\w-]*)", (folder / "facts.ttl").read_text(encoding="utf-8")))
        assert not names & real, folder
