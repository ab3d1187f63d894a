"""Routes that a regimen leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.given import BY_ANALOGY, SCENARIO
from reasoner.asking.parameter import REGIMEN, argument
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.escapes import Escapes


def answer(sources: Sources, request: ScenarioRequest, regimen: tuple[str, ...], by_analogy: bool) -> Escapes:
    """Look for what is left open, and what would close it."""
    from reasoner.answers.escapes import escapes

    return escapes(sources.reasoned, regimen, request, by_analogy=by_analogy)


QUESTION = Question(
    name="escapes",
    help="""
    Routes that a regimen leaves open, and the cheapest agents that close each.

    Lesions and intrinsic changes that the disease knows are tried one by one: "open, if".
    """,
    examples=(
        "dislodge escapes imatinib plerixafor --cell CML_LSC",
        "dislodge escapes bevacizumab --disease colon_cancer --no-by-analogy",
    ),
    parameters=(
        argument("regimen", REGIMEN, "AGENT...", many=True, least=1),
        *SCENARIO,
        BY_ANALOGY,
    ),
    answer=answer,
    long=True,
)
