"""Why a regimen is a strategy: where each route asked for is cut, and which are not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.answers.combination.goals import goals_for
from reasoner.answers.combination.priced import Priced
from reasoner.scenario.assessment import Assessment
from reasoner.scenario.reason import Reason
from reasoner.scenario.route_reason import route_reason
from reasoner.scenario.scenario import RouteStanding
from reasoner.search.search import Goal

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned


def strategy(reasoned: Reasoned, assessment: Assessment, killers: Sequence[Reason]) -> Reason | None:
    """The routes that retain the cell or protect it from the killers in place, each with how it is closed.

    ``killers`` say why each killer is one.  None without one, as for ``combine``, and when the regimen closes no route
    that was on.
    """
    scenario = assessment.scenario
    if not (killers and (closed := closed_by(reasoned, assessment))):
        return None
    goals, priced = _priced(reasoned, assessment)
    left = sorted({goal.name for goal in goals} & set(priced.left))
    open_still = f"; {', '.join(map(reasoned.label, left))} stay open" if left else ""
    agents = [*scenario.background, *scenario.regimen]
    text = f"{' and '.join(map(reasoned.label, agents))} close {len(closed)} of {len(closed) + len(left)} routes"
    premises = [*killers, *(route_reason(reasoned, scenario, standing) for standing in closed)]
    return Reason(f"strategy({'+'.join(scenario.regimen)})", text + open_still, "strategy", premises)


def closed_by(reasoned: Reasoned, assessment: Assessment) -> list[RouteStanding]:
    """The routes that retain the cell or protect it from the killers in place, and that the regimen closes."""
    goals, priced = _priced(reasoned, assessment)
    closed = priced.goals_closed if goals else ()
    return sorted((s for s in assessment.scenario.routes if s.route.name in closed), key=lambda s: s.route.name)


def _priced(reasoned: Reasoned, assessment: Assessment) -> tuple[list[Goal], Priced]:
    goals, scenario = _goals(reasoned, assessment), assessment.scenario
    own = Assessment(reasoned, assessment.place, scenario.background, scenario.regimen)
    return goals, Priced(own, scenario.regimen, goals)


def _goals(reasoned: Reasoned, assessment: Assessment) -> list[Goal]:
    """The goals of ``combine`` with each killer in place, however far they are stated."""
    located, place = assessment.scenario.located, assessment.place
    killers = [killer.agent for killer in assessment.scenario.killers]
    found = [goals_for(reasoned, located, place, killer, ()) for killer in killers]
    return list({each.goal.name: each.goal for goals in found for each in goals}.values())
