"""The page of ``conflicts``: both sides of every contradiction, and what decides between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.pages.closing import closing, reasons

KEYS = ("statement", "for", "against", "moderator")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a contradiction."""
    return KEYS, document["answers"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """The statement, the claims on each side with their words where the document has them."""
    for answer in document["answers"]:
        yield Heading(answer["statement"])
        claims = answer.get("claims") or {}
        for side, tone in (("for", "good"), ("against", "bad")):
            for claim in answer.get(side) or []:
                said = f"{side:8}{claim}" + (f"  {claims[claim]}" if claim in claims else "")
                yield Line(said, tone, indent=2, hang=8)
        moderator = answer.get("moderator")
        yield Line(f"decides {look.word(moderator) if moderator else 'nothing known'}", indent=2, hang=8)
        if answer.get("handling"):
            yield Line(answer["handling"], "soft", indent=10)
    if not document["answers"]:
        yield Line("No contradiction is known.")
    yield from reasons(document)
    yield from closing(document)
