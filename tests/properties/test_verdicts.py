"""What holds of every verdict, over random claims (``random_evidence.py``) and over the shipped knowledge.

A word with its opposing claims and its scope everywhere; opposition that no look from the side sheds; negative results
that never improve a word; papers that count once; one word for one conclusion; untested agents that are never called
supported.  The quick half draws small worlds; sweeps over the shipped agents and cells are of the long one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from reasoner.answers.assess import assess, outcome
from reasoner.answers.breaks import breaks
from reasoner.answers.combine import combine
from reasoner.answers.compare import compare
from reasoner.answers.course import course
from reasoner.answers.escapes import escapes
from reasoner.answers.explain import explain
from reasoner.answers.matrix import matrix
from reasoner.answers.report import report
from reasoner.answers.robustness import robustness
from reasoner.answers.why_not import why_not
from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from reasoner.model.documents.words import Elsewhere, Nearness, Verdict
from reasoner.scenario.judging import Judge
from reasoner.scenario.outcome_routes import turning_on
from reasoner.scenario.verdict import BY_ANALOGY, CONJECTURED, NOT_DERIVED, NOT_TESTED, ORDER, PREDICTED, rank
from reasoner.views import schemas
from tests.properties.random_evidence import (
    AGENTS,
    CELLS,
    CLASS,
    DRUGS,
    KILLER,
    OTHER,
    STEM,
    Said,
    Seen,
    World,
    blocking,
    drawn_observation,
    facts_of,
    small_world,
    worlds,
)
from tests.units.sample_scenarios import kb as shipped

Row = dict[str, Any]
Regimen = tuple[str, ...]

#: How many examples each property draws, where somebody says so.
EXAMPLES = int(os.environ.get("DISLODGE_EXAMPLES", "0"))
WORDS = frozenset(get_args(Verdict))
AFTER = frozenset({*get_args(Elsewhere), None})
SCOPES = frozenset(get_args(Nearness))
SIDES = ("for", "against", "for_elsewhere", "against_elsewhere")
#: Words that say that a regimen was shown to do it.
SHOWN_HERE = frozenset({"supported", "contested"})
#: What a regimen does to a route, by its status.
CLOSING = {"broken": "breaksRoute", "opened": "opensRoute", "rebounds": "reboundsRoute"}


def of_examples(number: int) -> settings:
    """The same examples in each run, unless very many are asked for."""
    checks = list(HealthCheck)
    if EXAMPLES:
        return settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=checks, database=None)
    return settings(max_examples=number, derandomize=True, deadline=None, suppress_health_check=checks)


# --- reading documents ------------------------------------------------------------------------------------------------


@cache
def _validator(command: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schemas.schema(command))


def fitting(document: Any) -> Any:
    """The document, which fits its schema."""
    _validator(document["command"]).validate(document)
    return document


def assessed(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> Any:
    return assess(kb, regimen, request)


def judged_rows(document: Any) -> Iterator[tuple[str, Row]]:
    """Every row of a document that concludes something, with where it stands."""
    command = document["command"]
    for key in ("outcomes", "routes", "hazards", "harms", "analogies") if command == "assess" else ():
        yield from ((f"{command}.{key}", row) for row in document[key])
    for step in document["steps"] if command == "assess" else ():
        yield from ((f"{command}.steps.{key}", row) for key in ("outcomes", "hazards") for row in step[key])
    if command in ("breaks", "escapes"):
        yield from ((command, row) for row in document["answers"])
    for key in ("regimens", "front") if command == "combine" else ():
        for row in document[key]:
            yield from ((f"combine.{key}.closing", own) for own in row["closing"])
    if command in ("explain", "why-not"):
        yield command, document


def row_of(document: Any, key: str, name: str) -> Row | None:
    """The row of an outcome, a hazard or a route."""
    return next((row for row in document[f"{key}s"] if row[key] == name), None)


def opposing(document: Any, predicate: str) -> set[str]:
    """The claims that a document tells as speaking against an outcome, here or elsewhere, or as reported."""
    row = row_of(document, "outcome", predicate)
    own = (*row["against"], *row["against_elsewhere"]) if row else ()
    reported = (claim["claim"] for row in document["reported"] for claim in row["claims"])
    return {*own, *reported}


def worth_of(row: Row) -> tuple[Any, ...]:
    """What must be the same of one conclusion wherever it is told."""
    patients = (row["patients"]["verdict"], row["patients"]["elsewhere"])
    return (row["verdict"], row["elsewhere"], patients, *(frozenset(row[side]) for side in SIDES))


def regimens_of(world: World) -> list[Regimen]:
    """The regimen that is asked about, its parts, and each agent alone."""
    parts = [tuple(a for a in world.regimen if a != left) for left in world.regimen] if len(world.regimen) > 1 else []
    return list(dict.fromkeys([world.regimen, *parts, *((agent,) for agent in (*AGENTS, CLASS))]))


def documents(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> Iterator[Any]:
    """What every command says of a regimen at a place, and of what else could be given there."""
    whole = assessed(kb, regimen, request)
    yield whole
    yield breaks(kb, request)
    yield combine(kb, replace(request, background=regimen[:1]), Wish(max_size=2))
    yield escapes(kb, regimen, request)
    yield matrix(kb, [(regimen, request)], request)
    for row in whole["outcomes"]:
        asked = Conclusion(row["outcome"], (row["subject"],), regimen)
        for command in (explain, why_not):
            yield command(kb, asked, request)
    for row in whole["outcomes"][:1]:
        yield robustness(kb, Conclusion(row["outcome"], (row["subject"],), regimen), request, largest=0)
    for row in whole["routes"]:
        yield explain(kb, Conclusion("status", (row["route"],)), replace(request, background=regimen))


# --- 1: no conclusion without a word, its opposing claims and its scope -----------------------------------------------


def check_word(where: str, row: Row) -> None:
    assert row["verdict"] in WORDS, (where, row)
    assert row["elsewhere"] in AFTER, (where, row)
    assert row["patients"] is not None and row["patients"]["verdict"] in WORDS, (where, row)
    assert all(own["verdict"] in WORDS for own in row["patients"]["endpoints"]), (where, row)
    assert isinstance(row["against"], list) and isinstance(row["against_elsewhere"], list), (where, row)


def check_whole(where: str, row: Row) -> None:
    """A judged row has its word, its claims, its scope, and these do not contradict each other."""
    check_word(where, row)
    assert row["scope"] in SCOPES and isinstance(row["stated_for"], list), (where, row)
    assert not set(row["for_elsewhere"]) & set(row["for"]), (where, row)
    assert not set(row["against_elsewhere"]) & set(row["against"]), (where, row)
    assert row["verdict"] != "supported" or row["for"], (where, row)
    assert row["verdict"] not in ("opposed", "refuted") or row["against"], (where, row)
    assert row["verdict"] != "contested" or (row["for"] and row["against"]), (where, row)


def check_words(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> None:
    for document in documents(kb, regimen, request):
        fitting(document)
        for where, row in judged_rows(document):
            check_whole(where, row)
        if document["command"] == "combine":
            for row in chain(document["regimens"], document["front"]):
                if row["closing"]:
                    check_word("combine", row)
        if document["command"] == "matrix":
            assert all(cell["verdict"] in WORDS for row in document["answers"] for cell in row["routes"])
        if document["command"] == "robustness":
            assert all(row["verdict"] in WORDS for row in (document, *document["answers"]))


@pytest.mark.quick
@of_examples(50)
@given(worlds())
def test_every_conclusion_has_a_word_its_opposing_claims_and_its_scope(world: World) -> None:
    check_words(world.reasoned(), world.regimen, world.request)


# --- 2: opposition never vanishes -------------------------------------------------------------------------------------


def opposing_any(document: Any) -> set[str]:
    """The claims against any outcome: a benefit is told of one where none of its outcomes is derived."""
    return {claim for row in document["outcomes"] for claim in (*row["against"], *row["against_elsewhere"])}


def check_kept(kb: Reasoned, before: Any, regimen: Regimen, request: ScenarioRequest) -> Any:
    """What spoke against an outcome speaks against it, here or elsewhere, after a change; the document after it."""
    after = assessed(kb, regimen, request)
    for row in before["outcomes"]:
        if row["subject"] == before["cell"]:
            lost = set(row["against"]) - opposing(after, row["outcome"])
            if row_of(after, "outcome", row["outcome"]) is None:
                lost -= opposing_any(after)
            assert not lost, f"{row['outcome']}: {sorted(lost)} vanish under {regimen} at {request}"
    return after


def acting(world: World, document: Any, predicate: str) -> set[str]:
    """The agents that have a part in what is done to the routes on which an outcome turns."""
    kb = world.reasoned()
    names = turning_on(kb, world.place, kb.outcomes[predicate])
    rows = (row for row in document["routes"] if row["route"] in names)
    return {agent for row in rows for by in (*row["by"], *row["narrowed_by"]) for agent in by}


def is_opposed(document: Any) -> bool:
    return any(row["against"] for row in document["outcomes"] if row["subject"] == document["cell"])


def opposed(world: World) -> Any:
    """The assessment of a world, in which something speaks against an outcome."""
    before = assessed(world.reasoned(), world.regimen, world.request)
    assume(is_opposed(before))
    return before


def in_other_cells(world: World, before: Any) -> None:
    for cell in CELLS:
        check_kept(world.reasoned(), before, world.regimen, replace(world.request, cell=cell))


def with_agents_more_and_less(world: World, before: Any) -> None:
    for agent in AGENTS:
        other = tuple(a for a in world.regimen if a != agent) if agent in world.regimen else (*world.regimen, agent)
        if other:
            check_kept(world.reasoned(), before, other, world.request)


def with_a_class_for_a_member(world: World, before: Any) -> None:
    graph = world.reasoned().graph
    for agent in world.regimen:
        for other in {*(graph.classes_of(agent)), *graph.members_of(agent)} - {*world.regimen}:
            regimen = tuple(other if a == agent else a for a in world.regimen)
            check_kept(world.reasoned(), before, regimen, world.request)


def with_lesions(world: World, before: Any) -> None:
    """A lesion of which nothing is said changes no word."""
    for lesion in {"lesionL", "lesionZ"} - {*world.states}:
        states = (*world.states, lesion)
        after = check_kept(world.reasoned(), before, world.regimen, replace(world.request, states=states))
        # It may fix a condition: then it changes something.
        if lesion == "lesionZ" and ("fixesModerator", lesion) not in {f[:2] for f in world.mechanism}:
            for key in ("outcomes", "routes"):
                assert [worth_of(row) for row in before[key]] == [worth_of(row) for row in after[key]], lesion


def with_agents_that_do_the_same(world: World, before: Any) -> None:
    """The new agent has the one action of the old one, which has a part in what is concluded, and no claims."""
    for agent in (a for a in world.regimen if f"twin_{a}" in world.reasoned().graph.agents):
        regimen = tuple(f"twin_{a}" if a == agent else a for a in world.regimen)
        # Alike is what does the same to something on which the conclusion rests: where nothing is derived, nothing is.
        rows = [row for row in before["outcomes"] if agent in acting(world, before, row["outcome"])]
        check_kept(world.reasoned(), {**before, "outcomes": rows}, regimen, world.request)


def twinned(world: World) -> World:
    """The world with a twin of each drug of the regimen that has one action."""
    actions: dict[str, list[str]] = {}
    for fact in world.mechanism:
        if fact.predicate == "hasAgent":
            actions.setdefault(str(fact.object), []).append(fact.subject)
    twins: list[Fact] = []
    for agent in (a for a in DRUGS if a in world.regimen and len(actions[a]) == 1):
        (target,) = (str(f.object) for f in world.mechanism if f[:2] == ("hasTarget", actions[agent][0]))
        (mode,) = (str(f.object) for f in world.mechanism if f[:2] == ("hasMode", actions[agent][0]))
        twins += [*facts_of("Agent", f"twin_{agent}"), *blocking(f"twin_{agent}", target, mode)]
    return world.changed(mechanism=(*world.mechanism, *twins))


CHANGES = (
    in_other_cells,
    with_agents_more_and_less,
    with_a_class_for_a_member,
    with_lesions,
    with_agents_that_do_the_same,
)


@pytest.mark.quick
@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__ for change in CHANGES])
@of_examples(40)
@given(world=worlds(contrary=True))
def test_opposition_is_kept(change: Callable[[World, Any], None], world: World) -> None:
    wider = twinned(world)
    change(wider, opposed(wider))


@pytest.mark.quick
@of_examples(30)
@given(worlds(contrary=True, fewest=2))
def test_opposition_is_kept_when_agents_are_written_as_steps(world: World) -> None:
    before = opposed(world)
    first, last = world.regimen[:1], world.regimen[1:]
    check_kept(world.reasoned(), before, last, replace(world.request, earlier=(first,)))


def mirrored(world: World) -> World:
    """The world in which every claim stands on the other side."""

    def turned(said: Said) -> Said:
        return replace(said, side=OTHER[said.side])

    seen = tuple(replace(own, said=tuple(map(turned, own.said))) for own in world.seen)
    return world.changed(seen=seen, further=tuple((fact, turned(said)) for fact, said in world.further))


def sides(row: Row, *order: str) -> list[frozenset[str]]:
    return [frozenset(row[side]) for side in order]


def check_mirror(one: Iterable[Row], other: Iterable[Row]) -> None:
    for row, turned in zip(one, other, strict=True):
        assert row["derived"] == turned["derived"]
        assert sides(row, *SIDES) == sides(turned, "against", "for", "against_elsewhere", "for_elsewhere"), row
        counts, other_way = row["papers"], turned["papers"]
        assert (counts["for"], counts["against"]) == (other_way["against"], other_way["for"]), row


@pytest.mark.quick
@of_examples(60)
@given(worlds(plain=True))
def test_claims_for_and_against_are_treated_alike(world: World) -> None:
    requests = [replace(world.request, cell=cell) for cell in CELLS]

    def rows(kb: Reasoned) -> list[Sequence[Row]]:
        told = [assessed(kb, world.regimen, request) for request in requests]
        found = [document[key] for document in told for key in ("outcomes", "routes", "analogies")]
        return [*found, breaks(kb, world.request)["answers"]]

    for one, other in zip(rows(world.reasoned()), rows(mirrored(world).reasoned()), strict=True):
        check_mirror(one, other)


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


# --- 5: one word for one conclusion -----------------------------------------------------------------------------------


def check_one_word(kb: Reasoned, regimen: Regimen, request: ScenarioRequest) -> None:
    """Every command says of a regimen what ``assess`` does."""
    whole = assessed(kb, regimen, request)
    assert compare(kb, [(regimen, request)])["answers"] == [whole]
    assert report(kb, regimen, request)["assess"] == whole
    routes = {row["route"]: row for row in whole["routes"]}
    (row,) = matrix(kb, [(regimen, request)], request)["answers"]
    assert [(cell["route"], cell["verdict"]) for cell in row["routes"]] == [
        (r, o["verdict"]) for r, o in routes.items()
    ]
    for left in escapes(kb, regimen, request)["answers"]:
        if not left["if"]:
            assert worth_of(left) == worth_of(routes[left["route"]]), left["route"]
    conclusions = [(row, Conclusion(row["outcome"], (row["subject"],), regimen)) for row in whole["outcomes"]]
    for name, own in routes.items():
        if predicate := CLOSING.get(own["status"]):
            conclusions.append((own, Conclusion(predicate, (name,), regimen)))
    conclusions += [(row, Conclusion("hasHazard", (row["hazard"],), regimen)) for row in whole["hazards"]]
    for own, conclusion in conclusions:
        told = explain(kb, conclusion, request)
        assert worth_of(told) == worth_of(own), f"explain {conclusion}"
        assert worth_of(why_not(kb, conclusion, request)) == worth_of(own), f"why-not {conclusion}"
    for own, conclusion in conclusions[:1]:
        assert robustness(kb, conclusion, request, largest=0)["verdict"] == own["verdict"], f"robustness {conclusion}"


def check_statuses(kb: Reasoned, request: ScenarioRequest) -> None:
    """The status of a route is worth the same when it is asked for."""
    for row in assessed(kb, (), request)["routes"]:
        told = explain(kb, Conclusion("status", (row["route"],)), request)
        assert worth_of(told) == worth_of(row), row["route"]


def check_breaks(kb: Reasoned, request: ScenarioRequest) -> None:
    """What ``breaks`` says of one agent beside a background is what ``assess`` does."""
    known: dict[tuple[str, ...], Any] = {}
    for row in breaks(kb, request)["answers"]:
        if row["needs_agents"]:
            continue
        # Without states a route is looked at in those that it assumes.
        asked = (row["agent"], *row["state"])
        if asked not in known:
            known[asked] = assessed(kb, asked[:1], replace(request, states=asked[1:]))
        whole = known[asked]
        rows = whole["analogies" if row["scope"] == "other" else "routes"]
        own = next((own for own in rows if own["route"] == row["route"]), None)
        if own is None and row["route"] not in {own["route"] for own in whole["routes"]}:
            continue  # it is no route of this cell: test_breaks_tells_of_the_routes_of_the_cell
        assert own is not None, (row["agent"], row["route"], row["effect"])
        assert worth_of(row) == worth_of(own), (row["agent"], row["route"], row["effect"])


def check_combine(kb: Reasoned, request: ScenarioRequest) -> None:
    """What a regimen that was found closes is worth what ``assess`` says of it."""
    told = combine(kb, request, Wish(max_size=2))
    for row in chain(told["regimens"], told["front"]):
        whole = assessed(kb, tuple(row["added"]), request)
        for closed in row["closing"]:
            own = row_of(whole, "route", closed["goal"].partition("/")[0])
            assert own is None or worth_of(closed) == worth_of(own), (row["added"], closed["goal"])


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


def untested(kb: Reasoned) -> set[str]:
    """The agents that no observation names, neither them nor a class or a member of theirs."""
    named = {agent for seen in kb.observations.all for agent in (*seen.agents, *seen.therapies)}
    graph = kb.graph

    def is_named(agent: str) -> bool:
        return not named.isdisjoint({agent, *graph.classes_of(agent), *graph.members_of(agent)})

    return {agent for agent in graph.agents if not is_named(agent)}


def check_untested(document: Any) -> None:
    """No conclusion about a regimen of untested agents says that it was shown."""
    done = ("broken", "opened")
    for where, row in judged_rows(document):
        if row.get("status") in (None, *done) or row.get("narrowed_by"):
            words = {row["verdict"], row["patients"]["verdict"]}
            assert not words & SHOWN_HERE, (where, row)


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


# --- the shipped knowledge --------------------------------------------------------------------------------------------

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
