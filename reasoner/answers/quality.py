"""The layers of ``check`` that look at the files as they are: schema and shape by query, consistency by HermiT."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from reasoner.answers.findings import ERROR, WARNING, finding
from reasoner.model.names import local
from reasoner.model.term import Literal
from reasoner.reading.document import Document
from reasoner.reading.homes import Homes
from reasoner.reading.ontology import read_documents
from reasoner.reading.quality import flaws, read_quality
from reasoner.resources import shipped


def quality(files: Sequence[Path], layers: Collection[str]) -> Iterator[dict[str, Any]]:
    """Findings of every check of these layers that ships, over the asserted triples of ``files``."""
    found = [read_quality(path) for path in sorted((shipped("ontology") / "checks").glob("*.rq"))]
    checks = [check for check in found if check.layer in layers]
    documents = read_documents(files) if checks else []
    place = _places(documents)
    for flaw in flaws(checks, (triple for document in documents for triple in document.triples)):
        check = flaw.quality
        file = place(flaw.subject, flaw.detail)
        yield finding(check.layer, check.level, check.code, flaw.subject, flaw.message, check.fix, file)


def _places(documents: Sequence[Document]) -> Callable[[str, str], str]:
    """Which file made a subject what a check found: the last one with a value that the finding shows, else its own."""
    homes = Homes(documents)
    first = {local(subject): file for subject, file in homes.first.items()}
    added: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for (subject, _, value), file in homes.elsewhere.items():
        added[local(subject)].append((value.lexical if isinstance(value, Literal) else local(value), file))

    def place(subject: str, detail: str) -> str:
        shown = (file for value, file in reversed(added.get(subject, ())) if value and value in detail)
        return next(shown, first.get(subject, ""))

    return place


def by_hermit(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Findings of HermiT over the same triples: a contradiction, classes that can have no members.

    Without Java one finding says so.
    """
    from reasoner.reading.hermit import Absent, judged

    triples = [triple for document in read_documents(files) for triple in document.triples]
    try:
        consistent, impossible = judged(triples)
    except Absent as reason:
        text = f"HermiT was not asked: {reason}"
        yield finding("consistency", WARNING, "C203", "HermiT", text, "install Java")
        return
    if not consistent:
        fix = "see the contradictions above, or open the export in Protégé and ask it to explain"
        yield finding("consistency", ERROR, "C204", "HermiT", "inconsistent in OWL 2 DL", fix)
    for name in impossible:
        text = f"the class {name} can have no members"
        yield finding("consistency", ERROR, "C205", name, text, "mend its axioms")
