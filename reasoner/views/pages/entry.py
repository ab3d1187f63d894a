"""The page of ``show``: one entry, its names, what is asserted, what follows, and the claims behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.answers.contradicted import MARK
from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing
from reasoner.views.pages.listing import kind

KEYS = ("section", "value")
#: That a claim mentions the entry is said once, by the list of claims.
_MENTION = "mentions("


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a name, identifier, fact and claim; ``section`` says which."""
    found = [{"section": key, "value": document.get(key)} for key in ("id", "kind", "label", "label_fr", "definition")]
    found = [row for row in found if row["value"]]
    for key in ("synonyms", "identifiers", "asserted", "inferred", "evidence"):
        found += [{"section": key, "value": value} for value in document.get(key) or []]
    return KEYS, [{**row, **({MARK: document[MARK]} if MARK in document else {})} for row in found]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """A section for each part that is not empty; asserted and inferred never mixed."""
    yield Heading(_title(document), level=1)
    yield Line(_kinds(document), "soft")
    if document.get("definition"):
        yield Line(document["definition"])
    if document.get("synonyms"):
        yield Line(f"also called {', '.join(document['synonyms'])}", hang=2)
    if document.get("identifiers"):
        yield Line(f"identifiers {', '.join(document['identifiers'])}", hang=2)
    for key, words in (("asserted", "Asserted"), ("inferred", "Inferred (never written to a curated file)")):
        if facts := [fact for fact in document.get(key) or [] if not fact.startswith(_MENTION)]:
            yield Heading(words)
            for fact in facts:
                yield Line(str(fact), indent=2, hang=4)
    if claims := document.get("evidence"):
        yield Heading("Evidence")
        yield Line(" ".join(claims), indent=2)
    yield from closing(document)


def _title(document: dict[str, Any]) -> str:
    name, label = document["id"], document.get("label")
    said = f"{name} · {label}" if label and label != name else str(name)
    return said + sign(next(iter(document["answers"]), {}))


def _kinds(document: dict[str, Any]) -> str:
    """The kind in words, and the French label where there is one of its own."""
    french = document.get("label_fr")
    return ", ".join([kind(document)] + ([french] if french and french != document["id"] else []))
