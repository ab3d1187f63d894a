"""Quality checks over triples: one SPARQL query a file, its first comments say level, problem and fix.

A check is a file of the package, never of a user: queries may reach the network, so foreign ones do not come here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from reasoner.errors import ReadingError, Span
from reasoner.model.findings import SEVERITIES
from reasoner.model.names import local
from reasoner.model.triple import Triple
from reasoner.reading.rdf.triples import read_bytes

if TYPE_CHECKING:
    from reasoner.model.documents.findings import Layer, Severity

_PARTS = ("code", "layer", "level", "problem", "fix")


@dataclass(frozen=True, slots=True)
class Quality:
    """One check: what it is called, how bad a finding is, what is wrong and what to do, and the query."""

    name: str
    code: str
    layer: Layer
    level: Severity
    problem: str
    fix: str
    query: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """A finding of a check about a subject, and what else it names; the message is the problem filled in."""

    quality: Quality
    subject: str
    detail: str
    message: str


def read_quality(path: Path) -> Quality:
    """A check from its file; raises :class:`ReadingError` (E118) when a comment is missing or the level is none."""
    query = read_bytes(path).decode("utf-8", "replace")
    parts = dict(re.findall(r"^# (\w+): (.+)$", query, re.MULTILINE))
    missing = [part for part in _PARTS if part not in parts]
    if missing or parts["level"] not in SEVERITIES:
        wanted = ", ".join(missing) or f"a level out of {', '.join(SEVERITIES)}"
        raise ReadingError(f"the check lacks {wanted}", code="E118", hint="see its neighbours", span=Span(str(path)))
    code, layer, level, problem, fix = (parts[part] for part in _PARTS)
    return Quality(path.stem, code, cast("Layer", layer), cast("Severity", level), problem, fix, query)


def flaws(qualities: Iterable[Quality], triples: Iterable[Triple]) -> Iterator[Flaw]:
    """What the checks find, in the order of the checks, sorted by subject."""
    from pyoxigraph import Store

    from reasoner.reading.rdf.stored import quads

    store = Store()
    store.bulk_extend(quads(triples))
    for quality in qualities:
        found: set[tuple[str, str, str]] = set()
        rows: Any = store.query(quality.query)
        for row in rows:
            subject = local(str(getattr(row["subject"], "value", "")))
            detail = row["detail"] if "detail" in quality.query.split("WHERE", 1)[0] else None
            shown = local(str(getattr(detail, "value", "") or ""))
            found.add((subject, shown, quality.problem.replace("{subject}", subject).replace("{detail}", shown)))
        for subject, shown, message in sorted(found):
            yield Flaw(quality, subject, shown, message)
