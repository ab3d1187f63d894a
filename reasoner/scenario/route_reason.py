"""Why a route has the status that it has."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.located import LocatedArm
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS, UNDETERMINED
from reasoner.scenario.doubts import FEEDBACK
from reasoner.scenario.reason import Reason
from reasoner.scenario.scenario import BROKEN, INACTIVE, OPENED, RouteStanding, Scenario
from reasoner.scenario.trace import Trace


def status_root(trace: Trace, standing: RouteStanding) -> str:
    """What the status of a route comes down to, in one sentence."""
    told = trace.arm(next((arm for arm, own in standing.arms if own.status == standing.status), standing.arms[0][0]))
    if told.conclusion.startswith("on("):
        return "; ".join(premise.text.partition(": ")[0] for premise in told.premises) or told.text
    return told.root().text


def route_reason(reasoned: Reasoned, scenario: Scenario, standing: RouteStanding) -> Reason:
    """Why a route has its status under the regimen, with what it was before where that decides."""
    now = Trace(reasoned, scenario, () if standing.status == INACTIVE else None)
    label = reasoned.label(standing.route.name)
    premises = [now.arm(arm) for arm, _ in standing.arms]
    text = f"{label} is {standing.status}"
    if standing.status == REBOUNDS:
        text = f"{label} {FEEDBACK[REBOUNDS]}"
    if standing.status in (BROKEN, OPENED, REBOUNDS) and standing.standing.by:
        groups = [" and ".join(map(reasoned.label, group)) for group in standing.standing.by]
        text += f" by {' or by '.join(groups)}"
    if standing.status == BROKEN or standing.narrowed:
        broken = [arm for arm, own in standing.arms if own.status == BROKEN]
        before = _before(broken, scenario)
        if before is not None:
            premises.append(_earlier(reasoned, scenario, standing, before, broken))
    elif standing.opened:
        premises.append(_earlier(reasoned, scenario, standing, ()))
    return Reason(f"status({standing.route.name})", text, "route", premises)


def _before(arms: Sequence[LocatedArm], scenario: Scenario) -> tuple[str, ...] | None:
    """A smallest part of the regimen under which one of the arms is on; failing that, under which one is not off."""
    masks = [arm.mask for arm in arms]
    parts = [part for size in range(len(scenario.regimen) + 1) for part in combinations(scenario.regimen, size)]
    values = [scenario.valuation(part).any_of(masks) for part in parts]
    for wanted in (ON, REBOUNDS, UNDETERMINED):
        if wanted in values:
            return parts[values.index(wanted)]
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
    value = trace.unfolded.any_of([arm.mask for arm in chosen])
    deciding = [trace.arm(arm) for arm in chosen if trace.unfolded.all_of(arm.mask) == value]
    word = {ON: "open", OFF: "closed", REBOUNDS: "closed at once and open after relief"}.get(value, value)
    premises = deciding if value == OFF else deciding[:1]
    return Reason(f"before({standing.route.name})", f"under {under} it is {word}", "route", premises)
