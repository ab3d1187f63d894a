"""Load, format and check of 85,000 triples, beside what rdflib needs to parse and serialise them, in one run.

    python tests/benchmarks/bench_curation.py

The file is made of copies of the shipped facts, each with individuals of its own, under the shipped vocabulary.  HermiT
and the checks by query (``check --dl`` and the schema under ``ontology/checks``) are timed apart.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import rdflib

from reasoner.curating.check import check
from reasoner.curating.checks.quality import quality
from reasoner.curating.format import format_files
from reasoner.inference.reasoned import Reasoned
from reasoner.model.findings import LAYERS
from reasoner.model.iris import OWL, TYPE
from reasoner.model.term import Literal
from reasoner.model.triple import Triple
from reasoner.reading.rdf.ontology_files import read_ontology_files
from reasoner.resources import shipped_ontology
from reasoner.writing.turtle import turtle

TRIPLES, LIMIT = 85_000, 5.0


def copies(size: int) -> list[Triple]:
    """The shipped facts again and again under other names, until there are ``size`` triples."""
    loaded = read_ontology_files(shipped_ontology())
    vocabulary = {
        s for ontology_file in loaded if ontology_file.path.parent.name != "facts" for s, _, _ in ontology_file.triples
    }
    facts = [t for ontology_file in loaded if ontology_file.path.parent.name == "facts" for t in ontology_file.triples]
    headers = {s for s, p, o in facts if p == TYPE and o == f"{OWL}Ontology"}
    facts = [t for t in facts if t[0] not in headers]
    own = {subject for subject, _, _ in facts} - vocabulary
    found: list[Triple] = []
    for number in range(-(-size // len(facts))):
        names = {name: f"{name}_{number}" for name in own}
        found += [(names.get(s, s), p, o if isinstance(o, Literal) else names.get(o, o)) for s, p, o in facts]
    return found


def timed(action: Callable[[], Any]) -> tuple[Any, float]:
    """What an action gives, and the processor time that it took."""
    start = time.process_time()
    result = action()
    return result, time.process_time() - start


def run(folder: Path) -> dict[str, float]:
    """Seconds by step, and the ratio to rdflib; nothing that an earlier run kept is used."""
    os.environ["DISLODGE_CACHE"] = str(folder / "cache")
    path = folder / "large.ttl"
    # Not canonical, so that there is something to write.
    path.write_text(turtle(copies(TRIPLES)).replace(" ;\n    ", " ; "), encoding="utf-8")
    files = [*(p for p in shipped_ontology() if p.parent.name == "modules"), path]
    _, formatted = timed(lambda: format_files([path]))
    kb, loaded = timed(lambda: Reasoned.load(files))
    others = [layer for layer in LAYERS if layer != "questions"]  # those are about the shipped facts
    found, checked = timed(lambda: check(kb, layers=others))
    _, queried = timed(lambda: list(quality(read_ontology_files(files), LAYERS)))
    text = path.read_text(encoding="utf-8")
    rdflib.NORMALIZE_LITERALS = False
    graph, parsed = timed(lambda: rdflib.Graph().parse(data=text, format="turtle"))
    _, serialised = timed(lambda: graph.serialize(format="turtle"))
    print(f"{len(graph)} triples, {len(kb.base.ontology.facts)} facts")
    print(f"format {formatted:.2f} s, load {loaded:.2f} s, check {checked:.2f} s, by query {queried:.2f} s")
    print(f"rdflib: parse {parsed:.2f} s, serialise {serialised:.2f} s; findings: {found['counts']}")
    total = formatted + loaded + checked
    print(f"load, format and check: {total:.2f} s, {total / (parsed + serialised):.2f} of rdflib's parse and serialise")
    return {"total": total, "ratio": total / (parsed + serialised)}


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        run(Path(name))
