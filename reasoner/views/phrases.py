"""Pieces of text that pages share: words in the tone or the badge of their meaning, claims, both sides of a dispute."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reasoner.views.blocks import Target, TextRun, ToClaim, Words, joined
from reasoner.views.controls import clean
from reasoner.views.words import spoken, tone

if TYPE_CHECKING:
    from reasoner.model.documents.scenario import Judged
    from reasoner.views.look import Look


def toned(text: str) -> TextRun:
    """A text in the tone of what it says."""
    return TextRun(text, tone(text))


def named(name: str, mark: str, look: Look) -> tuple[TextRun, str]:
    """A name, and its label where that says more, with the sign of a contradiction."""
    first = clean(name)
    return TextRun(first, "strong"), look.both(name).removeprefix(first) + mark


def badge(word: str | None, to: Target | None = None) -> TextRun:
    """A status, a verdict or an extent in its badge; nothing for none."""
    return TextRun(spoken(word), tone(word or ""), badge=word or "", to=to)


def claim_runs(claims: Iterable[str], *, against: bool = False) -> list[TextRun]:
    """Claims by their ids, each of which leads to what it says."""
    return [TextRun(claim, to=ToClaim(claim, against)) for claim in claims]


def cited(claims: Iterable[str], *, against: bool = False) -> tuple[str | TextRun, ...]:
    """Claims by their ids, one behind the other."""
    return joined(claim_runs(claims, against=against), " ")


def sides(row: Judged) -> Sequence[Words]:
    """The claims behind a row, a line for those on each side where there are two."""
    if row["against"]:
        return ("for: ", *(cited(row["for"]) or ("none",))), ("against: ", *cited(row["against"], against=True))
    return [cited(row["evidence"]) or "none"]
