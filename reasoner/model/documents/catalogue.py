"""The documents of ``list``, ``show`` and ``rules``: what is in the knowledge base."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from reasoner.model.documents.frame import AnswerFrame, LookUp, Marked


class Availability(TypedDict):
    """Whether an agent can be had."""

    can_be_given: NotRequired[Literal[False]]
    """False for an agent that nobody can be given; left out for everything else."""


class Denial(TypedDict):
    """Whether a thing is denied."""

    denied_in: NotRequired[list[str]]
    """The scopes in which it is denied; left out for everything that is not, or that is present in some scope."""


class ThingRow(Availability, Denial, Marked):
    """A thing by its id, with its labels."""

    id: str
    kind: str
    label: str
    label_fr: str | None


class Listing(LookUp):
    """Everything of one kind."""

    command: Literal["list"]
    verdict: None
    answers: list[ThingRow]


class Description(AnswerFrame, ThingRow):
    """All about one thing."""

    command: Literal["show"]
    verdict: None
    answers: list[ThingRow]
    definition: str | None
    synonyms: list[str]
    identifiers: list[str]
    asserted: list[str]
    inferred: list[str]
    denied: list[str]
    """What is denied wherever anything is said of it, and the facts that describe it."""
    evidence: list[str]
    """The claims that name it."""


class RuleRow(Marked):
    """A rule: what it concludes from what, in words and in logic."""

    id: str
    label: str
    status: str
    source: list[str]
    because: str
    """The sentence of a proof, with the variables of the rule in braces."""
    logic: str
    examples: list[str]
    """Facts, and what the rule concludes of them."""


class RuleList(LookUp):
    """The rules."""

    command: Literal["rules"]
    verdict: None
    answers: list[RuleRow]
