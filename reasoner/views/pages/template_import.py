"""The page of ``template import``: what the tables changed, id by id."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Line
from reasoner.views.look import Look
from reasoner.views.pages.closing import reasons
from reasoner.views.words import RESEARCH_USE, plural

KEYS = ("id", "change", "file", "added", "removed")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row an individual that changed."""
    return KEYS, document["answers"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """Each individual with the statements that came and went, then the counts."""
    would = "" if document["written"] else "would be "
    for answer in document["answers"]:
        tone = "good" if answer["change"] == "added" else "warn"
        yield Line(f"{answer['id']} {would}{answer['change']} in {answer['file']}", tone, hang=2)
        for sign, key in (("-", "removed"), ("+", "added")):
            for statement in answer[key]:
                yield Line(f"{sign} {statement}", indent=2, hang=2)
    count = len(document["answers"])
    said = "" if document["written"] or not count else "; nothing was written"
    yield Line(
        f"{plural(document['rows'], 'row')}, {plural(count, 'individual')} {'to change' if said else 'changed'}{said}",
        "strong",
    )
    yield from reasons(document)
    yield Line(RESEARCH_USE, "soft")
