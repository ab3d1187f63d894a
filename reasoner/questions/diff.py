"""What an edit changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.parameter import SIDE, argument, flag
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.difference import Difference


def answer(sources: Sources, old: str, new: str, exit_code: bool) -> Difference:
    """Compare two states of the knowledge."""
    from reasoner.curating.diff import diff
    from reasoner.curating.difference.sides import side

    with side(old, sources.meter) as before, side(new, sources.meter) as after:
        return diff(before, after, exit_code=exit_code)


QUESTION = Question(
    name="diff",
    help="""
    What an edit changes: facts, claims, rules, and which answers, each with its proof.

    OLD and NEW are files, folders with ontology/ and rules/, revisions of git, or the word shipped.
    """,
    examples=(
        "dislodge diff HEAD .",
        "dislodge diff shipped edited_in_protege.owl --format md",
        "dislodge diff v0.1.0 HEAD --exit-code",
    ),
    parameters=(
        argument("old", SIDE, "OLD", least=1),
        argument("new", SIDE, "NEW", least=1),
        flag("exit_code", "Exit code 1 when they differ."),
    ),
    answer=answer,
    supposing=False,
    fails=lambda document: bool(document["exit_code"]) and document["verdict"] == "different",
    local="it reads the files that it is given",
)
