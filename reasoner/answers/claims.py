"""Single claims by id, with everything a reader wants beside them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.answers.frame import finished, look_up, reason

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.claims import Citations, CitedClaim


def claims(reasoned: Reasoned, ids: Iterable[str]) -> Citations:
    """The claims of these ids in this order; an id that no file describes is left out."""
    answers: list[CitedClaim] = []
    for name in dict.fromkeys(ids):
        claim = reasoned.base.claims.get(name)
        if claim is not None:
            answers.append(
                {
                    "id": claim.id,
                    "statement": claim.statement,
                    "polarity": claim.polarity,
                    "modality": claim.modality,
                    "kind": claim.kind,
                    "context": claim.setting,
                    "tier": claim.tier,
                    "diseases": list(claim.diseases),
                    "papers": [reasoned.label(paper) for paper in claim.papers],
                }
            )
    told: Citations = {"command": "evidence", **look_up(reasoned), "verdict": None, "answers": answers}
    if not answers:
        told["reasons"] = [reason("UNKNOWN_TERM", "no claim has such an id")]
    return finished(reasoned, told)
