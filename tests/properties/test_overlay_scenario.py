"""Asking leaves no trace: scenarios are laid over the closure and taken away again, whole."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.answers.assess import assess
from reasoner.asking.placing import with_hypotheses
from reasoner.asking.requests import ScenarioRequest
from reasoner.closure.saturate import Closure
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.place import Place
from reasoner.scenario.assessment import Assessment
from tests.properties.random_knowledge import Knowledge, Question, knowledge

QUICK = settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1_000)
MODES = ("block", "lower", "restore", "supply")


def state(closure: Closure) -> tuple[int, list[Any]]:
    """What a closure holds, in its order, with the derivation of every fact."""
    return len(closure), [(fact, closure.is_asserted(fact), closure.derivation(fact)) for fact in closure]


def document(kb: Reasoned, question: Question) -> dict[str, Any]:
    request = ScenarioRequest(question.cell, question.disease or "disease0", question.states, question.background)
    return assess(kb, question.regimen, request)


def check_overlay(example: Knowledge) -> None:
    kb = example.reasoned()
    before = state(kb.closure)
    assessment = example.assessment(kb)
    with assessment.concluded() as closure:
        assert len(closure) > before[0]
        inside = state(closure)
        with example.assessment(kb).concluded():
            assert state(closure) == inside, "the same assessment once more adds nothing"
        assert state(closure) == inside
    assert state(kb.closure) == before
    assert assessment.conclusions == assessment.conclusions
    assert state(kb.closure) == before


def check_hypotheses(example: Knowledge, mode: str) -> None:
    kb = example.reasoned()
    plain = document(kb, example.question)
    before, agents = state(kb.closure), kb.graph.agents
    target = sorted(kb.graph.activities)[-1]
    with with_hypotheses(kb, [f"{mode}:{target}", f"block:{target}"]) as wider:
        assert set(wider.graph.agents) > set(agents)
        with with_hypotheses(wider, ["block:mol0"]) as widest:
            assert "block:mol0" in widest.graph.agents
        assert "block:mol0" not in kb.closure.members("Agent")
    assert (state(kb.closure), kb.graph.agents) == (before, agents)
    assert document(kb, example.question) == plain


def check_documents(example: Knowledge) -> None:
    """Whatever was asked before, the same question has the same answer."""
    question = example.question
    alone = Question(question.cell, question.disease, question.states, (), question.regimen[:1])
    hypothetical = Question(question.cell, question.disease, question.states, (), ("block:mol1",))
    questions = [question, alone, hypothetical]
    answers = [document(example.reasoned(), q) for q in questions]
    for order in permutations(range(len(questions))):
        kb = example.reasoned()
        assert [document(kb, questions[i]) for i in order] == [answers[i] for i in order]


@QUICK
@given(knowledge())
def test_concluding_leaves_the_closure_as_it_was(example):
    check_overlay(example)


@QUICK
@given(knowledge(), st.sampled_from(MODES))
def test_a_hypothetical_agent_leaves_no_trace(example, mode):
    check_hypotheses(example, mode)


@settings(QUICK, max_examples=6)
@given(knowledge())
def test_assessments_in_any_order_give_equal_documents(example):
    check_documents(example)


@pytest.mark.slow
@LONG
@given(knowledge(), st.sampled_from(MODES))
def test_thousands_of_questions_leave_no_trace(example, mode):
    check_overlay(example)
    check_hypotheses(example, mode)
    check_documents(example)


# --- the shipped knowledge --------------------------------------------------------------------------------------------


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


def ask(agents: tuple[str, ...], cell: str, **words: Any) -> Callable[[Reasoned], dict[str, Any]]:
    return lambda kb: assess(kb, agents, ScenarioRequest(cell, **words))


#: Questions whose scenarios share agents, places, killers and hypothetical agents.
QUESTIONS = (
    ask(("plerixafor", "imatinib"), "CML_LSC"),
    ask(("imatinib",), "CML_LSC", states=("T315I",)),
    ask(("plerixafor",), "CML_LSC", background=("imatinib",)),
    ask(("block:CXCR4", "imatinib"), "CML_LSC"),
    ask((), "HSC", states=("normal_marrow",)),
)


def test_the_shipped_closure_is_as_it_was_after_a_conclusion():
    kb = shipped()
    before = state(kb.closure)
    for regimen in (("plerixafor", "imatinib"), ("imatinib",), ()):
        assessment = Assessment(kb, Place("CML_LSC", "CML"), (), regimen)
        with assessment.concluded():
            pass
        assert assessment.conclusions is not None
    assert state(kb.closure) == before


def test_shipped_documents_do_not_depend_on_what_was_asked_before():
    first = [question(Reasoned(shipped().base)) for question in QUESTIONS]
    backwards = [question(shipped()) for question in reversed(QUESTIONS)]
    again = [question(shipped()) for question in QUESTIONS]
    assert first == backwards[::-1] == again


def answer_bytes(seed: int) -> bytes:
    """The answer of the command line, with names hashed in another way."""
    words = ["-m", "reasoner", "assess", "imatinib", "plerixafor", "--cell", "CML_LSC", "--with-agent", "bortezomib"]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    root = Path(__file__).resolve().parents[2]
    return subprocess.run([sys.executable, *words, "--json"], env=environment, cwd=root, capture_output=True).stdout


def test_an_answer_is_the_same_bytes_however_names_are_hashed():
    first = answer_bytes(0)
    assert json.loads(first)["command"] == "assess"
    assert {answer_bytes(seed) for seed in (1, 2)} == {first}


@pytest.mark.slow
def test_an_answer_is_the_same_bytes_in_twenty_runs():
    assert len({answer_bytes(seed) for seed in range(20)}) == 1
