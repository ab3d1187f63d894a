"""The page of a document that has no page of its own: its verdict, and its answers as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reasoner.views.blocks import Block, Column, Heading, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons


def rows(document: Mapping[str, Any]) -> tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]:
    """One row an answer, under every key that an answer has."""
    answers = document["answers"]
    return tuple(dict.fromkeys(key for answer in answers for key in answer)), answers


def blocks(document: Mapping[str, Any], look: Look) -> Iterator[Block]:
    """What was asked, the verdict, the answers."""
    verdict = document.get("verdict")
    yield Heading(f"{document['command']}: {verdict}" if verdict else str(document["command"]), level=1)
    keys, answers = rows(document)
    if answers:
        shown = [[_cell(answer.get(key), look) for key in keys] for answer in answers]
        marked = [[f"{row[0]}{sign(answer)}", *row[1:]] for row, answer in zip(shown, answers, strict=True)]
        yield Table([Column(key.replace("_", " ")) for key in keys], marked)
    yield from reasons(dict(document))
    yield from closing(dict(document))


def _cell(value: Any, look: Look) -> str:
    """A value in words."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, list | tuple):
        return ", ".join(_cell(inner, look) for inner in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {_cell(inner, look)}" for key, inner in value.items())
    return look.word(value) if isinstance(value, str) else str(value)
