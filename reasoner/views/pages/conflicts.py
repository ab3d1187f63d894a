"""The page of ``conflicts``: both sides of every contradiction, and what decides between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons

if TYPE_CHECKING:
    from reasoner.model.documents.conflicts import ConflictRow, Conflicts

KEYS = ("statement", "for", "against", "resolution", "by", "moderator")
#: The sides of a contradiction, with their tones.
_SIDES: tuple[tuple[Literal["for", "against"], str], ...] = (("for", "good"), ("against", "bad"))
#: Values of one side that are spelt out.
_SHOWN = 4


def rows(document: Conflicts) -> tuple[tuple[str, ...], Sequence[ConflictRow]]:
    """One row a contradiction."""
    return KEYS, document["answers"]


def blocks(document: Conflicts, look: Look) -> Iterator[Block]:
    """The statement, the claims on each side with their words where the document has them."""
    for answer in document["answers"]:
        yield Heading(title(answer))
        claims = answer["claims"]
        for side, tone in _SIDES:
            for claim in answer[side]:
                said = f"{side:8}{claim}" + (f"  {claims[claim]}" if claim in claims else "")
                yield Line(said, tone, indent=2, hang=8)
        yield Line("{:8}{}".format(*decides(answer, look)), indent=2, hang=8)
        yield from contexts(answer, look)
    if not document["answers"]:
        yield Line("No contradiction is known.")
    yield from reasons(document)
    yield from closing(document)


def title(answer: ConflictRow) -> str:
    """The statement; before it the id of a contradiction that curators described."""
    return (f"{answer['id']} {answer['statement']}" if answer["handling"] else answer["statement"]) + sign(answer)


def decides(answer: ConflictRow, look: Look) -> tuple[str, str]:
    """How the sides are resolved, by their scopes or by what curators say; or that nothing known does."""
    moderator, by = answer["moderator"], answer["by"]
    if not by:
        return "open", "nothing that the claims say of their context decides"
    others = f" (curators: {look.word(moderator)})" if moderator and moderator not in by else ""
    return "decides", f"{look.words(by)}: the sides speak of different ones{others}"


def contexts(answer: ConflictRow, look: Look) -> Iterator[Block]:
    """What each side speaks of, in the respects that decide; how curators handle it."""
    for respect in answer["by"]:
        for side, _ in _SIDES:
            values = answer["contexts"][side].get(respect)
            if values:
                more = f" and {len(values) - _SHOWN} more" if len(values) > _SHOWN else ""
                yield Line(
                    f"{look.word(respect)} {side}: {look.words(values[:_SHOWN])}{more}", "soft", indent=10, hang=2
                )
    if answer["handling"]:
        yield Line(answer["handling"], "soft", indent=10)
