"""rdflib: a graph that lives here, and SERVICE from a graph that lives elsewhere."""

import pytest
from asked import ASK, CONSTRUCT, DESCRIBE, ROUTES, SELECT
from rdflib import RDF, Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

pytestmark = pytest.mark.clients
SETTINGS = [{}, {"method": "POST"}, {"method": "POST_FORM"}, {"returnFormat": "json"}, {"params": {"timeout": "5"}}]


@pytest.fixture(params=SETTINGS, ids=str)
def remote(request: pytest.FixtureRequest, endpoint: str) -> Graph:
    return Graph(SPARQLStore(endpoint, **request.param))


def test_queries_of_every_kind_are_answered(remote: Graph) -> None:
    routes = {row[0] for row in remote.query(SELECT)}
    assert len(routes) > 20
    assert remote.query(ASK).askAnswer is True
    for text in (CONSTRUCT, DESCRIBE):
        assert len(remote.query(text).graph or ()) > 5


def test_a_graph_is_walked_as_if_it_were_here(remote: Graph) -> None:
    routes = set(remote.subjects(RDF.type, URIRef(ROUTES)))
    assert routes == {row[0] for row in remote.query(SELECT)}
    assert (URIRef(ROUTES), None, None) in remote
    assert len(remote) > 10_000


def test_one_of_our_graphs_is_read_by_its_name(endpoint: str) -> None:
    graph = "https://w3id.org/dislodge/graph/"
    asserted, inferred = (
        {row[0] for row in Graph(SPARQLStore(endpoint), URIRef(graph + name)).query("SELECT ?p { ?s ?p ?o }")}
        for name in ("asserted", "inferred")
    )
    cuts = URIRef("https://w3id.org/dislodge#cuts")
    assert cuts in inferred
    assert cuts not in asserted


@pytest.mark.parametrize("longer", [0, 900], ids=["short, by GET", "long, by POST"])
def test_service_joins_our_facts_to_those_of_another(endpoint: str, longer: int) -> None:
    mine = Graph()
    route = URIRef("https://w3id.org/dislodge#RP06")
    mine.add((URIRef("urn:note"), URIRef("urn:about"), route))
    remote = f"SERVICE <{endpoint}> {{ ?r a <{ROUTES}> {'#' * longer}\n }}"
    assert [row.r for row in mine.query(f"SELECT ?r {{ ?note <urn:about> ?r . {remote} }}")] == [route]
