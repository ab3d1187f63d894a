"""The page of ``template import``: what the tables changed, id by id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Line
from reasoner.views.look import Look
from reasoner.views.pages.closing import reasons
from reasoner.views.words import RESEARCH_USE, plural

if TYPE_CHECKING:
    from reasoner.model.documents.curation import ImportedThing, TemplateImport

KEYS = ("id", "change", "file", "added", "removed")


def rows(document: TemplateImport) -> tuple[tuple[str, ...], Sequence[ImportedThing]]:
    """One row an individual that changed."""
    return KEYS, document["answers"]


def blocks(document: TemplateImport, look: Look) -> Iterator[Block]:
    """Each individual with the statements that came and went, then the counts."""
    would = "" if document["written"] else "would be "
    for answer in document["answers"]:
        tone = "good" if answer["change"] == "added" else "warn"
        yield Line(f"{answer['id']} {would}{answer['change']} in {answer['file']}", tone, hang=2)
        for sign, statements in (("-", answer["removed"]), ("+", answer["added"])):
            for statement in statements:
                yield Line(f"{sign} {statement}", indent=2, hang=2)
    count = len(document["answers"])
    said = "" if document["written"] or not count else "; nothing was written"
    yield Line(
        f"{plural(document['rows'], 'row')}, {plural(count, 'individual')} {'to change' if said else 'changed'}{said}",
        "strong",
    )
    yield from reasons(document)
    yield Line(RESEARCH_USE, "soft")
