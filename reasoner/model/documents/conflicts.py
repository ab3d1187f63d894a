"""The document of ``conflicts``: where sources contradict each other or themselves."""

from __future__ import annotations

from typing import Literal, TypedDict

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.scenario import Sides

#: The contexts that the claims of each side speak of, by respect: cell, disease, agent, target.
ContextsOfSides = TypedDict("ContextsOfSides", {"for": dict[str, list[str]], "against": dict[str, list[str]]})


class Weighed(Sides, Marked):
    """Claims for and against one thing, and whether their contexts resolve it."""

    resolution: Literal["by_context", "open"]
    by: list[str]
    """The respects in which the sides speak of different contexts."""
    moderator: str | None
    """What decides between the sides, as curators say where they do."""
    contexts: ContextsOfSides
    claims: dict[str, str]
    """What each claim says, by its id."""


class ConflictRow(Weighed):
    """A contradiction: what it is about, and both sides."""

    id: str
    statement: str
    about: list[str]
    handling: str | None
    """How curators treat a conflict that they described."""


class Conflicts(AnswerFrame):
    """Contradictions."""

    command: Literal["conflicts"]
    verdict: Literal["contested", "not_derived"]
    answers: list[ConflictRow]
