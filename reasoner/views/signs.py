"""The one table of signs: how a status and a verdict are said, drawn and coloured, on every face.

The word always stands beside the sign, and shape alone tells signs apart: colour repeats it.  Every colour reads at
4.5 : 1 or more on the paper that it is for.
"""

from __future__ import annotations

from typing import NamedTuple


class Hue(NamedTuple):
    """A colour on light and on dark paper."""

    light: str
    dark: str


class Shape(NamedTuple):
    """A sign as it is drawn around its middle, 16 wide and high: a path, or a circle of some radius; filled or not."""

    path: str = ""
    radius: float = 0
    is_filled: bool = False


class Status(NamedTuple):
    """How a route stands, as it is shown.

    ``meaning`` is what a heading says, ``short`` what a legend says, ``said`` what is said of one thing in a sentence.
    ``glyph`` and ``letter`` stand for it in a line of text and in a matrix of letters; in a niche it is a ``state``.
    ``rank`` is the order in which people read: what stays a danger first; 0 is none of a route but of its arms.
    """

    word: str
    rank: int
    meaning: str
    short: str
    said: str
    tone: str
    glyph: str
    letter: str
    state: str
    hue: Hue
    shape: Shape


class VerdictSign(NamedTuple):
    """A verdict as it is shown."""

    word: str
    meaning: str
    tone: str
    hue: Hue


_BROKEN = Hue("#00604a", "#54d3a8")
STATUSES = (
    Status(
        "broken", 5, "the regimen turns it off", "the regimen turns the route off", "cut", "good", "✕", "x", "cut",
        _BROKEN, Shape("M-5 -5L5 5M5 -5L-5 5"),
    ),
    Status(
        "narrowed", 0, "it closes some ways through, not all", "it closes some ways through, not all", "narrowed", "",
        "◤", "/", "", _BROKEN, Shape("M-7 7V-7H7Z"),
    ),
    Status(
        "open", 2, "on, and not turned on by the regimen", "on, and not turned on by it", "open", "bad", "●", "o",
        "open", Hue("#a33b00", "#ff9d66"), Shape(radius=5.8, is_filled=True),
    ),
    Status(
        "opened", 1, "the regimen itself turns it on", "the regimen itself turns it on", "opened by the regimen", "bad",
        "▲", "!", "opened", Hue("#8b1f6b", "#f391d0"), Shape("M0 -7L7 6H-7Z", is_filled=True),
    ),
    Status(
        "rebounds", 3, "off at once, and on again after relief, by feedback", "off at once, on again after relief",
        "off at once, on again after relief", "bad", "↺", "r", "rebounds", Hue("#685400", "#e0c255"),
        Shape("M-5.2 -3A6 6 0 1 1 -5.6 2.2M-5.8 -8V-2.6H-0.4"),
    ),
    Status(
        "inactive", 6, "off here, with and without the regimen", "off here anyway", "off", "soft", "○", ".", "off",
        Hue("#5b6772", "#98a5b1"), Shape(radius=5.2),
    ),
    Status(
        "unknown", 4, "the facts leave it undetermined", "the facts leave it undetermined", "undetermined", "warn", "?",
        "?", "unknown", Hue("#33414e", "#c3cdd6"),
        Shape("M-3.1 -2.6a3.1 3.1 0 1 1 4.6 2.8c-1.1.6-1.5 1.1-1.5 2.3M0 5.6v.01"),
    ),
)  # fmt: skip

#: What claims say of a conclusion: they stand for it, on both sides or against it, or none speaks of it.
FOR, BOTH, AGAINST, NONE = (
    Hue("#0a4f86", "#80c3f7"), Hue("#7a4700", "#eeb866"), Hue("#981b30", "#ff97a3"), Hue("#44525f", "#b7c3ce"),
)  # fmt: skip
#: The verdict on patients where no claim tells of them.
NOT_TESTED = "not_tested"
VERDICTS = (
    VerdictSign("supported", "derived, and a result says so", "good", FOR),
    VerdictSign("contested", "results stand for and against it", "warn", BOTH),
    VerdictSign("opposed", "derived, and what was tested says no", "bad", AGAINST),
    VerdictSign("proposed", "sources propose it, and none reports a result", "", NONE),
    VerdictSign(
        "disputed_elsewhere",
        "where it was tested, results disagree or fail: other agents of the kind, cells, "
        "diseases, or parts of the regimen",
        "warn",
        BOTH,
    ),
    VerdictSign("shown_elsewhere", "results say so of other agents of the kind, cells or diseases", "", NONE),
    VerdictSign("predicted", "derived; no claim states this very conclusion", "", NONE),
    VerdictSign("by_analogy", "derived; rests on another disease, cell or agent", "warn", NONE),
    VerdictSign("conjectured", "derived from what an import only supposes", "warn", NONE),
    VerdictSign("reported", "claims say so, but no mechanism in the knowledge base derives it", "warn", FOR),
    VerdictSign("refuted", "claims say that it does not hold, and none says that it does", "bad", AGAINST),
    VerdictSign("undetermined", "the facts leave it undetermined", "warn", NONE),
    VerdictSign("not_derived", "nothing in the knowledge base derives it", "soft", NONE),
    VerdictSign(NOT_TESTED, "no claim tells what became of patients", "soft", NONE),
)

#: The colours of tones on a terminal; they differ in brightness too, for readers who do not tell red from green.
TERMINAL = {"good": "32", "warn": "33", "bad": "31", "soft": "2", "strong": "1"}
#: Words of answers that are neither a status nor a verdict, by tone.
_OTHERS = {
    "good": ("breaks", "complete", "off", "for", "ok"),
    "warn": ("narrows", "partial", "warning", "touched"),
    "bad": ("opens", "lost", "error", "against"),
}
#: The tone of each word of answers that has one.
TONES = {shown.word: shown.tone for shown in (*STATUSES, *VERDICTS) if shown.tone} | {
    word: tone for tone, words in _OTHERS.items() for word in words
}

#: What style sheets ask for dark paper by; what is printed is light.
DARK = "@media screen and (prefers-color-scheme: dark)"

#: How a route stands, without what only its arms do; in the order in which people read, and by its state in a niche.
OF_ROUTES = tuple(status for status in STATUSES if status.rank)
READ = tuple(sorted(OF_ROUTES, key=lambda status: status.rank))
BY_STATE = {status.state: status for status in OF_ROUTES}
BY_WORD = {status.word: status for status in STATUSES}


def legend() -> str:
    """What the signs of routes mean, on one line."""
    said = (s.said if s.said.startswith(s.word) else f"{s.word} ({s.said})" for s in READ)
    return ", ".join(f"{status.glyph} {words}" for status, words in zip(READ, said, strict=True))


def on_both_papers(rules: list[tuple[str, str, Hue]]) -> str:
    """A style sheet that gives selectors a property in a hue, on light paper and on dark."""
    light = "".join(f"{selector}{{{name}:{hue.light}}}" for selector, name, hue in rules)
    dark = "".join(f"{selector}{{{name}:{hue.dark}}}" for selector, name, hue in rules)
    return f"{light}\n{DARK}{{{dark}}}\n"


def of_pictures() -> str:
    """The style sheet of the signs in pictures of the niche."""
    route = ".niche .route.is-"
    return on_both_papers(
        _variables(".niche")
        + [(f"{route}{s.state} .sign,{route}{s.state} .id", "fill", s.hue) for s in OF_ROUTES]
        + [(f"{route}{s.state} rect", "stroke", s.hue) for s in OF_ROUTES]
    )


def of_badges() -> str:
    """The style sheet of statuses and verdicts that stand in a badge, and of the signs of a grid."""
    words = [(f".badge.{status.word},.cell.{status.word}", "color", status.hue) for status in OF_ROUTES]
    words += [(f".badge.{verdict.word}", "color", verdict.hue) for verdict in VERDICTS]
    sides = [(".badge.for", FOR), (".badge.against", AGAINST), (".badge.lost", AGAINST), (".badge.touched", BOTH)]
    return on_both_papers([*words, *((selector, "color", hue) for selector, hue in sides)])


def of_pages() -> str:
    """The style sheet of the signs on the pages of the explorer, beside that of badges."""
    return on_both_papers(_variables(":root")) + of_pictures()


def _variables(selector: str) -> list[tuple[str, str, Hue]]:
    """The colours of statuses by the names under which style sheets use them."""
    named = {"good": "broken", "bad": "open", "opened": "opened", "rebounds": "rebounds"}
    return [(selector, f"--{name}", BY_WORD[word].hue) for name, word in named.items()]
