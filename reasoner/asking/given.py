"""Parameters that several questions share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reasoner.asking.parameter import TEXT, Name, ScenarioPart, flag, option
from reasoner.asking.supposition import Supposition

#: The scenario that a question is about.
SCENARIO = (
    option("cell", ScenarioPart("cell"), "CELL", "The cell that the question is about."),
    option("disease", ScenarioPart("disease"), "DISEASE", "The disease; default: the cell's own."),
    option("state", ScenarioPart("state"), "STATE", "A lesion, phase or treatment state; repeatable.", many=True),
    option("clone", ScenarioPart("clone"), "STATE+…", "A clone by its own states, or none; repeatable.", many=True),
    option(
        "background",
        ScenarioPart("agent"),
        "AGENT",
        "An agent given beforehand; repeatable.",
        many=True,
        spelling="--with-agent",
    ),
)
BY_ANALOGY = flag("by_analogy", "Show rows that rest on another disease or cell [shown].", default=True)
#: What is supposed for one question, and written to no file.
SUPPOSING = (
    option("assume", TEXT, "FACT", "Suppose that a fact holds, or on(N); repeatable.", many=True),
    option("retract", TEXT, "FACT", "Suppose that a fact does not hold; repeatable.", many=True),
    option("without_paper", Name("paper"), "PAPER", "As if it had not been written; repeatable.", many=True),
    option("without_claim", Name("claim"), "CLAIM", "As if not claimed; repeatable.", many=True),
)


def supposition_of(values: Mapping[str, Any]) -> Supposition:
    """What the parameters of what-if say; nothing where a question has none of them."""
    return Supposition(*(values.get(parameter.name, ()) for parameter in SUPPOSING))
