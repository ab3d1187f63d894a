"""``dislodge robustness``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.interrupting import searching
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge robustness 'sensitises(plerixafor+imatinib, CML_LSC)'",
    "dislodge robustness 'breaks(plerixafor+imatinib, RP06)' --cell CML_LSC",
    "dislodge robustness 'on(CXCR4__in__CML_LSC)' --with-agent imatinib --max 3",
)


@click.command("robustness", epilog=EPILOG)
@click.argument("conclusion")
@click.option(
    "--max", "largest", type=click.IntRange(1, 3), default=2, metavar="N", help="Papers that a set may hold [2]."
)
@options.scenario
@options.answering
def command(session: Session, conclusion: str, largest: int, scenario: Places) -> dict[str, Any]:
    """On which papers a conclusion hangs: whether it holds without each, and how well.

    Also the smallest sets of papers whose absence topples it. CONCLUSION as for explain; breaks(REGIMEN, ROUTE) is
    short for breaksRoute. Exit code 1 when it does not hold anyway. Ctrl-C ends the search with what was found.
    """
    from reasoner.answers.asking import conclusion_request
    from reasoner.answers.robustness import robustness

    asked, request = conclusion_request(session.kb, conclusion, session.request(scenario))
    with searching("papers left out", session.meter) as stop:
        return robustness(session.kb, asked, request, largest=largest, stop=stop)
