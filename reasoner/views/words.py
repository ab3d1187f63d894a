"""The words of answers: one plain sentence for each verdict, status, effect and reason code."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.views import signs

RESEARCH_USE = "For research use only: not medical advice, not a medical product."

VERDICTS = {verdict.word: verdict.meaning for verdict in signs.VERDICTS}
STATUSES = {status.word: status.meaning for status in signs.OF_ROUTES}
#: What a cell of a matrix may say, with its meaning.
CELLS = {status.word: status.short for status in signs.STATUSES}
#: The order in which routes are read: what stays a danger first.
STATUS_ORDER = tuple(status.word for status in signs.READ)

#: Why a conclusion does not hold.
WHY_NOT_CODES = {
    "UNKNOWN_TERM": "The knowledge base does not know the term.",
    "NO_ROUTE": "No mechanism or route leads there.",
    "ROUTE_INACTIVE": "The route is off in this scenario without the regimen, so nothing is left to break.",
    "KILLER_DEFEATED": "An agent is kept from acting: by a lesion or state, or for want of an activity.",
    "NO_KILLER": "No agent given acts against the cell.",
    "DENIED_HERE": "A source denies it in this scenario.",
    "UNSTATED_IN_STATE": "It is stated for another state only.",
    "OTHER_DISEASE": "It is stated for another disease or cell only.",
    "TARGET_NOT_ON_ROUTE": "What the agent acts on does not lie on the route.",
    "UNSIGNED": "The influence is stated without a direction, so it proves none.",
    "SIGN_MISMATCH": "The effect goes the other way.",
    "REBOUNDS": "It is off at once, and feedback turns it on again.",
    "NOT_REPORTED": "No claim reports it.",
}

#: Why a search has no answer, beyond what says why a conclusion does not hold.
SEARCH_CODES = {
    "NOT_TOGETHER": "Each part can be had by itself, but no set of agents has all of them.",
    "TOO_FEW": "Each part can be had by itself, but not all of them with so few agents.",
    "UNDECIDED": "What is asked for stays undetermined under every set of agents.",
    "CUT_SHORT": "The search was cut short before it found one.",
}

#: Why a scenario says little.
SCENARIO_CODES = {"UNSETTLED": "Feedback leaves every activity undetermined: state what is there to begin with."}

CODES = WHY_NOT_CODES | SEARCH_CODES | SCENARIO_CODES


def spoken(word: str | None) -> str:
    """A word of a document as people write it: ``by_analogy`` becomes ``by analogy``."""
    return (word or "").replace("_", " ")


def in_words(cls: str) -> str:
    """The name of a class as people write it: ``GeneProduct`` becomes ``gene product``."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls).strip()


def tone(text: str) -> str:
    """The tone of a cell, from its first word; empty when it has none."""
    words = text.replace(",", " ").split()
    return signs.TONES.get(text.replace(" ", "_"), signs.TONES.get(words[0], "") if words else "")


def legend(verdicts: Iterable[str | None]) -> list[tuple[str, str]]:
    """The verdicts that a page uses, each with what it means."""
    used = set(verdicts)
    return [(spoken(word), text) for word, text in VERDICTS.items() if word in used]


def code_sentence(code: str) -> str:
    """The sentence of a reason code; the code itself when it is none of ours."""
    return CODES.get(code, code)


def regimens(sets: Iterable[Iterable[str]]) -> str:
    """Sets of agents as people write them: ``A+B or C``."""
    return " or ".join("+".join(agents) for agents in sets)


def plural(count: int, noun: str, many: str = "") -> str:
    """A count with its noun: ``1 route``, ``2 routes``."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"
