"""``dislodge export``."""

from __future__ import annotations

import os
from pathlib import Path

import click

from reasoner.cli import options
from reasoner.cli.curating import emit, knowledge
from reasoner.cli.failures import ANSWERED
from reasoner.cli.session import Places, Session
from reasoner.errors import QuestionError

EPILOG = options.examples(
    "dislodge export -o dislodge.owl",
    "dislodge export -o dislodge.ttl --inferred conclusions.ttl",
    "dislodge export --scenario 'CML: imatinib' --cell CML_LSC -o imatinib.owl",
)
_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("export", epilog=EPILOG)
@click.option(
    "--format",
    "form",
    type=click.Choice(("owl", "ttl", "ofn", "owx", "nt")),
    help="Syntax [by the file's ending, owl].",
)
@click.option("-o", "output", type=_FILE, metavar="FILE", help="Write to a file, whole or not at all.")
@click.option("--inferred", type=_FILE, metavar="FILE", help="Also write the conclusions to a file of their own.")
@click.option("--scenario", metavar="REGIMEN", help="Write the state of this scenario and what follows instead.")
@click.option("--cell", metavar="CELL", help="The cell of the scenario.")
@knowledge
def command(
    session: Session,
    form: str | None,
    output: Path | None,
    inferred: Path | None,
    scenario: str | None,
    cell: str | None,
) -> int:
    """The whole ontology with its rules as one file for Protégé: RDF/XML, Turtle, functional, OWL/XML, N-Triples.

    Evidence stands on the axioms, rules are SWRL. What was inferred goes to an ontology of its own that imports the
    asserted one.
    """
    from reasoner.answers import export
    from reasoner.writing.ontology_text import ontology_text

    form = form or _form_of(output)
    _check_outputs(session, output, inferred)
    if scenario is not None:
        from reasoner.answers.asking import regimen_request

        agents, request = regimen_request(session.kb, [scenario], session.request(Places(cell)))
        emit((ontology_text(export.of_scenario(session.kb, agents, request), form), output))
        return ANSWERED
    if cell is not None:
        raise click.UsageError("--cell belongs to --scenario.")
    texts = [(ontology_text(export.asserted(session.kb), form), output)]
    if inferred is not None:
        texts.insert(0, (ontology_text(export.inferred(session.kb), _form_of(inferred, form)), inferred))
    emit(*texts)
    return ANSWERED


def _form_of(path: Path | None, default: str = "owl") -> str:
    ending = path.suffix.lstrip(".").lower() if path else ""
    return ending if ending in ("owl", "ttl", "ofn", "owx", "nt") else default


def _check_outputs(session: Session, output: Path | None, inferred: Path | None) -> None:
    """Refuse to write over a file that is read, or twice to one."""
    output, inferred = session.checked(output), session.checked(inferred)
    if output and inferred and os.path.realpath(output) == os.path.realpath(inferred):
        raise QuestionError(f"{output} is named twice", code="E412", hint="name another file after --inferred")
