"""What a conclusion is worth, as lines: its claims, what decides between them, how firm its premises are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Line
from reasoner.views.look import Look
from reasoner.views.phrases import scoped, sides
from reasoner.views.words import spoken

if TYPE_CHECKING:
    from reasoner.model.documents.scenario import Judged


def told_of(row: Judged, more: Iterable[str], look: Look) -> Iterator[Block]:
    """The claims on each side and elsewhere, and what the derivation is worth."""
    for line in sides(row) if row["evidence"] or row["told"] else ():
        yield Line(line, indent=6, hang=2)
    if row["against"] and row["moderator"]:
        yield Line(f"what decides: {deciding(row, look)}", indent=6, hang=2)
    said = [spoken(row["strength"]), spoken(row["modality"]), *more, scoped(row, look)]
    if any(said):
        yield Line(" · ".join(filter(None, said)), "soft", indent=6, hang=2)


def deciding(row: Judged, look: Look) -> str:
    """What decides between two sides, with the conditions on either side where they are known; empty for nothing."""
    told = [
        f"{look.word(known['by'])} (for: {look.words(known['for'])}; against: {look.words(known['against'])})"
        for known in row["moderated"]
    ]
    return ", ".join(told) or look.word(row["moderator"] or "")
