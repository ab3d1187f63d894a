"""Findings of ``check``, and the layers that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reasoner.errors import DislodgeError, Faults, Span
from reasoner.model.atom import Fact
from reasoner.model.findings import ERROR

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.findings import FindingRow, Layer, Severity

#: Faults of reading that are dangers and no slips: of what would empty a file elsewhere, or reach out of it.
_DANGERS = frozenset({"E103", "E108", "E110", "E111", "E112", "E113", "E124"})
_BY_FAMILY: dict[str, Layer] = {"E1": "parse", "E2": "rules", "E30": "dl", "E308": "rules"}


def finding(
    layer: Layer, level: Severity, code: str, subject: str, message: str, fix: str, file: str = "", line: int = 0
) -> FindingRow:
    """What ``check`` found: how bad, of which kind, about what, what to do, and where it stands."""
    return {
        "layer": layer,
        "level": level,
        "code": code,
        "file": file,
        "line": line,
        "subject": subject,
        "message": message,
        "fix": fix,
    }


def faults(error: DislodgeError) -> list[FindingRow]:
    """A finding for each fault of files that cannot be used, with place and repair."""
    return [_fault(fault) for fault in (error.faults if isinstance(error, Faults) else (error,))]


def _fault(error: DislodgeError) -> FindingRow:
    code, span = error.code, error.span or Span("")
    family = next((code[:size] for size in (4, 3, 2) if code[:size] in _BY_FAMILY), "")
    layer = "safety" if code in _DANGERS else _BY_FAMILY.get(family, "schema")
    subject = next((fact.subject for fact in getattr(error, "facts", ())), "")
    return finding(layer, ERROR, code, subject, error.message, error.hint, span.file, span.line)


def file_of(reasoned: Reasoned, subject: str) -> str:
    """The file that describes a subject first, or nothing."""
    return reasoned.base.ontology.sources.get(subject, "")


def stated_in(reasoned: Reasoned, fact: Fact) -> str:
    """The file that states a fact, or the one that a minted fact rests on; else the one that describes its subject."""
    return reasoned.base.ontology.file_of(reasoned.minted.origins.get(fact, fact))
