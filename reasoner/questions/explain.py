"""Why a conclusion holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import STRATEGY, argument, flag
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.conclusion import Conclusion
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.explanation import Explanation


def answer(sources: Sources, request: ScenarioRequest, conclusion: Conclusion, every: bool) -> Explanation:
    """Look for its derivations."""
    from reasoner.answers.explain import explain

    return explain(sources.reasoned, conclusion, request, every=every)


QUESTION = Question(
    name="explain",
    help="""
    Why a conclusion holds: its derivation, down to the claims and papers.

    CONCLUSION is predicate(name, name), on(N), off(N), status(R) or strategy(A+B); inside it
    ids, or names in double quotes.
    """,
    examples=(
        "dislodge explain 'sensitises(plerixafor+imatinib, CML_LSC)'",
        "dislodge explain 'status(RP06)' --cell CML_LSC --with-agent imatinib",
        "dislodge explain 'strategy(imatinib+plerixafor)' --cell CML_LSC",
        "dislodge explain 'retains(RP06, \"CML leukaemic stem cell\")' --all",
    ),
    parameters=(
        argument("conclusion", STRATEGY, least=1),
        flag("every", "Every minimal derivation, not just one.", spelling="--all"),
        *SCENARIO,
    ),
    answer=answer,
    fails=lambda document: not document["derivations"],
    page="details",
)
