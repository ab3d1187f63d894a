"""The document of ``diff``: what an edit changes."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import AnswerFrame, ContradictionRow, Marked, Version
from reasoner.model.documents.words import Derived, Strength, Verdict

#: Whether an answer came, went, or is told otherwise.
AnswerChange = Literal["newly", "no longer", "changed"]


class ToldOfIt(TypedDict):
    """What one side says of a broken route, an outcome, a hazard or a minimal regimen."""

    verdict: Verdict | list[Verdict]
    """Of a hazard and of a minimal regimen those of all of its cases."""
    derived: NotRequired[Derived]
    strength: NotRequired[Strength | None]
    arms: NotRequired[list[str]]
    extent: NotRequired[Literal["complete", "partial"] | None]
    left: NotRequired[list[str]]
    farther: NotRequired[list[str]]
    about: NotRequired[list[str]]
    killers: NotRequired[list[str]]
    evidence: NotRequired[list[str]]


class ChangedAnswer(Marked):
    """An answer that differs: on which side it holds, the proof there, and why it does not hold on the other."""

    change: AnswerChange
    conclusion: str
    cell: str | None
    disease: str | None
    states: list[str]
    before: ToldOfIt | None
    after: ToldOfIt | None
    proof: list[str]
    """Steps of the proof, each indented below what it proves."""
    missing: list[str]


class ChangedEvidence(Marked):
    """Claims that came to stand beside a fact, or left it."""

    fact: str
    added: list[str]
    removed: list[str]


class ChangedRule(Marked):
    """The logic of a rule on both sides; null where it is on one of them only."""

    id: str
    before: str | None
    after: str | None


class ChangedFacts(TypedDict):
    """Facts of one side alone."""

    asserted: list[str]
    retracted: list[str]


class ChangedAxioms(TypedDict):
    """Axioms of one side alone."""

    added: list[str]
    removed: list[str]


class Difference(AnswerFrame):
    """What differs between two states of the knowledge base."""

    command: Literal["diff"]
    verdict: Literal["different", "same"]
    old: Version
    contradictions_before: list[ContradictionRow]
    answers: list[ChangedAnswer]
    facts: ChangedFacts
    evidence: list[ChangedEvidence]
    rules: list[ChangedRule]
    axioms: ChangedAxioms
    exit_code: bool
    """Whether a difference was asked to be told by the exit code."""
