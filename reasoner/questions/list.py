"""Everything of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.parameter import CLASS, argument
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources
    from reasoner.model.documents.catalogue import Listing


def answer(sources: Sources, kind: str) -> Listing:
    """List the members of a class."""
    from reasoner.answers.catalogue import list_kind

    return list_kind(sources.reasoned, kind)


QUESTION = Question(
    name="list",
    help="""
    Everything of one kind in the knowledge base.

    KIND: cells, molecules, agents, therapies, diseases, contexts, states, lesions, sites, processes, routes, arms,
    protections, functions, interactions, mechanisms, activities, actions, killings, outcomes, hazards, observations,
    trials, evidence, papers, tiers, conflicts, moderators, rules; or a class of the vocabulary.
    """,
    examples=(
        "dislodge list cells",
        "dislodge list agents --format csv",
        "dislodge list routes --json",
    ),
    parameters=(argument("kind", CLASS, least=1),),
    answer=answer,
)
