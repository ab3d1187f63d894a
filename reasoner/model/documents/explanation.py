"""The document of ``explain``: why a conclusion holds."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.frame import Answer, Marked


class Proof(Marked):
    """What is concluded, by which rule, and the proofs of what that rests on; at the leaves stand claims and papers."""

    conclusion: str
    text: str
    """The conclusion as a sentence."""
    rule: str
    """The id of a rule, or how else it is concluded: asserted, given, route, action, …"""
    premises: list[Proof]
    evidence: list[str]
    """The claims that this step rests on directly."""
    papers: list[str]
    """Where those claims are made."""


class ProofInShort(Marked):
    """What is concluded, and by which rule."""

    conclusion: str
    rule: str


class Explanation(Answer):
    """Derivations of a conclusion."""

    command: Literal["explain"]
    verdict: None
    conclusion: str
    answers: list[ProofInShort]
    derivations: list[Proof]
    """One for each minimal way to derive it, where all were asked for; none where it does not hold."""
