"""The page of ``rules --pull``: what an editor changed, and what it dropped that the files still have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Line
from reasoner.views.look import Look
from reasoner.views.pages.closing import reasons
from reasoner.views.words import RESEARCH_USE, plural

if TYPE_CHECKING:
    from reasoner.model.documents.curation import Pull, PulledRule

KEYS = ("id", "change", "file", "logic", "before", "dropped")
_TONES = {"added": "good", "changed": "warn", "removed": "bad"}


def rows(document: Pull) -> tuple[tuple[str, ...], Sequence[PulledRule]]:
    """One row a rule that changed or lost something."""
    return KEYS, document["answers"]


def blocks(document: Pull, look: Look) -> Iterator[Block]:
    """Each change with the logic before and after, then what was attached again."""
    for row in document["answers"]:
        if row["change"] != "same":
            yield Line(f"{row['id']} {row['change']} in {row['file']}", _TONES.get(row["change"], ""))
            if row["before"]:
                yield Line(f"before  {row['before']}", indent=2, hang=8)
            yield Line(
                f"{'now' if row['before'] else 'logic'}{' ' * (5 if row['before'] else 3)}{row['logic']}",
                indent=2,
                hang=8,
            )
    lost = [row for row in document["answers"] if row["dropped"]]
    for row in lost:
        yield Line(f"{row['id']}: the editor dropped {', '.join(row['dropped'])}; kept from {row['file']}", "soft")
    count = sum(row["change"] != "same" for row in document["answers"])
    said = "" if document["written"] else "; nothing was written"
    yield Line(f"{plural(document['rules'], 'rule')}, {count} changed{said}", "strong")
    yield from reasons(document)
    yield Line(RESEARCH_USE, "soft")
