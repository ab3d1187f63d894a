"""A negative result improves no word, a positive one worsens none, and papers count once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from reasoner.answers.assess import outcome
from reasoner.answers.course import course
from reasoner.inference.reasoned import Reasoned
from reasoner.scenario.judging import Judge
from reasoner.scenario.verdict import BY_ANALOGY, CONJECTURED, NOT_DERIVED, NOT_TESTED, ORDER, PREDICTED, rank
from tests.properties.judged import (
    SIDES,
    WORDS,
    Regimen,
    Row,
    of_examples,
    regimens_of,
)
from tests.properties.random_evidence import (
    OTHER,
    Said,
    Seen,
    World,
    drawn_observation,
    facts_of,
    worlds,
)

# --- 3: results move words in their own direction ---------------------------------------------------------------------

#: Every word in one order, whether something is derived or not: those that say nothing of claims stand together.
_SILENT = frozenset({PREDICTED, BY_ANALOGY, CONJECTURED, "undetermined", NOT_DERIVED, NOT_TESTED})
_PLACES = {"reported": "supported", "refuted": "opposed"} | dict.fromkeys(_SILENT, PREDICTED)
_BESIDE = {"shown_elsewhere": 0, None: 1, "disputed_elsewhere": 2}


def standing(row: Row) -> tuple[int, int]:
    """The place of the words of a row: the best first."""
    word = row["verdict"]
    return rank(_PLACES.get(word, word)), _BESIDE[row["elsewhere"]]


def test_every_word_has_a_place() -> None:
    assert {_PLACES.get(word, word) for word in WORDS} <= {*ORDER}


def all_words(kb: Reasoned, world: World, regimens: Sequence[Regimen]) -> dict[tuple[Any, ...], Row]:
    """Every outcome of regimens at the place of a world, told or not, and every route that they close."""
    found: dict[tuple[Any, ...], Row] = {}
    for regimen in regimens:
        with course(kb, world.request, regimen) as taken:
            judge = Judge(taken.reasoned, taken.assessment())
            concluded = {(f.predicate, str(f.object)) for f in judge.assessment.conclusions}
            for told in kb.outcomes.of_routes:
                here = (told.predicate, world.cell)
                found[regimen, told.predicate] = outcome(judge, *here, here in concluded)
            for own in judge.scenario.routes:
                if own.status == "broken" or own.narrowed:
                    found[regimen, own.route.name] = judge.route(own)
    return found


@st.composite
def loaded(draw: st.DrawFn, side: str) -> tuple[World, World]:
    """A world, and the same with one further result on a side: beside an observation of it, or a new one."""
    world = draw(worlds())
    clinical = draw(st.booleans())
    endpoint = draw(st.sampled_from(("", "survival"))) if clinical else ""
    new = Said("CLnew", side, tier="clinical" if clinical else "in_vivo", endpoint=endpoint, papers=("PA",))
    place = draw(st.integers(-1, len(world.seen) - 1))
    if place < 0:
        own = drawn_observation(draw, "seen_new", world.mechanism, world.regimen)
        return world, world.changed(seen=(*world.seen, replace(own, said=(new,))))
    wider = replace(world.seen[place], said=(*world.seen[place].said, new))
    return world, world.changed(seen=(*world.seen[:place], wider, *world.seen[place + 1 :]))


def check_moved(before: World, after: World, *, worse: bool) -> None:
    regimens = regimens_of(before)
    old, new = [all_words(world.reasoned(), before, regimens) for world in (before, after)]
    assert old.keys() == new.keys()
    for key, row in old.items():
        assert row["derived"] == new[key]["derived"]
        ends = {own["endpoint"]: own["verdict"] for own in row["patients"]["endpoints"]}
        pairs = [(row, new[key]), (row["patients"], new[key]["patients"])]
        pairs += [
            ({"verdict": ends.get(own["endpoint"], NOT_TESTED), "elsewhere": None}, {**own, "elsewhere": None})
            for own in new[key]["patients"]["endpoints"]
        ]
        for was, now in pairs:
            if standing(was)[0] != standing(now)[0]:
                event(f"{was['verdict']} to {now['verdict']}")
            moved = standing(now) >= standing(was) if worse else standing(now)[0] <= standing(was)[0]
            assert moved, f"{key}: {was['verdict']} became {now['verdict']}"


@pytest.mark.quick
@of_examples(70)
@given(loaded("opposedBy"))
def test_a_negative_result_improves_no_word(pair: tuple[World, World]) -> None:
    check_moved(*pair, worse=True)


@pytest.mark.quick
@of_examples(70)
@given(loaded("supportedBy"))
def test_a_positive_result_worsens_no_word(pair: tuple[World, World]) -> None:
    check_moved(*pair, worse=False)


# --- 4: a claim counts once -------------------------------------------------------------------------------------------


@st.composite
def restated(draw: st.DrawFn) -> tuple[World, World, bool]:
    """A world with a review's claim, the same with the primary that it restates, and whether both say one thing."""
    world = draw(worlds())
    near = Seen("seen_near", "dislodgement", world.regimen, (), (world.disease,))
    own = near if draw(st.booleans()) else drawn_observation(draw, "seen_near", world.mechanism, world.regimen)
    review = Said("CLreview", draw(st.sampled_from(tuple(OTHER))), tier="review_statement", papers=("PA",))
    before = world.changed(seen=(*world.seen, replace(own, said=(review,))))
    own_paper = draw(st.sampled_from((("PA",), ("PX",))))
    primary = Said("CLprimary", draw(st.sampled_from(tuple(OTHER))), papers=own_paper, restates=("CLreview",))
    mechanism = (*world.mechanism, *facts_of("Paper", "PX"))
    where = draw(st.sampled_from(("beside it", "the same again", "another")))
    if where == "beside it":
        seen = (*world.seen, replace(own, said=(review, primary)))
    else:
        other = drawn_observation(draw, "seen_other", world.mechanism, world.regimen) if where == "another" else own
        seen = (*before.seen, replace(other, name="seen_other", said=(primary,)))
    return before, before.changed(mechanism=mechanism, seen=seen), where != "another"


def check_counted(old: Row, new: Row, review: str, primary: str, one_thing: bool) -> None:
    shown = {side: set(new[side]) for side in SIDES}
    if one_thing:
        assert not any(review in names for names in shown.values()), "the review's claim counts beside the primary"
    for side in ("for", "against"):
        if review in old[side]:
            assert new["papers"][side] <= old["papers"][side], f"{side}: the paper counts twice"
    both = shown["for"] & shown["against"]
    assert not both & {review, primary}
    if one_thing:
        assert not (review in shown["for"] and primary in shown["against"])
        assert not (review in shown["against"] and primary in shown["for"])


@pytest.mark.quick
@of_examples(80)
@given(restated())
def test_the_primary_beside_the_review_counts_no_paper_twice(drawn: tuple[World, World, bool]) -> None:
    before, after, one_thing = drawn
    old, new = [all_words(world.reasoned(), before, [before.regimen]) for world in (before, after)]
    for key, row in old.items():
        check_counted(row, new[key], "CLreview", "CLprimary", one_thing)
