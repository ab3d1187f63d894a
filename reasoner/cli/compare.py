"""``dislodge compare``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session

EPILOG = options.examples(
    "dislodge compare imatinib imatinib+plerixafor --cell CML_LSC",
    "dislodge compare GCS-100 plerixafor --cell CML_LSC --with-agent imatinib",
    "dislodge compare 'CML: imatinib' 'CML,T315I: imatinib' --cell CML_LSC",
)


@click.command("compare", epilog=EPILOG)
@click.argument("regimens", nargs=-1, required=True, metavar="REGIMEN REGIMEN...")
@options.scenario
@options.by_analogy
@options.answering
def command(session: Session, regimens: tuple[str, ...], scenario: Places, by_analogy: bool) -> dict[str, Any]:
    """Regimens side by side: routes, outcomes, hazards, evidence, normal cells.

    REGIMEN is A+B; A then B; or with a place of its own, CML,T315I: A+B.
    """
    from reasoner.answers.asking import regimen_request
    from reasoner.answers.compare import compare

    if len(regimens) < 2:
        raise click.UsageError("compare takes two regimens or more.")
    request = session.request(scenario)
    asked = [regimen_request(session.kb, [regimen], request) for regimen in regimens]
    return compare(session.kb, asked, by_analogy=by_analogy)
