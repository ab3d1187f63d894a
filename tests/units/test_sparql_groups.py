"""Queries over groups of different individuals see what they would see of the same facts one by one."""

from __future__ import annotations

import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.views.limited import Limits
from reasoner.views.sparql.dataset import dataset_of
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.touching import touched

HEAD = "@prefix : <https://w3id.org/dislodge#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
THINGS = "".join(f":i{number} a owl:NamedIndividual , :Molecule .\n" for number in range(5))
GROUP = "[] a owl:AllDifferent ; owl:members ( :i0 :i1 :i2 :i3 ) .\n"
PAIRS = "".join(f":i{a} owl:differentFrom :i{b} .\n" for a in range(4) for b in range(a + 1, 4))
DIFFERENT = "http://www.w3.org/2002/07/owl#differentFrom"
QUERIES = {
    "ASK { :i1 owl:differentFrom :i3 }": {"i1"},
    "ASK { :i3 owl:differentFrom :i1 }": {"i3"},
    "ASK { :i4 owl:differentFrom :i1 }": {"i4"},
    "SELECT ?x { ?x owl:differentFrom :i2 } ORDER BY ?x": {"i2"},
    "SELECT ?x { :i2 ^owl:differentFrom ?x } ORDER BY ?x": {"i2"},
    "SELECT ?p ?x { :i2 ?p ?x } ORDER BY ?p ?x": {"i2"},
    "SELECT ?x ?y { ?x owl:differentFrom ?y } ORDER BY ?x ?y": None,
    "SELECT ?x { :i0 owl:differentFrom+ ?x } ORDER BY ?x": None,
    "SELECT ?x { :i0 !rdf:type ?x } ORDER BY ?x": None,
    "SELECT ?x { :i0 (owl:differentFrom|rdf:type) ?x } ORDER BY ?x": None,
    "SELECT ?x { ?x a :Molecule FILTER EXISTS { ?x owl:differentFrom ?y } FILTER(STRSTARTS(STR(?x), STR(:i))) }": None,
    "SELECT ?x { ?x a :Molecule FILTER(STRSTARTS(STR(?x), STR(:i))) } ORDER BY ?x": set(),
    "CONSTRUCT WHERE { :i1 owl:differentFrom ?x }": {"i1"},
    "DESCRIBE :i1": {"i1"},
}


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Reasoned]:
    found = {}
    for name, text in (("group", GROUP), ("pairs", PAIRS)):
        file = tmp_path_factory.mktemp(name) / "differ.ttl"
        file.write_text(HEAD + THINGS + text)
        found[name] = Reasoned.load(extra=[file])
    return found


@pytest.mark.ci
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_sees_what_a_group_says(query: str, knowledge: dict[str, Reasoned]) -> None:
    bodies = []
    for kb in knowledge.values():
        reply = evaluate(dataset_of(kb, proofs=False), Query(query), "json", "nt", Limits())
        bodies.append(sorted(reply.body.splitlines()))
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("query", QUERIES)
def test_only_what_a_query_can_see_is_shown(query: str) -> None:
    names = QUERIES[query]
    expected = None if names is None else {f"https://w3id.org/dislodge#{name}" for name in names}
    assert touched(query, {DIFFERENT}, None, ()) == expected


def test_the_graph_counts_what_a_group_says(knowledge: dict[str, Reasoned]) -> None:
    graph = "https://w3id.org/dislodge/graph/inferred"
    group, pairs = (dataset_of(kb, proofs=False).count(graph) for kb in knowledge.values())
    assert group == pairs + PAIRS.count("differentFrom")
