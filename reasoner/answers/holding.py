"""Whether a conclusion holds, with which verdict and strength, and which claims it stands on: one look at one case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reasoner.answers.assess import outcome
from reasoner.answers.course import Course
from reasoner.answers.explain import Explainer
from reasoner.answers.hazards import hazards
from reasoner.answers.reasons import ROUTE_FACTS, fact_of, standing_of
from reasoner.asking.conclusion import VALUES, Conclusion
from reasoner.inference.observations import Evidence, Sought
from reasoner.model.atom import Fact
from reasoner.scenario.judging import Judge, strength_word
from reasoner.scenario.solidity import FIRM, of_claims
from reasoner.scenario.verdict import NO, YES, verdict

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.scenario import Judged
    from reasoner.model.documents.words import RouteStatus, Strength, Verdict


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a conclusion holds; ``status`` is that of a route or function where that is what was asked."""

    holds: bool
    verdict: Verdict | None = None
    strength: Strength | None = None
    evidence: tuple[str, ...] = ()
    status: RouteStatus | None = None


def look(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> Held:
    """A conclusion in a knowledge base; ``taken`` is the scenario that it is about, None for a plain fact."""
    if taken is None:
        return _fact(reasoned, fact_of(conclusion))
    judge = Judge(reasoned, taken.assessment())
    if conclusion.predicate == "status":
        standing = standing_of(reasoned, judge.scenario, str(conclusion.args[0]))
        return _held(True, judge.route(standing), standing.status) if standing else Held(False, "not_derived")
    if conclusion.predicate in VALUES:
        return _activity(judge, conclusion.predicate, str(conclusion.args[0]))
    return _outcome(judge, conclusion)


def claims_under(reasoned: Reasoned, conclusion: Conclusion, taken: Course | None) -> list[str]:
    """The claims that the explanation of a conclusion cites, in order."""
    found: dict[str, None] = {}
    for tree in Explainer(reasoned, conclusion, taken).trees(every=False):
        found.update(dict.fromkeys(tree.claims()))
    return list(found)


def _held(holds: bool, row: Judged, status: RouteStatus | None = None) -> Held:
    return Held(holds, row["verdict"], row["strength"] if holds else None, tuple(row["evidence"]), status)


def _outcome(judge: Judge, conclusion: Conclusion) -> Held:
    fact = fact_of(conclusion)
    predicate, subject = fact.predicate, str(fact.object)
    if predicate in judge.reasoned.outcomes:
        concluded = fact in judge.assessment.conclusions
        return _held(concluded, outcome(judge, predicate, subject, concluded))
    with judge.assessment.concluded() as closure:
        holds = fact in closure
    if predicate in ROUTE_FACTS:
        standing = next((s for s in judge.scenario.routes if s.route.name == subject), None)
        if holds and standing is not None:
            return _held(True, judge.route(standing))
        sought = Sought(predicate, judge.given, judge.place.cell, route=subject)
        evidence = judge.observations.evidence(sought, judge.place)
        return Held(False, verdict(NO, evidence), None, tuple(evidence.direct))
    if predicate == "hasHazard":
        row = next((row for row in hazards(judge) if row["hazard"] == subject), None)
        return Held(holds, row["verdict"], None, tuple(row["evidence"])) if row else Held(holds, "not_derived")
    return Held(holds, "predicted" if holds else "not_derived")


def _activity(judge: Judge, predicate: str, name: str) -> Held:
    index = judge.scenario.located.find(name)
    if index is None:
        return Held(False, "not_derived")
    holds = judge.scenario.valuation().value(1 << index) == predicate
    sought = Sought(f"{predicate}In", judge.given, judge.place.cell, activity=name)
    evidence = judge.observations.evidence(sought, judge.place)
    strength = strength_word(judge.reasoned, judge.value_of(index)) if holds else None
    return Held(holds, verdict(YES if holds else NO, evidence), strength, tuple(evidence.direct))


def _fact(reasoned: Reasoned, fact: Fact) -> Held:
    """A plain fact: its strength is that of the weakest claim under one derivation, definitions left aside."""
    support = reasoned.support(fact)
    evidence = Evidence(list(support.supported), list(support.opposed))
    derivation = reasoned.closure.derivation(fact)
    if derivation is None:
        return Held(False, verdict(NO, evidence), None, tuple(evidence.direct))
    solidity = FIRM
    for leaf in sorted(derivation.support(), key=str):
        if claims := reasoned.support(leaf).supported:
            solidity = solidity.weakest(of_claims(reasoned, claims))
    return Held(True, verdict(YES, evidence), strength_word(reasoned, solidity), tuple(evidence.direct))
