"""All about one thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.parameter import THING, argument
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.catalogue import Description


def answer(sources: Sources, name: str) -> Description:
    """Look it up."""
    from reasoner.answers.catalogue import show

    return show(sources.reasoned, name)


QUESTION = Question(
    name="show",
    help="All about one thing: names, identifiers, what is asserted, what follows, the claims behind it.",
    examples=(
        "dislodge show CXCR4",
        'dislodge show "cellule souche hématopoïétique"',
        "dislodge show CHO-126 --json",
    ),
    parameters=(argument("name", THING, least=1),),
    answer=answer,
    page="details",
)
