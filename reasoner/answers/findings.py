"""Findings of ``check``, and the layers that they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reasoner.errors import DislodgeError, Faults

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

ERROR, WARNING, INFO = "error", "warning", "info"
#: How bad a finding is, worst first.
SEVERITIES = (ERROR, WARNING, INFO)
#: What is checked, in this order; each rests on those before it.
LAYERS = ("parse", "safety", "dl", "schema", "rules", "consistency", "questions")
#: Faults of reading that are dangers and no slips: of what would empty a file elsewhere, or reach out of it.
_DANGERS = frozenset({"E103", "E108", "E110", "E111", "E112", "E113", "E114"})
_BY_FAMILY = {"E1": "parse", "E2": "rules", "E30": "dl", "E308": "rules"}


def finding(
    layer: str, level: str, code: str, subject: str, message: str, fix: str, file: str = "", line: int = 0
) -> dict[str, Any]:
    """One finding."""
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


def faults(error: DislodgeError, sources: Mapping[str, object]) -> list[dict[str, Any]]:
    """A finding for each fault of files that cannot be used, with place and repair.

    ``sources`` are the files by what they describe, for faults that are of no line.
    """
    return [_fault(fault, sources) for fault in (error.faults if isinstance(error, Faults) else (error,))]


def _fault(error: DislodgeError, sources: Mapping[str, object]) -> dict[str, Any]:
    span, code = error.span, error.code
    family = next((code[:size] for size in (4, 3, 2) if code[:size] in _BY_FAMILY), "")
    layer = "safety" if code in _DANGERS else _BY_FAMILY.get(family, "schema")
    if span is not None:
        return finding(layer, ERROR, code, "", error.message, error.hint, span.file, span.line)
    subject = next((word for word in re.findall(r"[\w-]+", error.message) if word in sources), "")
    return finding(layer, ERROR, code, subject, error.message, error.hint, str(sources.get(subject, "")))


def file_of(kb: Reasoned, subject: str) -> str:
    """The file that describes a subject first, or nothing."""
    return str(kb.base.ontology.sources.get(subject, ""))
