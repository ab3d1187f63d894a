"""Pieces of text that pages share: words in the tone or the badge of their meaning, claims, both sides of a dispute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from reasoner.views.blocks import Target, TextRun, ToClaim, Words, joined
from reasoner.views.controls import clean
from reasoner.views.signs import NOT_TESTED
from reasoner.views.words import spoken, tone

if TYPE_CHECKING:
    from reasoner.model.documents.combination import WorthOfRegimen
    from reasoner.model.documents.scenario import DriftRow, Judged, OfPatients, Sourced
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


#: What stands behind the sign of a route of which claims say otherwise.
DISPUTE = "*"


def is_disputed(row: Sourced) -> bool:
    """Whether claims stand against what is said, here or elsewhere."""
    return bool(row["against"] or row["against_elsewhere"])


def worded(row: Sourced | WorthOfRegimen) -> str:
    """The verdict in words: of the laboratory, what is said of elsewhere, and of patients where they were tested."""
    return "".join(run if isinstance(run, str) else run.text for run in badges(row))


def badges(row: Sourced | WorthOfRegimen) -> tuple[TextRun | str, ...]:
    """The verdict in badges, as :func:`worded` says it."""
    found: list[TextRun | str] = [badge(row["verdict"])]
    found += [", ", badge(row["elsewhere"])] if row["elsewhere"] else []
    if (patients := _of_patients(row)) is not None:
        found += ["; patients: ", badge(patients["verdict"])]
        found += [", ", badge(patients["elsewhere"])] if patients["elsewhere"] else []
        points = [f"{point['endpoint']} {spoken(point['verdict'])}" for point in patients["endpoints"]]
        found += [f" ({', '.join(points)})"] if points else []
    return tuple(found)


def _of_patients(row: Sourced | WorthOfRegimen) -> OfPatients | None:
    """What is said of patients; None where nothing is."""
    patients = row["patients"]
    return patients if patients and (patients["verdict"] != NOT_TESTED or patients["elsewhere"]) else None


#: The sides on which claims speak, here and elsewhere, with their titles.
SIDE_TITLES: Mapping[Literal["for", "against", "for_elsewhere", "against_elsewhere"], str] = {
    "for": "for", "against": "against", "for_elsewhere": "elsewhere for", "against_elsewhere": "elsewhere against",
}  # fmt: skip


def opposing(row: Sourced) -> str:
    """The claims that stand against a row, here and elsewhere, in short; nothing where there are none."""
    told = [(SIDE_TITLES["against"], row["against"]), (SIDE_TITLES["against_elsewhere"], row["against_elsewhere"])]
    return ", ".join(f"{side} {' '.join(map(clean, claims))}" for side, claims in told if claims)


def in_short(row: Sourced) -> str:
    """The verdict in words, with what speaks against it."""
    return ", ".join(filter(None, (worded(row), opposing(row))))


def placed(row: Judged) -> str:
    """That it was stated for a broader disease than this one, where it was."""
    return "stated for a broader disease" if row["scope"] == "broader" else ""


#: What rows for programs say of a conclusion beside its verdict: the claims on both sides, here and elsewhere, and for
#: what it was stated.
SAID_OF_IT = (
    "for", "against", "elsewhere", "patients", "tested", "for_elsewhere", "against_elsewhere", "told", "scope",
    "stated_for",
)  # fmt: skip


def in_cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row for a table of programs, with the verdict on patients as one word."""
    patients = row.get("patients")
    words = [word for word in (patients["verdict"], patients["elsewhere"]) if word] if patients else []
    return {**row, "patients": words}


def words_used(rows: Iterable[Sourced | WorthOfRegimen]) -> list[str | None]:
    """The verdicts that are said of some rows, for a legend."""
    found: list[str | None] = []
    for row in rows:
        found += [row["verdict"], row["elsewhere"]]
        if (patients := _of_patients(row)) is not None:
            found += [patients["verdict"], patients["elsewhere"]]
    return found


_TESTED = {"as_given": "tested as given", "parts": "only parts of it tested", "none": "not tested so"}


def tested(row: Sourced) -> str:
    """Whether just this was tested, and whether in patients."""
    said, patients = _TESTED.get(row["tested"], ""), row["patients"]
    if patients["verdict"] != NOT_TESTED:
        return said
    return f"{said}, in patients counted on neither side" if patients["told"] else f"{said}, not in patients"


def scoped(row: Judged, look: Look) -> str:
    """For what it was stated, where that is not this very place."""
    return f"stated for {look.words(row['stated_for'])}" if row["scope"] != "exact" and row["stated_for"] else ""


def sides(row: Sourced) -> Sequence[Words]:
    """The claims behind a row: those on each side where there are two, and what speaks of it from elsewhere."""
    lines: list[Words] = []
    if row["against"]:
        lines += [("for: ", *(cited(row["for"]) or ("none",))), ("against: ", *cited(row["against"], against=True))]
    elif own := [claim for claim in row["evidence"] if claim not in elsewhere(row)]:
        lines.append(cited(own))
    if row["for_elsewhere"]:
        lines.append(("elsewhere for: ", *cited(row["for_elsewhere"])))
    if row["against_elsewhere"]:
        lines.append(("elsewhere against: ", *cited(row["against_elsewhere"], against=True)))
    lines += map(drifted, row["drift"])
    if row["told"]:
        lines.append(("told, on neither side: ", *cited(row["told"])))
    return lines or ["none"]


def drifted(drift: DriftRow) -> Words:
    """What a source was cited for, and what it says; by the claims alone where no sentence is known."""
    counted = "drift in part: " if drift["in_part"] else "drift, not counted: "
    if not all((drift["cited_for"], *drift["says"])):
        return (counted, *cited([drift["claim"]]), ", corrected by ", *cited(drift["by"]))
    said: list[str | TextRun] = [
        counted,
        *cited([drift["claim"]]),
        " cites the paper for ",
        _quoted(drift["cited_for"]),
    ]
    for claim, sentence in zip(drift["by"], drift["says"], strict=True):
        said += ["; the paper says ", _quoted(sentence), " (", *cited([claim]), ")"]
    return tuple(said)


def _quoted(sentence: str) -> str:
    return f"\u201c{clean(sentence).rstrip('.')}\u201d"


def elsewhere(row: Sourced) -> frozenset[str]:
    """The claims that speak from elsewhere alone."""
    return frozenset((*row["for_elsewhere"], *row["against_elsewhere"])).difference(row["for"], row["against"])
