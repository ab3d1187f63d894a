"""The table of what the ontology asserts of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.asking.parameter import TEXT, argument
from reasoner.asking.question import Question, Written

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources


def answer(sources: Sources, kind: str) -> Written:
    """Write the table."""
    from reasoner.curating.template_export import exported
    from reasoner.views.words import plural
    from reasoner.writing.template import template_text

    table, left_out = exported(sources.files, kind)
    said = (f"{plural(left_out, 'value')} that no table can hold stay where they are",) if left_out else ()
    return Written(((template_text(table), None),), said)


QUESTION = Question(
    name="template export",
    help="""
    The table of what the ontology asserts of one KIND.

    KIND: cell, molecule, agent, disease, lesion, interaction, activity, mechanism, action, killing, route, arm,
    function, protection, observation, evidence, paper.
    """,
    examples=(
        "dislodge template export action -o actions.tsv",
        "dislodge template export cell --with mine.ttl",
    ),
    parameters=(argument("kind", TEXT, "KIND", least=1),),
    answer=answer,
    forms=("tsv",),
    supposing=False,
    local="it writes files",
)
