"""The page of ``list``: what the knowledge base holds of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from reasoner.views.blocks import Block, Column, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.words import in_words, plural

if TYPE_CHECKING:
    from reasoner.model.documents.catalogue import Listing, ThingRow

_SortKey = Literal["id", "kind", "label", "label_fr"]
KEYS: tuple[_SortKey, ...] = ("id", "kind", "label", "label_fr")
_TITLES = {"label_fr": "in French"}
_WIDE = 100


def rows(document: Listing) -> tuple[tuple[str, ...], Sequence[ThingRow]]:
    """One row an entry; of agents it says which of them nobody can be given, of the rest which are denied."""
    marks = [key for key in ("can_be_given", "denied_in") if any(key in answer for answer in document["answers"])]
    return (*KEYS, *marks), document["answers"]


def blocks(document: Listing, look: Look) -> Iterator[Block]:
    """Id, kind and labels; the kind only when it varies, the French label only where there is room for it."""
    answers = document["answers"]
    dropped = {"kind"} if len(set(map(kind, answers))) < 2 else set()
    if look.width < _WIDE or not any(answer["label_fr"] for answer in answers):
        dropped.add("label_fr")
    keys = [key for key in KEYS if key not in dropped]
    if answers:
        columns = [Column(_TITLES.get(key, key), whole=key == "id") for key in keys]
        yield Table(columns, [[_cell(answer, key) for key in keys] for answer in answers])
        yield Line("")
        yield Line(plural(len(answers), "entry", "entries"))
    else:
        yield Line("The knowledge base holds none.")
    yield from reasons(document)
    yield from closing(document)


def _cell(answer: ThingRow, key: _SortKey) -> str:
    value = answer[key] or ""
    return kind(answer) if key == "kind" else value + sign(answer) if key == "id" else value


def kind(answer: ThingRow) -> str:
    """The kind of an entry in words, and whether it is an agent that nobody can be given or something denied."""
    said = in_words(answer["kind"])
    said += ", cannot be given" if "can_be_given" in answer else ""
    return f"{said}, denied in {', '.join(answer['denied_in'])}" if "denied_in" in answer else said
