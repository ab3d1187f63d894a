"""Minimal regimens that close everything asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import GOAL, Name, choice, flag, option, whole
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.combination import Combination


def answer(
    sources: Sources,
    request: ScenarioRequest,
    close: tuple[str, ...],
    scope: str,
    spare: tuple[str, ...],
    spare_function: tuple[str, ...],
    spare_strict: bool,
    max_size: int | None,
    only: tuple[str, ...],
    exclude: tuple[str, ...],
    min_strength: str | None,
    limit: int,
    stop: Callable[..., bool] | None = None,
) -> Combination:
    """Search for the regimens."""
    from reasoner.answers.combine import combine
    from reasoner.asking.requests import Wish

    wish = Wish(
        close=close,
        scope=scope,
        spare=spare,
        functions=spare_function,
        strict=spare_strict,
        max_size=max_size,
        only=only,
        exclude=exclude,
        min_strength=min_strength,
        limit=limit,
    )
    return combine(sources.reasoned, request, wish, stop=stop)


QUESTION = Question(
    name="combine",
    help="""
    Minimal regimens that close every route asked for, or the certificate that there are none.

    Without --close these are the routes that retain the cell, protect it from the killer or hinder delivery to it, and
    that are stated for this cell or disease; where none of those is on, for the nearest broader disease. --scope all
    takes in the farther ones. Kinds of route: retention, protection, delivery, growth, all. The killer is one of
    --with-agent, else each that may be added is tried. Every regimen is minimal and has been evaluated from scratch.
    Ctrl-C ends the search with what was found; exit code 3 when that, or --limit, cut the answer short.
    """,
    examples=(
        "dislodge combine --cell CML_LSC --with-agent imatinib",
        "dislodge combine --cell CML_LSC --with-agent imatinib --spare HSC",
        "dislodge combine --cell CML_LSC --close RP06 --only Table_I --max-size 2",
    ),
    parameters=(
        option("close", GOAL, "GOAL", "A route, arm or activity, or a kind of route.", many=True),
        option("scope", choice("near", "all"), "", "How far goals may be stated [near].", default="near"),
        option("spare", Name("cell"), "CELL", "A normal cell whose retention is to be kept.", many=True),
        option("spare_function", Name("function"), "F", "Keep this function instead.", many=True),
        flag("spare_strict", "Nor may it be touched by any agent added."),
        option("max_size", whole(0, 10), "K", "Agents to add at most [3, then up to 6]."),
        option("only", Name("agent or list"), "A", "Only this agent, class or list of agents.", many=True),
        option("exclude", Name("agent or list"), "A", "Not this agent, class or list.", many=True),
        option("min_strength", Name("tier"), "TIER", "Only agents whose best action rests on this tier or more."),
        option("limit", whole(1, 100_000), "N", "Regimens to list [50].", default=50),
        *SCENARIO,
    ),
    answer=answer,
    search="sets of agents looked at",
    long=True,
    page="combine",
)
