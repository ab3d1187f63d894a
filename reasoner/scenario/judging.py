"""Verdict, strength, modality and evidence of what a scenario concludes: one place for every answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from reasoner.inference.observations import Evidence, Sought
from reasoner.inference.outcomes import Outcome
from reasoner.knowledge import MODALITIES
from reasoner.mechanism.well_founded import OFF, ON, REBOUNDS
from reasoner.model.atom import Fact
from reasoner.model.masks import union
from reasoner.scenario.assessment import Assessment, Harm
from reasoner.scenario.reason import Reason
from reasoner.scenario.scenario import BROKEN, INACTIVE, OPEN, OPENED, UNKNOWN, RouteStanding, Scenario
from reasoner.scenario.solidity import FIRM, INFERENCE, NEUTRAL, Scores, Solidity, action_fact, of_claims, of_fact
from reasoner.scenario.trace import Trace
from reasoner.scenario.verdict import MAYBE, NO, YES, verdict

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.scenario import Judged, Moderated
    from reasoner.model.documents.words import Derived, Strength


def strength_word(reasoned: Reasoned, solidity: Solidity) -> Strength:
    """The tier word of a solidity, as the ontology names the tier of that rank."""
    return cast("Strength", reasoned.base.strongest_tier(min(max(solidity.tier, 0), 5)))


def modality_word(solidity: Solidity) -> str:
    """The modality word of a solidity; *inferred* when some premise has no claim."""
    if solidity.modality >= NEUTRAL:
        return MODALITIES[-1]
    return MODALITIES[solidity.modality - 1] if solidity.modality > 0 else "inferred"


def curated_moderators(reasoned: Reasoned, supporting: Iterable[str], opposing: Iterable[str]) -> list[str]:
    """The moderators of curated conflicts between these claims."""
    closure = reasoned.closure

    def naming(claims: Iterable[str]) -> set[str]:
        pairs = ((claim, prop) for claim in claims for prop in ("claimFor", "claimAgainst"))
        return {conflict for claim, prop in pairs for conflict in closure.subjects(prop, claim)}

    both = naming(supporting) & naming(opposing)
    return sorted({str(moderator) for conflict in both for moderator in closure.objects("hasModerator", conflict)})


class Judge:
    """Judges the conclusions of one assessment."""

    def __init__(self, reasoned: Reasoned, assessment: Assessment) -> None:
        self.reasoned = reasoned
        self.assessment = assessment
        self.scenario: Scenario = assessment.scenario
        self.place = assessment.place
        self.observations = reasoned.observations

    @cached_property
    def given(self) -> frozenset[str]:
        """Agents of background and regimen."""
        return frozenset((*self.scenario.background, *self.scenario.regimen))

    @cached_property
    def scores(self) -> Scores:
        """The solidity of the nodes of routes under the regimen."""
        return Scores(self.reasoned, self.scenario, self.scenario.regimen)

    def trace(self, untreated: bool = False) -> Trace:
        """The explanations of the scenario, or of its background alone."""
        return self._alone if untreated else self._whole

    @cached_property
    def _whole(self) -> Trace:
        return Trace(self.reasoned, self.scenario)

    @cached_property
    def _alone(self) -> Trace:
        return Trace(self.reasoned, self.scenario, ())

    # --- routes ------------------------------------------------------------------------------------------------------

    def route(self, standing: RouteStanding) -> Judged:
        """Verdict, strength, modality and evidence of the status of a route."""
        arms = [arm for arm, _ in standing.arms]
        derived: Derived = YES if standing.certain else MAYBE
        if standing.status == BROKEN:
            return self._effect(standing, derived, self.scores.break_of(arms))
        if standing.status == REBOUNDS:
            claims = self.route_claims(standing.route.name)
            return self._words(YES, Evidence(supporting=claims), self._feedback(standing))
        if standing.narrowed:
            cut = [arm for arm, s in standing.arms if s.status == BROKEN]
            best = max((self.scores.arm_off(arm) for arm in cut), default=INFERENCE)
            return self._effect(standing, derived, best)
        if standing.status == OPENED:
            evidence = self._evidence("opensRoute", standing.route.name)
            solidity = self.scores.opening_of(arms)
            return self._words(YES, evidence, solidity, self.rests_on_analogy(standing))
        if standing.status == OPEN:
            claims = self.route_claims(standing.route.name)
            return self._words(YES, Evidence(supporting=claims), self.scores.opening_of(arms))
        derived = MAYBE if standing.status == UNKNOWN else NO
        return self._words(derived, Evidence(), FIRM if standing.status == INACTIVE else INFERENCE)

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

    def _effect(self, standing: RouteStanding, derived: Derived, solidity: Solidity) -> Judged:
        evidence = Evidence()
        # An outcome bears on a route being broken, when an observation names the route.
        for predicate in ("breaksRoute", *(outcome.predicate for outcome in self.reasoned.outcomes.of_routes)):
            found = self._evidence(predicate, standing.route.name)
            for kind in ("supporting", "opposing", "analogous", "conditions_for", "conditions_against"):
                own = getattr(evidence, kind)
                own.extend(c for c in getattr(found, kind) if c not in own)
        return self._words(derived, evidence, solidity, self.rests_on_analogy(standing))

    def _evidence(self, predicate: str, route: str) -> Evidence:
        return self.observations.evidence(Sought(predicate, self.given, self.place.cell, route=route), self.place)

    def _words(self, derived: Derived, evidence: Evidence, solidity: Solidity, by_analogy: bool = False) -> Judged:
        moderator, moderated = self._moderated(evidence)
        return {
            "derived": derived,
            "verdict": verdict(derived, evidence, by_analogy or self.scenario.located.scene.analogy),
            "strength": strength_word(self.reasoned, solidity) if derived == YES else None,
            "modality": modality_word(solidity) if derived == YES else None,
            "evidence": evidence.direct or evidence.analogous,
            "for": evidence.supporting,
            "against": evidence.opposing,
            "moderator": moderator,
            "moderated": moderated,
        }

    def _moderated(self, evidence: Evidence) -> tuple[str | None, list[Moderated]]:
        """What decides between claims on both sides: a condition of theirs, else what a curated conflict says."""
        if not (evidence.supporting and evidence.opposing):
            return None, []
        deciding = self.observations.moderators.deciding(evidence.conditions_for, evidence.conditions_against)
        rows: list[Moderated] = [
            {"by": d.kind, "for": list(d.supporting), "against": list(d.opposing)} for d in deciding
        ]
        curated = curated_moderators(self.reasoned, evidence.supporting, evidence.opposing)
        return next((d.kind for d in deciding), next(iter(curated), None)), rows

    def route_claims(self, route: str) -> list[str]:
        """The claims that state what a route does."""
        stating = {"supportsRoute", *self.reasoned.outcomes.route_relations}
        facts = [f for f in self.reasoned.base.annotated if f.subject == route and f.predicate in stating]
        for protection in self.reasoned.graph.protections:
            if protection.route == route:
                facts += [Fact("fromTherapy", protection.name, t) for t in protection.therapies]
        found: dict[str, None] = {}
        for fact in facts:
            found.update(dict.fromkeys(self.reasoned.support(fact).supported))
        return sorted(found)

    # --- analogy -----------------------------------------------------------------------------------------------------

    def rests_on_analogy(self, standing: RouteStanding) -> bool:
        """Whether a route is on only because of a restoration that was observed for other agents of the class."""
        located = self.scenario.located
        upstream = located.upstream(union(arm.mask for arm, _ in standing.arms))
        return any(upstream >> index & 1 and self._analogous(index, agents) for index, agents in self.restored.items())

    @cached_property
    def restored(self) -> dict[int, list[str]]:
        """Nodes that agents turn on by cutting what suppresses them, with those agents."""
        found: dict[int, list[str]] = {}
        agents = self.scenario.regimen
        suppressed = {m.effect for m in self.scenario.located.mechanisms if m.sign == "suppresses"}
        for agent in agents:
            alone = self.scenario.valuation((agent,))
            for index in suppressed:
                bit = 1 << index
                if alone.value(bit) == ON and self.scenario.valuation(()).value(bit) == OFF:
                    found.setdefault(index, []).append(agent)
        for agent in self.scenario.background:
            for index in suppressed:
                if self.scenario.valuation(()).value(1 << index) == ON and self._reaches(agent, index):
                    found.setdefault(index, []).append(agent)
        return found

    def _reaches(self, agent: str, index: int) -> bool:
        located = self.scenario.located
        cut = located.effects_of(agent).acts.lowered
        return any(
            m.sign == "suppresses" and any(cut >> i & 1 for i in m.requires) for m in located.by_effect.get(index, ())
        )

    def _analogous(self, index: int, agents: Sequence[str]) -> bool:
        about = self.observations.about_activity(self.scenario.located.nodes[index].origins, "onIn")
        return bool(about) and not any(self.observations.by_agent_or_class(about, agent) for agent in agents)

    def partial_nodes(self) -> int:
        """The nodes whose value rests on an action or an observation that is stated to be partial.

        They are those that would have another value without the partial cuts and the partial restorations.
        """
        located = self.scenario.located
        partial = whole = 0
        for agent in self.given:
            own = located.effects_of(agent)
            partial |= own.partial
            whole |= own.acts.lowered & ~own.partial
        lowered = partial & ~whole
        without = located.cutting(self._partly_restored())
        for agent in self.given:
            without |= located.sparing(agent, lowered)
        other, after = self.scenario.under(without), self.scenario.valuation()
        return (other.on ^ after.on) | (other.possible ^ after.possible)

    def _partly_restored(self) -> int:
        """The nodes that an agent restores, as a source saw it, in part."""
        mask = 0
        for index, agents in self.restored.items():
            about = self.observations.about_activity(self.scenario.located.nodes[index].origins, "onIn")
            if any(o.partial for a in agents for o in self.observations.by_agent_or_class(about, a)):
                mask |= 1 << index
        return mask

    # --- outcomes ----------------------------------------------------------------------------------------------------

    def outcome(self, predicate: str, subject: str, derived: Derived, routes: Sequence[RouteStanding]) -> Judged:
        """Verdict, strength, modality and evidence of an outcome that rests on these routes."""
        told = self.reasoned.outcomes[predicate]
        therapies = frozenset(killer.agent for killer in self.scenario.killers) if told.needs_killer else frozenset()
        cell = subject if told.is_harm else self.place.cell
        conclusion = Sought(predicate, self.given, cell, therapies=therapies)
        evidence = self.observations.evidence(conclusion, self.place)
        best = max((self._conclusion_solidity(told, standing) for standing in routes), default=INFERENCE)
        if told.is_harm:
            best = max((self._touch_solidity(h.function) for h in self.harms(told, subject)), default=INFERENCE)
        analogy = bool(routes) and all(self.rests_on_analogy(standing) for standing in routes)
        return self._words(derived, evidence, best, analogy)

    def _conclusion_solidity(self, outcome: Outcome, standing: RouteStanding) -> Solidity:
        arms = [arm for arm, s in standing.arms if standing.status == BROKEN or s.status == BROKEN]
        off = map(self.scores.arm_off, arms)
        broken = self.scores.break_of(arms) if standing.status == BROKEN else max(off, default=INFERENCE)
        return broken.weakest(self._relation(outcome, standing.route.name))

    def harms(self, outcome: Outcome, cell: str) -> list[Harm]:
        """What is done to the functions of a normal cell that an outcome is about."""
        closure = self.reasoned.closure
        return [h for h in self.assessment.harms if h.cell == cell and Fact(outcome.function, h.function) in closure]

    def _touch_solidity(self, function: str) -> Solidity:
        """How solid it is that an agent reaches a function: its best action that does."""
        located = self.scenario.located
        actions = [a for agent in self.scenario.regimen for a in located.acting.in_scope(agent)]
        reaching = [a for a in actions if Fact("mayTouch", a.name, function) in self.reasoned.closure]
        arms = self.reasoned.graph.functions[function].arms
        needs = max(
            (of_fact(self.reasoned, Fact("needs", a.name, n)) for a in arms for n in a.needs), default=INFERENCE
        )
        return max((of_fact(self.reasoned, action_fact(a)).weakest(needs) for a in reaching), default=INFERENCE)

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
