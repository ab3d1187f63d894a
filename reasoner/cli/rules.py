"""``dislodge rules``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge rules",
    "dislodge rules R-OUT-001",
)


@click.command("rules", epilog=EPILOG)
@click.argument("rule_id", metavar="[ID]", required=False)
@options.answering
def command(session: Session, rule_id: str | None) -> dict[str, Any]:
    """The rules, or one rule in full: what it concludes, why, and from which claims."""
    from reasoner.answers.catalogue import rules

    return rules(session.kb, rule_id)
