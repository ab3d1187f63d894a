"""Everything about one scenario: the answer of ``report``."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.assessment import RegimenAssessment
from reasoner.model.documents.claims import CitedClaim
from reasoner.model.documents.combination import Combination
from reasoner.model.documents.escapes import Escapes
from reasoner.model.documents.frame import Frame, Marked
from reasoner.model.documents.niche import Niche
from reasoner.model.documents.proof import ProofStep
from reasoner.model.documents.words import Nothing, Verdict


class Proof(Marked):
    """The derivations of an outcome or status that the regimen decides."""

    title: str
    about: str
    derivations: list[ProofStep]


class Told(TypedDict):
    """The answers that a report is made of."""

    assess: RegimenAssessment
    niche: Niche
    escapes: Escapes
    combine: NotRequired[Combination]
    claims: list[CitedClaim]
    proofs: list[Proof]


class Report(Frame, Told):
    """Everything about one scenario."""

    command: Literal["report"]
    verdict: Verdict
    answers: Nothing
    labels: dict[str, str]
