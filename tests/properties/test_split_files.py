"""What ``explain`` knows ``ASK`` knows: under any split of the files, any order of them and any syntax.

A fact counts as known to SPARQL when its triple is in the default graph; the asserted part of that graph is the triples
of all files, each file once.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, NamedNode, Quad
from pyoxigraph import Dataset as Quads

from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from reasoner.model.iris import TYPE
from reasoner.model.triple import Triple, is_blank
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.homes import DECLARING
from reasoner.reading.rdf.ontology_files import read_ontology_files
from reasoner.resources import shipped_ontology
from reasoner.views.sparql.dataset import dataset_of
from reasoner.views.sparql.graphs import ASSERTED, INFERRED
from reasoner.views.sparql.terms import quad
from reasoner.writing.facts import declared, fact_triples
from reasoner.writing.ontology_text import FORMS, ontology_text
from tests.properties.random_knowledge import Knowledge, knowledge

#: Everything that is more than a triple of two names: identity, groups, nodes without a name, annotations, numbers.
MINE = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/mine> a owl:Ontology .

:Mine_disease a owl:NamedIndividual , :Disease ; rdfs:label "my disease"@en .
:Mine_cell a owl:NamedIndividual , :MalignantCell ; :subtypeOf :Tumour_cell ; :occursIn :Mine_disease .
:twin a owl:NamedIndividual , :Molecule ; owl:sameAs :CXCR4 .
:other a owl:NamedIndividual , :Molecule ; owl:differentFrom :twin .
[] a owl:AllDifferent ; owl:distinctMembers ( :one :two :three ) .
:one a owl:NamedIndividual , :Molecule . :two a owl:NamedIndividual , :Molecule .
:three a owl:NamedIndividual , :Molecule ; :memberOf :two .
:mine_tier a owl:NamedIndividual , :Tier ; :tierRank 3 .
<mailto:curator@example.org> a owl:NamedIndividual , :Agent ; :memberOf :plerixafor .
:HLA_A2 a owl:NamedIndividual , :Molecule . <https://w3id.org/dislodge#HLA:A3> a owl:NamedIndividual , :Molecule .
[] a owl:Axiom ; owl:annotatedSource :three ; owl:annotatedProperty :memberOf ; owl:annotatedTarget :two ;
    :supportedBy :CHO-126 .
[] a :Action ; :hasAgent :plerixafor ; :hasTarget :HLA_A2 ; :hasMode :block .
"""


def unknown(kb: Reasoned) -> list[Fact]:
    """Facts of the closure that SPARQL does not know, even where it is shown what groups say."""
    dataset = dataset_of(kb, proofs=False)
    store = dataset.store
    if dataset.groups:
        dataset.groups.show(store, "ASK { ?s ?p ?o }", None, {})
    graphs = [NamedNode(graph) for graph in (ASSERTED, INFERRED)]
    return [fact for fact in kb.closure if not any(quad(fact, graph) in store for graph in graphs)]


def answers(kb: Reasoned) -> list[set[Quad]]:
    """The graphs that a query reads, with canonical labels of blank nodes."""
    found = []
    for graph in (ASSERTED, INFERRED):
        held = Quads(dataset_of(kb, proofs=False).store.quads_for_pattern(None, None, None, NamedNode(graph)))
        held.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        found.append(set(held))
    return found


def statements(triples: Iterable[Triple]) -> list[list[Triple]]:
    """The smallest parts that can stand in files of their own: triples that share a blank node stay together."""
    part: dict[str, list[Triple]] = {}
    alone: list[list[Triple]] = []
    for triple in triples:
        nodes = {node for node in (triple[0], triple[2]) if isinstance(node, str) and is_blank(node)}
        joined = [triple, *(t for own in {id(part[n]): part[n] for n in nodes if n in part}.values() for t in own)]
        if not nodes:
            alone.append(joined)
        nodes |= {n for s, _, o in joined for n in (s, o) if isinstance(n, str) and is_blank(n)}
        part.update(dict.fromkeys(nodes, joined))
    return [*alone, *{id(own): own for own in part.values()}.values()]


@cache
def declarations() -> dict[str, list[Triple]]:
    """What says of each property and class of the project which kind it is."""
    loaded = read_ontology_files(path for path in shipped_ontology() if path.parent.name != "facts")
    found: dict[str, list[Triple]] = {}
    for triple in (triple for ontology_file in loaded for triple in ontology_file.triples):
        if triple[1] == TYPE and triple[2] in DECLARING:
            found.setdefault(triple[0], []).append(triple)
    return found


def written(parts: Iterable[list[Triple]], folder: Path, forms: Iterable[str]) -> list[Path]:
    """Each part as a file; the syntaxes that are not made of triples say which kind each name is."""
    files = []
    for number, (part, form) in enumerate(zip(parts, forms, strict=False)):
        names = {name for triple in part for name in triple if isinstance(name, str)}
        kinds = [t for name in sorted(names) for t in declarations().get(name, ())] if form in ("ofn", "owx") else []
        files.append(folder / f"{number:05}.{form}")
        files[-1].write_text(ontology_text([*kinds, *part], form), encoding="utf-8")
    return files


@cache
def shipped() -> Reasoned:
    return Reasoned.load()


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_a_statement_a_file_in_any_order_gives_the_same_facts_and_the_same_graphs(seed: int, tmp_path: Path) -> None:
    loaded = read_ontology_files(shipped_ontology())
    parts = statements(triple for ontology_file in loaded for triple in ontology_file.triples)
    assert len(parts) > 10_000
    random.Random(seed).shuffle(parts)
    files = written(parts, tmp_path, random.Random(seed).choices(["ttl", "nt", "owl"], k=len(parts)))
    kb = Reasoned.load(files)
    assert set(kb.closure) == set(shipped().closure)
    assert answers(kb) == answers(shipped())
    assert kb.base.ontology.sources.keys() == shipped().base.ontology.sources.keys()


@pytest.mark.parametrize("form", FORMS)
def test_every_syntax_is_asserted(form: str, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(MINE)
    (ontology_file,) = read_ontology_files([tmp_path / "mine.ttl"])
    (file,) = written([ontology_file.triples], tmp_path, [form])
    kb, turtle = Reasoned.load(extra=[file]), Reasoned.load(extra=[tmp_path / "mine.ttl"])
    assert unknown(kb) == []
    assert answers(kb)[1] == answers(turtle)[1]
    names = {fact for fact in kb.closure if "anonymous" not in str(fact)}
    assert names == {fact for fact in turtle.closure if "anonymous" not in str(fact)}
    assert Fact("differentFrom", "one", "three") in names


def test_files_about_what_others_describe_are_asserted_in_any_order(tmp_path: Path) -> None:
    prefix = "@prefix : <https://w3id.org/dislodge#> .\n"
    texts = [":mol a :Molecule .", ":mol :memberOf :VLA4 .", ":CML_LSC :expresses :mol .", ":mol a :Molecule ."]
    for name, text in zip("dcba", texts, strict=True):
        (tmp_path / f"{name}.ttl").write_text(prefix + text)
    orders = list(permutations(sorted(tmp_path.iterdir())))
    first = Reasoned.load(extra=orders[0])
    assert unknown(first) == []
    held = set(dataset_of(first, proofs=False).store)
    for order in orders[5::9]:
        kb = Reasoned.load(extra=order)
        assert kb.base.sha256 == first.base.sha256
        assert list(kb.closure) == list(first.closure)
        assert set(dataset_of(kb, proofs=False).store) == held


def test_a_file_that_is_named_twice_is_asserted_once(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(MINE)
    (tmp_path / "link.ttl").symlink_to(tmp_path / "mine.ttl")
    once = Reasoned.load(extra=[tmp_path / "mine.ttl"])
    twice = Reasoned.load(extra=[tmp_path / "mine.ttl", tmp_path / "link.ttl", tmp_path / "mine.ttl"])
    assert len(dataset_of(twice).store) == len(dataset_of(once).store)
    assert twice.base.sha256 == once.base.sha256


@given(drawn=knowledge(), data=st.data())
@settings(max_examples=5, deadline=None)
def test_random_facts_are_known_however_they_are_split(drawn: Knowledge, data: st.DataObject) -> None:
    names = {fact.subject for fact in drawn.facts if fact.object is None}
    triples = [*declared(sorted(names)), *fact_triples(drawn.facts)]
    parts = [[triple] for triple in data.draw(st.permutations(triples))]
    whole = [triples]
    modules = [path for path in shipped_ontology() if path.parent.name != "facts"]
    with TemporaryDirectory() as one, TemporaryDirectory() as many:
        forms = data.draw(st.lists(st.sampled_from(FORMS), min_size=len(parts), max_size=len(parts)))
        (file,) = written(whole, Path(one), [data.draw(st.sampled_from(FORMS))])
        together = Reasoned.load([*modules, file])
        apart = Reasoned.load(modules, written(parts, Path(many), forms))
        assert set(apart.closure) == set(together.closure)
        assert unknown(apart) == unknown(together) == []
        assert answers(apart)[1] == answers(together)[1]


def test_a_file_that_changed_since_it_was_read_is_not_mixed_in(tmp_path: Path) -> None:
    from reasoner.errors import ReadingError

    (tmp_path / "mine.ttl").write_text(MINE)
    kb = Reasoned.load(extra=[tmp_path / "mine.ttl"])
    (tmp_path / "mine.ttl").write_text(MINE.replace("my disease", "another"))
    with pytest.raises(ReadingError, match="changed since it was read"):
        dataset_of(kb)


def test_the_file_of_each_fact_is_the_one_that_states_it(tmp_path: Path) -> None:
    prefix = "@prefix : <https://w3id.org/dislodge#> .\n"
    (tmp_path / "a.ttl").write_text(prefix + ":mol a :Molecule ; :memberOf :VLA4 .")
    (tmp_path / "b.ttl").write_text(prefix + ":mol :memberOf :VLA5 . :mol a :Molecule .")
    ontology = read_ontology([*shipped_ontology(), tmp_path / "a.ttl", tmp_path / "b.ttl"])
    said = {
        fact: Path(ontology.file_of(fact)).name
        for fact in (Fact("Molecule", "mol"), Fact("memberOf", "mol", "VLA4"), Fact("memberOf", "mol", "VLA5"))
    }
    assert list(said.values()) == ["a.ttl", "a.ttl", "b.ttl"]
