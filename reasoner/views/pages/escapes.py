"""The page of ``escapes``: what a regimen leaves open, and what would close it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.assess import title
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.signs import READ
from reasoner.views.words import regimens

if TYPE_CHECKING:
    from reasoner.model.documents.escapes import Completing, Escape, Escapes

#: What is said of a route that is not just open.
_REMARKS = {status.word: status.said for status in READ if status.word != status.said}
KEYS = ("route", "status", "if", "closed_by", "verdict", "strength", "evidence")


def rows(document: Escapes) -> tuple[tuple[str, ...], Sequence[Escape]]:
    """One row a route that stays open."""
    return KEYS, document["answers"]


def blocks(document: Escapes, look: Look) -> Iterator[Block]:
    """Routes open as things are, then those open only under a further lesion or state."""
    yield Heading(title(document, look, "leaves open"), level=1)
    certain = [answer for answer in document["answers"] if not answer["if"]]
    supposed = [answer for answer in document["answers"] if answer["if"]]
    if not document["answers"]:
        yield Line("No route stays open.")
    yield from reasons(document)
    if certain:
        yield Heading("Open")
        table = [(_route(answer, look), _closed_by(answer, look)) for answer in certain]
        yield Table((Column("route"), Column("closed by")), table, indent=2)
        yield from _completion(document["completion"], look)
    if supposed:
        yield Heading("Open, if …")
        cases = [(look.words(a["if"]), _route(a, look), _closed_by(a, look)) for a in supposed]
        yield Table((Column("if"), Column("route"), Column("closed by")), cases, indent=2)
    yield from closing(document)


def _completion(completion: Completing, look: Look) -> Iterator[Block]:
    """The cheapest way to close all that can be closed."""
    if not completion["agents"]:
        return
    sets = [completion["agents"], *completion["alternatives"]]
    yield Heading(f"Cheapest completion: {look.either(sets)}")
    leaves = look.words(completion["leaves"]) or "nothing open"
    yield Line(f"leaves {leaves}", indent=2, hang=2)


def _route(answer: Escape, look: Look) -> str:
    """The route; one that is not simply open says so."""
    remarks = [_REMARKS.get(answer["status"], "")]
    remarks += [f"in clone {name}" for name in answer["clones"]]
    remark = ", ".join(filter(None, remarks))
    return look.both(answer["route"]) + (f" ({remark})" if remark else "") + sign(answer)


def _closed_by(answer: Escape, look: Look) -> str:
    return regimens(map(look.word, agents) for agents in answer["closed_by"]) or "no agent in the knowledge base"
