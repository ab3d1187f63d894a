"""Killers that are stated to act against a broader cell or disease, or only as members of a class, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reasoner.views.look import Look

if TYPE_CHECKING:
    from reasoner.model.documents.scenario import KillerScope


def from_afar(killers: Iterable[KillerScope], look: Look) -> dict[str, str]:
    """What is said of each of the killers of a regimen that is not itself stated to act against this cell.

    A class that acts through a molecule is one by what its members do, so that these need no such words.
    """
    told = {row["agent"]: _what(row, look) for row in killers}
    return {agent: f"{look.word(agent)} ({what})" for agent, what in told.items() if what}


def _what(row: KillerScope, look: Look) -> str:
    by_name = row["agent"] in row["stated_for"] or row["through"]
    who = "" if by_name else look.words(row["stated_for"], " or ")
    where = "" if row["scope"] == "exact" else _where(row, look)
    if not who and not where:
        return ""
    return f"stated for {who}{' against ' if who and where else ''}{where}{', not for this cell' if where else ''}"


def _where(row: KillerScope, look: Look) -> str:
    return look.word(row["cell"]) + (f" in {look.words(row['diseases'], ' or ')}" if row["diseases"] else "")
