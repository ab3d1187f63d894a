"""The page of ``robustness``: what becomes of a conclusion without each paper, and what topples it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from reasoner.scenario.verdict import NOT_DERIVED
from reasoner.views.blocks import Block, Column, Heading, Line, Table, Words
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.pages.worth import told_of
from reasoner.views.phrases import SAID_OF_IT, badges, in_cells, tested, toned, worded, words_used
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.robustness import Robustness, WithoutPaper

KEYS = ("paper", "label", "claims", "holds", "changed", "verdict", "strength", *SAID_OF_IT)


def rows(document: Robustness) -> tuple[tuple[str, ...], list[Mapping[str, Any]]]:
    """What the conclusion is worth with all papers, then one row a paper."""
    return KEYS, [in_cells(row) for row in (document, *document["answers"])]


def blocks(document: Robustness, look: Look) -> Iterator[Block]:
    """The conclusion, the papers that it hangs on first, then the smallest sets that topple it."""
    answers = document["answers"]
    # A route that is off anyway has no word beside its status: nothing was concluded of which anybody could speak.
    derived = document["verdict"] != NOT_DERIVED
    said: list[str] = [(document["status"] or "") if document["holds"] else "does not hold"]
    said += [worded(document)] if derived or not document["status"] else []
    yield Heading(f"{document['conclusion']}: {', '.join(filter(None, said))}", level=1)
    yield from told_of(document, (tested(document),) if derived and document["holds"] else (), look)
    yield from reasons(document)
    if answers:
        columns = (
            Column("without", whole=True),
            Column("it"),
            Column("strength"),
            Column("claims"),
            Column("paper"),
        )
        yield Table(columns, [_row(answer) for answer in answers], indent=2)
        yield Heading("What topples it")
        yield from _toppled(document, look)
    if document["limit_reached"]:
        yield Line("The search was cut short: papers and larger sets are missing.", "warn", indent=2, hang=2)
    yield from closing(document, words_used([document, *(answer for answer in answers if answer["changed"])]))


def _row(answer: WithoutPaper) -> tuple[Words, ...]:
    """A paper and what is left without it; where nothing changes, that is all it says."""
    changed = answer["changed"]
    left: Words = toned("stands" if not changed else "falls") if not (changed and answer["holds"]) else badges(answer)
    strength = spoken(answer["strength"]) if changed else ""
    label = answer["label"] if answer["label"] != answer["paper"] else ""
    return answer["paper"] + sign(answer), left, strength, " ".join(answer["claims"]), label


def _toppled(document: Robustness, look: Look) -> Iterator[Block]:
    sets = document["toppled_by"]
    size = document["exhaustive_to"]
    if not sets:
        yield Line(f"No set of up to {plural(size, 'paper')}.", indent=2)
    for papers in sets:
        yield Line(" and ".join(papers), "bad", indent=2, hang=2)
    if sets:
        yield Line(f"Looked for among sets of up to {plural(size, 'paper')}.", "soft", indent=2, hang=2)
