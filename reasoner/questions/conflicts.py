"""Where claims contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.parameter import THING, argument
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.conflicts import Conflicts


def answer(sources: Sources, name: str | None) -> Conflicts:
    """Look for them, everywhere or about one thing."""
    from reasoner.answers.conflicts import conflicts

    return conflicts(sources.reasoned, name)


QUESTION = Question(
    name="conflicts",
    help="Contradictions: the claims on both sides, and what decides where it is known.",
    examples=(
        "dislodge conflicts",
        "dislodge conflicts plerixafor --json",
    ),
    parameters=(argument("name", THING, "[NAME]"),),
    answer=answer,
    page="conflicts",
)
