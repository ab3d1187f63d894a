"""What bears on a conclusion: the routes that it turns on, and the activities that help or hurt them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.answers.reasons import standing_of
from reasoner.asking.conclusion import OF_ROUTES, Conclusion
from reasoner.mechanism.well_founded import Program
from reasoner.model.masks import union
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.outcome_routes import scenarios_of, turning_on
from reasoner.scenario.scenario import RouteStanding, Scenario
from reasoner.search.conditions import IndexedProgram

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


def routes_asked(reasoned: Reasoned, conclusion: Conclusion, assessment: Assessment) -> list[RouteStanding]:
    """The routes that a conclusion turns on, at their standing; where it needs a killer, with each one in place."""
    predicate = conclusion.predicate
    scenarios: list[tuple[Scenario, set[str]]] = []
    if (outcome := reasoned.outcomes.get(predicate)) is not None and not outcome.is_harm:
        scenarios += scenarios_of(assessment, outcome)
        if not scenarios:
            names = turning_on(reasoned, assessment.place, outcome, assessment.scenario.regimen)
            scenarios.append((assessment.scenario, names))
    elif predicate in OF_ROUTES.values():
        scenarios.append((assessment.scenario, {str(conclusion.args[0])}))
    found = [standing_of(reasoned, scenario, name) for scenario, names in scenarios for name in sorted(names)]
    return [standing for standing in found if standing is not None]


def signs(program: Program, mask: int) -> tuple[int, int]:
    """The nodes whose being on can help those of ``mask`` to be on, and those whose being on can hurt them."""
    return IndexedProgram(program).helps_and_hurts(mask)


def arms_of(standing: RouteStanding) -> int:
    """The needs of all arms."""
    return union(1 << index for arm, _ in standing.arms for index in arm.needs)


def shared_targets(reasoned: Reasoned, molecules: Iterable[str]) -> list[str]:
    """Subunits and families that several of some molecules share: to act on one of them is to act on each of these."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for molecule in molecules:
        families = (
            f for f in reasoned.closure.objects("memberOf", molecule) if "Molecule" in reasoned.closure.types(str(f))
        )
        for shared in (*reasoned.closure.objects("hasSubunit", molecule), *families):
            bearers[str(shared)].add(molecule)
    return sorted(shared for shared, found in bearers.items() if len(found) > 1)
