"""Hypotheses over random knowledge: what nothing speaks against stands first, and what speaks against one is known."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.answers.missing.abduce import Abduction, abduce, rows
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.resolving import conclusion_request
from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from tests.oracles import random_reading
from tests.properties.random_knowledge import Knowledge

QUICK = settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
ASKED = ("breaksRoute({0}, route0)", "narrowsRoute({0}, route0)", "opensRoute({0}, route0)", "dislodges({0}, {1})",
         "on(interaction0)", "off(interaction0)")  # fmt: skip


def abduced(example: Knowledge, reasoned: Reasoned, text: str) -> Abduction:
    q = example.question
    where = ScenarioRequest(q.cell, q.disease, q.states, q.background)
    conclusion, request = conclusion_request(reasoned, text.format("+".join(q.regimen), q.cell), where)
    return abduce(reasoned, conclusion, request, largest=1)


def check_ranking(found: Abduction) -> None:
    """Among sets of one size none that nothing speaks against stands after one that something speaks against."""
    places = [(len(chosen), any(h.against for h in chosen)) for chosen in found.sets]
    assert places == sorted(places)


def check_objections(reasoned: Reasoned, found: Abduction) -> None:
    """What speaks against a hypothesis is a fact of the knowledge base, or one against which claims stand."""
    for chosen in found.sets:
        for hypothesis in chosen:
            assert len(set(hypothesis.against)) == len(hypothesis.against)
            for objection in hypothesis.against:
                assert objection.text
                assert objection.fact in reasoned.closure or objection.claims
            denied = {s.fact for s in reasoned.graph.statements if not s.holds}
            for fact in hypothesis.facts:
                opposite = Fact("deniedIn", fact.subject, fact.object)
                if fact.predicate == "givenIn" and opposite in denied:
                    assert opposite in {objection.fact for objection in hypothesis.against}
    for row in rows(found):
        assert bool(row["against"]) == bool(row["objections"])
        assert {name for o in row["objections"] for name in o["against"]} == set(row["against"])


@QUICK
@given(random_reading.knowledge(), st.sampled_from(ASKED))
def test_what_nothing_speaks_against_stands_first(example, text):
    reasoned = example.reasoned()
    found = abduced(example, reasoned, text)
    check_ranking(found)
    check_objections(reasoned, found)


@pytest.mark.slow
@settings(QUICK, max_examples=400)
@given(random_reading.knowledge(), st.sampled_from(ASKED))
def test_hypotheses_of_hundreds_of_knowledge_bases_are_ranked(example, text):
    reasoned = example.reasoned()
    found = abduced(example, reasoned, text)
    check_ranking(found)
    check_objections(reasoned, found)


@QUICK
@given(random_reading.knowledge())
def test_a_denial_moves_a_hypothesis_behind_the_others(example):
    """What is given by a hypothesis, denied in the knowledge base, is opposed from then on."""
    reasoned = example.reasoned()
    given = [h for chosen in abduced(example, reasoned, "on(interaction0)").sets for h in chosen if h.kind == "given"]
    for hypothesis in given[:2]:
        (fact,) = hypothesis.facts
        again = abduced(example, reasoned.adding([Fact("deniedIn", fact.subject, fact.object)]), "on(interaction0)")
        check_ranking(again)
        assert all(h.against for chosen in again.sets for h in chosen if h.facts == (fact,))
