"""The page of ``escapes``: what a regimen leaves open, and what would close it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Cell, Column, Heading, Line, Stack, Table, Words
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.assess import title
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.phrases import SAID_ELSEWHERE, badges, in_cells, worded, words_used
from reasoner.views.signs import READ

if TYPE_CHECKING:
    from reasoner.model.documents.escapes import Completing, Escape, Escapes

#: What is said of a route that is not just open.
_REMARKS = {status.word: status.said for status in READ if status.word != status.said}
KEYS = (
    "route", "status", "if", "closed_by", "verdict", "strength", "evidence", "against", "closed_by_verdicts",
    *SAID_ELSEWHERE,
)  # fmt: skip


def rows(document: Escapes) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row a route that stays open; the verdicts are those of the sets that close it, in their order."""
    return KEYS, [
        {**in_cells(row), "closed_by_verdicts": [worded(closer) for closer in row["closers"]]}
        for row in document["answers"]
    ]


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
        table = [(_route(answer, look), _known(answer), _closed_by(answer, look)) for answer in certain]
        yield Table(tuple(map(Column, ("route", "known", "closed by"))), table, indent=2)
        yield from _completion(document["completion"], look)
    if supposed:
        yield Heading("Open, if …")
        cases = [(look.words(a["if"]), _route(a, look), _known(a), _closed_by(a, look)) for a in supposed]
        yield Table(tuple(map(Column, ("if", "route", "known", "closed by"))), cases, indent=2)
    closers = [closer for answer in document["answers"] for closer in answer["closers"]]
    yield from closing(document, words_used([*document["answers"], *closers]))


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


def _known(answer: Escape) -> Words:
    """How it is known that the route is open, and where that was stated."""
    return (*badges(answer), ", stated for a broader disease" if answer["scope"] == "broader" else "")


def _closed_by(answer: Escape, look: Look) -> Cell:
    """What closes it, by how that is known."""
    found: dict[str, list[str]] = {}
    for closer in answer["closers"]:
        found.setdefault(worded(closer), []).append(look.words(closer["agents"], " + "))
    lines = [f"{' or '.join(sets)}: {words}" for words, sets in found.items()]
    return Stack(lines or ["no agent in the knowledge base"])
