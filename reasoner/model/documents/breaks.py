"""Which intervention breaks which route: the answer of ``breaks``."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.frame import AnswerFrame, Marked
from reasoner.model.documents.scenario import Judged
from reasoner.model.documents.words import Effect, Verdict


class Break(Marked, Judged):
    """What an agent does to a route at a place, and the smallest sets of companions with which it does."""

    agent: str
    route: str
    effect: Effect
    arms: list[str]
    needs_agents: list[list[str]]
    protects_against: list[str]
    cell: str
    disease: str | None
    state: list[str]
    members: list[str]
    can_be_given: bool
    partial: bool


class Breaks(AnswerFrame):
    """Which intervention breaks, narrows or opens which route."""

    command: Literal["breaks"]
    verdict: Verdict | None
    """Of the answer known worst."""
    answers: list[Break]
    unbroken: list[str]
