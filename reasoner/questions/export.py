"""One file for Protégé."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.parameter import TARGET, TEXT, ScenarioPart, option
from reasoner.asking.parameter import form as one_of
from reasoner.asking.question import Question, Written
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources

_FORMS = ("owl", "ttl", "ofn", "owx", "nt")


def answer(
    sources: Sources,
    request: ScenarioRequest,
    form: str,
    inferred: Path | None,
    scenario: str | None,
) -> Written:
    """Write the ontology, or the state of a scenario.

    Raises :class:`QuestionError` E440 for a cell without a scenario.
    """
    from reasoner.curating import export
    from reasoner.writing.ontology_text import ontology_text

    if scenario is not None:
        from reasoner.asking.resolving import regimen_request

        agents, placed = regimen_request(sources.reasoned, [scenario], request)
        return Written(((ontology_text(export.of_scenario(sources.reasoned, agents, placed), form), None),))
    if request.cell is not None:
        raise QuestionError("--cell belongs to --scenario", code="E440", hint="name the regimen: --scenario A+B")
    texts: list[tuple[str, Path | None]] = [(ontology_text(export.asserted(sources.reasoned), form), None)]
    if inferred is not None:
        ending = inferred.suffix.lstrip(".").lower()
        own = ending if ending in _FORMS else form
        texts.insert(0, (ontology_text(export.inferred(sources.reasoned), own), inferred))
    return Written(tuple(texts))


QUESTION = Question(
    name="export",
    help="""
    The whole ontology with its rules as one file for Protégé: RDF/XML, Turtle, functional, OWL/XML, N-Triples.

    Evidence stands on the axioms, rules are SWRL. What was inferred goes to an ontology of its own that imports the
    asserted one.
    """,
    examples=(
        "dislodge export -o dislodge.owl",
        "dislodge export -o dislodge.ttl --inferred conclusions.ttl",
        "dislodge export --scenario 'CML: imatinib' --cell CML_LSC -o imatinib.owl",
    ),
    parameters=(
        option("form", one_of(*_FORMS), default="owl"),
        option("inferred", TARGET, "FILE", "Also write the conclusions to a file of their own."),
        option("scenario", TEXT, "REGIMEN", "Write the state of this scenario and what follows instead."),
        option("cell", ScenarioPart("cell"), "CELL", "The cell of the scenario."),
    ),
    answer=answer,
    forms=_FORMS,
    by_ending=True,
    supposing=False,
    local="it writes files",
)
