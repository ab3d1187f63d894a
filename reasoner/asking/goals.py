"""Goals as people name them: routes, arms and activities, and words for kinds of route."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.asking.names import resolve

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: The word for routes of every kind.
EVERYTHING = "all"


def resolve_goals(reasoned: Reasoned, texts: Iterable[str]) -> tuple[str, ...]:
    """The ids of routes, arms and activities, and the words that stand for kinds of route, as they are."""
    words = goal_words(reasoned)
    return tuple(dict.fromkeys(text if text in words else resolve(reasoned, text, "goal") for text in texts))


def goal_words(reasoned: Reasoned) -> tuple[str, ...]:
    """The words for kinds of route."""
    return (*reasoned.outcomes.goal_kinds, EVERYTHING)
