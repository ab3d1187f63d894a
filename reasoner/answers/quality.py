"""The layers of ``check`` that look at the files as they are: schema and shape by query, consistency by HermiT."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.reading.ontology import read_documents
from reasoner.reading.quality import flaws, read_quality
from reasoner.resources import shipped

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned


def quality(kb: Reasoned, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Findings of every check that ships, over the asserted triples of ``files``."""
    checks = [read_quality(path) for path in sorted((shipped("ontology") / "checks").glob("*.rq"))]
    triples = [triple for document in read_documents(files) for triple in document.triples]
    for flaw in flaws(checks, triples):
        yield {
            "level": flaw.quality.level,
            "code": flaw.quality.code,
            "file": str(kb.base.ontology.sources.get(flaw.subject, "")),
            "line": 0,
            "subject": flaw.subject,
            "message": flaw.message,
            "fix": flaw.quality.fix,
            "layer": flaw.quality.layer,
        }


def by_hermit(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Findings of HermiT over the same triples: a contradiction, classes that can have no members.

    Without Java one finding says so.
    """
    from reasoner.reading.hermit import Absent, judged

    triples = [triple for document in read_documents(files) for triple in document.triples]
    row: dict[str, Any] = {"file": "", "line": 0, "layer": "consistency"}
    try:
        consistent, impossible = judged(triples)
    except Absent as reason:
        text = f"HermiT was not asked: {reason}"
        yield {**row, "level": "warning", "code": "C203", "subject": "HermiT", "message": text, "fix": "install Java"}
        return
    if not consistent:
        fix = "see the contradictions above, or open the export in Protégé and ask it to explain"
        yield {
            **row,
            "level": "error",
            "code": "C204",
            "subject": "HermiT",
            "message": "inconsistent in OWL 2 DL",
            "fix": fix,
        }
    for name in impossible:
        text = f"the class {name} can have no members"
        yield {**row, "level": "error", "code": "C205", "subject": name, "message": text, "fix": "mend its axioms"}
