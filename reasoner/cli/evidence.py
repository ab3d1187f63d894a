"""``dislodge evidence``."""

from __future__ import annotations

from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge evidence plerixafor CML_LSC",
    "dislodge evidence osteopontin --polarity opposes",
    "dislodge evidence arsenic_trioxide --tier in_vitro --format csv",
)


@click.command("evidence", epilog=EPILOG)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--kind", metavar="KIND", help="Only this kind of claim.")
@click.option("--modality", metavar="WORD", help="Only claims that speak this firmly, such as suggested.")
@click.option("--polarity", metavar="WORD", help="supports, opposes or undetermined.")
@click.option("--tier", metavar="TIER", help="Only claims of this tier, such as in_vivo.")
@click.option("--disease", metavar="DISEASE", help="Only claims in this disease or narrower ones.")
@options.answering
def command(session: Session, names: tuple[str, ...], **filters: str | None) -> dict[str, Any]:
    """Claims that name all of the things given.

    NAME is a cell, molecule, agent, disease, route, paper or claim.
    """
    from reasoner.answers.evidence import evidence

    return evidence(session.kb, names, **filters)
