"""``dislodge assess``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge assess imatinib plerixafor --cell CML_LSC",
    "dislodge assess imatinib+block:CD44 --cell CML_LSC",
    "dislodge assess 'CML,T315I: imatinib then plerixafor' --cell CML_LSC",
)


@click.command("assess", epilog=EPILOG)
@click.argument("agents", nargs=-1, metavar="[AGENT]...")
@options.scenario
@options.by_analogy
@options.answering
def command(session: Session, agents: tuple[str, ...], scenario: Places, by_analogy: bool) -> dict[str, Any]:
    """What a regimen does to routes, outcomes, hazards, normal cells and activities.

    AGENT is a drug or class, or hypothetical: block:N, lower:N, restore:N, supply:N, activate:N, deplete:CELL. No
    AGENT is the untreated case. In 'A then B' the cell states that A reaches are given to B, the agents of A are not.
    """
    from reasoner.answers.asking import regimen_request
    from reasoner.answers.assess import assess

    given, request = regimen_request(session.kb, agents, session.request(scenario))
    return assess(session.kb, given, request, by_analogy=by_analogy)
