"""Comments of a rule file: kept where they stand, before a rule, at the head or at the foot; elsewhere a fault."""

from __future__ import annotations

import re

from reasoner.errors import Span
from reasoner.reading.rdf.comments import FOOT, HEAD, misplaced


def rule_comments(text: str, file: str) -> dict[str, list[str]]:
    """Comment lines by the id of the rule that they stand before; raises :class:`ReadingError` (E116)."""
    found: dict[str, list[str]] = {}
    pending: list[str] = []
    seen = False
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"rule\s+(\S+)", line):
            key = match.group(1) if seen or not _apart(pending) else HEAD
            found.setdefault(key, []).extend(line for line in pending if line)
            pending, seen = [], True
            line = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
        if line.startswith("#"):
            pending.append(line.rstrip())
        elif not line.strip():
            pending += [""] if pending else []
        elif "#" in re.sub(r'"(?:[^"\\]|\\.)*"|<[^<>\s]*>', "", line) or any(pending):
            misplaced(line.strip(), Span(file, number))
    found.setdefault(FOOT, []).extend(line for line in pending if line)
    return {key: lines for key, lines in found.items() if lines}


def retired_rules(text: str) -> set[str]:
    """The ids that comments ``# retired R-XXX-001: why`` of a rule file keep from being used again."""
    return set(re.findall(r"(?m)^#[ \t]*retired[ \t]+(R-[\w-]+)", text))


def _apart(lines: list[str]) -> bool:
    """Whether the first comments of a file are set apart from its first rule by a blank line."""
    return bool(lines) and lines[-1] == ""
