"""``dislodge explain``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge explain 'sensitises(plerixafor+imatinib, CML_LSC)'",
    "dislodge explain 'status(RP06)' --cell CML_LSC --with-agent imatinib",
    "dislodge explain 'strategy(imatinib+plerixafor)' --cell CML_LSC",
    "dislodge explain 'retains(RP06, \"CML leukaemic stem cell\")' --all",
)


@click.command("explain", epilog=EPILOG)
@click.argument("conclusion")
@click.option("--all", "every", is_flag=True, help="Every minimal derivation, not just one.")
@options.scenario
@options.answering
def command(session: Session, conclusion: str, every: bool, scenario: Places) -> dict[str, Any]:
    """Why a conclusion holds: its derivation, down to the claims and papers.

    CONCLUSION is predicate(name, name), on(N), off(N), status(R) or strategy(A+B); inside it
    ids, or names in double quotes.
    """
    from reasoner.answers.asking import conclusion_request
    from reasoner.answers.explain import explain

    asked, request = conclusion_request(session.kb, conclusion, session.request(scenario), strategies=True)
    return explain(session.kb, asked, request, every=every)
