"""The page of ``conflicts``: both sides of every contradiction, and what decides between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons

KEYS = ("statement", "for", "against", "resolution", "by", "moderator")


#: Values of one side that are spelt out.
_SHOWN = 4


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a contradiction."""
    return KEYS, document["answers"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """The statement, the claims on each side with their words where the document has them."""
    for answer in document["answers"]:
        yield Heading(_title(answer) + sign(answer))
        claims = answer.get("claims") or {}
        for side, tone in (("for", "good"), ("against", "bad")):
            for claim in answer.get(side) or []:
                said = f"{side:8}{claim}" + (f"  {claims[claim]}" if claim in claims else "")
                yield Line(said, tone, indent=2, hang=8)
        yield Line(_decides(answer, look), indent=2, hang=8)
        yield from _contexts(answer, look)
        if answer.get("handling"):
            yield Line(answer["handling"], "soft", indent=10)
    if not document["answers"]:
        yield Line("No contradiction is known.")
    yield from reasons(document)
    yield from closing(document)


def _title(answer: dict[str, Any]) -> str:
    """The statement; before it the id of a contradiction that curators described."""
    curated = answer.get("id") and answer.get("handling")
    return f"{answer['id']} {answer['statement']}" if curated else str(answer["statement"])


def _decides(answer: dict[str, Any], look: Look) -> str:
    """How the sides are resolved, by their scopes or by what curators say; or that nothing known does."""
    moderator, by = answer.get("moderator"), answer.get("by") or []
    if "resolution" not in answer:
        return f"decides {look.word(moderator) if moderator else 'nothing known'}"
    if not by:
        return "open    nothing that the claims say of their context decides"
    others = f" (curators: {look.word(moderator)})" if moderator and moderator not in by else ""
    return f"decides {look.words(by)}: the sides speak of different ones{others}"


def _contexts(answer: dict[str, Any], look: Look) -> Iterator[Block]:
    """What each side speaks of, in the respects that decide."""
    contexts = answer.get("contexts") or {}
    for respect in answer.get("by") or []:
        for side in ("for", "against"):
            values = contexts.get(side, {}).get(respect) or []
            if values:
                more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
                yield Line(
                    f"{look.word(respect)} {side}: {look.words(values[:_SHOWN])}{more}", "soft", indent=10, hang=2
                )
