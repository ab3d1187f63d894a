"""The document of ``explain``: why a conclusion holds."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.proof import ProofStep
from reasoner.model.documents.scenario import Judged


class ProofInShort(Marked):
    """What is concluded, and by which rule."""

    conclusion: str
    rule: str


class Explanation(AnswerFrame, Judged):
    """Derivations of a conclusion."""

    command: Literal["explain"]
    conclusion: str
    answers: list[ProofInShort]
    derivations: list[ProofStep]
    """One for each minimal way to derive it, where all were asked for; none where it does not hold."""
