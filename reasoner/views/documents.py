"""One document in any of the formats that a command offers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from types import ModuleType
from typing import TYPE_CHECKING, Any

from reasoner.asking.question import DRAWN, FORMS
from reasoner.errors import QuestionError
from reasoner.views.look import Look

if TYPE_CHECKING:
    from reasoner.views.blocks import Block

_PAGES = {"list": "listing", "show": "entry", "rules": "rule_list"}


def render(document: Mapping[str, Any], form: str, look: Look) -> str:
    """The document as text in a form, ending in a line break; some are drawn in forms of their own."""
    if form == "json":
        return json_text(document)
    drawn = _module("drawn", document) if form in DRAWN or form not in FORMS else None
    if form in DRAWN and hasattr(drawn, form):
        return str(getattr(drawn, form)(document, look))
    if form not in FORMS:
        known = ", ".join((*FORMS, *(own for own in DRAWN if hasattr(drawn, own) and own not in FORMS)))
        raise QuestionError(f"the answer has no form {form!r}", code="E425", hint=f"there are: {known}")
    if form in ("csv", "tsv"):
        from reasoner.answers.contradicted import MARK
        from reasoner.views.records import delimited

        keys, rows = page_of(document).rows(document)
        keys = (*keys, MARK) if contradictory(document) else keys
        return delimited(keys, rows, "," if form == "csv" else "\t")
    if form == "md":
        from reasoner.views.markdown import as_markdown

        return as_markdown(blocks_of(document, look))
    from reasoner.views.text import as_text

    return as_text(blocks_of(document, look), look)


def blocks_of(document: Mapping[str, Any], look: Look) -> Iterator[Block]:
    """The page of a document; under its title, where the knowledge contradicts itself, or that nobody looked."""
    return _banner(document, page_of(document).blocks(document, look))


def wide_blocks_of(document: Mapping[str, Any], look: Look) -> Iterator[Block]:
    """The page of a document for wide paper, where it has one of its own; else the same."""
    page = _module("wide", document) or page_of(document)
    return _banner(document, page.blocks(document, look))


def _banner(document: Mapping[str, Any], page: Iterator[Block]) -> Iterator[Block]:
    blocks = iter(page)
    if not (contradictory(document) or "limit" in document):
        yield from blocks
        return
    from reasoner.views.blocks import Heading
    from reasoner.views.marks import heading

    first = list(islice(blocks, 1))
    titled = bool(first) and isinstance(first[0], Heading) and first[0].level == 1
    yield from (*first, *heading(document)) if titled else (*heading(document), *first)
    yield from blocks


def contradictory(document: Mapping[str, Any]) -> bool:
    """Whether the knowledge that a document tells of contradicts itself."""
    return bool(document.get("contradictions") or document.get("contradictions_before"))


def json_text(document: Mapping[str, Any]) -> str:
    """The document as JSON: keys sorted, text in its own letters, one line break at the end."""
    from reasoner.views.controls import escaped

    return escaped(json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True)) + "\n"


def remarks(document: Mapping[str, Any]) -> list[str]:
    """What rows alone do not say: why there are none, one sentence a reason, and where the knowledge is at odds."""
    reasons = [] if document.get("answers", True) else document.get("reasons", [])
    said = [reason.get("text", "") for reason in reasons if reason.get("text")]
    if contradictory(document) or "limit" in document:
        from reasoner.views.marks import sentence

        said.append(sentence(document))
    return said


def _module(room: str, document: Mapping[str, Any]) -> ModuleType | None:
    """What a room has for documents of this command; None where it has nothing."""
    command = str(document["command"])
    name = f"reasoner.views.{room}.{_PAGES.get(command, command.replace('-', '_'))}"
    return import_module(name) if find_spec(name) else None


def page_of(document: Mapping[str, Any]) -> ModuleType:
    """The module that knows how a document of this command is shown: its ``blocks`` and its ``rows``."""
    return _module("pages", document) or import_module("reasoner.views.pages.plain")
