"""The documents of ``check``: whether ontology, facts and rules are sound."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict, final

from reasoner.model.documents.curation import OfFiles
from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.words import Count

#: What is checked; each layer rests on those before it.
Layer = Literal["parse", "safety", "dl", "schema", "rules", "consistency", "questions"]
#: How bad a finding is, worst first.
Severity = Literal["error", "warning", "info"]


class FindingRow(Marked):
    """What is wrong, where, and what to do about it."""

    layer: Layer
    level: Severity
    code: str
    file: str
    line: Count
    """0 where it is of no one line."""
    subject: str
    message: str
    fix: str


class FindingInShort(Marked):
    """How bad a finding is, and what it is about."""

    level: Severity
    code: str
    subject: str


class Counts(TypedDict):
    """How many findings there are, by how bad they are."""

    error: Count
    warning: Count
    info: Count


class ModelledKind(TypedDict):
    """How many claims of a kind there are, and how many of them stand beside a fact."""

    kind: str
    claims: Count
    modelled: Count


class UnmodelledClaim(TypedDict):
    """A claim that stands beside no fact, and why."""

    claim: str
    kind: str
    reason: str


class Coverage(TypedDict):
    """Which claims are modelled."""

    kinds: list[ModelledKind]
    mechanistic: Count
    mechanistic_modelled: Count
    share: float
    """Of the mechanistic claims, those that stand beside a fact."""
    missing: list[UnmodelledClaim]
    facts: dict[str, list[str]]
    """For each claim that is modelled the facts that it stands beside."""


class JudgedFindings(TypedDict):
    """Findings in order, worst first, how many there are, and what follows from it."""

    findings: list[FindingRow]
    counts: Counts
    verdict: Literal["errors", "sound"]


class Covered(TypedDict):
    """Which claims are modelled, where that was asked for."""

    coverage: NotRequired[Coverage]


class Findings(AnswerFrame, JudgedFindings, Covered):
    """Findings over ontology, facts and rules."""

    command: Literal["check"]
    answers: list[FindingInShort]


@final
class Unreadable(OfFiles, JudgedFindings):
    """Findings over files that cannot be read, or cannot be reasoned over."""

    command: Literal["check"]
    answers: list[FindingInShort]
