"""The report of a regimen: a file of its own in every form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block
from reasoner.views.look import Look
from reasoner.views.pages import assess, combine

if TYPE_CHECKING:
    from reasoner.model.documents.report import Report


def rows(document: Report) -> tuple[tuple[str, ...], Sequence[Mapping[str, Any]]]:
    """As of the assessment that it holds."""
    found: tuple[tuple[str, ...], Sequence[Mapping[str, Any]]] = assess.rows(document["assess"])
    return found


def blocks(document: Report, look: Look) -> Iterator[Block]:
    """For people at a prompt: the assessment, then what the search found."""
    yield from assess.blocks(document["assess"], look)
    if "combine" in document:
        yield from combine.blocks(document["combine"], look)
