"""One thing that is missing for a conclusion: its code, what holds, and what fails."""

from __future__ import annotations

from typing import Any

from reasoner.answers.document import Document

#: Codes, most telling first; each has a sentence in the views.
CODES = (
    "UNKNOWN_TERM",
    "NO_ROUTE",
    "ROUTE_INACTIVE",
    "KILLER_DEFEATED",
    "NO_KILLER",
    "DENIED_HERE",
    "UNSTATED_IN_STATE",
    "OTHER_DISEASE",
    "TARGET_NOT_ON_ROUTE",
    "UNSIGNED",
    "SIGN_MISMATCH",
    "REBOUNDS",
    "NOT_REPORTED",
)


def missing(code: str, fails: str, rule: str | None = None, holds: list[str] | None = None, **more: Any) -> Document:
    """Why a conclusion does not hold: of a rule or mechanism the premises that hold, and the one that fails."""
    return {"code": code, "rule": rule, "holds": holds or [], "fails": fails, **more}
