"""The page of ``escapes``: what a regimen leaves open, and what would close it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.assess import title
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.signs import READ
from reasoner.views.words import regimens

#: What is said of a route that is not just open.
_REMARKS = {status.word: status.said for status in READ if status.word != status.said}
KEYS = ("route", "status", "if", "closed_by", "verdict", "strength", "evidence")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a route that stays open."""
    return KEYS, document["answers"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """Routes open as things are, then those open only under a further lesion or state."""
    yield Heading(title(document, look, "leaves open"), level=1)
    certain = [answer for answer in document["answers"] if not answer.get("if")]
    supposed = [answer for answer in document["answers"] if answer.get("if")]
    if not document["answers"]:
        yield Line("No route stays open.")
    yield from reasons(document)
    if certain:
        yield Heading("Open")
        table = [(_route(answer, look), _closed_by(answer, look)) for answer in certain]
        yield Table((Column("route"), Column("closed by")), table, indent=2)
        yield from _completion(document.get("completion") or {}, look)
    if supposed:
        yield Heading("Open, if …")
        cases = [(look.words(a["if"]), _route(a, look), _closed_by(a, look)) for a in supposed]
        yield Table((Column("if"), Column("route"), Column("closed by")), cases, indent=2)
    yield from closing(document)


def _completion(completion: dict[str, Any], look: Look) -> Iterator[Block]:
    """The cheapest way to close all that can be closed."""
    if not completion.get("agents"):
        return
    sets = [completion["agents"], *(completion.get("alternatives") or [])]
    yield Heading(f"Cheapest completion: {look.either(sets)}")
    leaves = look.words(completion["leaves"]) or "nothing open"
    yield Line(f"leaves {leaves}", indent=2, hang=2)


def _route(answer: dict[str, Any], look: Look) -> str:
    """The route; one that is not simply open says so."""
    remarks = [_REMARKS.get(answer.get("status") or "", "")]
    remarks += [f"in clone {name}" for name in answer.get("clones") or []]
    remark = ", ".join(filter(None, remarks))
    return look.both(answer["route"]) + (f" ({remark})" if remark else "") + sign(answer)


def _closed_by(answer: dict[str, Any], look: Look) -> str:
    sets = answer.get("closed_by") or []
    return regimens([look.word(name) for name in names] for names in sets) or "no agent in the knowledge base"
