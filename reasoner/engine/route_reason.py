"""Why a route has the status that it has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from reasoner.engine.located import LocatedArm
from reasoner.engine.reason import Reason
from reasoner.engine.reasoned import Reasoned
from reasoner.engine.scenario import BROKEN, INACTIVE, OPENED, RouteStanding, Scenario
from reasoner.engine.trace import Trace
from reasoner.engine.well_founded import ON


def status_root(trace: Trace, standing: RouteStanding) -> str:
    """What the status of a route comes down to, in one sentence."""
    told = trace.arm(standing.arms[0][0])
    if told.conclusion.startswith("on("):
        return "; ".join(premise.text.partition(": ")[0] for premise in told.premises) or told.text
    return told.root().text


def route_reason(reasoned: Reasoned, scenario: Scenario, standing: RouteStanding) -> Reason:
    """Why a route has its status under the regimen, with what it was before where that decides."""
    now = Trace(reasoned, scenario, () if standing.status == INACTIVE else None)
    label = reasoned.label(standing.route.name)
    premises = [now.arm(arm) for arm, _ in standing.arms]
    text = f"{label} is {standing.status}"
    if standing.status in (BROKEN, OPENED) and standing.standing.by:
        groups = [" and ".join(map(reasoned.label, group)) for group in standing.standing.by]
        text += f" by {' or by '.join(groups)}"
    if standing.status == BROKEN or standing.narrowed:
        broken = [arm for arm, own in standing.arms if own.status == BROKEN]
        before = _before(broken, scenario)
        if before is not None:
            premises.append(_earlier(reasoned, scenario, standing, before, broken))
    elif standing.status == OPENED:
        premises.append(_earlier(reasoned, scenario, standing, ()))
    return Reason(f"status({standing.route.name})", text, "route", premises)


def _before(arms: Sequence[LocatedArm], scenario: Scenario) -> tuple[str, ...] | None:
    """A smallest part of the regimen under which one of the arms is on."""
    for size in range(len(scenario.regimen) + 1):
        for part in combinations(scenario.regimen, size):
            valuation = scenario.valuation(part)
            if any(valuation.all_of(arm.mask) == ON for arm in arms):
                return part
    return None


def _earlier(
    reasoned: Reasoned,
    scenario: Scenario,
    standing: RouteStanding,
    part: tuple[str, ...],
    arms: Sequence[LocatedArm] = (),
) -> Reason:
    """What the route, or these arms of it, were under a part of the regimen."""
    chosen = arms or [arm for arm, _ in standing.arms]
    trace = Trace(reasoned, scenario, part)
    under = " and ".join(map(reasoned.label, part)) or (
        "the background alone" if scenario.background else "no treatment"
    )
    on = [trace.arm(arm) for arm in chosen if trace.valuation.all_of(arm.mask) == ON]
    word = "open" if on else "closed"
    premises = on[:1] or [trace.arm(arm) for arm in chosen]
    return Reason(f"before({standing.route.name})", f"under {under} it is {word}", "route", premises)
