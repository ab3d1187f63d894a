"""Routes that a regimen leaves open: the answer of ``escapes``."""

from __future__ import annotations

from typing import Literal, TypedDict

from reasoner.model.documents.combination import WorthOfRegimen
from reasoner.model.documents.frame import AnswerFrame
from reasoner.model.documents.scenario import CloneRow, Judged, Location, RouteInShort, StepRow
from reasoner.model.documents.words import Verdict

#: The lesions or intrinsic changes that would have to be there; ``if`` is no name that a class can have.
Supposing = TypedDict("Supposing", {"if": list[str]})


class Closer(Judged):
    """Agents to add that turn a route off, and what that is worth."""

    agents: list[str]


class RouteLeft(RouteInShort, Judged):
    """A route that is on or undetermined, and the smallest sets of agents to add that turn it off."""

    arms: list[str]
    closed_by: list[list[str]]
    closers: list[Closer]
    """The sets of ``closed_by``, each with what it is worth."""
    unnamed: list[Closer]
    """Where no set does, what would and cannot be given: classes, unnamed agents, experiments."""
    clones: list[str]
    """The clones in which it is left, where there are several."""


class Escape(RouteLeft, Supposing):
    """A route that is left as things are, or that would be with a further lesion or state."""


class Completer(WorthOfRegimen):
    """Agents that close all that can be closed, and what that is worth."""

    agents: list[str]


class Completing(TypedDict):
    """The smallest set of agents that closes every route that can be closed, what it leaves, and others as good."""

    agents: list[str]
    leaves: list[str]
    alternatives: list[list[str]]
    completers: list[Completer]
    """The set and the first of the others, each with what it is worth."""


class Escapes(AnswerFrame, Location):
    """Routes that a regimen leaves open."""

    command: Literal["escapes"]
    verdict: Verdict | None
    answers: list[Escape]
    regimen: list[str]
    clones: list[CloneRow]
    completion: Completing
    steps: list[StepRow]
