"""``dislodge format``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge format ontology rules",
    "dislodge format --check",
)


@click.command("format", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--check", "check_only", is_flag=True, help="Write nothing; exit code 1 when something would change.")
@options.reporting
def command(session: Session, paths: tuple[Path, ...], check_only: bool) -> dict[str, Any]:
    """Rewrite ontology and rule files in canonical form, all together or none.

    Sorted and stable: after a save in Protégé only what was edited differs. PATH is a file or folder; none is the
    ontology and the rules of the checkout.
    """
    from reasoner.answers.format import format_files
    from reasoner.resources import shipped

    return format_files(paths or (shipped("ontology"), shipped("rules")), check_only=check_only)
