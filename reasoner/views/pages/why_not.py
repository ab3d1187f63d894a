"""The page of ``why-not``: for each way to conclude it, what holds and what fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.pages.closing import closing
from reasoner.views.words import code_sentence, spoken

KEYS = ("code", "rule", "holds", "fails")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a reason."""
    return KEYS, document["reasons"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """One paragraph a reason: the code in words, the rule, the premises that hold, the one that fails."""
    verdict = f": {spoken(document['verdict'])}" if document.get("verdict") else ""
    yield Heading(f"{document.get('conclusion') or 'The conclusion'}{verdict}", level=1)
    for reason in document["reasons"]:
        yield Line(f"{reason.get('text') or code_sentence(reason['code'])} [{reason['code']}]", "strong", hang=2)
        if rule := reason.get("rule"):
            label = look.word(rule)
            yield Line(f"way   {rule}" + (f": {label}" if label != rule else ""), indent=2, hang=6)
        for fact in reason.get("holds") or []:
            yield Line(f"holds {fact}", indent=2, hang=6)
        if reason.get("fails"):
            yield Line(f"fails {reason['fails']}", "bad", indent=2, hang=6)
    if not document["reasons"]:
        yield Line("It holds: ask explain for the derivation.")
    yield from closing(document, [document.get("verdict")])
