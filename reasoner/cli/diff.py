"""``dislodge diff``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge diff HEAD .",
    "dislodge diff shipped edited_in_protege.owl --format md",
    "dislodge diff v0.1.0 HEAD --exit-code",
)


@click.command("diff", epilog=EPILOG)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--exit-code", is_flag=True, help="Exit code 1 when they differ.")
@options.reporting
def command(session: Session, old: str, new: str, exit_code: bool) -> dict[str, Any]:
    """What an edit changes: facts, claims, rules, and which answers, each with its proof.

    OLD and NEW are files, folders with ontology/ and rules/, revisions of git, or the word shipped.
    """
    from reasoner.answers.diff import diff
    from reasoner.answers.sides import side

    replace(session, named=(Path(old), Path(new))).check_output()
    with side(old, session.meter) as before, side(new, session.meter) as after:
        return diff(before, after, exit_code=exit_code)
