"""The derivation of a conclusion, step by step."""

from __future__ import annotations

from reasoner.model.documents.frame import Marked


class ProofStep(Marked):
    """A conclusion, the rule or axiom that gives it, and what it follows from."""

    conclusion: str
    text: str
    rule: str
    premises: list[ProofStep]
    evidence: list[str]
    papers: list[str]
