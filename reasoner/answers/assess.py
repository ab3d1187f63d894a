"""What a regimen does: routes and arms, outcomes, hazards, harms to normal cells, activities before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from reasoner.answers.course import Course, Step, course
from reasoner.answers.frame import finished, frame, location, reason
from reasoner.answers.harms import harms
from reasoner.answers.hazards import hazards
from reasoner.answers.killer_scopes import defeated, kept_from_acting, killer_scopes
from reasoner.answers.reported import reported
from reasoner.answers.resting import of_outcome, of_route, of_tree
from reasoner.answers.worst_clone import joined
from reasoner.asking.clones import clones_of
from reasoner.asking.requests import ScenarioRequest
from reasoner.inference.evidence import Evidence
from reasoner.mechanism.well_founded import REBOUNDS
from reasoner.scenario.assessment import LOST
from reasoner.scenario.judging import Judge
from reasoner.scenario.outcome_routes import routes_of
from reasoner.scenario.remoteness import nearest
from reasoner.scenario.route_reason import status_root
from reasoner.scenario.scenario import BROKEN, INACTIVE, LEFT, OPEN, OPENED, UNKNOWN, RouteStanding
from reasoner.scenario.shielding import protected_from
from reasoner.scenario.verdict import MAYBE, NO, YES, of_all

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.mechanism.located_graph import LocatedGraph
    from reasoner.model.documents.assessment import (
        ActivityRow,
        AnalogyRow,
        AssessedStep,
        HazardRow,
        JudgedOutcome,
        OutcomeRow,
        RegimenAssessment,
        RouteRow,
    )
    from reasoner.model.documents.frame import ReasonRow
    from reasoner.model.documents.scenario import Judged
    from reasoner.model.documents.words import Derived, Effect


#: Loops that are named where nothing is determined.
MOST_LOOPS = 3
#: What a regimen does to a route of that status.
_EFFECTS: Mapping[str, Effect] = {BROKEN: "breaks", OPENED: "opens", REBOUNDS: "rebounds"}


def assess(
    reasoned: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, by_analogy: bool = True
) -> RegimenAssessment:
    """The assessment document of a regimen at a place.

    Of a regimen in steps it is that of the last step; ``steps`` holds the steps before in short.  Of several clones it
    is that of the worst of them, thing by thing; ``clones`` holds what is so in each.
    """
    if request.clones:
        clones = clones_of(reasoned, request)
        told = [assess(reasoned, agents, clone.request, by_analogy=by_analogy) for clone in clones]
        return joined(clones, told, request)
    with course(reasoned, request, agents) as taken:
        return _assess(taken, by_analogy)


def _assess(taken: Course, by_analogy: bool) -> RegimenAssessment:
    reasoned, place = taken.reasoned, taken.place
    judge = Judge(reasoned, taken.assessment())
    scenario = judge.scenario
    told_outcomes = outcomes(judge)
    routes = [_route(judge, standing) for standing in scenario.routes]
    dangers = hazards(judge)
    told: RegimenAssessment = {
        "command": "assess",
        **frame(reasoned, closed_world=True),
        "verdict": of_all(told_outcomes),
        "answers": [],
        "regimen": list(scenario.regimen),
        **location(place, place.states, scenario.background),
        "killers": [killer.agent for killer in scenario.killers],
        "killer_scopes": killer_scopes(scenario),
        "defeated": defeated(scenario),
        "kept_from_acting": kept_from_acting(scenario),
        "routes": routes,
        "outcomes": told_outcomes,
        "hazards": dangers,
        "harms": harms(judge),
        "reported": reported(
            judge, {claim for row in told_outcomes for claim in _said_of(row)} | _told(routes, dangers)
        ),
        "activities": _activities(judge),
        "analogies": _analogies(taken, judge) if by_analogy else [],
        "steps": [_step(step) for step in taken.before],
        "clones": [],
    }
    if reasons := _unsettled(judge):
        told["reasons"] = reasons
    return finished(reasoned, told)


def _unsettled(judge: Judge) -> list[ReasonRow]:
    """That feedback leaves everything undetermined, by which loops, and what is to be done about it."""
    if not (loops := judge.trace().doubts.unsettled()):
        return []
    more = f" and {len(loops) - MOST_LOOPS} more" if len(loops) > MOST_LOOPS else ""
    text = f"every activity is undetermined, by the feedback {'; '.join(loops[:MOST_LOOPS])}{more}"
    return [reason("UNSETTLED", f"{text}; state what is there to begin with: givenIn, in a state or everywhere")]


def _step(step: Step) -> AssessedStep:
    """An earlier step in short: its agents, what it did, and the cell states that it leaves to the next."""
    judge = Judge(step.assessment.reasoned, step.assessment)
    return {
        "regimen": list(judge.scenario.regimen),
        "routes": [
            {"route": s.route.name, "status": s.status, **of_route(judge.reasoned, judge.scenario, s)}
            for s in judge.scenario.routes
        ],
        "outcomes": outcomes(judge),
        "hazards": hazards(judge),
        "reached": [state.name for state in step.reached],
    }


def _route(judge: Judge, standing: RouteStanding) -> RouteRow:
    route, reasoned = standing.route, judge.reasoned
    return {
        "route": route.name,
        "status": standing.status,
        "at_once": standing.standing.at_once,
        "after_relief": standing.standing.after_relief,
        "by": [list(group) for group in standing.standing.by],
        "narrowed_by": [list(group) for group in standing.narrowed_by],
        "arms": [{"arm": a.arm.name, "status": s.status, "by": [list(g) for g in s.by]} for a, s in standing.arms],
        "reason": status_root(judge.trace(standing.status == INACTIVE), standing),
        "protects_against": protected_from(reasoned, judge.place, {route.name}),
        **judge.route(standing),
        **of_route(reasoned, judge.scenario, standing),
    }


# --- outcomes ---------------------------------------------------------------------------------------------------------


def outcomes(judge: Judge) -> list[OutcomeRow]:
    """The outcomes that are derived or claimed, each for the cell or a normal cell."""
    concluded = {(f.predicate, str(f.object)) for f in judge.assessment.conclusions}
    cell = judge.place.cell or ""
    rows: list[OutcomeRow] = []
    spare: set[str] = set()
    for told in judge.reasoned.outcomes:
        predicate = told.predicate
        subjects = [s for p, s in sorted(concluded) if p == predicate]
        if not subjects and not told.is_harm:
            subjects = [cell]
        for subject in subjects:
            row = outcome(judge, predicate, subject, (predicate, subject) in concluded)
            evidence = Evidence() if told.is_harm else judge.outcome_evidence(told)
            if row["derived"] != NO or evidence.is_close:
                rows.append({**row, **of_outcome(judge.assessment, predicate, subject, _undecided(judge, row))})
                if row["derived"] == NO and not evidence.is_of_it_alone:
                    spare.add(predicate)
    return _without_repeating(rows, spare)


def _without_repeating(rows: Sequence[OutcomeRow], spare: Set[str]) -> list[OutcomeRow]:
    """The rows, less those that are not derived and tell only what is said of other outcomes as well."""
    told = {claim for row in rows if row["outcome"] not in spare for claim in _said_of(row)}
    kept: list[OutcomeRow] = []
    for row in rows:
        if row["outcome"] not in spare or not told.issuperset(_said_of(row)):
            kept.append(row)
            told.update(_said_of(row))
    return kept


def _said_of(row: JudgedOutcome) -> list[str]:
    """All claims that a row tells of."""
    drifted = (drift["claim"] for drift in row["drift"])
    return [*_near(row), *row["for_elsewhere"], *row["against_elsewhere"], *drifted]


def _told(routes: Sequence[RouteRow], dangers: Sequence[HazardRow]) -> set[str]:
    """The claims that rows tell of; what is said against breaking an open route is no more than an aside there."""
    rows: list[Judged] = [*(route for route in routes if route["status"] != OPEN), *dangers]
    return {claim for row in rows for claim in _near(row)}


def _near(row: Judged) -> Iterator[str]:
    """The claims that a row tells of, of just this."""
    yield from (*row["for"], *row["against"], *row["told"])


def _undecided(judge: Judge, row: JudgedOutcome) -> list[RouteStanding]:
    """The routes that leave an outcome undetermined."""
    routes = routes_of(judge.assessment, judge.reasoned.outcomes[row["outcome"]]) if row["derived"] == MAYBE else []
    return [standing for standing in routes if _is_undecided(standing)]


def _is_undecided(standing: RouteStanding) -> bool:
    """Whether it is a matter of doubt what the regimen does to a route."""
    doubtful = (standing.status == BROKEN or standing.narrowed) and not standing.certain
    return bool(doubtful or (standing.status == UNKNOWN and standing.standing.by))


def outcome(judge: Judge, predicate: str, subject: str, concluded: bool) -> JudgedOutcome:
    """One outcome for one subject: whether it is derived, how far it goes, and what sources say of it."""
    told = judge.reasoned.outcomes[predicate]
    routes = routes_of(judge.assessment, told)
    done = [r for r in routes if r.certain]
    maybe = not concluded and any(map(_is_undecided, routes)) and bool(judge.scenario.regimen)
    derived: Derived = YES if concluded else MAYBE if maybe else NO
    judged = judge.outcome(predicate, subject, derived, done)
    row: JudgedOutcome = {"outcome": predicate, "subject": subject, "extent": None, "left": [], "farther": [], **judged}
    if derived == YES and not told.is_harm:
        near = nearest(judge.reasoned, judge.place, routes)
        open_still = [r.route.name for r in routes if r.status in LEFT]
        left = [name for name in open_still if name in near]
        farther = [name for name in open_still if name not in near]
        row |= {"extent": "partial" if left else "complete", "left": left, "farther": farther}
    elif derived == YES:
        harms = judge.harms(told, subject)
        row |= {"extent": "complete" if harms and all(h.extent == LOST for h in harms) else "partial"}
    return row


# --- activities -------------------------------------------------------------------------------------------------------


def _activities(judge: Judge) -> list[ActivityRow]:
    """Activities whose value the regimen changes, with the value under the background alone."""
    scenario = judge.scenario
    before, after = scenario.valuation(()), scenario.valuation()
    partly = judge.restored.partial_nodes()
    trace = judge.trace()
    rows: list[ActivityRow] = []
    for index, node in enumerate(scenario.located.nodes):
        bit = 1 << index
        if before.value(bit) != after.value(bit) and _is_listed(scenario.located, index):
            told = trace.value_reason(index)
            rows.append(
                {
                    "activity": node.name,
                    "before": before.value(bit),
                    "after": after.value(bit),
                    "at_once": after.at_once((bit,)),
                    "after_relief": after.after_relief((bit,)),
                    "partial": bool(partly & bit),
                    "label": trace.label(index),
                    "reason": told.text,
                    **of_tree(judge.reasoned, told, scenario.located),
                }
            )
    return sorted(rows, key=lambda r: r["activity"])


def _is_listed(located: LocatedGraph, index: int) -> bool:
    """Whether an activity is one of the cell of the place or of its niche, and no copy at a narrower niche cell."""
    node, mine, malignant = located.nodes[index], located.place.cell, located.scene.malignant
    if mine not in node.activity.places and any(place in malignant for place in node.activity.acted_on):
        return False
    stated = (located.graph.activities[name].places for name in node.origins)
    return any(
        all(as_read in (place, mine) for place, as_read in zip(places, node.activity.places, strict=True))
        for places in stated
    )


def _analogies(taken: Course, judge: Judge) -> list[AnalogyRow]:
    """Routes on which the regimen acts only when facts of other diseases and cells are let in."""
    if not judge.scenario.regimen:
        return []
    strict = {s.route.name for s in judge.scenario.routes if s.status in _EFFECTS or s.narrowed}
    other = taken.assessment(analogy=True)
    far = Judge(taken.reasoned, other)
    rows: list[AnalogyRow] = []
    for standing in other.scenario.routes:
        name = standing.route.name
        effect = _EFFECTS.get(standing.status, "narrows" if standing.narrowed else None)
        if effect is None or name in strict:
            continue
        by = standing.standing.by if effect != "narrows" else standing.narrowed_by
        rows.append(
            {
                "route": name,
                "effect": effect,
                "by": [list(g) for g in by],
                "from": sorted({*standing.route.scopes}),
                **far.route(standing),
                **of_route(taken.reasoned, other.scenario, standing),
            }
        )
    return rows
