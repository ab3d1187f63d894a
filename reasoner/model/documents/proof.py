"""The derivation of a conclusion, step by step."""

from __future__ import annotations

from reasoner.model.documents.frame import Marked


class ProofStep(Marked):
    """A conclusion, the rule or axiom that gives it, and what it follows from."""

    conclusion: str
    text: str
    """The conclusion as a sentence."""
    rule: str
    """The id of a rule, or what else concludes it: asserted, given, route, action, …"""
    premises: list[ProofStep]
    evidence: list[str]
    """The claims that this very step rests on."""
    papers: list[str]
    """The papers that make those claims."""
