"""``dislodge why-not``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge why-not 'sensitises(cilengitide+imatinib, CML_LSC)'",
    "dislodge why-not 'breaksRoute(imatinib, RP06)' --state T315I",
    "dislodge why-not 'off(\"CXCR4 in CML leukaemic stem cell\")' --cell CML_LSC",
)


@click.command("why-not", epilog=EPILOG)
@click.argument("conclusion")
@options.scenario
@options.answering
def command(session: Session, conclusion: str, scenario: Places) -> dict[str, Any]:
    """Why a conclusion does not hold: per rule or mechanism, what holds and what fails.

    CONCLUSION is predicate(name, name), on(N), off(N) or status(R); inside it ids, or names in double quotes.
    """
    from reasoner.answers.asking import conclusion_request
    from reasoner.answers.why_not import why_not

    asked, request = conclusion_request(session.kb, conclusion, session.request(scenario))
    return why_not(session.kb, asked, request)
