"""The page of ``escapes``: what a regimen leaves open, and what would close it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Cell, Column, Heading, Line, Stack, Table, Words
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.assess import title
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.pages.worth import of_regimen
from reasoner.views.phrases import SAID_OF_IT, badges, in_cells, in_short, opposing, placed, words_used
from reasoner.views.signs import READ

if TYPE_CHECKING:
    from reasoner.model.documents.escapes import Closer, Completing, Escape, Escapes

#: What is said of a route that is not just open.
_REMARKS = {status.word: status.said for status in READ if status.word != status.said}
KEYS = (
    "section", "route", "status", "if", "closed_by", "verdict", "strength", "evidence", "closed_by_verdicts",
    "without_product", "without_product_verdicts",
    *SAID_OF_IT,
)  # fmt: skip


def rows(document: Escapes) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """One row a route that stays open, and one a completion; ``section`` says which.

    The verdicts of sets that close a route are in their order, with what speaks against each.
    """
    routes = [
        {
            **in_cells(row),
            "section": "route",
            "closed_by_verdicts": list(map(in_short, row["closers"])),
            "without_product": [closer["agents"] for closer in row["unnamed"]],
            "without_product_verdicts": list(map(in_short, row["unnamed"])),
        }
        for row in document["answers"]
    ]
    completions = [
        {**in_cells(row), "section": "completion", "closed_by": [row["agents"]]}
        for row in document["completion"]["completers"]
    ]
    return KEYS, [*routes, *completions]


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
        table = [(_route(answer, look), known(answer), closed_by(answer, look)) for answer in certain]
        yield Table(tuple(map(Column, ("route", "known", "closed by"))), table, indent=2)
        yield from completion(document["completion"], look)
    if supposed:
        yield Heading("Open, if …")
        cases = [(look.words(a["if"]), _route(a, look), known(a), closed_by(a, look)) for a in supposed]
        yield Table(tuple(map(Column, ("if", "route", "known", "closed by"))), cases, indent=2)
    yield from closing(document, verdicts(document))


def verdicts(document: Escapes) -> list[str | None]:
    """The words that the page uses."""
    closers = [closer for answer in document["answers"] for closer in (*answer["closers"], *answer["unnamed"])]
    completers = document["completion"]["completers"]
    closed = [goal for completer in completers for goal in completer["closing"]]
    return words_used([*document["answers"], *closers, *completers, *closed])


def completion(told: Completing, look: Look) -> Iterator[Block]:
    """The cheapest way to close all that can be closed, and what each set that does is worth."""
    if not told["agents"]:
        return
    yield Heading("Cheapest completion")
    alike: dict[str, list[list[str]]] = {}
    for completer in told["completers"]:
        alike.setdefault(of_regimen(completer, several=True), []).append(completer["agents"])
    for words, sets in alike.items():
        yield Line(look.either(sets), "strong", indent=2, hang=2)
        yield Line(words, indent=6, hang=2)
    if more := len(told["alternatives"]) + 1 - len(told["completers"]):
        yield Line(f"and {more} more that do as much with as few agents", "soft", indent=2)
    leaves = look.words(told["leaves"]) or "nothing open"
    yield Line(f"leaves {leaves}", indent=2, hang=2)


def _route(answer: Escape, look: Look) -> str:
    """The route; one that is not simply open says so."""
    remarks = [_REMARKS.get(answer["status"], "")]
    remarks += [f"in clone {name}" for name in answer["clones"]]
    remark = ", ".join(filter(None, remarks))
    return look.both(answer["route"]) + (f" ({remark})" if remark else "") + sign(answer)


def known(answer: Escape) -> Words:
    """How it is known that the route is open, where that was stated, and what speaks against it."""
    return (*badges(answer), *(f", {text}" for text in (placed(answer), opposing(answer)) if text))


def closed_by(answer: Escape, look: Look) -> Cell:
    """What closes it, by how that is known; without an agent that can be given, what else would."""
    if lines := _by_words(answer["closers"], look):
        return Stack(lines)
    if lines := _by_words(answer["unnamed"], look, " (no product)"):
        return Stack(["no agent that can be given", *lines])
    return Stack(["no agent in the knowledge base"])


def _by_words(closers: Iterable[Closer], look: Look, remark: str = "") -> list[Words]:
    found: dict[str, list[str]] = {}
    for closer in closers:
        found.setdefault(in_short(closer), []).append(look.words(closer["agents"], " + ") + remark)
    return [f"{' or '.join(sets)}: {words}" for words, sets in found.items()]
