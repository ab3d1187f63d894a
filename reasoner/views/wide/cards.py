"""Claims as cards, each with its words, how firmly it speaks, and its papers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from reasoner.views.blocks import Card, Line, Side, TextRun
from reasoner.views.marks import sign
from reasoner.views.phrases import badge
from reasoner.views.words import spoken

if TYPE_CHECKING:
    from reasoner.model.documents.claims import CitedClaim


def cards(
    claims: Iterable[CitedClaim], stands_for: Collection[str] = (), against: Collection[str] = ()
) -> Iterator[Card]:
    """A card a claim, on the side of what it is cited for; those ``against`` it say so."""
    for claim in claims:
        opposes = claim["polarity"] == "opposes"
        if claim["id"] not in against:
            yield _card(claim, "against" if opposes else "for")
        elif claim["id"] in stands_for:
            yield _card(claim, "both", TextRun("for and against", badge="contested"), " ")
        else:
            yield _card(claim, "against", badge("against"), " ")


def _card(claim: CitedClaim, side: Side, *said: str | TextRun) -> Card:
    worth = " · ".join(filter(None, (spoken(claim["tier"]), claim["modality"], claim["context"])))
    words = (TextRun(claim["id"], "strong"), " ", *said, claim["statement"], sign(claim))
    return Card(claim["id"], side, [Line(words), Line(worth, "soft"), Line("; ".join(claim["papers"]), "soft")])
