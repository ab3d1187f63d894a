"""Killers that are stated to act against a broader cell or disease only, in words."""

from __future__ import annotations

from typing import Any

from reasoner.views.look import Look


def from_afar(document: dict[str, Any], look: Look) -> dict[str, str]:
    """For each such killer of a regimen, what is said of it: the cell for which it was stated, and the diseases."""
    return {
        row["agent"]: f"{look.word(row['agent'])} (stated for {_what(row, look)}, not for this cell)"
        for row in document.get("killer_scopes") or []
        if row["scope"] != "exact"
    }


def _what(row: dict[str, Any], look: Look) -> str:
    return look.word(row["cell"]) + (f" in {look.words(row['diseases'], ' or ')}" if row["diseases"] else "")
