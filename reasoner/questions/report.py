"""One file about a regimen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import REGIMEN, argument, flag
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.report import Report


def answer(sources: Sources, request: ScenarioRequest, regimen: tuple[str, ...], search: bool) -> Report:
    """Gather all that there is to say about the regimen."""
    from reasoner.answers.report import report

    return report(sources.reasoned, regimen, request, search=search)


QUESTION = Question(
    name="report",
    help="""
    One file about a regimen: picture, verdicts, proofs, evidence, what is left.

    HTML stands alone, without scripts or requests; also Markdown, JSON, SVG, and the network as CX2 (Cytoscape, NDEx)
    or Cytoscape.js JSON (cyjs). Without --format the ending of FILE decides, else HTML.
    """,
    examples=(
        "dislodge report imatinib plerixafor --cell CML_LSC -o report.html",
        "dislodge report imatinib --cell CML_LSC --search -o report.html",
        "dislodge report imatinib --cell CML_LSC --format cx2 -o niche.cx2",
    ),
    parameters=(
        argument("regimen", REGIMEN, "[AGENT]...", many=True),
        *SCENARIO,
        flag("search", "Also what could be added to close every route."),
    ),
    answer=answer,
    forms=("html", "md", "json", "cx2", "cyjs", "svg"),
    by_ending=True,
    long=True,
)
