"""Whether a conclusion holds, with which verdict and strength, and which claims it stands on: one look at one case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.answers.assess import outcome
from reasoner.answers.combination.strategy import closed_by
from reasoner.answers.course import Course
from reasoner.answers.hazards import hazards
from reasoner.answers.reasons import ROUTE_FACTS, fact_of, standing_of
from reasoner.asking.conclusion import STRATEGY, VALUES, Conclusion
from reasoner.inference.evidence import Evidence
from reasoner.model.atom import Fact
from reasoner.scenario.judging import Judge
from reasoner.scenario.solidity import FIRM, INFERENCE, of_claims
from reasoner.scenario.verdict import NO, YES, ranking
from reasoner.scenario.worth import worth, worth_alone

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.scenario import Judged
    from reasoner.model.documents.words import RouteStatus, Strength, Verdict


@dataclass(frozen=True)
class Held:
    """Whether a conclusion holds; ``status`` is that of a route or function where that is what was asked.

    What it is worth is worked out when it is first asked for, which must be while the knowledge base is as it was.
    """

    holds: bool
    worked_out: Callable[[], Judged]
    status: RouteStatus | None = None

    @cached_property
    def judged(self) -> Judged:
        """What it is worth."""
        return worth_alone(self.worked_out())

    @property
    def said(self) -> Judged:
        """What it is worth, without a strength where it does not hold."""
        return {**self.judged, "strength": self.strength}

    @property
    def verdict(self) -> Verdict:
        """The word for the laboratory."""
        return self.judged["verdict"]

    @property
    def strength(self) -> Strength | None:
        """The tier of what it rests on, where it holds."""
        return self.judged["strength"] if self.holds else None

    @property
    def spoken(self) -> tuple[str, ...]:
        """All claims that speak of it, on either side or neither, here and elsewhere."""
        row = self.judged
        sides = (row["for"], row["against"], row["for_elsewhere"], row["against_elsewhere"], row["told"])
        return tuple(dict.fromkeys(claim for side in sides for claim in side))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The claims that speak of it."""
        return tuple(self.judged["evidence"])


def look(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> Held:
    """A conclusion in a knowledge base; ``taken`` is the scenario that it is about, None for a plain fact."""
    if taken is None:
        return _fact(reasoned, fact_of(conclusion))
    judge = Judge(reasoned, taken.assessment())
    if conclusion.predicate == "status":
        standing = standing_of(reasoned, judge.scenario, str(conclusion.args[0]))
        return Held(True, lambda: judge.route(standing), standing.status) if standing else _unknown(judge)
    if conclusion.predicate in VALUES:
        return _activity(judge, conclusion.predicate, str(conclusion.args[0]))
    if conclusion.predicate == STRATEGY:
        return _strategy(judge)
    return _outcome(judge, conclusion)


def _unknown(judge: Judge) -> Held:
    return Held(False, lambda: judge.words(NO, Evidence(), INFERENCE))


def _strategy(judge: Judge) -> Held:
    """A regimen as a way to close routes is worth what the least known of them is."""
    closed = closed_by(judge.reasoned, judge.assessment) if judge.scenario.killers else []
    return Held(True, lambda: max(map(judge.route, closed), key=ranking)) if closed else _unknown(judge)


def _outcome(judge: Judge, conclusion: Conclusion) -> Held:
    fact = fact_of(conclusion)
    predicate, subject = fact.predicate, str(fact.object)
    if predicate in judge.reasoned.outcomes:
        concluded = fact in judge.assessment.conclusions
        return Held(concluded, lambda: outcome(judge, predicate, subject, concluded))
    with judge.assessment.concluded() as closure:
        holds = fact in closure
    if predicate in ROUTE_FACTS:
        return _of_route(judge, predicate, subject, holds)
    if predicate == "hasHazard":
        row = next((row for row in hazards(judge) if row["hazard"] == subject), None)
        return Held(holds, lambda: row) if row else _unknown(judge)
    return Held(holds, lambda: judge.words(YES if holds else NO, Evidence(), INFERENCE))


def _of_route(judge: Judge, predicate: str, route: str, holds: bool) -> Held:
    """What a regimen does to a route: as its status is worth, where that is what was asked."""
    standing = standing_of(judge.reasoned, judge.scenario, route)
    if holds and standing is not None:
        return Held(True, lambda: judge.route(standing))
    if standing is None:
        return _unknown(judge)
    return Held(False, lambda: judge.words(NO, judge.bearing(standing, predicate), INFERENCE, [standing]))


def _activity(judge: Judge, value: str, name: str) -> Held:
    index = judge.scenario.located.find(name)
    if index is None:
        return _unknown(judge)
    holds = judge.scenario.valuation().value(1 << index) == value

    def worked_out() -> Judged:
        solidity = judge.value_of(index) if holds else INFERENCE
        return judge.activity(name, value, YES if holds else NO, solidity)

    return Held(holds, worked_out)


def _fact(reasoned: Reasoned, fact: Fact) -> Held:
    """A plain fact: its strength is that of the weakest claim under one derivation, definitions left aside."""
    support = reasoned.support(fact)
    evidence = reasoned.gathering.of_facts(support.supported, support.opposed)
    derivation = reasoned.closure.derivation(fact)
    if derivation is None:
        return Held(False, lambda: worth(reasoned, NO, evidence, INFERENCE))
    solidity = FIRM
    for leaf in sorted(derivation.support(), key=str):
        if claims := reasoned.support(leaf).supported:
            solidity = solidity.weakest(of_claims(reasoned, claims))
    return Held(True, lambda: worth(reasoned, YES, evidence, solidity))
