"""``dislodge check``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from reasoner.answers.findings import LAYERS, SEVERITIES
from reasoner.cli import options
from reasoner.cli.session import Session
from reasoner.errors import DislodgeError, LimitError

EPILOG = options.examples(
    "dislodge check",
    "dislodge check my_facts.ttl my_rules.swrl",
    "dislodge check --level schema --level rules --severity warning",
    "dislodge check --coverage",
)


@click.command("check", epilog=EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[PATH]...")
@click.option("--coverage", is_flag=True, help="Also which claims are modelled, by which facts.")
@click.option("--dl", is_flag=True, help="Also ask HermiT, where Java is there.")
@click.option("--level", "layers", type=click.Choice(LAYERS), multiple=True, help="Only this layer; repeatable [all].")
@click.option("--severity", type=click.Choice(SEVERITIES), default="info", help="Show no less [info].")
@options.reporting
def command(
    session: Session, paths: tuple[Path, ...], coverage: bool, dl: bool, layers: tuple[str, ...], severity: str
) -> dict[str, Any]:
    """Validate ontology, facts and rules; every finding with file, subject and the fix.

    Layers, each resting on those before: parse, safety, dl (what OWL 2 DL forbids), schema (labels, roles, signs,
    evidence), rules, consistency, questions (the answers that curators expect). What cannot be read is always told.
    PATH is read together with the shipped knowledge: facts (.ttl, .owl) or rules (.swrl). Of the rest only errors
    are shown then. Exit code 1 when there are errors.
    """
    from reasoner.answers.check import about, check, unreadable

    try:
        session = session.adding(paths)
        kb = session.kb
        _ = kb.closure
    except LimitError:
        raise
    except DislodgeError as error:
        return unreadable(error)
    found = check(kb, coverage=coverage, files=session.files, dl=dl, layers=layers or LAYERS, severity=severity)
    return about(found, paths) if paths else found
