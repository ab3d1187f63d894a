"""``dislodge why-not``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.interrupting import searching
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge why-not 'sensitises(cilengitide+imatinib, CML_LSC)'",
    "dislodge why-not 'breaksRoute(imatinib, RP06)' --state T315I",
    "dislodge why-not 'dislodges(cilengitide, CML_LSC)' --abduce --max 1",
    "dislodge why-not 'off(\"CXCR4 in CML leukaemic stem cell\")' --cell CML_LSC",
)


@click.command("why-not", epilog=EPILOG)
@click.argument("conclusion")
@click.option("--abduce", is_flag=True, help="Also the smallest sets of missing facts that would make it hold.")
@click.option("--max", "largest", type=click.IntRange(1, 4), metavar="K", help="Statements that a set may hold [2].")
@options.scenario
@options.answering
def command(session: Session, conclusion: str, abduce: bool, largest: int | None, scenario: Places) -> dict[str, Any]:
    """Why a conclusion does not hold: per rule or mechanism, what holds and what fails.

    CONCLUSION is predicate(name, name), on(N), off(N) or status(R); inside it ids, or names in double quotes. With
    --abduce every set is a hypothesis, re-evaluated, with the experiment that would settle it; Ctrl-C ends the search
    with what was found.
    """
    from reasoner.answers.asking import conclusion_request
    from reasoner.answers.why_not import why_not

    asked, request = conclusion_request(session.kb, conclusion, session.request(scenario))
    if not abduce and largest is None:
        return why_not(session.kb, asked, request)
    with searching("hypotheses evaluated", session.meter) as stop:
        return why_not(session.kb, asked, request, abduce=largest or 2, stop=stop)
