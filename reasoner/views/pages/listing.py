"""The page of ``list``: what the knowledge base holds of one kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Column, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.words import in_words, plural

KEYS = ("id", "kind", "label", "label_fr")
_TITLES = {"label_fr": "in French"}
_WIDE = 100


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row an entry; of agents it says which of them nobody can be given."""
    marked = any("can_be_given" in answer for answer in document["answers"])
    return (*KEYS, "can_be_given") if marked else KEYS, document["answers"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """Id, kind and labels; the kind only when it varies, the French label only where there is room for it."""
    answers = document["answers"]
    keys = ["id"] + ["kind"] * (len(set(map(kind, answers))) > 1) + ["label"]
    keys += ["label_fr"] * (look.width >= _WIDE and any(answer.get("label_fr") for answer in answers))
    if answers:
        columns = [Column(_TITLES.get(key, key), whole=key == "id") for key in keys]
        yield Table(columns, [[_cell(answer, key) for key in keys] for answer in answers])
        yield Line("")
        yield Line(plural(len(answers), "entry", "entries"))
    else:
        yield Line("The knowledge base holds none.")
    yield from reasons(document)
    yield from closing(document)


def _cell(answer: dict[str, Any], key: str) -> str:
    value = answer.get(key) or ""
    return kind(answer) if key == "kind" else value + sign(answer) if key == "id" else value


def kind(answer: dict[str, Any]) -> str:
    """The kind of an entry in words, and whether it is an agent that nobody can be given."""
    said = in_words(answer.get("kind") or "")
    return f"{said}, cannot be given" if answer.get("can_be_given") is False else said
