"""One thing that is missing for a conclusion: its code, what holds, and what fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reasoner.model.documents.why_not import MissingCode, MissingRow

#: Codes, most telling first; each has a sentence in the views.
CODES: tuple[MissingCode, ...] = (
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


def missing(
    code: MissingCode,
    fails: str,
    rule: str | None = None,
    holds: list[str] | None = None,
    *,
    evidence: list[str] | None = None,
    agent: str | None = None,
) -> MissingRow:
    """Why a conclusion does not hold: of a rule or mechanism the premises that hold, and the one that fails.

    ``evidence`` are the claims behind what fails, ``agent`` is the one that does not do it.
    """
    row: MissingRow = {"code": code, "rule": rule, "holds": holds or [], "fails": fails}
    if evidence is not None:
        row["evidence"] = evidence
    if agent is not None:
        row["agent"] = agent
    return row
