"""The page of ``evidence``: claims, each with how firmly it speaks, where it was seen and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Block, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.claims import ClaimRow, Claims

KEYS = ("id", "polarity", "modality", "kind", "context", "strength", "papers", "statement")


def rows(document: Claims) -> tuple[tuple[str, ...], Sequence[ClaimRow]]:
    """One row a claim."""
    return KEYS, document["answers"]


def blocks(document: Claims, look: Look) -> Iterator[Block]:
    """Each claim as its sentence, then its circumstances."""
    for answer in document["answers"]:
        yield Line(f"{answer['id']}  {answer['statement']}{sign(answer)}", hang=len(answer["id"]) + 2)
        said = [answer["polarity"], answer["modality"], answer["kind"], answer["strength"]]
        said += [answer["context"], ", ".join(answer["papers"])]
        yield Line(
            " · ".join(spoken(word) if index < 4 else word for index, word in enumerate(said) if word), "soft", indent=9
        )
    if document["answers"]:
        yield Line("")
        yield Line(_count(document["answers"]))
    else:
        yield Line("No claim names all of that.")
    yield from reasons(document)
    yield from closing(document)


def _count(answers: list[ClaimRow]) -> str:
    papers = {paper for answer in answers for paper in answer["papers"]}
    opposing = sum(answer["polarity"] == "opposes" for answer in answers)
    said = f"{plural(len(answers), 'claim')} from {plural(len(papers), 'paper')}"
    return f"{said}, {opposing} of them opposing" if opposing else said
