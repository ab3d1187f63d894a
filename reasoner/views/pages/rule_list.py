"""The page of ``rules``: what each rule concludes, in words and in logic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons

if TYPE_CHECKING:
    from reasoner.model.documents.catalogue import RuleList, RuleRow

KEYS = ("id", "label", "status", "source", "because", "logic")


def rows(document: RuleList) -> tuple[tuple[str, ...], Sequence[RuleRow]]:
    """One row a rule."""
    return KEYS, document["answers"]


def blocks(document: RuleList, look: Look) -> Iterator[Block]:
    """A table of all rules, or one rule in full."""
    answers = document["answers"]
    if len(answers) == 1:
        yield from _in_full(answers[0])
    elif answers:
        columns = (Column("id"), Column("label"), Column("status"), Column("source"))
        yield Table(columns, [(a["id"] + sign(a), a["label"], a["status"], " ".join(a["source"])) for a in answers])
    else:
        yield Line("No rules are loaded.")
    yield from reasons(document)
    yield from closing(document)


def _in_full(rule: RuleRow) -> Iterator[Block]:
    yield Heading(f"{rule['id']} {rule['label']}{sign(rule)}", level=1)
    yield Line(f"status   {rule['status']}", indent=2)
    yield Line(f"source   {' '.join(rule['source']) or 'none'}", indent=2, hang=9)
    yield Line(f"because  {rule['because']}", indent=2, hang=9)
    body, _, head = rule["logic"].rpartition("->")
    for number, atom in enumerate(filter(None, (part.strip() for part in body.split("^")))):
        yield Line(f"{'if      ' if number == 0 else 'and     '} {atom}", indent=2, hang=9)
    yield Line(f"then     {head.strip() or 'contradiction'}", indent=2, hang=9)
