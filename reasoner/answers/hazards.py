"""Dangers of a regimen, each once, with what it is about, its verdict and the claims that speak of it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.answers.resting import add, of_premises
from reasoner.closure.saturate import Closure
from reasoner.inference.evidence import Evidence
from reasoner.inference.outcomes import Outcome
from reasoner.inference.weighing import AGAINST
from reasoner.knowledge import MODALITIES
from reasoner.model.atom import Fact
from reasoner.model.derivation import Firing
from reasoner.scenario.judging import Judge
from reasoner.scenario.outcome_routes import routes_of
from reasoner.scenario.scenario import RouteStanding
from reasoner.scenario.solidity import FIRM, Solidity, of_claims
from reasoner.scenario.verdict import DISPUTED, YES, opposition, ranking

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import HazardRow
    from reasoner.model.documents.scenario import Judged

#: What a hazard is about, by the premise that names it; without one it is about the cell.
_SUBJECTS = ("opensRoute", "reboundsRoute", "leavesOpen", "opposedOn")


def hazards(judge: Judge) -> list[HazardRow]:
    """One row for each hazard, by name: with all that it is about, and the verdict on what is best known of it."""
    found: dict[str, list[HazardRow]] = {}
    with judge.assessment.concluded() as closure:
        for fact in judge.assessment.conclusions:
            if fact.predicate == "hasHazard":
                # In an order of their own: that of the firings follows the files.
                for firing in sorted(closure.firings(fact), key=lambda f: (f.rule.id, sorted(map(str, f.premises)))):
                    row = _row(judge, closure, fact, firing)
                    found.setdefault(row["hazard"], []).append(row)
    return [_joined(judge, found[name]) for name in sorted(found)]


def _joined(judge: Judge, rows: Sequence[HazardRow]) -> HazardRow:
    """The derivations of one hazard as one row: the best known of them, with what all are about."""

    def worth(row: HazardRow) -> tuple[object, ...]:
        rank = judge.reasoned.base.rank_of(row["strength"] or "")
        strength = -1 if rank is None else rank
        return ranking(row), -strength, -_firmness(row["modality"]), row["scope"] != "exact", row["rule"]

    best = min(map(worth, rows))
    tied = [row for row in rows if worth(row) == best]
    joined = tied[0].copy()
    subjects = sorted({subject for row in rows for subject in row["subjects"]})
    joined["subject"], joined["subjects"] = (subjects[0] if len(subjects) == 1 else judge.place.cell), subjects
    joined["evidence"] = list(dict.fromkeys(claim for row in tied for claim in row["evidence"]))
    joined["by_subject"] = sorted((about for row in rows for about in row["by_subject"]), key=lambda a: a["subject"])
    for key in ("for", "against", "for_elsewhere", "of_parts", "told", "stated_for"):
        joined[key] = sorted({name for row in tied for name in row[key]})
    also = opposition(joined, rows)
    joined["against_elsewhere"], joined["elsewhere"] = sorted(also["against_elsewhere"]), also["elsewhere"]
    papers = judge.reasoned.gathering.weighing.papers
    joined["papers"] = {"for": papers(joined["for"]), "against": papers(joined["against"])}
    for row in rows:
        add(joined, row)
    return joined


def _firmness(modality: str | None) -> int:
    return MODALITIES.index(modality) if modality in MODALITIES else -1


def _row(judge: Judge, closure: Closure, fact: Fact, firing: Firing) -> HazardRow:
    named_by = {p.predicate: str(p.object) for p in firing.premises if p.predicate in _SUBJECTS}
    subject = next(iter(named_by.values()), judge.place.cell)
    standing = next((s for s in judge.scenario.routes if s.route.name in named_by.values()), None)
    opened = named_by.keys() & {"opensRoute", "reboundsRoute"}
    judged = judge.route(standing) if opened and standing is not None else _judged(judge, closure, firing, standing)
    proofs = [proof for premise in firing.premises if (proof := closure.derivation(premise))]
    return {
        "hazard": str(fact.object),
        "subject": subject,
        "subjects": [subject] if subject else [],
        "by_subject": [{"subject": subject or "", "verdict": judged["verdict"], "elsewhere": judged["elsewhere"]}],
        "rule": firing.rule.id,
        **judged,
        **of_premises(judge.assessment, proofs),
    }


def _judged(judge: Judge, closure: Closure, firing: Firing, standing: RouteStanding | None) -> Judged:
    """The verdict on a hazard: by what was observed where its rule asks for that, else on what its premises rest."""
    observed = next((str(p.object) for p in firing.premises if p.predicate == "hasOutcome"), None)
    routes = [] if standing is None else [standing]
    if observed is not None:
        agents = {str(p.object) for p in firing.premises if p.predicate == "givesAgent"} & judge.given
        sought = judge.sought("hasHazard", needed=[agents] if agents else None, outcome=observed)
        evidence = judge.evidence(sought)
        claims = [spoken.voice.claim for spoken in evidence.spoken]
        return judge.words(YES, evidence, of_claims(judge.reasoned, claims), routes)
    told = [judge.reasoned.outcomes.get(premise.predicate) for premise in firing.premises]
    outcomes = [outcome for outcome in told if outcome is not None and not outcome.is_harm]
    routes += [s for outcome in outcomes for s in routes_of(judge.assessment, outcome) if s.certain]
    claims = list(_action_claims(judge, closure, firing.premises))
    solidity = of_claims(judge.reasoned, claims) if claims else _of_premises(judge, standing, outcomes)
    named = [c for c in firing.rule.source if _covers(judge, c)]
    judged = judge.words(YES, Evidence(), solidity, routes)
    # What speaks against an outcome speaks against the danger that comes of it.
    against = dict.fromkeys(
        spoken.voice.claim
        for own in map(judge.outcome_evidence, outcomes)
        for spoken in own.spoken
        if spoken.voice.side == AGAINST
    )
    judged["against_elsewhere"] = list(against)
    judged["elsewhere"] = DISPUTED if against else judged["elsewhere"]
    judged["evidence"] = list(dict.fromkeys([*claims, *named]))
    return judged


def _of_premises(judge: Judge, standing: RouteStanding | None, outcomes: Iterable[Outcome]) -> Solidity:
    """How solid it is what a hazard follows from: that a route is open, and that outcomes are reached."""
    total = FIRM if standing is None else judge.scores.opening_of([arm for arm, _ in standing.arms])
    for outcome in outcomes:
        reached = [s for s in routes_of(judge.assessment, outcome) if s.certain]
        total = total.weakest(judge.reaching(outcome, reached))
    return total


def _covers(judge: Judge, name: str) -> bool:
    """Whether a claim that a rule rests on speaks of the disease of the place."""
    claim = judge.reasoned.base.claims.get(name)
    if claim is None:
        return False
    return claim.is_told_of(judge.reasoned.graph.hierarchy.diseases_above(judge.place.disease))


def _action_claims(judge: Judge, closure: Closure, premises: Iterable[Fact]) -> Iterator[str]:
    """Claims on what the actions are aimed at that pull in opposite directions."""
    for premise in premises:
        if premise.predicate in ("cutsUnder", "raisesUnder"):
            for target in closure.objects("hasTarget", premise.subject):
                yield from judge.reasoned.support(Fact("hasTarget", premise.subject, target)).supported
        elif premise.predicate == "opposedOn":
            for firing in closure.firings(premise):
                yield from _action_claims(judge, closure, firing.premises)
