"""Regimens side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.asking.given import BY_ANALOGY, SCENARIO
from reasoner.asking.parameter import REGIMENS, argument
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.requests import RegimenRequest, ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.comparison import Comparison


def answer(
    sources: Sources, request: ScenarioRequest, regimens: Sequence[RegimenRequest], by_analogy: bool
) -> Comparison:
    """Compare the regimens, each at its own place."""
    from reasoner.answers.compare import compare

    return compare(sources.reasoned, regimens, by_analogy=by_analogy)


QUESTION = Question(
    name="compare",
    help="""
    Regimens side by side: routes, outcomes, hazards, evidence, normal cells.

    REGIMEN is A+B; A then B; or with a place of its own, CML,T315I: A+B.
    """,
    examples=(
        "dislodge compare imatinib imatinib+plerixafor --cell CML_LSC",
        "dislodge compare GCS-100 plerixafor --cell CML_LSC --with-agent imatinib",
        "dislodge compare 'CML: imatinib' 'CML,T315I: imatinib' --cell CML_LSC",
    ),
    parameters=(
        argument("regimens", REGIMENS, "REGIMEN REGIMEN...", many=True, least=2),
        *SCENARIO,
        BY_ANALOGY,
    ),
    answer=answer,
    long=True,
)
