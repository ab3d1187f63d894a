"""Dangers of a regimen, each with its subject, its verdict and the claims that speak of it here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reasoner.answers.resting import add, of_premises
from reasoner.closure.saturate import Closure
from reasoner.inference.observations import Sought
from reasoner.model.atom import Fact
from reasoner.model.derivation import Firing
from reasoner.scenario.judging import Judge
from reasoner.scenario.verdict import YES, verdict

if TYPE_CHECKING:
    from reasoner.model.documents.assessment import HazardRow
    from reasoner.model.documents.words import Verdict

#: What a hazard is about, by the premise that names it; without one it is about the cell.
_SUBJECTS = ("opensRoute", "reboundsRoute", "leavesOpen", "opposedOn")


def hazards(judge: Judge) -> list[HazardRow]:
    """One row for each hazard and subject, by name."""
    rows: dict[tuple[str, str], HazardRow] = {}
    with judge.assessment.concluded() as closure:
        for fact in judge.assessment.conclusions:
            if fact.predicate == "hasHazard":
                # In an order of their own: that of the firings follows the files.
                for firing in sorted(closure.firings(fact), key=lambda f: (f.rule.id, sorted(map(str, f.premises)))):
                    row = _row(judge, closure, fact, firing)
                    kept = rows.setdefault((row["hazard"], row["subject"] or ""), row)
                    kept["evidence"] = list(dict.fromkeys([*kept["evidence"], *row["evidence"]]))
                    proofs = [proof for premise in firing.premises if (proof := closure.derivation(premise))]
                    add(kept, of_premises(judge.assessment, proofs))
    return [rows[key] for key in sorted(rows)]


def _row(judge: Judge, closure: Closure, fact: Fact, firing: Firing) -> HazardRow:
    named_by = {p.predicate: str(p.object) for p in firing.premises if p.predicate in _SUBJECTS}
    subject = next(iter(named_by.values()), judge.place.cell)
    word, claims = _judged(judge, closure, firing, subject if "opensRoute" in named_by else None)
    return {"hazard": str(fact.object), "subject": subject, "rule": firing.rule.id, "verdict": word, "evidence": claims}


def _judged(judge: Judge, closure: Closure, firing: Firing, opened: str | None) -> tuple[Verdict, list[str]]:
    """The verdict on a hazard and the claims behind it; where a route was opened, those on its status."""
    if opened:
        judged = judge.route(next(s for s in judge.scenario.routes if s.route.name == opened))
        return judged["verdict"], judged["evidence"]
    if any(atom.predicate == "hasOutcome" for atom in firing.rule.body):
        observed = judge.observations.evidence(Sought("hasHazard", judge.given, judge.place.cell), judge.place)
        return verdict(YES, observed), observed.direct or observed.analogous
    named = [c for c in firing.rule.source if _covers(judge, c)]
    return "predicted", list(dict.fromkeys([*_action_claims(judge, closure, firing.premises), *named]))


def _covers(judge: Judge, name: str) -> bool:
    """Whether a claim that a rule rests on speaks of the disease of the place."""
    claim = judge.reasoned.base.claims.get(name)
    if claim is None:
        return False
    here = judge.reasoned.graph.hierarchy.diseases_above(judge.place.disease)
    test = all if claim.together else any
    return not claim.diseases or test(d in here for d in claim.diseases)


def _action_claims(judge: Judge, closure: Closure, premises: Iterable[Fact]) -> Iterator[str]:
    """Claims on what the actions are aimed at that pull in opposite directions."""
    for premise in premises:
        if premise.predicate in ("cutsUnder", "raisesUnder"):
            for target in closure.objects("hasTarget", premise.subject):
                yield from judge.reasoned.support(Fact("hasTarget", premise.subject, target)).supported
        elif premise.predicate == "opposedOn":
            for firing in closure.firings(premise):
                yield from _action_claims(judge, closure, firing.premises)
