"""Why a conclusion does not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import CONCLUSION, argument, flag, option, whole
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.conclusion import Conclusion
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.why_not import WhyNot

#: Statements that a set may hold unless told otherwise.
_LARGEST = 2


def answer(
    sources: Sources,
    request: ScenarioRequest,
    conclusion: Conclusion,
    abduce: bool,
    largest: int | None,
    stop: Callable[..., bool] | None = None,
) -> WhyNot:
    """Look for what is missing; with ``abduce`` or ``largest`` for hypotheses that would make it hold too."""
    from reasoner.answers.why_not import why_not

    if not abduce and largest is None:
        return why_not(sources.reasoned, conclusion, request)
    return why_not(sources.reasoned, conclusion, request, abduce=largest or _LARGEST, stop=stop)


QUESTION = Question(
    name="why-not",
    help="""
    Why a conclusion does not hold: per rule or mechanism, what holds and what fails.

    CONCLUSION is predicate(name, name), on(N), off(N) or status(R); inside it ids, or names in double quotes. With
    --abduce every set is a hypothesis, re-evaluated, with the experiment that would settle it; Ctrl-C ends the search
    with what was found.
    """,
    examples=(
        "dislodge why-not 'sensitises(cilengitide+imatinib, CML_LSC)'",
        "dislodge why-not 'breaksRoute(imatinib, RP06)' --state T315I",
        "dislodge why-not 'dislodges(cilengitide, CML_LSC)' --abduce --max 1",
        "dislodge why-not 'off(\"CXCR4 in CML leukaemic stem cell\")' --cell CML_LSC",
    ),
    parameters=(
        argument("conclusion", CONCLUSION, least=1),
        flag("abduce", "Also the smallest sets of missing facts that would make it hold."),
        option("largest", whole(1, 4), "K", "Statements that a set may hold [2].", spelling="--max"),
        *SCENARIO,
    ),
    answer=answer,
    search="hypotheses evaluated",
    page="details",
)
