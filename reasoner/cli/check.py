"""``dislodge check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge check",
    "dislodge check my_facts.ttl my_rules.swrl",
    "dislodge check --coverage",
)


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--coverage", is_flag=True, help="Also which claims are modelled, by which facts.")
@options.answering
def command(session: Session, paths: tuple[Path, ...], coverage: bool) -> dict[str, Any]:
    """Validate ontology, facts and rules; every finding with file, subject and the fix.

    No PATH checks the shipped knowledge. Exit code 1 when there are errors.
    """
    from reasoner.answers.check import check

    return check(session.kb, coverage=coverage)
