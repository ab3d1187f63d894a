"""``dislodge template``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.curating import emit, knowledge
from reasoner.cli.failures import ANSWERED, tell
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge template export action -o actions.tsv",
    "dislodge template import actions.tsv --dry-run",
    "dislodge template import new.tsv --into mine.ttl",
)
_EXPORT = options.examples(
    "dislodge template export action -o actions.tsv",
    "dislodge template export cell --with mine.ttl",
)
_IMPORT = options.examples(
    "dislodge template import actions.tsv --dry-run",
    "dislodge template import routes.tsv arms.tsv --into ontology/facts/mine.ttl",
    "dislodge template import actions.tsv --ontology all.ttl",
)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("template", epilog=EPILOG, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Facts as tables for a spreadsheet, in ROBOT's template format.

    The first row names the columns, the second says what they state (ID, TYPE, AL rdfs:label@en, I dislodge:hasTarget,
    >AI dislodge:supportedBy for the claims beside the column before). Values of a cell stand apart by |.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@command.command("export", epilog=_EXPORT)
@click.argument("kind", metavar="KIND")
@click.option("-o", "output", type=_FILE, metavar="FILE", help="Write to a file, whole or not at all.")
@knowledge
def export(session: Session, kind: str, output: Path | None) -> int:
    """The table of what the ontology asserts of one KIND.

    KIND: cell, molecule, agent, disease, lesion, interaction, activity, mechanism, action, killing, route, arm,
    function, protection, observation, evidence, paper.
    """
    from reasoner.answers.template_export import exported
    from reasoner.views.words import plural
    from reasoner.writing.template import template_text

    table, left_out = exported(session.files, kind)
    emit((template_text(table), session.checked(output)))
    if left_out:
        tell(f"Note: {plural(left_out, 'value')} that no table can hold stay where they are")
    return ANSWERED


@command.command("import", short_help="Make the ontology state what tables hold.", epilog=_IMPORT)
@click.argument("tables", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--into", type=_FILE, metavar="MODULE", help="The file that new ids go to; made when it is missing.")
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
@options.reporting
def import_(session: Session, tables: tuple[Path, ...], into: Path | None, dry_run: bool) -> dict[str, Any]:
    """Make the ontology state what tables hold: nothing is written unless all is right.

    Each individual changes in the file that describes it. A column is the whole truth about its property for the ids
    of its rows: what a cell does not hold goes. Ids without a row, and what no column states, stay as they are.
    """
    from reasoner.answers.template_import import import_tables

    return import_tables(tables, session.files, into, check_only=dry_run)
