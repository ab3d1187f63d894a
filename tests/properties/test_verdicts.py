"""What holds of every verdict, over random claims (``random_evidence.py``): a word, its opposing claims and its scope.

One word stands for one conclusion in every command, and untested agents are never called supported.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given

from reasoner.answers.breaks import breaks
from reasoner.answers.combine import combine
from reasoner.answers.matrix import matrix
from reasoner.answers.robustness import robustness
from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.inference.reasoned import Reasoned
from reasoner.scenario.verdict import rank
from reasoner.views.documents import render
from reasoner.views.look import Look
from reasoner.views.phrases import DISPUTE
from tests.properties.judged import (
    SHOWN_HERE,
    WORDS,
    Regimen,
    assessed,
    documents,
    fitting,
    judged_rows,
    of_examples,
    opposing,
    row_of,
    worth_of,
)
from tests.properties.random_evidence import (
    KILLER,
    STEM,
    Said,
    Seen,
    World,
    blocking,
    facts_of,
    small_world,
    worlds,
)
from tests.properties.verdict_laws import (
    check_breaks,
    check_combine,
    check_one_word,
    check_statuses,
    check_untested,
    check_whole,
    check_word,
    untested,
)

# --- no conclusion without a word, its opposing claims and its scope --------------------------------------------------


def check_words(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> None:
    for document in documents(kb, regimen, request):
        fitting(document)
        for where, row in judged_rows(document):
            check_whole(where, row)
        if document["command"] == "combine":
            for row in chain(document["regimens"], document["front"]):
                if row["closing"]:
                    check_word("combine", row)
        for completer in document["completion"]["completers"] if document["command"] == "escapes" else ():
            check_word("completion", completer)
        check_least(document)
        check_printed(document)


def check_least(document: Any) -> None:
    """A document of several conclusions says no more than the one of them known worst."""
    outcomes = [row for row in document.get("outcomes", ()) if row["derived"] == "yes"]
    rows = {"assess": outcomes, "breaks": document["answers"], "escapes": document["answers"]}
    for row in rows.get(document["command"], ()):
        assert rank(document["verdict"]) >= rank(row["verdict"]), (document["command"], row)


def check_printed(document: Any) -> None:
    """What speaks against a conclusion stands on the page, and in the table for programs; a matrix has a star."""
    page, table = (render(document, form, Look(width=80)) for form in ("table", "csv"))
    for where, row in judged_rows(document):
        against = {*row["against"], *row["against_elsewhere"]}
        if document["command"] == "matrix" and against:
            assert DISPUTE in page
        for text in (table,) if document["command"] == "matrix" else (page, table):
            missing = {claim for claim in against if not re.search(rf"\b{claim}\b", text)}
            assert not missing, (where, missing, text)


@pytest.mark.quick
@of_examples(50)
@given(worlds())
def test_every_conclusion_has_a_word_its_opposing_claims_and_its_scope(world: World) -> None:
    check_words(world.reasoned(), world.regimen, world.request)


# --- 5: one word for one conclusion -----------------------------------------------------------------------------------


@pytest.mark.quick
@of_examples(60)
@given(worlds())
def test_every_command_has_one_word_for_one_conclusion(world: World) -> None:
    check_one_word(world.reasoned(), world.regimen, world.request)


@pytest.mark.quick
@of_examples(60)
@given(worlds(most=2, named=True))
def test_breaks_combine_and_statuses_agree_with_assess(world: World) -> None:
    request = replace(world.request, background=(KILLER,))
    check_statuses(world.reasoned(), request)
    check_breaks(world.reasoned(), world.request)
    check_breaks(world.reasoned(), request)
    check_combine(world.reasoned(), request)
    check_combine(world.reasoned(), world.request)


# --- 7: what nobody tested is supported by nothing --------------------------------------------------------------------


@pytest.mark.quick
@of_examples(80)
@given(worlds())
def test_no_regimen_of_untested_agents_is_supported_or_contested(world: World) -> None:
    new = [*facts_of("Agent", "newA"), *blocking("newA", "molM"), *facts_of("Agent", "newB"), *blocking("newB", "wayN")]
    kb = world.changed(mechanism=(*world.mechanism, *new)).reasoned()
    agents = sorted(untested(kb))
    assert {"newA", "newB"} <= {*agents}
    for regimen in (("newA",), ("newA", "newB"), tuple(agents)):
        check_untested(assessed(kb, regimen, world.request))
    wish = Wish(max_size=2, only=tuple(agents))
    for row in (own for key in ("regimens", "front") for own in combine(kb, world.request, wish)[key]):
        assert row["verdict"] not in SHOWN_HERE and (row["patients"] or {}).get("verdict") not in SHOWN_HERE


# --- where the engine does otherwise ----------------------------------------------------------------------------------

DISPUTED = Seen("seen", "dislodgement", ("drugA",), (STEM,), ("dysA",), said=(Said("CL1"), Said("CL2", "opposedBy")))


@pytest.mark.quick
def test_a_regimen_over_a_background_that_closes_everything_has_a_word() -> None:
    world = small_world(DISPUTED)
    told = combine(world.reasoned(), replace(world.request, background=("drugA",)), Wish())
    (row,) = told["regimens"]
    assert row["verdict"] in WORDS
    assert "CL2" in (*row["against"], *row["against_elsewhere"])


@pytest.mark.quick
def test_opposition_by_a_benefit_is_kept_where_nothing_is_derived() -> None:
    failed = Seen(
        "seen", "benefit", ("drugA", "drugK"), (), ("dysA",), said=(Said("CL2", "opposedBy", tier="clinical"),)
    )
    world = small_world(failed, regimen=("drugA", "drugK"))
    before, after = (assessed(world.reasoned(), own, world.request) for own in (world.regimen, ("drugK",)))
    assert opposing(before, "dislodges") == {"CL2"}
    assert opposing(after, "dislodges") == {"CL2"}


@pytest.mark.quick
def test_the_other_papers_of_a_review_go_on_counting() -> None:
    """Of two papers one is loaded: the review's claim goes on standing, and two distinct papers stand for it."""
    review = Said("CL1", tier="review_statement", papers=("PA", "PB"))
    primary = Said("CL2", papers=("PA",), restates=("CL1",))
    world = small_world(Seen("seen", "dislodgement", ("drugA",), said=(review, primary)))
    papers = [own for name in ("PA", "PB") for own in facts_of("Paper", name)]
    kb = world.changed(mechanism=(*world.mechanism, *papers)).reasoned()
    row = row_of(assessed(kb, ("drugA",), world.request), "outcome", "dislodges")
    assert row is not None and row["for"] == ["CL1", "CL2"]
    assert row["papers"]["for"] == 2


@pytest.mark.quick
def test_breaks_tells_of_the_routes_of_the_cell() -> None:
    world = small_world(retained=STEM, cell="kindX")
    whole = assessed(world.reasoned(), ("drugA",), world.request)
    (analogy,) = whole["analogies"]
    for row in breaks(world.reasoned(), world.request, agents=["drugA"])["answers"]:
        assert worth_of(row) == worth_of(analogy)  # by analogy; and explain breaks(drugA, routeR) says not derived


@pytest.mark.quick
@pytest.mark.parametrize("command", ["matrix", "robustness"])
def test_every_document_tells_opposing_claims_and_scope(command: str) -> None:
    world = small_world(DISPUTED)
    kb, asked = world.reasoned(), Conclusion("dislodges", (STEM,), ("drugA",))
    if command == "matrix":
        rows = matrix(kb, [(("drugA",), world.request)], world.request)["answers"][0]["routes"]
    else:
        rows = [robustness(kb, asked, world.request, largest=0)]
    for row in rows:
        check_whole(command, row)
