"""The page of ``show``: one entry, its names, what is asserted, what follows, and the claims behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.answers.contradicted import MARK
from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing
from reasoner.views.pages.listing import kind
from reasoner.views.phrases import cited

if TYPE_CHECKING:
    from reasoner.model.documents.catalogue import Description
    from reasoner.model.documents.frame import Marked

KEYS = ("section", "value")
#: That a claim mentions the entry is said once, by the list of claims.
_MENTION = "mentions("


def rows(document: Description) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row a name, identifier, fact and claim; ``section`` says which."""
    mark: Marked = {MARK: document[MARK]} if MARK in document else {}
    sections: tuple[tuple[str, Sequence[str | None]], ...] = (
        ("id", [document["id"]]),
        ("kind", [document["kind"]]),
        ("label", [document["label"]]),
        ("label_fr", [document["label_fr"]]),
        ("definition", [document["definition"]]),
        ("synonyms", document["synonyms"]),
        ("identifiers", document["identifiers"]),
        ("asserted", document["asserted"]),
        ("inferred", document["inferred"]),
        ("denied", document["denied"]),
        ("evidence", document["evidence"]),
    )
    return KEYS, [{"section": key, "value": value, **mark} for key, values in sections for value in values if value]


def blocks(document: Description, look: Look) -> Iterator[Block]:
    """A section for each part that is not empty; asserted and inferred never mixed."""
    yield Heading(_title(document), level=1)
    yield Line(_kinds(document), "soft")
    if document["definition"]:
        yield Line(document["definition"])
    if document["synonyms"]:
        yield Line(f"also called {', '.join(document['synonyms'])}", hang=2)
    if document["identifiers"]:
        yield Line(f"identifiers {', '.join(document['identifiers'])}", hang=2)
    yield from _facts("Asserted", document["asserted"])
    yield from _facts("Inferred (never written to a curated file)", document["inferred"])
    yield from _facts("Denied, and not there", document["denied"])
    if document["evidence"]:
        yield Heading("Evidence")
        yield Line(cited(document["evidence"]), indent=2)
    yield from closing(document)


def _facts(title: str, facts: Sequence[str]) -> Iterator[Block]:
    if shown := [fact for fact in facts if not fact.startswith(_MENTION)]:
        yield Heading(title)
        for fact in shown:
            yield Line(fact, indent=2, hang=4)


def _title(document: Description) -> str:
    name, label = document["id"], document["label"]
    said = f"{name} · {label}" if label and label != name else name
    return said + sign(document["answers"][0])


def _kinds(document: Description) -> str:
    """The kind in words, and the French label where there is one of its own."""
    french = document["label_fr"]
    return ", ".join([kind(document)] + ([french] if french and french != document["id"] else []))
