"""The page of ``robustness``: what becomes of a conclusion without each paper, and what topples it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Column, Heading, Line, Table, Words
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.phrases import toned
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.robustness import Robustness, WithoutPaper

KEYS = ("paper", "label", "claims", "holds", "verdict", "strength")


def rows(document: Robustness) -> tuple[tuple[str, ...], Sequence[WithoutPaper]]:
    """One row a paper."""
    return KEYS, document["answers"]


def blocks(document: Robustness, look: Look) -> Iterator[Block]:
    """The conclusion, the papers that it hangs on first, then the smallest sets that topple it."""
    answers = document["answers"]
    told = (document["status"] or document["verdict"], document["strength"])
    said = ", ".join(spoken(word) for word in told if word)
    word = said if document["holds"] else "does not hold"
    yield Heading(f"{document['conclusion']}: {word}", level=1)
    yield from reasons(document)
    if answers:
        columns = (
            Column("without", whole=True),
            Column("it"),
            Column("strength"),
            Column("claims"),
            Column("paper"),
        )
        yield Table(columns, [_row(answer, document, look) for answer in answers], indent=2)
        yield Heading("What topples it")
        yield from _toppled(document, look)
    if document["limit_reached"]:
        yield Line("The search was cut short: papers and larger sets are missing.", "warn", indent=2, hang=2)
    yield from closing(document, [document["verdict"], *(answer["verdict"] for answer in answers)])


def _row(answer: WithoutPaper, document: Robustness, look: Look) -> tuple[Words, ...]:
    """A paper and what is left without it; where nothing changes, that is all it says."""
    same = _worth(answer) == _worth(document)
    left = "stands" if same else spoken(answer["verdict"]) if answer["holds"] else "falls"
    strength = "" if same else spoken(answer["strength"])
    label = answer["label"] if answer["label"] != answer["paper"] else ""
    return answer["paper"] + sign(answer), toned(left), strength, " ".join(answer["claims"]), label


def _worth(told: WithoutPaper | Robustness) -> tuple[bool, str | None, str | None]:
    return told["holds"], told["verdict"], told["strength"]


def _toppled(document: Robustness, look: Look) -> Iterator[Block]:
    sets = document["toppled_by"]
    size = document["exhaustive_to"]
    if not sets:
        yield Line(f"No set of up to {plural(size, 'paper')}.", indent=2)
    for papers in sets:
        yield Line(" and ".join(papers), "bad", indent=2, hang=2)
    if sets:
        yield Line(f"Looked for among sets of up to {plural(size, 'paper')}.", "soft", indent=2, hang=2)
