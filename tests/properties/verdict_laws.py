"""The laws of verdicts, each as a check of one regimen at a place."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Any

from reasoner.answers.breaks import breaks
from reasoner.answers.combine import combine
from reasoner.answers.compare import compare
from reasoner.answers.escapes import escapes
from reasoner.answers.explain import explain
from reasoner.answers.matrix import matrix
from reasoner.answers.report import report
from reasoner.answers.robustness import robustness
from reasoner.answers.why_not import why_not
from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.inference.reasoned import Reasoned
from tests.properties.judged import (
    AFTER,
    CLOSING,
    SCOPES,
    SHOWN_HERE,
    WORDS,
    Regimen,
    Row,
    assessed,
    judged_rows,
    opposing,
    row_of,
    worth_of,
)


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


def is_opposed(document: Any) -> bool:
    return any(row["against"] for row in document["outcomes"] if row["subject"] == document["cell"])
