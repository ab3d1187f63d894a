"""Suppositions over random knowledge bases: taken back they leave no trace, and papers left out only take away."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reasoner.answers.assess import assess
from reasoner.answers.course import asked
from reasoner.answers.holding import look
from reasoner.answers.missing.abduce import abduce, rule_form
from reasoner.answers.robustness import robustness
from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.supposition import Supposition
from reasoner.asking.what_if import suppose
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.model.atom import Fact
from tests.properties.random_knowledge import (
    AGENTS,
    CELLS,
    DISEASES,
    MOLECULES,
    Knowledge,
    all_rules,
    knowledge,
    shipped_rule_list,
    vocabulary,
)

QUICK = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=300)
PAPERS = ("paper0", "paper1", "paper2", "paper3")
#: Facts that claims may stand beside.
CLAIMED = ("requires", "promotes", "suppresses", "givenIn", "deniedIn", "needs", "hasTarget", "retains", "againstCell",
           "fromTherapy", "keepsQuiescent", "hasReceptor", "memberOf")  # fmt: skip


def request_of(example: Knowledge) -> ScenarioRequest:
    asked_of = example.question
    return ScenarioRequest(asked_of.cell, asked_of.disease or DISEASES[0], asked_of.states, asked_of.background)


def conclusions(example: Knowledge) -> list[Conclusion]:
    """What may be asked of the scenario: outcomes, what happens to routes, activities."""
    regimen, cell = example.question.regimen, example.question.cell
    routes = example.members("NicheRoute")
    found = [Conclusion(outcome, (cell,), regimen) for outcome in ("dislodges", "awakens", "sensitises")]
    found += [Conclusion(done, (r,), regimen) for r in routes for done in ("breaksRoute", "opensRoute", "narrowsRoute")]
    names = [f.subject for f in example.facts if f.predicate == "givenIn"]
    return found + [Conclusion(state, (name,)) for name in sorted(set(names))[:2] for state in ("on", "off")]


@st.composite
def additions(draw: st.DrawFn) -> list[Fact]:
    """Whole statements that a question may assume."""
    facts = [Fact("Agent", "new_agent"), Fact("Action", "new_action"), Fact("hasAgent", "new_action", "new_agent")]
    facts += [Fact("hasAgent", "new_action", agent) for agent in draw(st.sets(st.sampled_from(AGENTS), max_size=1))]
    facts += [Fact("hasTarget", "new_action", draw(st.sampled_from(MOLECULES)))]
    facts += [Fact("hasMode", "new_action", draw(st.sampled_from(["block", "restore", "supply"])))]
    if draw(st.booleans()):
        facts += [Fact("Killing", "new_killing"), Fact("hasAgent", "new_killing", draw(st.sampled_from(AGENTS)))]
        facts += [Fact("againstCell", "new_killing", draw(st.sampled_from(CELLS)))]
    if draw(st.booleans()):
        facts += [Fact("retains", "route0", draw(st.sampled_from(CELLS)))]
    return facts


def claimed(example: Knowledge, chosen: dict[int, list[list[int]]]) -> Reasoned:
    """The knowledge base with claims beside some of its facts; each claim rests on papers."""
    beside = [fact for fact in example.facts if fact.predicate in CLAIMED]
    facts, notes = [Fact("Paper", paper) for paper in PAPERS], {}
    for number, claims in chosen.items():
        if number < len(beside):
            names = [f"claim{number}_{place}" for place in range(len(claims))]
            notes[beside[number]] = [("supportedBy", name) for name in names]
            for name, papers in zip(names, claims, strict=True):
                facts.append(Fact("Evidence", name))
                facts += [Fact("citesPaper", name, PAPERS[paper]) for paper in papers]
    words = vocabulary()
    everything = replace(words, facts=[*words.facts, *example.facts, *facts], axiom_annotations=notes)
    kb = Reasoned(StatedKnowledge(everything, shipped_rule_list(), "ab" * 32))
    kb.__dict__["rules"] = all_rules()
    return kb


#: For some facts, by number, one or two claims, each resting on one or two papers.
CLAIMS = st.dictionaries(
    st.integers(0, 40),
    st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=2, unique=True), min_size=1, max_size=2),
    min_size=4,
    max_size=30,
)


# --- adding and taking back -------------------------------------------------------------------------------------------


def check_taken_back(example: Knowledge, facts: list[Fact]) -> None:
    kb = example.reasoned()
    new = [fact for fact in facts if fact not in kb.closure]
    back = Reasoned(kb.base.adding(new).without(new), kb.supposed)
    assert set(back.closure) == set(kb.closure)
    request = request_of(example)
    assert assess(back, example.question.regimen, request) == assess(kb, example.question.regimen, request)


def check_assumed_as_stated(example: Knowledge, facts: list[Fact]) -> None:
    kb = example.reasoned()
    assumed = suppose(kb, Supposition(assume=tuple(rule_form(fact) for fact in facts)))
    stated = replace(example, facts=tuple(dict.fromkeys((*example.facts, *facts)))).reasoned()
    assert set(assumed.closure) == set(stated.closure)


def check_kept_out(example: Knowledge) -> None:
    kb = example.reasoned()
    derived = sorted((f for f in kb.closure if not kb.closure.is_asserted(f)), key=str)
    for fact in derived[:: max(1, len(derived) // 3)]:
        other = Reasoned(kb.base.without([fact])).closure
        assert fact not in other
        assert set(other) < set(kb.closure)


# --- papers -----------------------------------------------------------------------------------------------------------


def check_papers_take_away(kb: Reasoned) -> None:
    """Facts and claims beside them only go; in whatever order papers go, the same is left."""
    less, least = kb.base.without_papers(PAPERS[:1]), kb.base.without_papers(PAPERS[:2])
    assert set(least.ontology.facts) <= set(less.ontology.facts) <= set(kb.base.ontology.facts)
    for smaller, larger in ((less, kb.base), (least, less)):
        assert smaller.annotated.keys() <= larger.annotated.keys()
        for fact, support in smaller.annotated.items():
            assert set(support.supported) <= set(larger.support(fact).supported)
            assert support.supported
    for order in (PAPERS[:2], PAPERS[1::-1]):
        one_by_one = kb.base.without_papers(order[:1]).without_papers(order[1:])
        assert set(one_by_one.ontology.facts) == set(least.ontology.facts)
        assert one_by_one.annotated == least.annotated
    assert not Reasoned(least).closure.members("nothing")  # what is left can be reasoned with


def check_robustness(example: Knowledge, kb: Reasoned, conclusion: Conclusion) -> None:
    """The sets that topple a conclusion are those of a search through all sets."""
    request = request_of(example)
    found = robustness(kb, conclusion, request)
    if not found["holds"]:
        assert found["toppled_by"] == []
        return
    toppling: list[set[str]] = []
    for size in (1, 2):
        for papers in combinations(PAPERS, size):
            if not any(known <= set(papers) for known in toppling) and not holds(kb, papers, conclusion, request):
                toppling.append(set(papers))
    assert [set(papers) for papers in found["toppled_by"]] == sorted(toppling, key=lambda s: (len(s), sorted(s)))


def holds(kb: Reasoned, papers: Iterable[str], conclusion: Conclusion, request: ScenarioRequest) -> bool:
    with asked(Reasoned(kb.base.without_papers(papers)), conclusion, request) as (wider, taken):
        return look(wider, conclusion, taken).holds


# --- nearest misses ---------------------------------------------------------------------------------------------------


def check_abduced(example: Knowledge, conclusion: Conclusion) -> None:
    """Each set makes the conclusion hold when it is written down and read again, and no part of it does."""
    kb, request = example.reasoned(), request_of(example)
    with asked(kb, conclusion, request) as (wider, taken):
        if look(wider, conclusion, taken).holds:
            return
    for chosen in abduce(kb, conclusion, request).sets[:6]:
        for size in range(len(chosen) + 1):
            for part in combinations(chosen, size):
                assume_facts = tuple(rule_form(fact) for hypothesis in part for fact in hypothesis.facts)
                retract = tuple(rule_form(fact) for hypothesis in part for fact in hypothesis.retracted)
                other = suppose(kb, Supposition(assume=assume_facts, retract=retract))
                with asked(other, conclusion, request) as (wider, taken):
                    assert look(wider, conclusion, taken).holds == (size == len(chosen)), (conclusion, part)


# --- steps ------------------------------------------------------------------------------------------------------------


def check_steps(example: Knowledge) -> None:
    """A step that changes nothing in the cell gives nothing to the next; a reached state acts on that cell alone."""
    question = example.question
    resting = replace(
        example,
        facts=tuple(Fact("QuiescenceProcess", *f[1:]) if f == Fact("Process", "process") else f for f in example.facts),
    )
    kb, request = resting.reasoned(), request_of(example)
    first, *rest = question.regimen
    plain = assess(kb, rest, request)
    stepped = assess(kb, rest, replace(request, earlier=((first,),)))
    (step,) = stepped["steps"]
    assert step["regimen"] == [first] * (first not in question.background)
    own = {row["outcome"] for row in assess(kb, [first], request)["outcomes"] if row["derived"] == "yes"}
    assert bool(step["reached"]) == bool(own & {"dislodges", "awakens"})
    if not step["reached"]:
        assert {**stepped, "steps": []} == plain
    for row in stepped["activities"]:
        assert row["before"] == next(
            (p["before"] for p in plain["activities"] if p["activity"] == row["activity"]), row["before"]
        )


# --- quick and long ---------------------------------------------------------------------------------------------------


@QUICK
@given(knowledge(), additions())
def test_what_is_assumed_and_taken_back_leaves_equal_answers(example: Knowledge, facts: list[Fact]) -> None:
    check_taken_back(example, facts)


@QUICK
@given(knowledge(), additions())
def test_what_is_assumed_counts_as_if_a_file_had_stated_it(example: Knowledge, facts: list[Fact]) -> None:
    check_assumed_as_stated(example, facts)


@QUICK
@given(knowledge())
def test_a_fact_that_is_kept_out_never_holds(example: Knowledge) -> None:
    check_kept_out(example)


@QUICK
@given(knowledge(), CLAIMS)
def test_papers_that_are_left_out_only_take_evidence_away(
    example: Knowledge, chosen: dict[int, list[list[int]]]
) -> None:
    check_papers_take_away(claimed(example, chosen))


@QUICK
@given(knowledge(), CLAIMS, st.data())
def test_what_topples_a_conclusion_is_found_as_by_trying_every_set(
    example: Knowledge, chosen: dict[int, list[list[int]]], data: st.DataObject
) -> None:
    check_robustness(example, claimed(example, chosen), data.draw(st.sampled_from(conclusions(example))))


@QUICK
@given(knowledge(), st.data())
def test_every_nearest_miss_makes_the_conclusion_hold_and_no_part_of_it_does(
    example: Knowledge, data: st.DataObject
) -> None:
    check_abduced(example, data.draw(st.sampled_from(conclusions(example))))


@QUICK
@given(knowledge())
def test_a_step_gives_to_the_next_what_it_reached_and_nothing_else(example: Knowledge) -> None:
    check_steps(example)


@pytest.mark.slow
@LONG
@given(knowledge(), CLAIMS, additions(), st.data())
def test_all_of_it_at_length(
    example: Knowledge, chosen: dict[int, list[list[int]]], facts: list[Fact], data: st.DataObject
) -> None:
    check_taken_back(example, facts)
    check_assumed_as_stated(example, facts)
    check_kept_out(example)
    check_steps(example)
    kb, conclusion = claimed(example, chosen), data.draw(st.sampled_from(conclusions(example)))
    check_papers_take_away(kb)
    check_robustness(example, kb, conclusion)
    check_abduced(example, conclusion)
