"""``dislodge conflicts``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge conflicts",
    "dislodge conflicts plerixafor --json",
)


@click.command("conflicts", epilog=EPILOG)
@click.argument("name", required=False)
@options.answering
def command(session: Session, name: str | None) -> dict[str, Any]:
    """Contradictions: the claims on both sides, and what decides where it is known."""
    from reasoner.answers.conflicts import conflicts

    return conflicts(session.kb, name)
