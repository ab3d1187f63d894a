"""Whether ontology, facts and rules are sound: findings by layer, with file, subject, and what to do about each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.answers.frame import finished, frame, of_files
from reasoner.curating.checks import expectations, lesions, placing, soundness
from reasoner.curating.checks.coverage import coverage as coverage_of
from reasoner.curating.checks.findings import faults
from reasoner.curating.checks.owl_dl import HERMIT, by_hermit, outside_owl_dl
from reasoner.curating.checks.quality import characters, quality
from reasoner.errors import DislodgeError
from reasoner.model.findings import ERROR, INFO, LAYERS, SEVERITIES, WARNING
from reasoner.reading.rdf.ontology_files import read_ontology_files

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned
    from reasoner.model.documents.findings import Covered, FindingRow, Findings, JudgedFindings, Severity, Unreadable

#: The findings of each layer over what was read; of parse there are none then.
_FINDERS = {
    "dl": (soundness.reading,),
    "schema": (
        soundness.labels,
        soundness.evidence,
        soundness.never_on,
        lesions.of_no_stated_kind,
        lesions.of_nothing,
        lesions.of_families,
        lesions.that_take_and_give,
        soundness.circles,
        soundness.idle,
    ),
    "rules": (soundness.rules, soundness.outcomes),
    "consistency": (soundness.consistency, placing.unread, placing.placed),
    "questions": (expectations.unanswered, expectations.reported, expectations.private),
}
#: The layers that look at the files themselves.
_OF_FILES = frozenset(LAYERS) - {"parse", "questions"}


def check(
    reasoned: Reasoned,
    *,
    coverage: bool = False,
    files: Sequence[Path] = (),
    dl: bool = False,
    layers: Collection[str] = LAYERS,
    severity: Severity = INFO,
) -> Findings:
    """Findings over a knowledge base that could be read.

    With ``coverage``, also the table of claims: modelled by which facts, or not and why.  ``files`` are looked at by
    the checks under ``ontology/checks`` too, with ``dl`` also by HermiT.  Only findings of ``layers`` are looked for,
    and those below ``severity`` are left out.
    """
    findings = [found for found in _found(reasoned, files, dl, layers) if _rank(found) <= SEVERITIES.index(severity)]
    covered: Covered = {"coverage": coverage_of(reasoned)} if coverage else {}
    told: Findings = {"command": "check", **frame(reasoned), "answers": [], **_judged(findings), **covered}
    return finished(reasoned, told)


def unreadable(error: DislodgeError) -> Unreadable:
    """The document of files that cannot be read, or cannot be reasoned over: a finding a fault."""
    findings = faults(error)
    return {
        "command": "check",
        **of_files(),
        "answers": [{"level": row["level"], "code": row["code"], "subject": row["subject"]} for row in findings],
        **_judged(findings),
    }


def about(found: Findings, paths: Iterable[Path]) -> Findings:
    """The document with every error, and of the rest what lies in these files or is about HermiT."""
    names = {str(path) for path in paths}
    findings = [f for f in found["findings"] if f["level"] == ERROR or f["file"] in names or f["subject"] == HERMIT]
    return {**found, "findings": findings, "counts": _judged(findings)["counts"]}


def _found(reasoned: Reasoned, files: Sequence[Path], dl: bool, layers: Collection[str]) -> Iterator[FindingRow]:
    for layer in layers:
        for finder in _FINDERS.get(layer, ()):
            yield from finder(reasoned)
    loaded = [] if _OF_FILES.isdisjoint(layers) else read_ontology_files(files)
    if "safety" in layers:
        yield from characters(loaded, reasoned.base.rules)
    if "dl" in layers:
        yield from outside_owl_dl(reasoned.base.ontology, loaded)
    if loaded:
        yield from quality(loaded, layers)
    if dl and "consistency" in layers:
        yield from by_hermit(loaded)


def _judged(findings: list[FindingRow]) -> JudgedFindings:
    """The findings in order, worst first, how many there are, and what follows from it."""
    findings = sorted(findings, key=lambda f: (_rank(f), LAYERS.index(f["layer"]), f["code"], f["subject"]))
    counts = Counter(f["level"] for f in findings)
    return {
        "findings": findings,
        "counts": {ERROR: counts[ERROR], WARNING: counts[WARNING], INFO: counts[INFO]},
        "verdict": "errors" if counts.get(ERROR) else "sound",
    }


def _rank(found: FindingRow) -> int:
    return SEVERITIES.index(found["level"])
