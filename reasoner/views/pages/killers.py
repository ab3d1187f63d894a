"""Killers that are stated to act against a broader cell or disease, or only as members of a class, in words."""

from __future__ import annotations

from typing import Any

from reasoner.views.look import Look


def from_afar(document: dict[str, Any], look: Look) -> dict[str, str]:
    """What is said of each killer of a regimen that is not itself stated to act against this cell.

    A class that acts through a molecule is one by what its members do, so that these need no such words.
    """
    told = {row["agent"]: _what(row, look) for row in document.get("killer_scopes") or []}
    return {agent: f"{look.word(agent)} ({what})" for agent, what in told.items() if what}


def _what(row: dict[str, Any], look: Look) -> str:
    by_name = row["agent"] in row["stated_for"] or row["through"]
    who = "" if by_name else look.words(row["stated_for"], " or ")
    where = "" if row["scope"] == "exact" else _where(row, look)
    if not who and not where:
        return ""
    return f"stated for {who}{' against ' if who and where else ''}{where}{', not for this cell' if where else ''}"


def _where(row: dict[str, Any], look: Look) -> str:
    return look.word(row["cell"]) + (f" in {look.words(row['diseases'], ' or ')}" if row["diseases"] else "")
