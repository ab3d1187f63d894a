"""The page of ``why-not``: for each way to conclude it, what holds and what fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing
from reasoner.views.pages.worth import told_of
from reasoner.views.phrases import SAID_OF_IT, in_cells, worded, words_used
from reasoner.views.words import code_sentence, plural

if TYPE_CHECKING:
    from reasoner.model.documents.why_not import MissingRow, WhyNot

KEYS = ("conclusion", "code", "rule", "holds", "fails", "verdict", *SAID_OF_IT)


def rows(document: WhyNot) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """What the conclusion is worth, then one row a reason."""
    return KEYS, [in_cells(document), *document["reasons"]]


def blocks(document: WhyNot, look: Look) -> Iterator[Block]:
    """One paragraph a reason: the code in words, the rule, the premises that hold, the one that fails."""
    yield Heading(f"{document['conclusion']}: {worded(document)}", level=1)
    yield from told_of(document, (), look)
    yield from missing(document, look)
    if "abduced" in document:
        yield from _abduced(document, look)
    yield from closing(document, words_used([document]))


def missing(document: WhyNot, look: Look) -> Iterator[Block]:
    """What is missing, by the kind of reason; that it holds where nothing is."""
    for code, group in groupby(document["reasons"], lambda reason: reason["code"]):
        yield Line(f"{code_sentence(code)} [{code}]", "strong", hang=2)
        for (rule, holds), ways in groupby(group, _what_holds):
            yield from _way(rule, holds, [reason["fails"] + sign(reason) for reason in ways], look)
    if not document["reasons"]:
        yield Line("It holds: ask explain for the derivation.")


def _abduced(document: WhyNot, look: Look) -> Iterator[Block]:
    """The nearest misses: what would have to be true, what speaks against it, and what would settle it."""
    sets, size = document["abduced"], document["abduced_to"]
    yield Heading("What would make it hold (hypotheses, none of them known)")
    if not sets:
        yield Line(f"No set of up to {plural(size, 'statement')} that can be made from roles alone.", indent=2)
    for number, item in enumerate(sets, 1):
        yield Line(f"{number}. {item['text']}{sign(item)}", indent=2, hang=3)
        for objection in item["objections"]:
            yield Line(f"against it: {objection['text']} ({' '.join(objection['against'])})", "bad", indent=5, hang=2)
        yield Line(f"--assume '{' ^ '.join(item['facts'])}'", "soft", indent=5, hang=2)
        if item["retracted"]:
            yield Line(f"--retract '{' ^ '.join(item['retracted'])}'", "soft", indent=5, hang=2)
        yield Line(item["experiment"], indent=5, hang=2)
    if document["abduced_in_all"] > len(sets):
        yield Line(f"and {document['abduced_in_all'] - len(sets)} more", indent=2)
    if document["limit_reached"]:
        yield Line("The search was cut short.", "warn", indent=2)


def _what_holds(reason: MissingRow) -> tuple[str, list[str]]:
    return reason["rule"] or "", reason["holds"]


def _way(rule: str, holds: list[str], fails: list[str], look: Look) -> Iterator[Block]:
    """One rule, route or mechanism that could have concluded it: what holds of it, what fails, for each agent."""
    if rule:
        label = look.word(rule)
        yield Line(f"way   {rule}" + (f": {label}" if label != rule else ""), indent=2, hang=6)
    for fact in holds:
        yield Line(f"holds {fact}", "soft", indent=4, hang=6)
    for missing in filter(None, fails):
        yield Line(f"fails {missing}", "bad", indent=4, hang=6)
