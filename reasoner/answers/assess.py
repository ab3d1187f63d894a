"""What a regimen does: routes and arms, outcomes, hazards, harms to normal cells, activities before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reasoner.answers.document import Document, document
from reasoner.answers.judging import Judge
from reasoner.answers.placing import place_of, with_hypotheses
from reasoner.answers.requests import ScenarioRequest
from reasoner.engine.observations import Conclusion
from reasoner.engine.outcomes import OUTCOMES, Assessment
from reasoner.engine.scenario import BROKEN, OPEN, OPENED, UNKNOWN, RouteStanding
from reasoner.engine.trace import Reason, Trace, route_reason
from reasoner.engine.verdict import MAYBE, NO, YES, verdict
from reasoner.model.atom import Fact

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

_RELATION = {"dislodges": "retains", "awakens": "keepsQuiescent"}
_REMAINING = (OPEN, OPENED, UNKNOWN)


def assess(kb: Reasoned, agents: Sequence[str], request: ScenarioRequest, *, by_analogy: bool = True) -> Document:
    """The assessment document of a regimen at a place (design of keys: see the JSON schema ``assess``)."""
    with with_hypotheses(kb, [*agents, *request.background]) as wider:
        return _assess(wider, agents, request, by_analogy)


def _assess(kb: Reasoned, agents: Sequence[str], request: ScenarioRequest, by_analogy: bool) -> Document:
    place = place_of(kb, request)
    assessment = Assessment(kb, place, request.background, agents)
    judge = Judge(kb, assessment)
    scenario = assessment.scenario
    outcomes = _outcomes(judge)
    return document(
        kb,
        "assess",
        closed_world=True,
        verdict=next((o["verdict"] for o in outcomes if o["derived"] == YES), None),
        regimen=list(scenario.regimen),
        background=list(scenario.background),
        cell=place.cell,
        disease=place.disease,
        states=sorted(place.states),
        killers=[agent for agent, _ in scenario.killers],
        defeated=[{"agent": a, "by": lesion} for a, _, lesion in scenario.defeated_killers],
        routes=[_route(judge, standing) for standing in scenario.routes],
        outcomes=outcomes,
        hazards=_hazards(judge),
        harms=_harms(judge),
        activities=_activities(judge),
        analogies=_analogies(kb, judge) if by_analogy else [],
    )


def _route(judge: Judge, standing: RouteStanding) -> dict[str, Any]:
    route, kb = standing.route, judge.kb
    reason = route_reason(kb, judge.scenario, standing)
    exact = (
        judge.place.disease in route.scopes
        and any(
            Fact(p, route.name, judge.place.cell) in kb.closure
            and kb.closure.is_asserted(Fact(p, route.name, judge.place.cell))
            for p in ("retains", "sustains", "keepsQuiescent", "hindersDeliveryTo")
        )
    ) or any(
        p.route == route.name and p.cell == judge.place.cell and judge.place.disease in p.scopes
        for p in kb.graph.protections
    )
    return {
        "route": route.name,
        "status": standing.status,
        "by": [list(group) for group in standing.standing.by],
        "narrowed_by": [list(group) for group in standing.narrowed_by],
        "arms": [{"arm": a.arm.name, "status": s.status, "by": [list(g) for g in s.by]} for a, s in standing.arms],
        "reason": short_reason(reason),
        "scope": "exact" if exact else "broader",
        "protects_against": protected_from(judge, route.name),
        **judge.route(standing),
    }


def protected_from(judge: Judge, route: str) -> list[str]:
    """The therapies from which a route is stated to protect the cell here."""
    hierarchy = judge.kb.graph.hierarchy
    found = {
        therapy
        for p in judge.kb.graph.protections
        if p.route == route
        and hierarchy.covers(p.cell, judge.place.cell or "")
        and hierarchy.fits(p.scopes, judge.place)
        for therapy in p.therapies
    }
    return sorted(found)


def short_reason(reason: Reason) -> str:
    """What a status comes down to, in one sentence."""
    node = reason.premises[0] if reason.premises else reason
    if node.conclusion.startswith("on("):
        return "; ".join(premise.text.partition(":")[0] for premise in node.premises) or node.text
    return node.root().text


# --- outcomes ---------------------------------------------------------------------------------------------------------


def _outcomes(judge: Judge) -> list[dict[str, Any]]:
    concluded = {(f.predicate, str(f.object)) for f in judge.assessment.conclusions if f.predicate in OUTCOMES}
    cell = judge.place.cell or ""
    rows = []
    for predicate in OUTCOMES:
        subjects = [s for p, s in sorted(concluded) if p == predicate]
        if not subjects and predicate != "mobilises":
            subjects = [cell]
        for subject in subjects:
            row = _outcome(judge, predicate, subject, (predicate, subject) in concluded)
            if row is not None:
                rows.append(row)
    return rows


def _outcome(judge: Judge, predicate: str, subject: str, concluded: bool) -> dict[str, Any] | None:
    routes = _routes_of(judge, predicate)
    done = [r for r in routes if r.status == BROKEN or r.narrowed]
    maybe = not concluded and any(r.status == UNKNOWN for r in routes) and bool(judge.scenario.regimen)
    derived = YES if concluded else MAYBE if maybe else NO
    judged = judge.outcome(predicate, subject, derived, done)
    if derived == NO and not (judged["for"] or judged["against"]):
        return None
    left = [r.route.name for r in routes if r.status in _REMAINING]
    row = {"outcome": predicate, "subject": subject, "extent": None, "left": [], **judged}
    if derived == YES and predicate != "mobilises":
        row |= {"extent": "partial" if left else "complete", "left": left}
    elif derived == YES:
        row |= {"extent": "partial" if not _all_lost(judge, subject) else "complete"}
    return row


def _all_lost(judge: Judge, cell: str) -> bool:
    retention = [h for h in judge.assessment.harms if h.cell == cell and _is_retention(judge, h.function)]
    return bool(retention) and all(h.extent == "lost" for h in retention)


def _is_retention(judge: Judge, function: str) -> bool:
    return Fact("RetentionFunction", function) in judge.kb.closure


def _routes_of(judge: Judge, predicate: str) -> list[RouteStanding]:
    """The routes that an outcome is about, at their standing; for sensitising, with a killer in place."""
    closure, cell = judge.kb.closure, judge.place.cell or ""
    if predicate in _RELATION:
        return [r for r in judge.scenario.routes if Fact(_RELATION[predicate], r.route.name, cell) in closure]
    if predicate != "sensitises":
        return []
    found: dict[str, RouteStanding] = {}
    for killer, variant in judge.assessment.variants.items():
        shields = routes_against(judge, killer)
        for standing in variant.routes:
            if standing.route.name in shields:
                known = found.get(standing.route.name)
                if known is None or standing.status == BROKEN:
                    found[standing.route.name] = standing
    return list(found.values())


def routes_against(judge: Judge, killer: str) -> set[str]:
    """The routes that protect the cell from a killer, its class, or a therapy that the source does not name."""
    kb, place = judge.kb, judge.place
    hierarchy = kb.graph.hierarchy
    unnamed = set(kb.closure.members("UnnamedTherapy"))
    classes = kb.graph.classes_of(killer)
    return {
        p.route
        for p in kb.graph.protections
        if hierarchy.covers(p.cell, place.cell or "")
        and hierarchy.fits(p.scopes, place)
        and (classes | unnamed) & set(p.therapies)
    }


# --- hazards, harms, activities ---------------------------------------------------------------------------------------


def _hazards(judge: Judge) -> list[dict[str, Any]]:
    rows = []
    with judge.assessment.concluded() as closure:
        for fact in judge.assessment.conclusions:
            if fact.predicate != "hasHazard":
                continue
            derivation = closure.derivation(fact)
            rule = derivation.rule if derivation else None
            subject = _hazard_subject(derivation, judge) if derivation else None
            claims = sorted(set(rule.source) & set(judge.kb.base.claims)) if rule else []
            evidence = judge.observations.evidence(Conclusion("hasHazard", judge.given, judge.place.cell), judge.place)
            observed = _names_hazard(rule, evidence.direct + evidence.analogous)
            word = verdict(YES, evidence) if observed else "supported" if claims else "predicted"
            rows.append(
                {
                    "hazard": str(fact.object),
                    "subject": subject,
                    "verdict": word,
                    "evidence": observed or claims,
                    "rule": rule.id if rule else None,
                }
            )
    return sorted(rows, key=lambda r: str(r["hazard"]))


def _names_hazard(rule: Any, claims: list[str]) -> list[str]:
    """The observed claims when the rule itself rests on observations, else none."""
    observes = rule is not None and any(atom.predicate == "hasOutcome" for atom in rule.body)
    return claims if observes else []


def _hazard_subject(derivation: Any, judge: Judge) -> str | None:
    for premise in derivation.premises:
        fact = premise.conclusion
        if fact.predicate in ("opensRoute", "leavesOpen", "opposedOn", "dislodges", "awakens"):
            return str(fact.object)
    return judge.place.cell


def _harms(judge: Judge) -> list[dict[str, Any]]:
    return [
        {
            "cell": harm.cell,
            "function": harm.function,
            "extent": harm.extent,
            "by": list(harm.by),
            "evidence": harm_claims(judge, harm.function, harm.cell, harm.by),
        }
        for harm in judge.assessment.harms
    ]


def harm_claims(judge: Judge, function: str, cell: str, agents: Sequence[str]) -> list[str]:
    """Claims behind a harm: what the touched arms and mechanisms need, and what the agents act on."""
    kb = judge.kb
    claims: dict[str, None] = {}
    located = kb.located(judge.place.__class__(cell, judge.place.disease, judge.place.states))
    for agent in agents:
        for action in located.effects_of(agent).actions:
            if Fact("mayTouch", action.name, function) not in kb.closure:
                continue
            reached = action.cuts | action.lifts | action.provides
            claims.update(dict.fromkeys(_touched_claims(kb, function, reached)))
            claims.update(dict.fromkeys(kb.support(Fact("hasTarget", action.name, action.target)).supported))
    outcome = judge.observations.evidence(Conclusion("mobilises", judge.given, cell), judge.place)
    if _is_retention(judge, function):
        claims.update(dict.fromkeys(outcome.direct))
    return list(claims)


def _touched_claims(kb: Reasoned, function: str, reached: frozenset[str]) -> list[str]:
    """Claims on the first statements that lead from reached activities to the function."""
    found: dict[str, None] = {}
    feeding = {a for a in reached if Fact("feeds", a, function) in kb.closure}
    for mechanism in kb.graph.mechanisms:
        leads = any(Fact("feeds", effect, function) in kb.closure for effect in _effects(kb, mechanism.name))
        if leads and feeding & set(mechanism.requires):
            for required in mechanism.requires:
                found.update(dict.fromkeys(kb.support(Fact("requires", mechanism.name, required)).supported))
            for interaction in kb.closure.objects("engages", mechanism.name):
                for prop in ("hasLigand", "hasReceptor", "hasReceiver"):
                    for value in kb.closure.objects(prop, str(interaction)):
                        found.update(dict.fromkeys(kb.support(Fact(prop, str(interaction), value)).supported))
    for arm in kb.graph.functions[function].arms:
        for need in arm.needs:
            if need in feeding:
                found.update(dict.fromkeys(kb.support(Fact("needs", arm.name, need)).supported))
    return list(found)


def _effects(kb: Reasoned, mechanism: str) -> list[str]:
    return [str(effect) for effect in kb.closure.objects("influences", mechanism)]


def _activities(judge: Judge) -> list[dict[str, Any]]:
    """Activities whose value the regimen changes, with the value under the background alone."""
    scenario = judge.scenario
    before, after = scenario.valuation(()), scenario.valuation()
    partly = judge.partial_nodes()
    trace = Trace(judge.kb, scenario)
    rows: list[dict[str, Any]] = []
    for index, node in enumerate(scenario.located.nodes):
        bit = 1 << index
        if before.value(bit) != after.value(bit):
            rows.append(
                {
                    "activity": node.name,
                    "before": before.value(bit),
                    "after": after.value(bit),
                    "partial": bool(partly & bit),
                    "label": trace.label(index),
                    "reason": trace.value_reason(index).text if len(rows) < 200 else None,
                }
            )
    return sorted(rows, key=lambda r: str(r["activity"]))


def _analogies(kb: Reasoned, judge: Judge) -> list[dict[str, Any]]:
    """Routes on which the regimen acts only when facts of other diseases and cells are let in."""
    if not judge.scenario.regimen:
        return []
    strict = {s.route.name for s in judge.scenario.routes if s.status in (BROKEN, OPENED) or s.narrowed}
    other = Assessment(kb, judge.place, judge.scenario.background, judge.scenario.regimen, analogy=True)
    rows = []
    for standing in other.scenario.routes:
        name = standing.route.name
        effect = (
            "breaks"
            if standing.status == BROKEN
            else "opens"
            if standing.status == OPENED
            else "narrows"
            if standing.narrowed
            else None
        )
        if effect is None or name in strict:
            continue
        by = standing.standing.by if effect != "narrows" else standing.narrowed_by
        rows.append(
            {
                "route": name,
                "effect": effect,
                "by": [list(g) for g in by],
                "verdict": "by_analogy",
                "from": sorted({*standing.route.scopes}),
            }
        )
    return rows
