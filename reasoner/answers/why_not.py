"""Why a conclusion does not hold: per rule or mechanism what holds and what fails, with a code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.contradicted import names_of
from reasoner.answers.course import Course, asked
from reasoner.answers.explain import Explainer
from reasoner.answers.frame import finished, frame
from reasoner.answers.holding import look
from reasoner.answers.killer_scopes import defeat, no_killer
from reasoner.answers.missing.activity import MissingActivity
from reasoner.answers.missing.row import CODES, missing
from reasoner.answers.missing.unread import Unread
from reasoner.answers.reasons import fact_of
from reasoner.answers.resting import add, of_names, of_routes
from reasoner.asking.conclusion import OF_ROUTES, VALUES, Conclusion
from reasoner.asking.requests import ScenarioRequest
from reasoner.inference.outcomes import Outcome
from reasoner.mechanism.located import LocatedArm
from reasoner.mechanism.mechanism_graph import SIGNED, Action
from reasoner.mechanism.place import Miss, Place
from reasoner.mechanism.well_founded import ON, REBOUNDS, Valuation
from reasoner.model.atom import Fact
from reasoner.model.masks import bits, union
from reasoner.scenario.assessment import SCENARIO, Assessment
from reasoner.scenario.deeds import LOWERING, RAISING
from reasoner.scenario.outcome_routes import turning_on
from reasoner.scenario.scenario import BROKEN, INACTIVE, OPEN, OPENED, UNKNOWN, RouteStanding, Scenario
from reasoner.scenario.trace import Trace

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.why_not import MissingCode, MissingRow, NearestMisses, WhyNot


def why_not(
    reasoned: Reasoned,
    conclusion: Conclusion,
    request: ScenarioRequest,
    *,
    abduce: int = 0,
    stop: Callable[[int], bool] | None = None,
) -> WhyNot:
    """What is missing for a conclusion; no reasons when it holds.

    ``abduce`` asks for the smallest sets of missing facts, of at most so many statements, that would make it hold.
    """
    with asked(reasoned, conclusion, request) as (wider, taken):
        holds = bool(Explainer(wider, conclusion, taken).trees(every=False))
        reasons = [] if holds else list(_Missing(wider, conclusion, taken).reasons())
        if not holds and not reasons:
            reasons = [missing("NOT_REPORTED", "no rule concludes it and no source reports it")]
        reasons.sort(key=lambda r: CODES.index(r["code"]))
        misses: NearestMisses = {} if holds or not abduce else _nearest(reasoned, conclusion, request, abduce, stop)
        told: WhyNot = {
            "command": "why-not",
            **frame(wider, closed_world=conclusion.of_scenario),
            **look(wider, conclusion, taken).judged,
            "answers": [],
            "conclusion": str(conclusion),
            "holds": holds,
            "reasons": [_marked(reason, wider, taken) for reason in _distinct(reasons)],
            **misses,
        }
        return finished(wider, told)


def _marked(reason: MissingRow, reasoned: Reasoned, taken: Course | None) -> MissingRow:
    """A reason with the contradicted individuals under what it names, and under the route that it speaks of."""
    if not reasoned.contradictions:
        return reason
    add(reason, of_names(reasoned, names_of(reason)))
    if taken is not None and reason["rule"] in reasoned.graph.routes:
        scenario = taken.assessment().scenario
        told = [standing for standing in scenario.routes if standing.route.name == reason["rule"]]
        add(reason, of_routes(reasoned, scenario, told))
    return reason


def _nearest(
    reasoned: Reasoned,
    conclusion: Conclusion,
    request: ScenarioRequest,
    largest: int,
    stop: Callable[[int], bool] | None,
) -> NearestMisses:
    from reasoner.answers.missing.abduce import abduce, rows

    found = abduce(reasoned, conclusion, request, largest=largest, stop=stop)
    return {
        "abduced": rows(found),
        "abduced_in_all": len(found.sets),
        "abduced_to": largest,
        "limit_reached": found.cut_short,
    }


def _distinct(reasons: list[MissingRow]) -> list[MissingRow]:
    first: dict[tuple[str, str | None, str], MissingRow] = {}
    for row in reasons:
        first.setdefault((row["code"], row["rule"], row["fails"]), row)
    return list(first.values())


def _partly_closed(standing: RouteStanding, valuation: Valuation) -> bool:
    """Whether some way through a route is closed, so that what is open is another one."""
    return any(valuation.all_of(arm.mask) != ON for arm, _ in standing.arms)


class _Missing:
    """Collects what is missing for one conclusion."""

    def __init__(self, reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> None:
        self.reasoned = reasoned
        self.conclusion = conclusion
        self.taken = taken

    def reasons(self) -> Iterator[MissingRow]:
        predicate = self.conclusion.predicate
        if self.taken is None:
            yield from self._fact()
        elif predicate in VALUES:
            activity = MissingActivity(self.reasoned, self.taken.assessment(), str(self.conclusion.args[0]))
            yield from activity.reasons(predicate)
        elif predicate == "status":
            yield from self._route(self.taken.assessment(), str(self.conclusion.args[0]))
        else:
            yield from self._outcome(self.taken.assessment())

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def _outcome(self, assessment: Assessment) -> Iterator[MissingRow]:
        predicate = self.conclusion.predicate
        if predicate in OF_ROUTES.values():
            yield from self._route(assessment, str(self.conclusion.args[0]))
        elif (outcome := self.reasoned.outcomes.get(predicate)) is not None and not outcome.is_harm:
            yield from self._bearing(assessment, outcome)
        elif predicate == "effectiveKiller":
            yield from self._killer(assessment, str(self.conclusion.args[0]))
        yield from self._rules(assessment)
        yield from self._elsewhere(assessment)

    def _bearing(self, assessment: Assessment, outcome: Outcome) -> Iterator[MissingRow]:
        """What is missing on each route that bears on the outcome, and among killers."""
        scenario, cell = assessment.scenario, assessment.place.cell or ""
        if outcome.needs_killer:
            yield from self._killers(assessment)
        if outcome.by_protection:
            covers = self.reasoned.graph.hierarchy.covers
            routes = {p.route for p in self.reasoned.graph.protections if covers(p.cell, cell)}
        else:
            routes = turning_on(self.reasoned, assessment.place, outcome)
        if not routes:
            what = f"bears on {outcome.predicate} for {self.reasoned.label(cell)}"
            yield missing("NO_ROUTE", f"no route of the knowledge base {what}")
        known = {s.route.name for s in scenario.routes}
        for name in sorted(routes & known):
            yield from self._route(assessment, name)
        if routes and not routes & known:
            yield missing("OTHER_DISEASE", "the routes that would bear on it are stated for other diseases")

    def _killers(self, assessment: Assessment) -> Iterator[MissingRow]:
        scenario = assessment.scenario
        if scenario.killers:
            return
        for killer in scenario.defeated_killers:
            yield missing("KILLER_DEFEATED", defeat(self.reasoned, killer), agent=killer.agent)
        if not scenario.defeated_killers:
            yield missing("NO_KILLER", no_killer(self.reasoned, assessment.place.cell or ""))

    def _killer(self, assessment: Assessment, agent: str) -> Iterator[MissingRow]:
        """Why one agent is no effective killer: it is not given, it is defeated, or nothing says that it kills."""
        scenario, cell = assessment.scenario, assessment.place.cell or ""
        if agent not in (*scenario.background, *scenario.regimen):
            yield missing("NO_KILLER", f"{self.reasoned.label(agent)} is not given")
            return
        mine = [killer for killer in scenario.defeated_killers if killer.agent == agent]
        for killer in mine:
            yield missing("KILLER_DEFEATED", defeat(self.reasoned, killer), agent=agent)
        if not mine:
            who = f"nothing stated here says that {self.reasoned.label(agent)}"
            yield missing("NO_KILLER", no_killer(self.reasoned, cell, who), agent=agent)

    def _route(self, assessment: Assessment, name: str) -> Iterator[MissingRow]:
        scenario = assessment.scenario
        standing = next((s for s in scenario.routes if s.route.name == name), None)
        label = self.reasoned.label(name)
        if standing is None:
            place = assessment.place
            if denials := self._denials(name, place):
                claims = [claim for fact in denials for claim in self.reasoned.support(fact).supported]
                yield missing("DENIED_HERE", f"{label} is denied here", str(denials[0]), evidence=claims)
                return
            narrower = list(self._narrower_route(name, assessment))
            yield from narrower
            known = name in self.reasoned.graph.routes and self.reasoned.graph.routes[name].cells
            where = f"{self.reasoned.label(place.cell or '')} in {self.reasoned.label(place.disease or 'no disease')}"
            if not narrower:
                yield missing("OTHER_DISEASE" if known else "NO_ROUTE", f"{label} is not stated for {where}")
            return
        if standing.status == INACTIVE:
            if not standing.route.assumes <= assessment.place.states:
                return
            trace = Trace(self.reasoned, scenario, ())
            arms = [trace.arm(arm) for arm, _ in standing.arms]
            root = arms[0].root()
            code: MissingCode = "DENIED_HERE" if any(arm.root().rule == "denied" for arm in arms) else "ROUTE_INACTIVE"
            yield missing(code, f"{label} is inactive here: {root.text}", name, evidence=arms[0].claims())
        elif standing.status in (OPEN, OPENED):
            yield from self._uncut(assessment, standing)
        elif standing.status == BROKEN:
            yield from self._broken(assessment, standing)
        elif standing.status == REBOUNDS:
            trace = Trace(self.reasoned, scenario)
            told = next(trace.arm(arm) for arm, own in standing.arms if own.status == REBOUNDS)
            yield missing("REBOUNDS", f"{label} rebounds: {told.root().text}", name, evidence=told.claims())
        else:
            trace = Trace(self.reasoned, scenario)
            doubt = next(trace.arm(arm) for arm, own in standing.arms if own.status == UNKNOWN)
            code = "UNSTATED_IN_STATE" if doubt.root().rule == "unstated" else "NOT_REPORTED"
            text = f"{label} is undetermined here: {doubt.root().text}"
            yield missing(code, text, name, evidence=doubt.claims())

    def _broken(self, assessment: Assessment, standing: RouteStanding) -> Iterator[MissingRow]:
        """Why it does not do that a route is broken: it should open, or it protects from nothing that is given."""
        name, label = standing.route.name, self.reasoned.label(standing.route.name)
        predicate = self.conclusion.predicate
        if predicate in ("opensRoute", "narrowsRoute", "reboundsRoute"):
            told = Trace(self.reasoned, assessment.scenario).arm(standing.arms[0][0])
            code: MissingCode = "NOT_REPORTED" if predicate == "reboundsRoute" else "SIGN_MISMATCH"
            yield missing(code, f"{label} is broken: {told.root().text}", name, evidence=told.claims())
        elif (outcome := self.reasoned.outcomes.get(predicate)) is not None and outcome.needs_killer:
            yield missing("NO_KILLER", f"{label} is broken, but {self._no_use(assessment, outcome)}", name)
        else:
            yield missing("NOT_REPORTED", f"{label} is broken, but it does not bear on what is asked", name)

    def _no_use(self, assessment: Assessment, outcome: Outcome) -> str:
        """Why it is of no use that a route is broken, where an outcome needs a killer."""
        killers = " and ".join(self.reasoned.label(killer.agent) for killer in assessment.scenario.killers)
        if not outcome.by_protection:
            return f"not with {killers} in place" if killers else "there is no effective killer"
        return f"protects from none of {killers}" if killers else "there is no effective killer to protect from"

    def _narrower_route(self, name: str, assessment: Assessment) -> Iterator[MissingRow]:
        """That a route, or an arm of it, is stated for narrower cells than that of the place."""
        unread = Unread(self.reasoned, assessment.place)
        if cells := unread.cells_of_route(name):
            yield missing("NO_ROUTE", unread.words(self.reasoned.label(name), cells), name)

    def _denials(self, route: str, place: Place) -> list[Fact]:
        """The facts that deny an arm of the route at the place."""
        graph, fit = self.reasoned.graph, self.reasoned.graph.hierarchy.fit
        arms = graph.arms_for(graph.routes[route], place.cell) if route in graph.routes and place.cell else ()
        denied = [(arm.name, scope) for arm in arms for scope in arm.denied]
        return [Fact("deniedIn", arm, scope) for arm, scope in denied if isinstance(fit(scope, place), frozenset)]

    def _uncut(self, assessment: Assessment, standing: RouteStanding) -> Iterator[MissingRow]:
        """Why the regimen leaves a route open: no target on it, a defeated action, or the wrong sign."""
        scenario = assessment.scenario
        trace = Trace(self.reasoned, scenario)
        open_arm = next((arm for arm, own in standing.arms if own.status in (OPEN, OPENED)), standing.arms[0][0])
        holds = [premise.text for premise in trace.arm(open_arm).premises]
        for agent in (*scenario.background, *scenario.regimen):
            hindrances = list(self._defeats(agent, standing, trace))
            for hindrance in hindrances:
                yield missing("KILLER_DEFEATED", hindrance, standing.route.name, holds, agent=agent)
            code, text = self._without_effect(agent, standing, scenario, open_arm)
            is_whole = standing.status == OPEN and not _partly_closed(standing, trace.unfolded)
            closes_none = code == "SIGN_MISMATCH" and is_whole
            if not hindrances or not (closes_none or code == "TARGET_NOT_ON_ROUTE"):
                yield missing(code, text, standing.route.name, holds, agent=agent)

    def _defeats(self, agent: str, standing: RouteStanding, trace: Trace) -> Iterator[str]:
        """What keeps an agent from the route: lesions from what its actions work on, or the lack of an activity."""
        located = trace.located
        for action, lesion in located.effects_of(agent).defeated:
            if Fact("mayTouch", action.name, standing.route.name) in self.reasoned.closure:
                yield f"{self.reasoned.label(lesion)} defeats {self.reasoned.label(action.name)}"
        if located.effects_of(agent).depends:
            nodes = bits(located.upstream(union(arm.mask for arm, _ in standing.arms)) & ~located.inner)
            told = [told for index in nodes for told in trace.hindrances(index, *LOWERING, *RAISING)]
            yield from dict.fromkeys(r.text for who, r in told if who == agent and r.rule == "dependency")

    def _without_effect(
        self, agent: str, standing: RouteStanding, scenario: Scenario, open_arm: LocatedArm
    ) -> tuple[MissingCode, str]:
        """Why what an agent does leaves a route open: code and text."""
        name, label = self.reasoned.label(agent), self.reasoned.label(standing.route.name)
        actions = scenario.actions_in_force(agent)
        touching = [a for a in actions if Fact("mayTouch", a.name, standing.route.name) in self.reasoned.closure]
        if not touching:
            return "TARGET_NOT_ON_ROUTE", f"nothing that {name} acts on lies on {label}"
        if standing.status == OPENED:
            return "SIGN_MISMATCH", f"{name} reaches {label}, but what it does there opens the route"
        if self._unsigned(standing, touching):
            return "UNSIGNED", f"{name} reaches {label} only by what is stated without a sign"
        if not _partly_closed(standing, scenario.valuation()):
            return "SIGN_MISMATCH", f"{name} reaches {label}, but what it does there closes no way through"
        still = self.reasoned.label(open_arm.arm.name)
        return "SIGN_MISMATCH", f"{name} reaches {label}, but another way through stays open: {still}"

    def _unsigned(self, standing: RouteStanding, actions: Sequence[Action]) -> bool:
        """Whether the actions have no sign, or all that they reach leads to the route by influences without one."""
        if all(action.touches for action in actions):
            return True
        reached = {
            activity
            for action in actions
            for activity in action.cuts | action.lifts | action.provides | action.activates
            if Fact("feeds", activity, standing.route.name) in self.reasoned.closure
        }
        depleting = any(action.depletes for action in actions)
        return bool(reached) and not depleting and not reached & self._signed_way(standing)

    def _signed_way(self, standing: RouteStanding) -> set[str]:
        """The activities from which effects that all have a sign lead to what the route needs."""
        found: set[str] = set()
        todo = {need for arm, _ in standing.arms for need in arm.arm.needs}
        while todo:
            found |= todo
            causes = {
                m for m in self.reasoned.graph.mechanisms if any(e in todo for sign, e in m.effects if sign in SIGNED)
            }
            todo = {required for mechanism in causes for required in mechanism.requires} - found
        return found

    def _rules(self, assessment: Assessment) -> Iterator[MissingRow]:
        """Near misses of the outcome rules themselves."""
        fact = fact_of(self.conclusion)
        regimen = "+".join(self.conclusion.regimen or ()) or "untreated"
        with assessment.concluded() as closure:
            for miss in closure.near_misses(fact, limit=3):
                holds = [str(f).replace(SCENARIO, regimen) for f in miss.holds]
                fails = str(miss.fails).replace(SCENARIO, regimen)
                yield missing("NOT_REPORTED", fails, miss.rule.id, holds)

    def _elsewhere(self, assessment: Assessment) -> Iterator[MissingRow]:
        """Claims that speak of the same outcome for another disease or another agent."""
        judged = look(self.reasoned, self.conclusion, self.taken).judged
        if judged["against"]:
            yield missing("DENIED_HERE", "a source denies it", evidence=judged["against"])
        if judged["for_elsewhere"] and not judged["for"]:
            yield missing(
                "OTHER_DISEASE", "it is reported of another disease or agent only", evidence=judged["for_elsewhere"]
            )

    # --- plain facts -------------------------------------------------------------------------------------------------

    def _fact(self) -> Iterator[MissingRow]:
        fact = fact_of(self.conclusion)
        yield from self._denial(fact)
        for miss in self.reasoned.closure.near_misses(fact, limit=5):
            yield missing("NOT_REPORTED", str(miss.fails), miss.rule.id, [str(f) for f in miss.holds])

    def _denial(self, fact: Fact) -> Iterator[MissingRow]:
        """Whether the same pair stands under a weaker or a negative property."""
        closure = self.reasoned.closure
        if fact.predicate in ("promotes", "suppresses") and fact.object is not None:
            other = "suppresses" if fact.predicate == "promotes" else "promotes"
            if Fact(other, fact.subject, fact.object) in closure:
                yield missing("SIGN_MISMATCH", f"it {other} instead")
            elif Fact("influences", fact.subject, fact.object) in closure:
                yield missing("UNSIGNED", "an influence is stated, without a sign")
        if fact.predicate == "givenIn":
            place = Place(None, str(fact.object))
            hierarchy = self.reasoned.graph.hierarchy
            denied = [str(s) for s in closure.objects("deniedIn", fact.subject)]
            if any(isinstance(hierarchy.fit(s, place), frozenset) for s in denied):
                claims = [c for s in denied for c in self.reasoned.support(Fact("deniedIn", fact.subject, s)).supported]
                yield missing("DENIED_HERE", "the source denies it", evidence=claims)
            elif any(hierarchy.fit(str(s), place) is Miss.STATE for s in closure.objects("givenIn", fact.subject)):
                yield missing("UNSTATED_IN_STATE", "it is stated for another state only")
