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

    KIND: cells, molecules, agents, therapies, diseases, contexts, states, lesions, sites, processes, routes, arms,
    protections, functions, interactions, mechanisms, activities, actions, killings, outcomes, hazards, observations,
    trials, evidence, papers, tiers, conflicts, moderators, rules; or a class of the vocabulary.
    """
    from reasoner.answers.catalogue import list_kind

    return list_kind(session.kb, kind)
