"""``dislodge escapes``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge escapes imatinib plerixafor --cell CML_LSC",
    "dislodge escapes bevacizumab --disease colon_cancer --no-by-analogy",
)


@click.command("escapes", epilog=EPILOG)
@click.argument("agents", nargs=-1, required=True, metavar="AGENT...")
@options.scenario
@options.by_analogy
@options.answering
def command(session: Session, agents: tuple[str, ...], scenario: Places, by_analogy: bool) -> dict[str, Any]:
    """Routes that a regimen leaves open, and the cheapest agents that close each.

    Lesions and intrinsic changes that the disease knows are tried one by one: "open, if".
    """
    from reasoner.answers.asking import regimen_request
    from reasoner.answers.escapes import escapes

    given, request = regimen_request(session.kb, agents, session.request(scenario))
    return escapes(session.kb, given, request, by_analogy=by_analogy)
