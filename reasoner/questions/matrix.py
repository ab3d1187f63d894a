"""Regimens by routes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reasoner.asking.given import SCENARIO
from reasoner.asking.parameter import REGIMENS, argument
from reasoner.asking.question import FORMS, PICTURES, Question
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.asking.requests import RegimenRequest, ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.matrix import Matrix


def answer(sources: Sources, request: ScenarioRequest, regimens: Sequence[RegimenRequest]) -> Matrix:
    """Compare the regimens at one place.

    Raises :class:`QuestionError` E410 for a regimen with a place of its own.
    """
    from reasoner.answers.matrix import matrix

    for agents, placed in regimens:
        if replace(placed, earlier=()) != request:
            raise QuestionError(
                f"a matrix has one place, unlike that of {' + '.join(agents)}",
                code="E410",
                hint="give the place by --cell, --disease, --state; compare takes a place with each regimen",
            )
    return matrix(sources.reasoned, regimens, request)


QUESTION = Question(
    name="matrix",
    help="""
    Regimens by routes: which breaks, narrows, opens or leaves what.

    REGIMEN is A+B, in steps 'A then B'. Without any: each single agent that touches a route of the place. The formats
    svg and html give a picture that stands by itself.
    """,
    examples=(
        "dislodge matrix --cell CML_LSC --with-agent imatinib",
        "dislodge matrix imatinib imatinib+plerixafor --cell CML_LSC",
        "dislodge matrix --cell CML_LSC --format svg -o matrix.svg",
    ),
    parameters=(
        argument("regimens", REGIMENS, "[REGIMEN]...", many=True),
        *SCENARIO,
    ),
    answer=answer,
    forms=(*FORMS, *PICTURES),
    long=True,
    page="matrix",
)
