"""What bears on a conclusion: the routes that it turns on, and the activities that help or hurt them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.answers.explain import standing_of
from reasoner.engine.conditions import Graph
from reasoner.engine.masks import union
from reasoner.engine.outcomes import Assessment
from reasoner.engine.reached import ROUTE_RELATION
from reasoner.engine.scenario import RouteStanding, Scenario
from reasoner.engine.shielding import shielding
from reasoner.engine.well_founded import Program
from reasoner.model.atom import Fact
from reasoner.reading.conclusion import Conclusion

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned


def routes_asked(kb: Reasoned, conclusion: Conclusion, assessment: Assessment) -> list[RouteStanding]:
    """The routes that a conclusion turns on, at their standing; for sensitising, with each killer in place."""
    cell, predicate = assessment.place.cell or "", conclusion.predicate
    scenarios: list[tuple[Scenario, set[str]]] = []
    if predicate in ROUTE_RELATION:
        names = {r for r in kb.graph.routes if Fact(ROUTE_RELATION[predicate], r, cell) in kb.closure}
        scenarios.append((assessment.scenario, names))
    elif predicate == "sensitises":
        for killer, variant in assessment.variants.items():
            scenarios.append((variant, shielding(kb, assessment.place, [killer])))
        if not scenarios:
            agents = assessment.scenario.regimen
            scenarios.append((assessment.scenario, shielding(kb, assessment.place, agents)))
    elif predicate in ("breaksRoute", "narrowsRoute", "opensRoute", "reboundsRoute"):
        scenarios.append((assessment.scenario, {str(conclusion.args[0])}))
    found = [standing_of(kb, scenario, name) for scenario, names in scenarios for name in sorted(names)]
    return [standing for standing in found if standing is not None]


def signs(program: Program, mask: int) -> tuple[int, int]:
    """The nodes whose being on can help those of ``mask`` to be on, and those whose being on can hurt them."""
    return Graph(program).helps_and_hurts(mask)


def arms_of(standing: RouteStanding) -> int:
    """The needs of all arms."""
    return union(1 << index for arm, _ in standing.arms for index in arm.needs)


def shared_targets(kb: Reasoned, molecules: Iterable[str]) -> list[str]:
    """Subunits and families that several of some molecules share: to act on one of them is to act on each of these."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for molecule in molecules:
        families = (f for f in kb.closure.objects("memberOf", molecule) if "Molecule" in kb.closure.types(str(f)))
        for shared in (*kb.closure.objects("hasSubunit", molecule), *families):
            bearers[str(shared)].add(molecule)
    return sorted(shared for shared, found in bearers.items() if len(found) > 1)
