"""The knowledge base as named graphs."""

from functools import cache
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from reasoner.answers.scenario_facts import scenario_facts
from reasoner.asking.requests import ScenarioRequest
from reasoner.errors import ReadingError
from reasoner.inference.reasoned import Reasoned
from reasoner.model.atom import Fact
from reasoner.resources import shipped_ontology
from reasoner.views.sparql.dataset import Dataset, Filling, dataset_of
from reasoner.views.sparql.graphs import ASSERTED, DERIVATIONS, EVIDENCE, INFERRED, PREFIXES, SCENARIO_GRAPH
from reasoner.views.sparql.scenarios import scenario_quads, slug_of
from reasoner.views.sparql.terms import is_rewritten, quad
from tests.effort import effort


@cache
def shipped() -> tuple[Reasoned, Dataset]:
    kb = Reasoned.load()
    return kb, dataset_of(kb)


def ask(text: str, dataset: Dataset | None = None) -> list[tuple[str, ...]]:
    found = (dataset or shipped()[1]).store.query(
        text, prefixes=PREFIXES, default_graph=[NamedNode(ASSERTED), NamedNode(INFERRED)]
    )
    return sorted(tuple("" if value is None else value.value for value in row) for row in found)


def triples(graph: str) -> set[tuple[object, ...]]:
    store = shipped()[1].store
    return {(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, NamedNode(graph))}


@pytest.mark.ci
def test_the_asserted_graph_holds_what_the_files_say_and_nothing_else() -> None:
    files = [parse(path.read_bytes(), format=RdfFormat.TURTLE) for path in shipped_ontology()]
    stated = [(t.subject, t.predicate, t.object) for triples_of_file in files for t in triples_of_file]
    known = {t for t in stated if isinstance(t[0], NamedNode) and not str(t[2]).startswith("_:")}
    held = {t for t in triples(ASSERTED) if isinstance(t[0], NamedNode) and not str(t[2]).startswith("_:")}
    assert held == known
    assert len(triples(ASSERTED)) == len(set(stated))


@pytest.mark.ci
def test_the_nodes_of_annotations_have_the_same_names_each_time(tmp_path: Path) -> None:
    """Also where two files use one label for different nodes: they stay apart."""
    for name in "ab":
        text = f'@prefix : <https://w3id.org/dislodge#> . _:n :statement "{name}" . [] :statement "{name}2" .'
        (tmp_path / f"{name}.ttl").write_text(text)
    kb = Reasoned.load(extra=[tmp_path / "a.ttl", tmp_path / "b.ttl"])
    first, second = (list(map(str, dataset_of(kb).store)) for kb in (kb, kb))
    assert first == second
    found = dataset_of(kb).store.quads_for_pattern(
        None, quad(Fact("statement", "x", "y"), NamedNode("g:g")).predicate, None
    )
    assert len({q.subject for q in found if str(q.subject).startswith("_:")}) == 4


def test_no_inferred_triple_is_in_the_asserted_graph() -> None:
    assert triples(INFERRED).isdisjoint(triples(ASSERTED))


def test_every_fact_of_the_closure_is_in_one_of_the_two_graphs() -> None:
    kb, _ = shipped()
    both = triples(ASSERTED) | triples(INFERRED)
    graph = NamedNode(INFERRED)
    missing = [f for f in kb.closure if (lambda q: (q.subject, q.predicate, q.object))(quad(f, graph)) not in both]
    assert missing == []


def test_the_store_shows_every_shipped_literal_as_it_was_asserted() -> None:
    assert shipped()[1].rewritten == 0


@pytest.mark.parametrize(
    ("lexical", "kind", "rewritten"),
    [
        ("1.00", "decimal", True),
        ("1", "boolean", True),
        ("5", "int", True),
        ("5", "integer", False),
        ("x", "string", False),
    ],
)
def test_literals_that_the_store_writes_in_another_form_are_known(lexical: str, kind: str, rewritten: bool) -> None:
    assert is_rewritten(Literal(lexical, datatype=NamedNode(PREFIXES["xsd"] + kind))) is rewritten


def test_rewritten_literals_of_a_users_file_are_counted(tmp_path: Path) -> None:
    facts = tmp_path / "mine.ttl"
    facts.write_text(
        "@prefix : <https://w3id.org/dislodge#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        ':extra a :Tier ; :tierRank "007"^^xsd:integer .\n'
    )
    assert dataset_of(Reasoned.load(extra=[facts]), proofs=False).rewritten == 1


def test_evidence_leads_from_a_claim_to_the_fact_that_it_supports() -> None:
    rows = ask(
        "SELECT ?s ?o { GRAPH graph:evidence"
        " { ?f rdf:subject ?s ; rdf:predicate :retains ; rdf:object ?o ; :supportedBy :CHO-127 } }"
    )
    assert rows == [(PREFIXES[""] + "RP06", PREFIXES[""] + "CML_LSC")]


def test_a_derivation_names_the_rule_and_the_premises_that_it_used() -> None:
    rows = ask(
        "SELECT ?label ?p { GRAPH graph:derivations {"
        " ?f rdf:subject :A_plerixafor_block_CXCR4 ; rdf:predicate :actsOn ; prov:wasGeneratedBy ?d ."
        " ?d prov:qualifiedAssociation/prov:hadPlan/rdfs:label ?label ; prov:used/rdf:predicate ?p } }"
    )
    assert rows == [("an action acts on its target", PREFIXES[""] + "hasTarget")]


def test_every_fact_that_a_rule_concluded_has_a_derivation() -> None:
    kb, _ = shipped()
    minted = set(kb.minted.facts)
    stated = set(kb.base.ontology.facts)
    concluded = sum(1 for f in kb.closure if f not in stated and f not in minted)
    rows = ask("SELECT (COUNT(DISTINCT ?f) AS ?n) { GRAPH graph:derivations { ?f prov:wasGeneratedBy ?d } }")
    assert abs(int(rows[0][0]) - concluded) <= len(minted)


def test_an_evaluated_scenario_is_a_graph_of_its_own_and_leaves_the_others_alone() -> None:
    kb = shipped()[0]
    before = len(kb.closure)
    scenario = scenario_facts(kb, ["imatinib", "plerixafor"], ScenarioRequest("CML_LSC"))
    assert len(kb.closure) == before
    assert slug_of(scenario) == "CML_LSC.CML.imatinib+plerixafor"
    dataset = dataset_of(kb, proofs=False)
    asserted = dataset.count(ASSERTED)
    dataset.store.bulk_extend(scenario_quads(scenario))
    assert dataset.graphs == [ASSERTED, INFERRED, SCENARIO_GRAPH + slug_of(scenario)]
    assert dataset.count(ASSERTED) == asserted
    rows = ask(
        "SELECT ?r { GRAPH ?g { ?s a :Scenario ; :breaksRoute ?r ; :dislodges :CML_LSC"
        " FILTER NOT EXISTS { ?w :hasVariant ?s } } }",
        dataset,
    )
    assert (PREFIXES[""] + "RP06",) in rows
    assert (PREFIXES[""] + "RP07",) not in rows
    assert ask("SELECT ?r { ?s :breaksRoute ?r }", dataset) == []


def test_the_fixed_graphs_are_all_there() -> None:
    assert shipped()[1].graphs == sorted([ASSERTED, INFERRED, EVIDENCE, DERIVATIONS])


def test_a_dataset_is_built_in_many_short_steps(tmp_path: Path) -> None:
    kb, whole = shipped()
    filling, steps = Filling(kb), 0
    while filling.step():
        steps += 1
    assert steps > 20
    assert len(filling.whole.store) == len(whole.store)


def test_the_default_graph_is_whole_before_the_proofs_are_in() -> None:
    kb, whole = shipped()
    filling = Filling(kb)
    facts = filling.facts
    assert len(facts.store) < len(whole.store)
    assert (facts.count(ASSERTED), facts.count(INFERRED)) == (whole.count(ASSERTED), whole.count(INFERRED))
    assert len(filling.whole.store) == len(whole.store)


@pytest.mark.ci
def test_a_file_that_is_gone_is_told_each_time_until_it_is_back(tmp_path: Path) -> None:
    facts = tmp_path / "mine.ttl"
    facts.write_text("@prefix : <https://w3id.org/dislodge#> . :extra a :Tier .")
    filling = Filling(Reasoned.load(extra=[facts]), proofs=False)
    facts.rename(tmp_path / "elsewhere")
    for _ in range(2):
        with pytest.raises(ReadingError):
            _ = filling.whole
    (tmp_path / "elsewhere").rename(facts)
    assert (PREFIXES[""] + "extra",) in ask("SELECT ?t { ?t a :Tier }", filling.whole)


def test_what_most_questions_need_is_built_at_once() -> None:
    kb = shipped()[0]
    _ = kb.closure, Fact
    assert min(effort(lambda: dataset_of(kb, proofs=False)) for _ in range(3)) < 30


TWO_SPELLINGS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:weighs a owl:DatatypeProperty ; rdfs:subPropertyOf :measures . :measures a owl:DatatypeProperty .
:takenAt a owl:DatatypeProperty .
:tube1 a owl:NamedIndividual ; :weighs "5"^^xsd:decimal ; :takenAt "2026-01-11T12:00:00.0Z"^^xsd:dateTime .
:tube2 a owl:NamedIndividual ; :weighs "05"^^xsd:byte ; :takenAt "2026-01-11T12:00:00-00:00"^^xsd:dateTime .
"""


def test_one_value_is_one_row_in_the_spelling_that_its_subject_states(tmp_path: Path) -> None:
    (tmp_path / "tubes.ttl").write_text(TWO_SPELLINGS)
    kb = Reasoned.load(extra=[tmp_path / "tubes.ttl"])
    dataset = dataset_of(kb)
    assert len(ask("SELECT ?s ?v { ?s :takenAt ?v }", dataset)) == 2
    assert ask("SELECT ?s { GRAPH graph:inferred { ?s :takenAt|:weighs ?v } }", dataset) == []
    assert len(ask("SELECT ?s ?v { ?s :weighs ?v FILTER(?v = 5) }", dataset)) == 2
    assert ask("SELECT DISTINCT ?s { ?s :measures ?v }", dataset) == [(PREFIXES[""] + f"tube{n}",) for n in "12"]
    kinds = {s: value.datatype for s, value in kb.closure.pairs("measures") if not isinstance(value, str)}
    assert kinds == {"tube1": PREFIXES["xsd"] + "decimal", "tube2": PREFIXES["xsd"] + "byte"}
    inferred_again = [fact for fact in kb.closure if fact.predicate == "weighs" and not kb.closure.is_asserted(fact)]
    assert inferred_again == []
