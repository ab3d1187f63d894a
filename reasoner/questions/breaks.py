"""Which intervention breaks which route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.given import BY_ANALOGY, SCENARIO
from reasoner.asking.parameter import Name, flag, option
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.breaks import Breaks


def answer(
    sources: Sources,
    request: ScenarioRequest,
    route: str | None,
    activity: str | None,
    agent: tuple[str, ...],
    unbroken: bool,
    by_analogy: bool,
) -> Breaks:
    """Look for what breaks what."""
    from reasoner.answers.breaks import breaks

    return breaks(
        sources.reasoned,
        request,
        route=route,
        activity=activity,
        agents=agent,
        unbroken=unbroken,
        by_analogy=by_analogy,
    )


QUESTION = Question(
    name="breaks",
    help="""
    Which intervention breaks, narrows or opens which resistance route.

    Says at which arm, together with what, and how well it is supported. Without disease or state each route is asked
    about in its home scenarios.
    """,
    examples=(
        "dislodge breaks --route RP06",
        "dislodge breaks --agent plerixafor --disease CML",
        "dislodge breaks --unbroken --json",
    ),
    parameters=(
        option("route", Name("route"), "ROUTE", "Only this resistance route."),
        option("activity", Name("activity"), "N", "Only what takes this activity away."),
        option("agent", Name("agent"), "AGENT", "Only this agent; repeatable.", many=True),
        flag("unbroken", "The routes that no agent breaks."),
        *SCENARIO,
        BY_ANALOGY,
    ),
    answer=answer,
    long=True,
)
