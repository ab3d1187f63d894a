"""``dislodge list``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge list cells",
    "dislodge list agents --format csv",
    "dislodge list routes --json",
)


@click.command("list", epilog=EPILOG)
@click.argument("kind")
@options.answering
def command(session: Session, kind: str) -> dict[str, Any]:
    """Everything of one kind in the knowledge base.

    KIND: cells, molecules, agents, therapies, diseases, routes, interactions, mechanisms, activities, states,
    processes, functions, outcomes, hazards, papers, evidence, observations, conflicts, trials, rules.
    """
    from reasoner.answers.catalogue import list_kind

    return list_kind(session.kb, kind)
