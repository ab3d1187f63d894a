"""Files in canonical form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.parameter import File, argument, flag
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.curation import Formatted


def answer(sources: Sources, paths: tuple[Path, ...], check: bool) -> Formatted:
    """Rewrite the files, or say which would change."""
    from reasoner.curating.format import format_files
    from reasoner.resources import shipped

    return format_files(paths or (shipped("ontology"), shipped("rules")), check_only=check)


QUESTION = Question(
    name="format",
    help="""
    Rewrite ontology and rule files in canonical form, all together or none.

    Sorted and stable: after a save in Protégé only what was edited differs. PATH is a file or folder; none is the
    ontology and the rules of the checkout.
    """,
    examples=(
        "dislodge format ontology rules",
        "dislodge format --check",
    ),
    parameters=(
        argument("paths", File("file", folder=True), "[PATH]...", many=True),
        flag("check", "Write nothing; exit code 1 when something would change."),
    ),
    answer=answer,
    supposing=False,
    fails=lambda document: document["check"] and bool(document["changed"]),
    local="it writes files",
)
