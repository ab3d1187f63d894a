"""``dislodge rules``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reasoner.cli import options
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge rules",
    "dislodge rules R-OUT-001",
    "dislodge rules --pull edited_in_protege.owl",
)


@click.command("rules", epilog=EPILOG)
@click.argument("rule_id", metavar="[ID]", required=False)
@click.option(
    "--pull",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Take over the rules of an edited ontology into the rule files.",
)
@click.option("--dry-run", is_flag=True, help="With --pull: say what would change, write nothing.")
@options.answering
def command(session: Session, rule_id: str | None, pull: Path | None, dry_run: bool) -> dict[str, Any]:
    """The rules, or one rule in full: what it concludes, why, and from which claims.

    With --pull, rules edited in Protégé come back into the rule files (those of --rules, else the shipped ones);
    status, sources and examples are attached again by id.
    """
    if pull is not None:
        from reasoner.answers.pull import pull as take_over
        from reasoner.resources import shipped_rules

        if rule_id is not None:
            raise click.UsageError("--pull takes all rules; leave out the ID.")
        return take_over(pull, session.rules or shipped_rules(), check_only=dry_run)
    if dry_run:
        raise click.UsageError("--dry-run belongs to --pull.")
    from reasoner.answers.catalogue import rules

    return rules(session.kb, rule_id)
