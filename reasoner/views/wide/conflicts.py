"""The wide page of ``conflicts``: both sides of every contradiction beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from reasoner.views.blocks import Block, Column, Heading, Line, Stack, Table, TextRun
from reasoner.views.look import Look
from reasoner.views.pages import conflicts as narrow
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.phrases import claim_runs

if TYPE_CHECKING:
    from reasoner.model.documents.conflicts import ConflictRow, Conflicts


def blocks(document: Conflicts, look: Look) -> Iterator[Block]:
    """The statement, the claims on each side, what decides between them."""
    yield Heading("Contradictions", level=1)
    for answer in document["answers"]:
        yield Heading(narrow.title(answer))
        yield Table([Column("for"), Column("against")], [[_side(answer, "for"), _side(answer, "against")]])
        word, what = narrow.decides(answer, look)
        yield Line((TextRun(word, "strong"), f": {what}"))
        yield from narrow.contexts(answer, look)
    if not document["answers"]:
        yield Line("No contradiction is known.")
    yield from reasons(document)
    yield from closing(document)


def _side(answer: ConflictRow, side: Literal["for", "against"]) -> Stack:
    """The claims of a side with their words, where the document has them."""
    runs = claim_runs(answer[side], against=side == "against")
    return Stack([(run, f" {answer['claims'].get(run.text, '')}") for run in runs])
