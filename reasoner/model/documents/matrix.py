"""Regimens by routes: the answer of ``matrix``."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.scenario import CloneRow, Judged, Location, RouteInShort
from reasoner.model.documents.words import Count, Verdict


class MatrixCell(RouteInShort, Judged):
    """What a regimen does to a route; ``narrowed`` says that an arm is broken and the route is not."""

    narrowed: bool
    by: list[list[str]]


class MatrixRow(Marked):
    """A regimen and what it does to every route."""

    regimen: list[str]
    steps: list[list[str]]
    """The agents of the steps before, and the cell states that each was given."""
    breaks: Count
    """How many routes it breaks."""
    routes: list[MatrixCell]


class Matrix(AnswerFrame, Location):
    """Regimens by routes."""

    command: Literal["matrix"]
    verdict: Verdict | None
    answers: list[MatrixRow]
    clones: list[CloneRow]
    routes: list[str]
    """The routes of the place, in order."""
