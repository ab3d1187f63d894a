"""A knowledge base without what some claims stand for.

Every fact that one of the claims supports or opposes is left out.  A statement that lost a part of itself (an arm
without one of its needs, an interaction without its receptor) is no weaker statement but none, so it goes too, and with
it what mentions it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize

from reasoner.model.atom import Fact
from reasoner.model.ontology import Ontology, SourceFile
from reasoner.views.sparql.terms import quad

#: What makes up a statement; without one of them the individual says nothing.
PARTS = frozenset(
    {
        "requires", "promotes", "suppresses", "influences", "needs",
        "hasSender", "hasLigand", "hasReceptor", "hasReceiver", "hasTarget", "hasMode", "againstCell",
        "ofMolecule", "inCell", "ofLigand", "fromSource", "ofProcess", "ofCell", "atSite", "byRoute", "fromTherapy",
        "hasOutcome",
    }
)  # fmt: skip


def without(ontology: Ontology, claims: Iterable[str], claims_too: bool = False) -> Ontology:
    """The ontology without the facts of these claims, and on request without the claims themselves."""
    left_out = set(claims)
    lost = {
        fact
        for fact, notes in ontology.axiom_annotations.items()
        if any(prop in ("supportedBy", "opposedBy") and value in left_out for prop, value in notes)
    }
    gone = _incomplete(lost)
    if claims_too:
        gone |= left_out
    facts = [fact for fact in ontology.facts if fact not in lost]
    while True:
        kept = [fact for fact in facts if fact.subject not in gone and fact.object not in gone]
        broken = _incomplete(set(facts) - set(kept)) | _empty(ontology.facts, kept)
        facts = kept
        if broken <= gone:
            break
        gone |= broken
    known = set(facts)
    notes = {fact: values for fact, values in ontology.axiom_annotations.items() if fact in known}
    digest = hashlib.sha256(f"{ontology.sha256} without {sorted(left_out)}".encode()).hexdigest()
    return replace(ontology, facts=facts, axiom_annotations=notes, sha256=digest)


def in_one_file(whole: Ontology, less: Ontology, file: Path) -> Ontology:
    """What is left, with the file that it would be read from: SPARQL shows the triples of files."""
    graph = NamedNode("urn:graph")
    lost = {(q.subject, q.predicate, q.object) for q in (quad(f, graph) for f in set(whole.facts) - set(less.facts))}
    files = [source for source, _ in whole.files]
    triples = (t for source in files for t in parse(path=source) if (t.subject, t.predicate, t.object) not in lost)
    serialize((Triple(t.subject, t.predicate, t.object) for t in triples), str(file), format=RdfFormat.N_TRIPLES)
    return replace(less, files=(SourceFile(str(file), hashlib.sha256(file.read_bytes()).hexdigest()),))


def _incomplete(lost: Iterable[Fact]) -> set[str]:
    """The statements of which one of these facts was a part."""
    return {fact.subject for fact in lost if fact.predicate in PARTS}


def _empty(before: Iterable[Fact], after: Iterable[Fact]) -> set[str]:
    """What lost its last arm, its last agent or its last class."""
    had, have = ({(f.subject, f.predicate if f.object is not None else "") for f in facts} for facts in (before, after))
    return {subject for subject, predicate in had - have if predicate in ("hasArm", "hasAgent", "")}
