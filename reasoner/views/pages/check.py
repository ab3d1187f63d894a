"""The page of ``check``: every finding with file, subject and the fix."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from reasoner.model.findings import SEVERITIES
from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.marks import sign
from reasoner.views.pages.closing import closing
from reasoner.views.words import plural, spoken

if TYPE_CHECKING:
    from reasoner.model.documents.findings import Coverage, FindingRow, Findings, Unreadable

_TONES = {"error": "bad", "warning": "warn"}
KEYS = ("level", "layer", "code", "file", "line", "subject", "message", "fix")


def rows(document: Findings | Unreadable) -> tuple[tuple[str, ...], Sequence[FindingRow]]:
    """One row a finding."""
    return KEYS, document["findings"]


def blocks(document: Findings | Unreadable, look: Look) -> Iterator[Block]:
    """Findings one below the other, as compilers write them, then the counts."""
    for finding in document["findings"]:
        yield Line(_sentence(finding), _TONES.get(finding["level"], "soft"), hang=2)
        if finding["fix"]:
            yield Line(f"fix: {finding['fix']}", indent=2, hang=5)
    counts = document["counts"]
    said = [plural(counts[level], level) for level in SEVERITIES if counts[level]]
    yield Line(", ".join(said) or "no findings", "strong")
    if "coverage" in document:
        yield from _coverage(document["coverage"])
    yield from closing(document)


def _sentence(finding: FindingRow) -> str:
    line = f":{finding['line']}" if finding["line"] else ""
    place = f"{finding['file']}{line}: " if finding["file"] else ""
    subject = finding["subject"]
    about = f" ({subject})" if subject and subject not in finding["message"] else ""
    return f"{place}{finding['level']} {finding['code']}: {finding['message']}{about}{sign(finding)}"


def _coverage(coverage: Coverage) -> Iterator[Block]:
    """How many claims of each kind stand beside a fact, and the reason of each that stands beside none."""
    yield Heading("Coverage of the claims")
    columns = (Column("kind"), Column("claims"), Column("modelled"))
    table = [(spoken(row["kind"]), str(row["claims"]), str(row["modelled"])) for row in coverage["kinds"]]
    yield Table(columns, table, indent=2)
    done, total = coverage["mechanistic_modelled"], coverage["mechanistic"]
    yield Line(f"{done} of {total} mechanistic claims are modelled ({coverage['share']:.1%}).", indent=2)
    if coverage["missing"]:
        yield Heading("Claims that stand beside no fact")
        claims: dict[tuple[str, str], list[str]] = {}
        for row in coverage["missing"]:
            claims.setdefault((spoken(row["kind"]), row["reason"]), []).append(row["claim"])
        rows = [(kind, reason, " ".join(names)) for (kind, reason), names in claims.items()]
        yield Table((Column("kind"), Column("reason"), Column("claims")), rows, indent=2)
