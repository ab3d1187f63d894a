"""The last layer of ``check``: the answers, against what curators expect of them and what sources say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.answers.assess import assess
from reasoner.answers.explain import explain
from reasoner.answers.why_not import why_not
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.resolving import conclusion_request, scenario_request
from reasoner.curating.checks.findings import file_of, finding
from reasoner.errors import QuestionError
from reasoner.model.atom import Fact
from reasoner.model.findings import ERROR, INFO
from reasoner.reading.expectations import Expectation, read_expectations
from reasoner.resources import shipped

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.findings import FindingRow


def unanswered(reasoned: Reasoned) -> Iterator[FindingRow]:
    """The questions of ``ontology/questions.toml`` that are answered otherwise."""
    path = shipped("ontology") / "questions.toml"
    for question in read_expectations(path):
        if reasoned.base.types.keys() >= set(question.about):
            yield from _otherwise(reasoned, question, path)


def _otherwise(reasoned: Reasoned, question: Expectation, path: Path) -> Iterator[FindingRow]:
    """One finding if the conclusion holds and should not, or the other way round, or cannot be asked."""
    try:
        place = scenario_request(reasoned, question.cell, question.disease, question.states, question.given)
        asked, request = conclusion_request(reasoned, question.asks, place)
        holds = bool(explain(reasoned, asked, request)["derivations"])
    except QuestionError as error:
        text = f"{question.text} {error.message}"
        yield finding("questions", ERROR, "C504", question.id, text, error.hint, str(path))
        return
    if holds == question.holds:
        return
    why = "" if holds else "; ".join(r["fails"] for r in why_not(reasoned, asked, request)["reasons"][:1])
    text = f"{question.text} {question.asks} {'holds' if holds else 'does not hold'}{f': {why}' if why else ''}"
    fix = "see explain or why-not, and mend the facts; if the new answer is right, change the question"
    yield finding("questions", ERROR, "C503", question.id, text, fix, str(path), question.line)


def reported(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Outcomes that a source supports and that no mechanism derives."""
    known = {outcome.predicate for outcome in reasoned.outcomes.of_routes}
    for observation in reasoned.observations.all:
        wanted = observation.concluded_by & known
        if not wanted or not observation.agents or not observation.supported or not observation.cells:
            continue
        for scope in observation.scopes or ("",):
            try:
                place = ScenarioRequest(observation.cells[0], scope or None)
                found = assess(reasoned, observation.agents, place, by_analogy=False)
            except QuestionError:
                continue
            if not any(o["outcome"] in wanted and o["derived"] == "yes" for o in found["outcomes"]):
                name, fix = observation.name, "state the route and the action behind it"
                text = f"{name} reports {min(wanted)} in {scope}, and no mechanism derives it"
                yield finding("questions", INFO, "C501", name, text, fix, file_of(reasoned, name))


def private(reasoned: Reasoned) -> Iterator[FindingRow]:
    """Activities that one agent and one route alone touch: shown with their claims, so that a proxy would be seen."""
    cut: dict[str, set[str]] = defaultdict(set)
    graph = reasoned.graph
    for action in graph.actions:
        for name in action.cuts | action.lifts | action.provides:
            cut[name].update(action.agents)
    needed: dict[str, set[str]] = defaultdict(set)
    claims: dict[str, set[str]] = defaultdict(set)
    for route in graph.routes.values():
        for arm in route.arms:
            for need in arm.needs:
                needed[need].add(route.name)
                claims[need].update(reasoned.support(Fact("needs", arm.name, need)).supported)
    for name in sorted(set(cut) & set(needed)):
        if len(cut[name]) == 1 and len(needed[name]) == 1:
            agent, route_name = next(iter(cut[name])), next(iter(needed[name]))
            cited = ", ".join(sorted(claims[name])) or "no claim"
            text = f"only {agent} acts on {name}, and only {route_name} needs it ({cited})"
            yield finding("questions", INFO, "C502", name, text, "see that the claim names this very thing")
