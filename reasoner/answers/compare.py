"""Regimens side by side: the assessment of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reasoner.answers.assess import assess
from reasoner.answers.frame import finished, frame
from reasoner.scenario.verdict import least

if TYPE_CHECKING:
    from reasoner.asking.requests import RegimenRequest
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.comparison import Comparison


def compare(reasoned: Reasoned, regimens: Sequence[RegimenRequest], *, by_analogy: bool = True) -> Comparison:
    """The assessment documents of some regimens, each at its place, in the order asked (schema ``compare``)."""
    answers = [assess(reasoned, agents, request, by_analogy=by_analogy) for agents, request in regimens]
    told: Comparison = {
        "command": "compare",
        **frame(reasoned, closed_world=True),
        "verdict": least(answer["verdict"] for answer in answers),
        "answers": answers,
    }
    return finished(reasoned, told)
