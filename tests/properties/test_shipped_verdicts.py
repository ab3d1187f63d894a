"""The laws of verdicts over the shipped agents and cells."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import chain, pairwise
from typing import Any

import pytest

from reasoner.answers.assess import assess
from reasoner.asking.requests import ScenarioRequest
from reasoner.model.atom import Fact
from reasoner.scenario.verdict import PREDICTED
from tests.properties.judged import (
    Regimen,
    fitting,
    judged_rows,
)
from tests.properties.random_evidence import (
    facts_of,
)
from tests.properties.verdict_laws import (
    check_breaks,
    check_combine,
    check_kept,
    check_one_word,
    check_statuses,
    check_untested,
    check_whole,
    is_opposed,
    untested,
)
from tests.units.sample_scenarios import kb as shipped

#: Cells with an agent that acts against them, which is given beside each other agent.
PLACES = (
    (ScenarioRequest("CML_LSC", "CML"), "imatinib"),
    (ScenarioRequest("CML_progenitor", "CML"), "imatinib"),
    (ScenarioRequest("Tumour_cell", "Cancer"), "chemotherapy"),
)
PLACE_NAMES = [str(request.cell) for request, _ in PLACES]
every_place = pytest.mark.parametrize(("request_", "killer"), PLACES, ids=PLACE_NAMES)


@cache
def shipped_assessment(regimen: Regimen, request: ScenarioRequest) -> Any:
    return fitting(assess(shipped(), regimen, request))


def shipped_regimens(killer: str) -> list[Regimen]:
    agents = sorted(shipped().graph.givable)
    return [(killer,), *chain.from_iterable(((a,), (a, killer)) for a in agents if a != killer)]


@every_place
def test_shipped_conclusions_have_words_and_untested_agents_no_support(request_: ScenarioRequest, killer: str) -> None:
    silent = untested(shipped())
    for regimen in shipped_regimens(killer):
        document = shipped_assessment(regimen, request_)
        for where, row in judged_rows(document):
            check_whole(where, row)
        if silent.issuperset(regimen):
            check_untested(document)


@every_place
def test_shipped_opposition_is_kept(request_: ScenarioRequest, killer: str) -> None:
    """In the cells above, below and beside, with one agent more or less, by classes and members, in steps, lesioned."""
    kb = shipped()
    looked = 0
    for regimen in shipped_regimens(killer):
        before = shipped_assessment(regimen, request_)
        if not is_opposed(before):
            continue
        looked += 1
        for cell in ("CML_LSC", "CML_progenitor", "Leukemic_cell", "Leukemic_myeloid_cell"):
            check_kept(kb, before, regimen, replace(request_, cell=cell))
        for more in ("nilotinib", "curcumin", "plerixafor"):
            if more in kb.graph.agents and more not in regimen:
                check_kept(kb, before, (*regimen, more), request_)
        for agent in regimen:
            rest = tuple(a for a in regimen if a != agent)
            if rest:
                check_kept(kb, before, rest, request_)
                check_kept(kb, before, (agent,), replace(request_, earlier=(rest,)))
            for other in {*kb.graph.classes_of(agent), *kb.graph.members_of(agent)} - {*regimen}:
                check_kept(kb, before, tuple(other if a == agent else a for a in regimen), request_)
        for lesion in sorted(kb.closure.members("Lesion")):
            check_kept(kb, before, regimen, replace(request_, states=(lesion,)))
    assert looked or request_.disease != "CML"


@every_place
def test_every_command_has_one_word_for_a_shipped_conclusion(request_: ScenarioRequest, killer: str) -> None:
    for regimen in shipped_regimens(killer)[::17]:
        check_one_word(shipped(), regimen, request_)
    check_statuses(shipped(), replace(request_, background=(killer,)))
    check_breaks(shipped(), replace(request_, background=(killer,)))


def test_what_combine_says_of_shipped_regimens_is_what_assess_does() -> None:
    for background in (("imatinib",), ("imatinib", "plerixafor")):
        check_combine(shipped(), ScenarioRequest("CML_LSC", "CML", background=background))


def test_shipped_twins_without_claims_are_never_supported() -> None:
    """Of each shipped agent another with its actions, of no class and in no observation; alone, and with each other."""
    kb = shipped()
    twins: list[Fact] = []
    for action in sorted(kb.closure.members("Action")):
        parts = [(p, str(o)) for p in ("hasTarget", "hasMode", "holdsIn") for o in kb.closure.objects(p, action)]
        for agent in map(str, kb.closure.objects("hasAgent", action)):
            twins += facts_of("Agent", f"twin_{agent}") + facts_of("Action", f"twin_{agent}_{action}")
            twins += [Fact("hasAgent", f"twin_{agent}_{action}", f"twin_{agent}")]
            twins += [Fact(p, f"twin_{agent}_{action}", o) for p, o in parts]
    wider = kb.adding(dict.fromkeys(twins))
    silent = sorted(a for a in untested(wider) if a.startswith("twin_"))
    assert len(silent) > 20
    words: set[str] = set()
    for regimen in [*((agent,) for agent in silent), *pairwise(silent), ("twin_plerixafor",)]:
        document = assess(wider, regimen, ScenarioRequest("CML_LSC", "CML"))
        check_untested(document)
        words.update(row["verdict"] for row in document["outcomes"])
    assert PREDICTED in words
