"""``dislodge show``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge show CXCR4",
    'dislodge show "cellule souche hématopoïétique"',
    "dislodge show CHO-126 --json",
)


@click.command("show", epilog=EPILOG)
@click.argument("name")
@options.answering
def command(session: Session, name: str) -> dict[str, Any]:
    """All about one thing: names, identifiers, what is asserted, what follows, the claims behind it."""
    from reasoner.answers.catalogue import show

    return show(session.kb, name)
