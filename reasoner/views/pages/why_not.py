"""The page of ``why-not``: for each way to conclude it, what holds and what fails."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
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
    for code, group in groupby(document["reasons"], lambda reason: str(reason["code"])):
        yield Line(f"{code_sentence(code)} [{code}]", "strong", hang=2)
        for reason in group:
            yield from _way(reason, look)
    if not document["reasons"]:
        yield Line("It holds: ask explain for the derivation.")
    yield from closing(document, [document.get("verdict")])


def _way(reason: dict[str, Any], look: Look) -> Iterator[Block]:
    """One rule, route or mechanism that could have concluded it: what holds of it, what fails."""
    if rule := reason.get("rule"):
        label = look.word(rule)
        yield Line(f"way   {rule}" + (f": {label}" if label != rule else ""), indent=2, hang=6)
    for fact in reason.get("holds") or []:
        yield Line(f"holds {fact}", "soft", indent=4, hang=6)
    if reason.get("fails"):
        yield Line(f"fails {reason['fails']}", "bad", indent=4, hang=6)
