"""Which claims are modelled: by kind, beside which facts, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.findings import Coverage, ModelledKind, UnmodelledClaim

#: Kinds of claim that state no mechanism and need no fact.
NOT_MECHANISTIC = frozenset({"concept", "disease_fact"})


def coverage(reasoned: Reasoned) -> Coverage:
    """Claims by kind, the facts that each stands beside, and the reasons of those that stand beside none."""
    beside = reasoned.base.beside
    kinds: dict[str, ModelledKind] = {}
    missing: list[UnmodelledClaim] = []
    for claim in reasoned.base.claims.values():
        row = kinds.setdefault(claim.kind, {"kind": claim.kind, "claims": 0, "modelled": 0})
        row["claims"] += 1
        if claim.id in beside:
            row["modelled"] += 1
            continue
        reason = reasoned.base.text(claim.id, "notModelled") or (
            "states a concept or frame, no relation between things of the model"
            if claim.kind in NOT_MECHANISTIC
            else "not yet modelled"
        )
        missing.append({"claim": claim.id, "kind": claim.kind, "reason": reason})
    mechanistic = [c for c in reasoned.base.claims.values() if c.kind not in NOT_MECHANISTIC]
    done = sum(c.id in beside for c in mechanistic)
    return {
        "kinds": [row for _, row in sorted(kinds.items())],
        "mechanistic": len(mechanistic),
        "mechanistic_modelled": done,
        "share": round(done / len(mechanistic), 4) if mechanistic else 1.0,
        "missing": missing,
        "facts": {claim: sorted({str(fact) for fact in facts}) for claim, facts in sorted(beside.items())},
    }
