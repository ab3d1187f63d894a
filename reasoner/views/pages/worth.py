"""What a conclusion or a regimen is worth, as lines: its claims, what decides, how firm its premises are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from reasoner.scenario.verdict import ranking
from reasoner.views.blocks import Block, Line, TextRun, Words
from reasoner.views.look import Look
from reasoner.views.phrases import SIDE_TITLES, badges, cited, scoped, sides, worded
from reasoner.views.words import spoken

if TYPE_CHECKING:
    from reasoner.model.documents.combination import WorthOfRegimen
    from reasoner.model.documents.scenario import Judged


def told_of(row: Judged, more: Iterable[str], look: Look) -> Iterator[Block]:
    """The claims on each side and elsewhere, and what the derivation is worth."""
    for line in sides(row) if row["evidence"] or row["told"] else ():
        yield Line(line, indent=6, hang=2)
    if row["against"] and row["moderator"]:
        yield Line(f"what decides: {deciding(row, look)}", indent=6, hang=2)
    said = [spoken(row["strength"]), spoken(row["modality"]), *more, scoped(row, look)]
    if any(said):
        yield Line(" · ".join(filter(None, said)), "soft", indent=6, hang=2)


def deciding(row: Judged, look: Look) -> str:
    """What decides between two sides, with the conditions on either side where they are known; empty for nothing."""
    told = [
        f"{look.word(known['by'])} (for: {look.words(known['for'])}; against: {look.words(known['against'])})"
        for known in row["moderated"]
    ]
    return ", ".join(told) or look.word(row["moderator"] or "")


# --- regimens ---------------------------------------------------------------------------------------------------------


def of_regimen(regimen: WorthOfRegimen, several: bool) -> str:
    """What a regimen is worth: the worst of what it closes, how the rest is known, and the claims.

    Of ``several`` agents it says whether they were tested together.
    """
    known = [f"{words}: {' '.join(goals)}" for words, goals in _by_words(regimen).items()]
    said = [worded(regimen), f"({'; '.join(known)})" if len(known) > 1 else ""]
    claims = [f"{word} {' '.join(ids)}" for word, ids in _sides_of(regimen) if ids]
    return ", ".join(filter(None, (" ".join(filter(None, said)), _together(regimen, several), *claims)))


def lines_of_regimen(regimen: WorthOfRegimen, several: bool) -> list[Words]:
    """The same, a line each, with claims that lead to what they say."""
    known = _by_words(regimen)
    lines: list[Words] = [badges(regimen)]
    lines += [TextRun(f"{words}: {' '.join(goals)}", "soft") for words, goals in known.items() if len(known) > 1]
    lines += [TextRun(said, "soft") for said in filter(None, [_together(regimen, several)])]
    for side, claims in _sides_of(regimen):
        lines += [(f"{side}: ", *cited(claims, against="against" in side))] if claims else []
    return lines


def _by_words(regimen: WorthOfRegimen) -> dict[str, list[str]]:
    """The goals that a regimen closes by how that is known, the worst first."""
    found: dict[str, list[str]] = {}
    for goal in sorted(regimen["closing"], key=ranking, reverse=True):
        found.setdefault(worded(goal), []).append(goal["goal"])
    return found


def _together(regimen: WorthOfRegimen, several: bool) -> str:
    return "never tested together" if several and regimen["tested"] != "as_given" else ""


def _sides_of(regimen: WorthOfRegimen) -> list[tuple[str, list[str]]]:
    """The claims on what a regimen closes, and those that speak of it from elsewhere."""
    return [(title, regimen[key]) for key, title in SIDE_TITLES.items()]
