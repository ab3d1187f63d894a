"""What bears on a conclusion: the routes that it turns on, and the activities that help or hurt them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.answers.explain import standing_of
from reasoner.engine.masks import union
from reasoner.engine.outcomes import Assessment
from reasoner.engine.place import Place
from reasoner.engine.reached import ROUTE_RELATION
from reasoner.engine.scenario import RouteStanding, Scenario
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
            scenarios.append((variant, shields(kb, assessment.place, [killer])))
        if not scenarios:
            agents = assessment.scenario.regimen
            scenarios.append((assessment.scenario, shields(kb, assessment.place, agents)))
    elif predicate in ("breaksRoute", "narrowsRoute", "opensRoute"):
        scenarios.append((assessment.scenario, {str(conclusion.args[0])}))
    found = [standing_of(kb, scenario, name) for scenario, names in scenarios for name in sorted(names)]
    return [standing for standing in found if standing is not None]


def shields(kb: Reasoned, place: Place, therapies: Iterable[str]) -> set[str]:
    """The routes that protect the cell from one of the therapies, their classes, or an unnamed therapy."""
    hierarchy = kb.graph.hierarchy
    classes = {cls for therapy in therapies for cls in kb.graph.classes_of(therapy)}
    wanted = classes | set(kb.closure.members("UnnamedTherapy"))
    return {
        p.route
        for p in kb.graph.protections
        if hierarchy.covers(p.cell, place.cell or "") and hierarchy.fits(p.scopes, place) and wanted & set(p.therapies)
    }


def signs(program: Program, mask: int) -> tuple[int, int]:
    """The nodes whose being on can help those of ``mask`` to be on, and those whose being on can hurt them."""
    helps, hurts = mask, 0
    while True:
        more_help, more_hurt = helps, hurts
        for clauses, same in ((program.positive, True), (program.negative, False)):
            for requires, effect, _ in clauses:
                if effect & helps:
                    more_help, more_hurt = (
                        (more_help | requires, more_hurt) if same else (more_help, more_hurt | requires)
                    )
                if effect & hurts:
                    more_help, more_hurt = (
                        (more_help, more_hurt | requires) if same else (more_help | requires, more_hurt)
                    )
        if (more_help, more_hurt) == (helps, hurts):
            return helps, hurts
        helps, hurts = more_help, more_hurt


def arms_of(standing: RouteStanding) -> int:
    """The needs of all arms."""
    return union(1 << index for arm, _ in standing.arms for index in arm.needs)
