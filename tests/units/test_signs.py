"""The table of signs is the only one, says all that answers say, and reads on light and on dark paper."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

import reasoner
from reasoner.model.documents.words import Verdict
from reasoner.scenario import scenario
from reasoner.views import signs

#: The papers of the pictures and pages, light and dark.
PAPERS = signs.Hue("#ffffff", "#18202a")
HUES = {shown.word: shown.hue for shown in (*signs.STATUSES, *signs.VERDICTS)}
SOURCES = sorted(Path(reasoner.__file__).parent.rglob("*.py"))


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("word", HUES)
def test_every_colour_reads_on_its_paper(word: str) -> None:
    assert min(map(contrast, HUES[word], PAPERS)) >= 4.5


def test_every_status_and_verdict_has_its_sign() -> None:
    statuses = {getattr(scenario, name) for name in ("BROKEN", "INACTIVE", "OPEN", "OPENED", "UNKNOWN")} | {"rebounds"}
    assert {status.word for status in signs.OF_ROUTES} == statuses
    assert {verdict.word for verdict in signs.VERDICTS} == set(get_args(Verdict))
    assert all(status.meaning and status.short and status.said and status.glyph for status in signs.STATUSES)


def test_no_two_signs_are_alike() -> None:
    for name in ("word", "glyph", "letter", "state", "shape"):
        values = [getattr(status, name) for status in signs.STATUSES]
        assert len(set(values)) == len(values), name


def test_there_is_no_second_table() -> None:
    colours = {colour for hue in HUES.values() for colour in hue}
    glyphs = {status.glyph for status in signs.STATUSES if not status.glyph.isascii()}
    for path in SOURCES:
        if path.name != "signs.py":
            text = path.read_text(encoding="utf-8").lower()
            assert [sign for sign in (*colours, *glyphs) if sign in text] == [], path


def test_a_sheet_gives_each_selector_its_hue() -> None:
    sheet = signs.on_both_papers([(".x", "fill", signs.Hue("#111111", "#eeeeee"))])
    assert sheet == ".x{fill:#111111}\n@media screen and (prefers-color-scheme: dark){.x{fill:#eeeeee}}\n"
