"""``dislodge matrix``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Places, Session
from reasoner.errors import QuestionError

EPILOG = options.examples(
    "dislodge matrix --cell CML_LSC --with-agent imatinib",
    "dislodge matrix imatinib imatinib+plerixafor --cell CML_LSC",
    "dislodge matrix --cell CML_LSC --format svg -o matrix.svg",
)


@click.command("matrix", epilog=EPILOG)
@click.argument("regimens", nargs=-1, metavar="[REGIMEN]...")
@options.scenario
@options.drawing
def command(session: Session, regimens: tuple[str, ...], scenario: Places) -> dict[str, Any]:
    """Regimens by routes: which breaks, narrows, opens or leaves what.

    REGIMEN is A+B, in steps 'A then B'. Without any: each single agent that touches a route of the place. The formats
    svg and html give a picture that stands by itself.
    """
    from reasoner.answers.asking import regimen_request
    from reasoner.answers.matrix import matrix

    request = session.request(scenario)
    asked = []
    for regimen in regimens:
        agents, placed = regimen_request(session.kb, [regimen], request)
        if replace(placed, earlier=()) != request:
            raise QuestionError(
                f"a matrix has one place, not {regimen!r}",
                code="E410",
                hint="give the place by --cell, --disease, --state; compare takes a place with each regimen",
            )
        asked.append((agents, placed))
    return matrix(session.kb, asked, request)
