"""What a regimen does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.given import BY_ANALOGY, SCENARIO
from reasoner.asking.parameter import REGIMEN, argument
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.assessment import RegimenAssessment


def answer(sources: Sources, request: ScenarioRequest, regimen: tuple[str, ...], by_analogy: bool) -> RegimenAssessment:
    """Assess the regimen."""
    from reasoner.answers.assess import assess

    return assess(sources.reasoned, regimen, request, by_analogy=by_analogy)


QUESTION = Question(
    name="assess",
    help="""
    What a regimen does to routes, outcomes, hazards, normal cells and activities.

    AGENT is a drug or class, or hypothetical: block:N, lower:N, restore:N, supply:N, activate:N, deplete:CELL. No
    AGENT is the untreated case. In 'A then B' the cell states that A reaches are given to B, the agents of A are not.
    """,
    examples=(
        "dislodge assess imatinib plerixafor --cell CML_LSC",
        "dislodge assess imatinib+block:CD44 --cell CML_LSC",
        "dislodge assess 'CML,T315I: imatinib then plerixafor' --cell CML_LSC",
    ),
    parameters=(
        argument("regimen", REGIMEN, "[AGENT]...", many=True),
        *SCENARIO,
        BY_ANALOGY,
    ),
    answer=answer,
    page="niche",
)
