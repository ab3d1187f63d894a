"""Tables taken over into the ontology."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.parameter import File, argument, flag, option
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.curation import TemplateImport


def answer(sources: Sources, tables: tuple[Path, ...], into: Path | None, dry_run: bool) -> TemplateImport:
    """Make the ontology state what the tables hold."""
    from reasoner.curating.template_import import import_tables

    return import_tables(tables, sources.files, into, check_only=dry_run)


QUESTION = Question(
    name="template import",
    help="""
    Make the ontology state what tables hold: nothing is written unless all is right.

    Each individual changes in the file that describes it. A column is the whole truth about its property for the ids
    of its rows: what a cell does not hold goes. Ids without a row, and what no column states, stay as they are.
    """,
    examples=(
        "dislodge template import actions.tsv --dry-run",
        "dislodge template import routes.tsv arms.tsv --into ontology/facts/mine.ttl",
        "dislodge template import actions.tsv --ontology all.ttl",
    ),
    parameters=(
        argument("tables", File("file", there=False, folder=True), "FILE...", many=True, least=1),
        option("into", File("file", there=False), "MODULE", "The file that new ids go to; made when it is missing."),
        flag("dry_run", "Say what would change, write nothing."),
    ),
    answer=answer,
    supposing=False,
    local="it writes files",
)
