"""On which papers a conclusion hangs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import CONCLUSION, argument, option, whole
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.conclusion import Conclusion
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.robustness import Robustness


def answer(
    sources: Sources,
    request: ScenarioRequest,
    conclusion: Conclusion,
    largest: int,
    stop: Callable[..., bool] | None = None,
) -> Robustness:
    """Leave out papers, and look."""
    from reasoner.answers.robustness import robustness

    return robustness(sources.reasoned, conclusion, request, largest=largest, stop=stop)


QUESTION = Question(
    name="robustness",
    help="""
    On which papers a conclusion hangs: whether it holds without each, and how well.

    Also the smallest sets of papers whose absence topples it. CONCLUSION as for explain; breaks(REGIMEN, ROUTE) is
    short for breaksRoute. Exit code 1 when it does not hold anyway. Ctrl-C ends the search with what was found.
    """,
    examples=(
        "dislodge robustness 'sensitises(plerixafor+imatinib, CML_LSC)'",
        "dislodge robustness 'breaks(plerixafor+imatinib, RP06)' --cell CML_LSC",
        "dislodge robustness 'on(CXCR4__in__CML_LSC)' --with-agent imatinib --max 3",
    ),
    parameters=(
        argument("conclusion", CONCLUSION, least=1),
        option("largest", whole(1, 3), "N", "Papers that a set may hold [2].", default=2, spelling="--max"),
        *SCENARIO,
    ),
    answer=answer,
    fails=lambda document: not document["holds"],
    search="papers left out",
    long=True,
)
