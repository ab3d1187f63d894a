"""Each shipped query, run on the shipped knowledge, gives what the facts say."""

import json
from functools import cache

import pytest

from reasoner.errors import QuestionError
from reasoner.inference.reasoned import Reasoned
from reasoner.views.limited import Limits
from reasoner.views.sparql.dataset import Dataset, dataset_of
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.library import bindings_of, library, shipped_query
from reasoner.views.sparql.parameters import bound, pair
from reasoner.views.sparql.results import rows_of


@cache
def shipped() -> tuple[Reasoned, Dataset]:
    kb = Reasoned.load()
    return kb, dataset_of(kb)


@cache
def rows(name: str, **given: str) -> tuple[dict[str, str], ...]:
    kb, dataset = shipped()
    query = shipped_query(name)
    reply = evaluate(dataset, Query(query.text, bindings_of(kb, query, given)), "json", "nt", Limits())
    return rows_of(reply.body).rows


def values(name: str, column: str, **given: str) -> set[str]:
    return {row[column] for row in rows(name, **given) if column in row}


def having(query: str, wanted: dict[str, str]) -> bool:
    return any(all(row.get(key) == value for key, value in wanted.items()) for row in rows(query))


#: For each query what must stand in its rows: one row with these values.
EXPECTED: dict[str, dict[str, str]] = {
    "agents-against-secreted-factors": {"agent": "siltuximab", "factor": "IL6"},
    "agents-on-target": {"agent": "plerixafor", "mode": "block"},
    "agents-that-raise": {"agent": "interferon_alpha", "mode": "restore", "target": "ITGB1"},
    "agents-that-reach-route": {"agent": "plerixafor", "target": "CXCR4"},
    "arms-of-route": {"arm": "RP06_Osteoblast", "need": "LR03_Osteoblast", "claims": "CHO-126 CHO-127"},
    "claims-about": {"claim": "CHO-187", "modality": "controversial"},
    "claims-by-tier": {"disease": "CML", "tier": "in_vivo"},
    "conflicts": {"conflict": "CF01", "moderator": "unresolved", "for": "7", "against": "1"},
    "contested-facts": {"subject": "O_plerixafor_TKI_sensitises_CML_LSC", "opposed": "CHO-187"},
    "controversial-claims": {"claim": "CHO-187"},
    "evidence-for": {"property": "retains", "claim": "CHO-127", "side": "supportedBy"},
    "facts-of-claim": {"subject": "RP06", "property": "retains", "object": "CML_LSC"},
    "graphs": {"graph": "graph:asserted"},
    "inferred-only": {"property": "feeds", "object": "RP06"},
    "names-of": {"kind": "rdfs:label", "name": "cellule souche leucémique de LMC"},
    "narrower-than": {"narrower": "CML_LSC"},
    "niche-of-cell": {"sender": "CAR_cell", "ligand": "CXCL12", "receptor": "CXCR4"},
    "opposing-claims": {"claim": "CHO-109"},
    "pairs-in-disease": {"ligand": "CXCL12", "receptor": "CXCR4", "status": "suppressed"},
    "papers-by-claims": {"paper": "CHO-review"},
    "price-for-normal-cells": {"agent": "plerixafor", "function": "HSC_retention", "cell": "HSC"},
    "protected-from": {"route": "RP05", "statedFor": "TKI"},
    "routes-of-cell": {"route": "RP06", "relation": "retains"},
    "routes-out-of-reach": {"route": "RP07"},
    "rules-by-use": {"rule": "rule:R-ACT-005"},
    "seed-or-soil": {"agent": "plerixafor", "side": "interface"},
    "sources-of-ligand": {"source": "Osteoblast", "main": "true"},
    "targets-of-agent": {"target": "KIT", "statedFor": "imatinib"},
    "trials": {"trial": "T_bevacizumab"},
    "unsigned-influences": {"activity": "quiescence__of__CML_LSC"},
    "what-feeds-route": {"activity": "BCR-ABL1__in__CML_LSC"},
    "what-lesions-defeat": {"lesion": "T315I", "agent": "ponatinib", "result": "overcomes it"},
    "what-protects-from-each-therapy": {"therapy": "cisplatin", "route": "RP13"},
    "why-inferred": {"property": "actsOn", "rule": "rule:R-ACT-001", "usedProperty": "hasTarget"},
}
#: Queries that find nothing, or give no rows, on the shipped knowledge without more: each has a test of its own.
APART = {"mechanisms-without-evidence", "network", "scenario-outcomes"}


def test_the_library_is_large_and_every_query_is_tested() -> None:
    assert len(library()) >= 25
    assert set(library()) == set(EXPECTED) | APART


@pytest.mark.parametrize("name", sorted(library()))
def test_every_query_is_documented(name: str) -> None:
    query = library()[name]
    assert query.title != name
    assert query.description.endswith(".")
    assert all(parameter.default and parameter.meaning for parameter in query.parameters)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_query_finds_what_the_facts_say(name: str) -> None:
    assert having(name, EXPECTED[name])


def test_the_network_is_a_graph_of_the_niche() -> None:
    kb, dataset = shipped()
    query = shipped_query("network")
    reply = evaluate(dataset, Query(query.text, bindings_of(kb, query, {})), "json", "nt", Limits())
    assert reply.about["kind"] == "graph"
    assert (
        b"#CAR_cell> <https://w3id.org/dislodge#contactsThrough> <https://w3id.org/dislodge#LR03_CAR_cell>"
        in reply.body
    )


def test_a_graph_is_written_with_the_prefixes_that_it_uses_in_order() -> None:
    body = evaluate(shipped()[1], Query("CONSTRUCT WHERE { :RP06 a ?c ; rdfs:label ?l }"), "json", "ttl", Limits()).body
    declared = [line.split()[1] for line in body.decode().splitlines() if line.startswith("@prefix")]
    assert declared == [":", "owl:", "rdfs:"]
    assert "a :NicheRoute ;" in body.decode()


def test_every_stated_mechanism_has_evidence() -> None:
    assert rows("mechanisms-without-evidence") == ()


def test_controversial_and_negative_claims_are_all_found() -> None:
    assert values("controversial-claims", "claim") == {"CHO-047", "CHO-048", "CHO-187"}
    assert values("opposing-claims", "claim") == {
        "BOR-020", "BOR-056", "BOR-062", "BOR-080", "BOR-088", "BOR-129", "BOR-155",
        "CHO-015", "CHO-026", "CHO-109", "CHO-110",
    }  # fmt: skip


def test_blockers_of_secreted_factors_are_told_from_blockers_of_receptors() -> None:
    assert {"anti-PlGF_antibody", "anti-OPN_antibody", "GCS-100", "siltuximab", "bevacizumab"} == values(
        "agents-against-secreted-factors", "agent"
    )


def test_the_pairs_of_the_disease_are_all_found_with_their_status() -> None:
    pairs = {(row["ligand"], row["receptor"], row["status"]) for row in rows("pairs-in-disease")}
    assert pairs >= {
        ("CXCL12", "CXCR4", "suppressed"), ("SELE", "CD44", "stated"), ("SPP1", "CD44", "stated"),
        ("VCAM1", "VLA4", "stated"), ("BMP2", "BMPR1B", "stated"), ("BMP4", "BMPR1B", "stated"),
    }  # fmt: skip
    assert any(ligand == "FN1" and status != "stated" for ligand, _, status in pairs)


def test_what_protects_is_found_for_each_therapy() -> None:
    found = {(row["therapy"], row["route"]) for row in rows("what-protects-from-each-therapy")}
    assert found >= {
        ("cisplatin", "RP13"), ("doxorubicin", "RP13"), ("doxorubicin", "RP12"), ("etoposide", "RP13"),
        ("etoposide", "RP15"), ("melphalan", "RP12"), ("melphalan", "RP15"), ("sorafenib", "RP32"), ("SU5614", "RP32"),
        ("mTOR_inhibitor", "RP18"), ("nilotinib", "RP12"), ("imatinib", "RP06"), ("radiotherapy", "RP12"),
        ("radiotherapy", "RP29"), ("bevacizumab", "RP30"),
    }  # fmt: skip


def test_agents_are_filed_by_where_their_target_lies() -> None:
    sides = {(row["agent"], row["side"]) for row in rows("seed-or-soil")}
    tumour = ("imatinib", "nilotinib", "dasatinib", "bosutinib", "ponatinib", "AG957")
    soil = ("bevacizumab", "anti-PlGF_antibody", "siltuximab", "anti-OPN_antibody")
    assert sides >= {(agent, "diseased cell") for agent in tumour} | {(agent, "soil") for agent in soil}
    assert ("plerixafor", "interface") in sides
    assert ("plerixafor", "soil") not in sides


def test_a_parameter_takes_a_name_in_any_spelling_and_changes_the_answer() -> None:
    assert values("agents-on-target", "agent", target="vegf-a") == {"bevacizumab"}
    assert rows("claims-about", thing="plérixafor") == rows("claims-about")


def test_wrong_parameters_are_refused() -> None:
    kb = shipped()[0]
    for given, code in (({"nope": "x"}, "E423"), ({"target": "no such thing"}, "E401")):
        with pytest.raises(QuestionError) as refused:
            bindings_of(kb, shipped_query("agents-on-target"), given)
        assert refused.value.code == code
    with pytest.raises(QuestionError, match="agents-on-target"):
        shipped_query("agents-on-targets")
    with pytest.raises(QuestionError, match="no parameter"):
        pair("plerixafor")


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("plerixafor", "<https://w3id.org/dislodge#plerixafor>"),
        ("<urn:x>", "<urn:x>"),
        ('"CXCR4"', '"CXCR4"'),
        ("3", '"3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("rdfs:label", "<http://www.w3.org/2000/01/rdf-schema#label>"),
        ("retains", "<https://w3id.org/dislodge#retains>"),
        ('"} INSERT {"', '"} INSERT {"'),
    ],
)
def test_a_value_becomes_a_term_and_never_a_piece_of_the_query(written: str, term: str) -> None:
    assert str(bound(shipped()[0], written)) == term


def test_json_of_rows_is_the_standards_own() -> None:
    reply = evaluate(shipped()[1], Query("SELECT ?r { ?r :retains :CML_LSC }"), "json", "nt", Limits())
    document = json.loads(reply.body)
    assert document["head"] == {"vars": ["r"]}
    assert {"r": {"type": "uri", "value": "https://w3id.org/dislodge#RP06"}} in document["results"]["bindings"]
