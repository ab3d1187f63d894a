"""Regimens side by side: the answer of ``compare``."""

from __future__ import annotations

from typing import Literal

from reasoner.model.documents.assessment import RegimenAssessment
from reasoner.model.documents.frame import AnswerFrame
from reasoner.model.documents.words import Verdict


class Comparison(AnswerFrame):
    """Regimens side by side."""

    command: Literal["compare"]
    verdict: Verdict | None
    answers: list[RegimenAssessment]
    """What each does, in the order asked."""
