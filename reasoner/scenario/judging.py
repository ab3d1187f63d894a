"""Verdict, strength, modality and evidence of what a scenario concludes: one place for every answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from reasoner.inference.distance import Sought
from reasoner.inference.evidence import Evidence
from reasoner.inference.outcomes import Outcome
from reasoner.mechanism.located import LocatedArm
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS
from reasoner.model.atom import Fact
from reasoner.model.masks import union
from reasoner.scenario.assessment import Assessment, Harm
from reasoner.scenario.likeness import Likeness
from reasoner.scenario.outcome_routes import turning_on
from reasoner.scenario.reason import Reason
from reasoner.scenario.restored import Restored
from reasoner.scenario.scenario import BROKEN, INACTIVE, OPEN, OPENED, UNKNOWN, RouteStanding, Scenario
from reasoner.scenario.solidity import FIRM, INFERENCE, Scores, Solidity, action_fact, of_claims, of_fact
from reasoner.scenario.trace import Trace
from reasoner.scenario.verdict import BY_ANALOGY, CONJECTURED, MAYBE, NO, PREDICTED, YES
from reasoner.scenario.worth import worth

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.scenario import Judged
    from reasoner.model.documents.words import Derived, Nearness, Verdict

#: The class of what an import only supposes.
_HYPOTHESIS = "Hypothesis"


class Judge:
    """Judges the conclusions of one assessment."""

    def __init__(self, reasoned: Reasoned, assessment: Assessment) -> None:
        self.reasoned = reasoned
        self.assessment = assessment
        self.scenario: Scenario = assessment.scenario
        self.place = assessment.place
        self.given = assessment.given
        self.restored = Restored(reasoned, self.scenario)
        self.likeness = Likeness(reasoned, self.scenario)
        self._known_scores: dict[tuple[str, ...], Scores] = {}
        self._known_bearing: dict[tuple[str, tuple[tuple[str, ...], ...]], Evidence] = {}
        self._known_of_outcomes: dict[str, Evidence] = {}

    @cached_property
    def scores(self) -> Scores:
        """The solidity of the nodes of routes under the regimen."""
        return self._scores_of(self.scenario.regimen)

    def _scores_of(self, part: Sequence[str]) -> Scores:
        key = tuple(part)
        if key not in self._known_scores:
            self._known_scores[key] = Scores(self.reasoned, self.scenario, key)
        return self._known_scores[key]

    def trace(self, untreated: bool = False) -> Trace:
        """The explanations of the scenario, or of its background alone."""
        return self._alone if untreated else self._whole

    @cached_property
    def _whole(self) -> Trace:
        return Trace(self.reasoned, self.scenario)

    @cached_property
    def _alone(self) -> Trace:
        return Trace(self.reasoned, self.scenario, ())

    # --- what is looked for ------------------------------------------------------------------------------------------

    def sought(
        self,
        *predicates: str,
        needed: Iterable[Iterable[str]] | None = None,
        cell: str | None = None,
        route: str | None = None,
        activity: str | None = None,
        outcome: str | None = None,
        therapies: Iterable[str] = (),
        routes: Iterable[str] = (),
        nodes: int = 0,
    ) -> Sought:
        """What evidence is looked for about a conclusion that turns on some routes, and rests on some nodes.

        ``needed`` are the sets of agents that bring it about, by default all that are given.
        """
        upstream, things = self.likeness.upstream(nodes)
        sets = [self.given] if needed is None else [self.given.intersection(agents) for agents in needed]
        return Sought(
            frozenset(predicates),
            tuple(dict.fromkeys(map(frozenset, sets))) or (self.given,),
            self.given,
            self.place.cell if cell is None else cell,
            route,
            activity,
            outcome,
            frozenset(therapies),
            self.assessment.earlier,
            frozenset(routes),
            things,
            lambda tested, given: self.likeness.alike(tested, given, upstream),
            self.likeness.defeated_by,
            self.likeness.changing(upstream),
        )

    def evidence(self, sought: Sought) -> Evidence:
        """All claims that speak to what is sought."""
        return self.reasoned.gathering.evidence(sought, self.place)

    # --- routes ------------------------------------------------------------------------------------------------------

    def route(self, standing: RouteStanding) -> Judged:
        """Verdict, strength, modality and evidence of the status of a route."""
        arms = [arm for arm, _ in standing.arms]
        derived: Derived = YES if standing.certain else MAYBE
        if standing.status == REBOUNDS:
            return self.words(YES, self._statement(standing), self._feedback(standing), [standing])
        if standing.status == BROKEN or standing.narrowed:
            needed = standing.standing.by if standing.status == BROKEN else standing.narrowed_by
            return self.words(derived, self._bearing(standing, needed), self._taking_away(standing), [standing])
        if standing.status == OPENED:
            evidence = self.evidence(self._about_route(["opensRoute"], standing, standing.standing.by))
            evidence.join(self._bearing(standing, standing.standing.by).turned())
            was_off = self._scores_of(()).break_of(arms)
            return self.words(YES, evidence, self.scores.opening_of(arms).weakest(was_off), [standing])
        if standing.status == OPEN:
            evidence = self._statement(standing)
            evidence.join(self._bearing(standing, ()).turned())
            return self.words(YES, evidence, self.scores.opening_of(arms), [standing])
        derived = MAYBE if standing.status == UNKNOWN else NO
        solidity = FIRM if standing.status == INACTIVE else INFERENCE
        return self.words(derived, Evidence(), solidity, [standing])

    def _taking_away(self, standing: RouteStanding) -> Solidity:
        """How solid it is that a route is broken, or narrowed by the best known of its arms that are."""
        cut = [arm for arm, own in standing.arms if BROKEN in (standing.status, own.status)]
        if standing.status == BROKEN:
            return self.break_of(cut)
        return max((self.break_of([arm]) for arm in cut), default=INFERENCE)

    def break_of(self, arms: Sequence[LocatedArm]) -> Solidity:
        """How solid it is that the regimen closes these arms: that they are off, and that they would be on."""
        off = self.scores.break_of(arms)
        return off.weakest(self._being_on(arms))

    def _being_on(self, arms: Sequence[LocatedArm]) -> Solidity:
        """How solid it is that one of some arms is on under a part of the regimen: the best of the smallest parts."""
        scenario = self.scenario
        masks = [arm.mask for arm in arms]
        for size in range(len(scenario.regimen) + 1):
            parts = list(combinations(scenario.regimen, size))
            on = [self._scores_of(part) for part in parts if scenario.valuation(part).any_of(masks) == ON]
            if on:
                return max(scores.opening_of(arms) for scores in on)
            back = [part for part in parts if scenario.valuation(part).any_of(masks) == REBOUNDS]
            if back:
                traces = [Trace(self.reasoned, scenario, part) for part in back]
                return max(self._weakest_step(trace.arm(arm) for arm in arms) for trace in traces)
        return INFERENCE

    def _feedback(self, standing: RouteStanding) -> Solidity:
        """How solid the feedback is by which a route rebounds: its weakest step."""
        return self._weakest_step(self.trace().arm(arm) for arm, own in standing.arms if own.status == REBOUNDS)

    def value_of(self, index: int) -> Solidity:
        """How solid it is that a node has the value that it has."""
        value = self.scenario.valuation().value(1 << index)
        if value in (ON, OFF):
            return (self.scores.on if value == ON else self.scores.off)(index)
        return self._weakest_step([self.trace().value_reason(index)])

    def _weakest_step(self, told: Iterable[Reason]) -> Solidity:
        solid = FIRM
        for step in (step for reason in told for step in reason.steps() if step.rule != "feedback"):
            solid = solid.weakest(of_claims(self.reasoned, step.evidence))
        return solid

    def bearing(self, standing: RouteStanding, predicate: str) -> Evidence:
        """What is said of all agents given doing something to a route: breaking, narrowing, opening it."""
        if predicate in ("breaksRoute", "narrowsRoute"):
            return self._bearing(standing, ())
        return self.evidence(self._about_route([predicate], standing, ()))

    def _bearing(self, standing: RouteStanding, needed: Iterable[Iterable[str]]) -> Evidence:
        """What is said of some agents breaking a route: outcomes bear on it where an observation names it."""
        key = standing.route.name, tuple(map(tuple, needed))
        if key not in self._known_bearing:
            outcomes = (outcome.predicate for outcome in self.reasoned.outcomes.of_routes)
            self._known_bearing[key] = self.evidence(self._about_route(["breaksRoute", *outcomes], standing, key[1]))
        return self._known_bearing[key]

    def is_broken_in_part(self, standing: RouteStanding) -> bool:
        """Whether a source that tells of a route being broken by these agents says that it is so in part."""
        return standing.status == BROKEN and self._bearing(standing, standing.standing.by).in_part_only

    def _about_route(
        self, predicates: Sequence[str], standing: RouteStanding, needed: Iterable[Iterable[str]]
    ) -> Sought:
        """What is looked for about a route and what agents do to it."""
        name = standing.route.name
        nodes = union(arm.mask for arm, _ in standing.arms)
        return self.sought(*predicates, needed=list(needed) or None, route=name, routes=[name], nodes=nodes)

    def _statement(self, standing: RouteStanding) -> Evidence:
        """What is said for and against the statement that the route does what it does to the cell."""
        return self.reasoned.gathering.of_facts(*self._beside_route(standing.route.name))

    def route_claims(self, route: str) -> list[str]:
        """The claims that state what a route does."""
        return self._beside_route(route)[0]

    def _beside_route(self, route: str) -> tuple[list[str], list[str]]:
        stating = {"supportsRoute", *self.reasoned.outcomes.route_relations}
        facts = [f for f in self.reasoned.base.annotated if f.subject == route and f.predicate in stating]
        for protection in self.reasoned.graph.protections:
            if protection.route == route:
                facts += [Fact("fromTherapy", protection.name, t) for t in protection.therapies]
        beside = [self.reasoned.support(fact) for fact in facts]
        sides = (support.supported for support in beside), (support.opposed for support in beside)
        supported, opposed = (sorted({claim for own in side for claim in own}) for side in sides)
        return supported, opposed

    # --- words -------------------------------------------------------------------------------------------------------

    def words(
        self, derived: Derived, evidence: Evidence, solidity: Solidity, routes: Sequence[RouteStanding] = ()
    ) -> Judged:
        """What a conclusion is worth that was derived by way of some routes, each of which would do."""
        return worth(self.reasoned, derived, evidence, solidity, self._otherwise(routes), self._scope(routes))

    def _otherwise(self, routes: Sequence[RouteStanding]) -> Verdict:
        """The word of what is derived and of which nobody speaks, by the least supposed of its routes."""
        closure = self.reasoned.closure

        def is_hypothesis(standing: RouteStanding) -> bool:
            names = (standing.route.name, *(arm.arm.name for arm, _ in standing.arms))
            return any(Fact(_HYPOTHESIS, name) in closure for name in names)

        if routes and all(map(is_hypothesis, routes)):
            return CONJECTURED
        if self.scenario.located.scene.analogy or (routes and all(map(self.restored.by_analogy, routes))):
            return BY_ANALOGY
        return PREDICTED

    def _scope(self, routes: Sequence[RouteStanding]) -> tuple[Nearness, list[str]]:
        """Whether one of some routes was stated for this very disease, else for which cells and diseases they were."""
        if self.scenario.located.scene.analogy:
            return "other", sorted({*(name for s in routes for name in s.route.scopes)})
        if not routes or any(self._is_exact(standing.route.name) for standing in routes):
            return "exact", []
        cells = {cell for standing in routes for cell in self._cells_of(standing.route.name)}
        return "broader", sorted({*cells, *(scope for standing in routes for scope in standing.route.scopes)})

    def _is_exact(self, route: str) -> bool:
        """Whether a route, or a protection by it, is stated for the disease of the place; broader cells are covered."""
        graph, disease = self.reasoned.graph, self.place.disease
        own = graph.routes.get(route) or graph.functions.get(route)
        if own is not None and disease in own.scopes:
            return True
        above = graph.hierarchy.above(self.place.cell or "")
        return any(p.route == route and p.cell in above and disease in p.scopes for p in graph.protections)

    def _cells_of(self, route: str) -> set[str]:
        """The cells that a file names as those that a route is about."""
        closure = self.reasoned.closure
        return {
            str(cell)
            for relation in self.reasoned.outcomes.route_relations
            for cell in closure.objects(relation, route)
            if closure.is_asserted(Fact(relation, route, cell))
        }

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def outcome(self, predicate: str, subject: str, derived: Derived, routes: Sequence[RouteStanding]) -> Judged:
        """Verdict, strength, modality and evidence of an outcome that rests on these routes."""
        told = self.reasoned.outcomes[predicate]
        if told.is_harm:
            return self._harm_outcome(told, subject, derived)
        return self.words(derived, self.outcome_evidence(told), self.reaching(told, routes), routes)

    def outcome_evidence(self, told: Outcome) -> Evidence:
        """What is said of an outcome of the cell of the place."""
        if told.predicate not in self._known_of_outcomes:
            self._known_of_outcomes[told.predicate] = self._evidence_of(told)
        return self._known_of_outcomes[told.predicate]

    def _evidence_of(self, told: Outcome) -> Evidence:
        therapies = [killer.agent for killer in self.scenario.killers] if told.needs_killer else []
        names = turning_on(self.reasoned, self.place, told)
        arms = [arm for s in self.scenario.routes if s.route.name in names for arm, _ in s.arms]
        nodes = union(arm.mask for arm in arms)
        return self.evidence(self.sought(told.predicate, therapies=therapies, routes=names, nodes=nodes))

    def _harm_outcome(self, told: Outcome, subject: str, derived: Derived) -> Judged:
        """Of a harm: the agents are those that suffice for it, whatever else is given."""
        harms = self.harms(told, subject)
        solidity = max(map(self._touch_solidity, harms), default=INFERENCE)
        return self.words(derived, self.harm_evidence(told.predicate, subject, harms), solidity)

    def harm_evidence(self, predicate: str, cell: str, harms: Sequence[Harm]) -> Evidence:
        """What is said of harms to a normal cell by the agents that do them."""
        arms = [arm for harm in harms for arm in self.arms_of(harm)]
        needed = [agents for harm in harms for agents in harm.sets]
        nodes = union(arm.mask for arm in arms)
        return self.evidence(self.sought(predicate, needed=needed or None, cell=cell, nodes=nodes))

    def reaching(self, outcome: Outcome, routes: Iterable[RouteStanding]) -> Solidity:
        """How solid it is that an outcome is reached by way of some routes, each of which would do."""
        return max((self._conclusion_solidity(outcome, standing) for standing in routes), default=INFERENCE)

    def _conclusion_solidity(self, outcome: Outcome, standing: RouteStanding) -> Solidity:
        total = self._taking_away(standing).weakest(self._relation(outcome, standing.route.name))
        return total.weakest(self._killing()) if outcome.needs_killer else total

    def killing(self) -> Judged:
        """What it is worth that an agent acts against the cell."""
        beside = [self.reasoned.support(fact) for fact in self._killings]
        supported = [claim for support in beside for claim in support.supported]
        opposed = [claim for support in beside for claim in support.opposed]
        return self.words(YES, self.reasoned.gathering.of_facts(supported, opposed), self._killing())

    @property
    def _killings(self) -> list[Fact]:
        """What is stated of the killers in place."""
        killings = (killer.killing for killer in self.scenario.killers)
        return [Fact("againstCell", killing.name, killing.cell) for killing in killings]

    def _killing(self) -> Solidity:
        """How solid it is that an agent acts against the cell: the best of its killers."""
        return max((of_fact(self.reasoned, fact) for fact in self._killings), default=INFERENCE)

    def harms(self, outcome: Outcome, cell: str) -> list[Harm]:
        """What is done to the functions of a normal cell that an outcome is about."""
        closure = self.reasoned.closure
        return [h for h in self.assessment.harms if h.cell == cell and Fact(outcome.function, h.function) in closure]

    def arms_of(self, harm: Harm) -> list[LocatedArm]:
        """The arms of the function that is harmed, as they are read for its cell."""
        return self.scenario.located.arms(self.reasoned.graph.functions[harm.function], harm.cell)

    def _touch_solidity(self, harm: Harm) -> Solidity:
        """How solid it is that an agent reaches a function: its best action that does."""
        arms = self.arms_of(harm)
        reaching = [action for agent in harm.by for action in self.assessment.reaching(agent, arms, harm.cell)]
        facts = [Fact("needs", own.arm.name, need) for own in arms for need in own.arm.needs]
        needs = max((of_fact(self.reasoned, fact) for fact in facts), default=INFERENCE)
        return max((of_fact(self.reasoned, action_fact(a)).weakest(needs) for a in reaching), default=INFERENCE)

    def harm(self, harm: Harm) -> Judged:
        """What a harm to a function of a normal cell is worth, by the outcomes that are about such functions."""
        found = Evidence()
        for outcome in self.reasoned.outcomes.harms:
            if Fact(outcome.function, harm.function) in self.reasoned.closure:
                found.join(self.harm_evidence(outcome.predicate, harm.cell, [harm]))
        return self.words(YES, found, self._touch_solidity(harm))

    def _relation(self, outcome: Outcome, route: str) -> Solidity:
        """How solid it is that the route does to the cell what the outcome takes away."""
        above = self.reasoned.graph.hierarchy.above(self.place.cell or "")
        if not outcome.by_protection:
            facts = [Fact(outcome.relation, route, cell) for cell in sorted(above)]
        else:
            facts = [
                Fact("fromTherapy", p.name, t)
                for p in self.reasoned.graph.protections
                if p.route == route and p.cell in above
                for t in p.therapies
            ]
        return max(
            (of_fact(self.reasoned, f) for f in facts if self.reasoned.closure.is_asserted(f)), default=INFERENCE
        )

    # --- activities --------------------------------------------------------------------------------------------------

    def activity(self, name: str, value: str, derived: Derived, solidity: Solidity) -> Judged:
        """What it is worth that an activity has a value; what is said of the other value speaks against it."""
        index = self.scenario.located.find(name)
        nodes = 0 if index is None else 1 << index
        evidence = self.evidence(self.sought(f"{value}In", activity=name, nodes=nodes))
        other = {ON: OFF, OFF: ON}.get(value)
        if other is not None:
            evidence.join(self.evidence(self.sought(f"{other}In", activity=name, nodes=nodes)).turned())
        return self.words(derived, evidence, solidity)
