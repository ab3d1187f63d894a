"""The routes that an outcome turns on: those that do to the cell what the outcome puts an end to."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.inference.outcomes import Outcome
from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.place import Place
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.scenario import BROKEN, RouteStanding, Scenario
from reasoner.scenario.shielding import shielding


def turning_on(reasoned: Reasoned, place: Place, outcome: Outcome, therapies: Iterable[str] | None = None) -> set[str]:
    """The names of the routes; where they protect, those that do so from some therapies (default: any)."""
    if outcome.by_protection:
        return shielding(reasoned, place, therapies)
    return set(reasoned.closure.subjects(outcome.relation, place.cell or ""))


def scenarios_of(assessment: Assessment, outcome: Outcome) -> list[tuple[Scenario, set[str]]]:
    """The scenarios that decide on an outcome, each with its routes: one a killer in place, where it needs one."""
    reasoned, place = assessment.reasoned, assessment.place
    if outcome.is_harm:
        return []
    if not outcome.needs_killer:
        return [(assessment.scenario, turning_on(reasoned, place, outcome))]
    return [
        (variant, turning_on(reasoned, place, outcome, [killer])) for killer, variant in assessment.variants.items()
    ]


def routes_of(assessment: Assessment, outcome: Outcome) -> list[RouteStanding]:
    """The routes of the place that an outcome turns on, at their standing; of several killers, where one is broken."""
    found: dict[str, RouteStanding] = {}
    for scenario, names in scenarios_of(assessment, outcome):
        for standing in scenario.routes:
            if (name := standing.route.name) in names and (name not in found or standing.status == BROKEN):
                found[name] = standing
    return list(found.values())
