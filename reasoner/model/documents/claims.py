"""The documents of ``evidence``: claims that name things, and claims by their ids."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.frame import LookUp, Marked
from reasoner.model.documents.words import Strength

#: Whether a claim speaks for what it is about.
Polarity = Literal["supports", "opposes", "undetermined"]


class ClaimRow(Marked):
    """A claim: what a source says, how firmly, where it was seen, and in which papers."""

    id: str
    statement: str
    polarity: Polarity
    modality: str | None
    kind: str | None
    context: str | None
    """Where it was seen."""
    strength: Strength
    papers: list[str]
    diseases: list[str]
    section: str | None
    """The part of the source that makes the claim."""


class Claims(LookUp):
    """Claims that name all of the things given."""

    command: Literal["evidence"]
    verdict: Literal["reported", "not_derived"]
    names: list[str]
    """What the claims were asked to name."""
    answers: list[ClaimRow]


class CitedClaim(Marked):
    """A claim with everything that a reader wants beside it."""

    id: str
    statement: str
    polarity: str
    modality: str
    kind: str
    context: str
    tier: str
    diseases: list[str]
    papers: list[str]


class Citations(LookUp):
    """Single claims by id."""

    command: str
    verdict: None
    answers: list[CitedClaim]
