"""The frame of a document: which knowledge was asked, what was supposed, where it contradicts itself."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired, TypedDict

from reasoner.model.documents.words import NOT_EMPTY, Count, Keyword, Nothing


class Version(TypedDict):
    """Which knowledge base answers."""

    version: str
    sha256: Annotated[str, Keyword("pattern", "^[0-9a-f]{64}$")]


class NoVersion(TypedDict):
    """That files were read, or nothing could be: no knowledge base answers."""

    version: str
    sha256: None


class SupposedTexts(TypedDict):
    """What is supposed on top of the files."""

    assumed: list[str]
    retracted: list[str]
    without_papers: list[str]
    without_claims: list[str]


class ReasonRow(TypedDict):
    """Why there is no answer."""

    code: str
    text: str


class StatedFact(TypedDict):
    """A stated fact and its place; one that is supposed stands in no file."""

    fact: str
    file: str
    line: Count


class ContradictionRow(TypedDict):
    """Where the knowledge contradicts itself."""

    subject: str
    subjects: list[str]
    facts: Annotated[list[str], NOT_EMPTY]
    """Facts that cannot all hold."""
    file: str
    """Of the stated fact to look at first; empty where it is supposed."""
    line: Count
    rule: str
    message: str
    stated: list[StatedFact]
    """The stated facts that they rest on."""


class Marked(TypedDict):
    """What can rest on a contradiction."""

    contradicted: NotRequired[Annotated[list[str], NOT_EMPTY, Keyword("uniqueItems", True)]]
    """The contradicted individuals that this rests on: its derivation names them, or what is made of them by its
    roles. Left out where it rests on none."""


class Limit(TypedDict):
    """The rule that took most of the budget, and how many bindings."""

    rule: str
    bindings: Count
    text: str


class Origin(SupposedTexts, Marked):
    """What every answer of a knowledge base says of it."""

    kb: Version
    closed_world: bool


class Frame(Origin):
    """The frame of what is answered by reasoning."""

    contradictions: list[ContradictionRow]
    """Where the knowledge contradicts itself."""


class AnswerFrame(Frame):
    """The frame of most documents: it says why, where it has no answers."""

    reasons: NotRequired[list[ReasonRow]]


class Cut(TypedDict):
    """That a budget was used up, and by which rule."""

    limit_reached: Literal[True]
    limit: Limit


class KnowledgeState(TypedDict):
    """Where the knowledge contradicts itself, or that reasoning was cut short."""

    contradictions: list[ContradictionRow] | None
    """Where the knowledge contradicts itself; null where the budget ended reasoning, so that nobody looked."""
    limit_reached: NotRequired[Literal[True]]
    limit: NotRequired[Limit]


class LookUp(Origin, KnowledgeState):
    """The frame of what is asked only of what is stated: it is answered too where reasoning was cut short."""

    reasons: NotRequired[list[ReasonRow]]


class OverBudgetReason(TypedDict):
    """That a question cannot be answered within its budget."""

    code: Literal["E510"]
    text: str


class OverBudget(Cut):
    """A question that cannot be answered within its budget."""

    command: str
    kb: NoVersion
    closed_world: Literal[False]
    verdict: None
    answers: Nothing
    contradictions: None
    reasons: Annotated[list[OverBudgetReason], NOT_EMPTY]
