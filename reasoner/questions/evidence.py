"""Claims that name all of the things given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.parameter import TEXT, THING, argument, option
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.claims import Claims


def answer(sources: Sources, names: tuple[str, ...], **filters: str | None) -> Claims:
    """Look for the claims."""
    from reasoner.answers.evidence import evidence

    return evidence(sources.reasoned, names, **filters)


QUESTION = Question(
    name="evidence",
    help="""
    Claims that name all of the things given.

    NAME is a cell, molecule, agent, disease, route, paper or claim.
    """,
    examples=(
        "dislodge evidence plerixafor CML_LSC",
        "dislodge evidence osteopontin --polarity opposes",
        "dislodge evidence arsenic_trioxide --tier in_vitro --format csv",
    ),
    parameters=(
        argument("names", THING, "NAME...", many=True, least=1),
        option("kind", TEXT, "KIND", "Only this kind of claim."),
        option("modality", TEXT, "WORD", "Only claims that speak this firmly, such as suggested."),
        option("polarity", TEXT, "WORD", "supports, opposes or undetermined."),
        option("tier", TEXT, "TIER", "Only claims of this tier, such as in_vivo."),
        option("disease", TEXT, "DISEASE", "Only claims in this disease or narrower ones."),
    ),
    answer=answer,
    page="details",
)
