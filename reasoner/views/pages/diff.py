"""The page of ``diff``: answers that changed first, then the statements behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reasoner.views.blocks import Block, Heading, Line
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing, reasons
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.difference import ChangedAnswer, Difference

KEYS = ("change", "conclusion", "cell", "disease", "states", "before", "after")
_TONES = {"newly": "good", "no longer": "bad", "changed": "warn"}


def rows(document: Difference) -> tuple[tuple[str, ...], Sequence[ChangedAnswer]]:
    """One row an answer that changed."""
    return KEYS, document["answers"]


def blocks(document: Difference, look: Look) -> Iterator[Block]:
    """Answers with their proofs, then facts, claims, rules and axioms."""
    if document["answers"]:
        yield Heading("Answers that change")
    for row in document["answers"]:
        yield from _answer(row)
    yield from _list("Asserted", document["facts"]["asserted"])
    yield from _list("Retracted", document["facts"]["retracted"])
    if document["evidence"]:
        yield Heading("Claims")
    for claims in document["evidence"]:
        signed = [*(f"+{claim}" for claim in claims["added"]), *(f"-{claim}" for claim in claims["removed"])]
        yield Line(f"{claims['fact']}: {' '.join(signed)}{sign(claims)}", indent=2, hang=2)
    if document["rules"]:
        yield Heading("Rules")
    for rule in document["rules"]:
        yield Line(rule["id"] + sign(rule), "strong", indent=2)
        for word, logic in (("before", rule["before"]), ("after ", rule["after"])):
            yield Line(f"{word}  {logic or 'none'}", indent=4, hang=8)
    yield from _list("Axioms added", document["axioms"]["added"])
    yield from _list("Axioms removed", document["axioms"]["removed"])
    count = len(document["facts"]["asserted"]), len(document["facts"]["retracted"]), len(document["rules"])
    yield Heading("In sum")
    yield Line(
        f"{plural(len(document['answers']), 'answer')} changed; {plural(count[0], 'fact')} asserted, "
        f"{count[1]} retracted; {plural(count[2], 'rule')} changed",
        "strong",
    )
    yield from reasons(document)
    yield from closing(document)


def _answer(row: ChangedAnswer) -> Iterator[Block]:
    place = ", ".join(filter(None, (row["cell"], row["disease"], *row["states"])))
    kind = "minimal regimen, " if row["conclusion"].startswith("closes(") else ""
    yield Line(
        f"{row['change']}: {kind}{row['conclusion']} in {place}{sign(row)}", _TONES.get(row["change"], ""), hang=2
    )
    before: Mapping[str, Any] = row["before"] or {}
    after: Mapping[str, Any] = row["after"] or {}
    for key in sorted(before.keys() | after.keys()):
        if before and after and before.get(key) != after.get(key):
            yield Line(f"{spoken(key)}: {_shown(before.get(key))} -> {_shown(after.get(key))}", indent=4, hang=2)
    if not (before and after):
        known = after or before
        yield Line(", ".join(f"{spoken(k)} {_shown(v)}" for k, v in known.items() if v), indent=4, hang=2)
    for line in row["proof"]:
        yield Line(line.strip(), "soft", indent=4 + len(line) - len(line.lstrip()), hang=2)
    for line in row["missing"]:
        yield Line(f"now: {line}", indent=4, hang=2)


def _shown(value: Any) -> str:
    return " ".join(map(str, value)) or "none" if isinstance(value, list) else spoken(str(value)) if value else "none"


def _list(title: str, entries: list[str]) -> Iterator[Block]:
    if entries:
        yield Heading(title)
        for entry in entries:
            yield Line(entry, indent=2, hang=2)
