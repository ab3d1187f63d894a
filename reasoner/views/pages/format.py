"""The page of ``format``: which files were rewritten, or would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Line
from reasoner.views.look import Look
from reasoner.views.pages.closing import reasons
from reasoner.views.words import RESEARCH_USE, plural

if TYPE_CHECKING:
    from reasoner.model.documents.curation import Formatted, FormattedFile

KEYS = ("file", "changed")


def rows(document: Formatted) -> tuple[tuple[str, ...], Sequence[FormattedFile]]:
    """One row a file."""
    return KEYS, document["answers"]


def blocks(document: Formatted, look: Look) -> Iterator[Block]:
    """The files that changed, then the count."""
    verb = "would rewrite" if document["check"] else "rewrote"
    for answer in document["answers"]:
        if answer["changed"]:
            yield Line(f"{verb} {answer['file']}", "warn" if document["check"] else "")
    files = plural(len(document["answers"]), "file")
    state = f"{document['changed']} {verb.removeprefix('would ')}" if document["changed"] else "all in canonical form"
    yield Line(f"{files}, {state}", "strong")
    yield from reasons(document)
    yield Line(RESEARCH_USE, "soft")
