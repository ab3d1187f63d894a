"""The page of ``check``: every finding with file, subject and the fix."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reasoner.views.blocks import Block, Column, Heading, Line, Table
from reasoner.views.look import Look
from reasoner.views.pages.closing import closing

KEYS = ("level", "code", "file", "line", "subject", "message", "fix")


def rows(document: dict[str, Any]) -> tuple[tuple[str, ...], list[dict[str, Any]]]:
    """One row a finding."""
    return KEYS, document["findings"]


def blocks(document: dict[str, Any], look: Look) -> Iterator[Block]:
    """Findings one below the other, as compilers write them, then the counts."""
    for finding in document["findings"]:
        line = f":{finding['line']}" if finding.get("line") else ""
        place = f"{finding['file']}{line}: " if finding.get("file") else ""
        subject = f" ({finding['subject']})" if finding.get("subject") else ""
        said = f"{place}{finding['level']} {finding['code']}: {finding['message']}{subject}"
        yield Line(said, "bad" if finding["level"] == "error" else "warn", hang=2)
        if finding.get("fix"):
            yield Line(f"fix: {finding['fix']}", indent=2, hang=5)
    counts = document.get("counts") or {}
    said = ", ".join(f"{key} {value}" for key, value in sorted(counts.items()) if not isinstance(value, dict))
    yield Line(said or "no findings", "strong")
    if coverage := document.get("coverage"):
        yield Heading("Coverage of the claims")
        if isinstance(coverage, list) and coverage:
            keys = list(coverage[0])
            yield Table([Column(key) for key in keys], [[str(row.get(key, "")) for key in keys] for row in coverage])
    yield from closing(document)
