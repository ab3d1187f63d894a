"""The competency questions: asked through the command line, and again without what their answers rest on."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from readers import Document, read
from reduced import in_one_file, without

from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from tests.in_process import asked

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
IDS = [case["id"] for case in CASES["case"]]
#: The least number of questions that are asked already.
ATTEMPTED = 55


@cache
def shipped() -> Reasoned:
    """The shipped knowledge, read once."""
    return Reasoned.load()


def ask(kb: Reasoned, case: dict[str, Any], reduced: bool = False) -> list[list[str]]:
    """The answers to the parts of a question; in a reduced knowledge base a name that is gone gives an empty one."""

    @cache
    def run(*words: str) -> Document:
        code, found = asked(kb, *words)
        assert found is not None or (reduced and code == 2), words
        return found or _NOTHING

    return [read(part["read"], run(*part["run"]), run, case["claims"]) for part in case["part"]]


#: What is read where a name is unknown.
_NOTHING: Document = {"id": "", "verdict": "unknown name"} | {
    key: [] for key in ("answers", "unbroken", "uncovered", "derivations", "asserted", "inferred")
}


@pytest.mark.parametrize("case", CASES["case"], ids=IDS)
def test_a_question_has_the_answer_that_the_evidence_determines(case: dict[str, Any]) -> None:
    for part, found in zip(case["part"], ask(shipped(), case), strict=True):
        assert found == (part["answer"] if "way_to" in part["read"] else sorted(part["answer"])), part["run"]
        assert not set(found) & set(part.get("must_not", ())), part["run"]


@pytest.mark.parametrize("case", CASES["case"], ids=IDS)
@pytest.mark.ci
def test_without_the_facts_of_its_claims_the_answer_is_another(case: dict[str, Any], tmp_path: Path) -> None:
    base = shipped().base
    less = without(base.ontology, case["claims"], case.get("claims_too", False))
    if case["kind"] == "sparql":
        less = in_one_file(base.ontology, less, tmp_path / "less.nt")
    assert len(less.facts) < len(base.ontology.facts)
    kb = Reasoned(StatedKnowledge(less, base.rules, less.sha256))
    assert kb.graph.routes, "what is left is a sound knowledge base"
    found = ask(kb, case, reduced=True)
    changed = [set(part["answer"]) != set(answer) for part, answer in zip(case["part"], found, strict=True)]
    assert any(changed)
    assert [
        part["run"] for part, new in zip(case["part"], changed, strict=True) if not new and "stays" not in part
    ] == []


def test_no_question_is_lost_or_asked_twice() -> None:
    assert len(IDS) == len(set(IDS))
    assert len(IDS) >= ATTEMPTED


def test_the_claims_of_every_question_are_in_the_knowledge_base() -> None:
    known = shipped().base.claims
    assert [(case["id"], claim) for case in CASES["case"] for claim in case["claims"] if claim not in known] == []
