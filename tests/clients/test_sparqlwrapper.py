"""SPARQLWrapper as it comes: it sends ``format``, ``output`` and ``results`` along, which mean nothing here."""

import csv
import io
from typing import Any

import pytest
from asked import ASK, CONSTRUCT, DESCRIBE, SELECT
from rdflib import Graph

from tests.served import Served

wrapper = pytest.importorskip("SPARQLWrapper", reason="needs SPARQLWrapper: pip install SPARQLWrapper")
pytestmark = [
    pytest.mark.clients,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),  # SPARQLWrapper's own
]
WAYS = [("GET", None), ("POST", "urlencoded"), ("POST", "postdirectly")]
ROWS, GRAPHS = [None, "xml", "json", "csv", "tsv"], [None, "xml", "n3", "turtle", "rdf+xml", "json-ld"]


def answer(endpoint: str, text: str, form: str | None, way: tuple[str, str | None]) -> Any:
    """What SPARQLWrapper makes of the answer."""
    client = wrapper.SPARQLWrapper(endpoint)
    client.setMethod(way[0])
    if way[1]:
        client.setRequestMethod(way[1])
    if form:
        client.setReturnFormat(form)
    client.setQuery(text)
    return client.query().convert()


def column(found: Any, form: str | None) -> list[str]:
    """The names in the one column of a result, whatever it is written in."""
    if form == "json":
        cells = [row["r"]["value"] for row in found["results"]["bindings"]]
    elif form in ("csv", "tsv"):
        cells = [row[0].strip("<>") for row in csv.reader(io.StringIO(found.decode()))][1:]
    else:
        cells = [node.firstChild.data for node in found.getElementsByTagName("uri")]
    return [cell.rpartition("#")[2] for cell in cells]


@pytest.fixture(scope="module")
def routes(http: Served) -> list[str]:
    answered = http.request("POST", "/sparql", SELECT.encode(), {"content-type": "application/sparql-query"})
    names = [row["r"]["value"].rpartition("#")[2] for row in answered.json()["results"]["bindings"]]
    assert len(names) > 20
    return names


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ROWS)
def test_rows_come_in_every_return_format(
    endpoint: str, routes: list[str], form: str | None, way: tuple[str, str | None]
) -> None:
    assert column(answer(endpoint, SELECT, form, way), form) == routes


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ROWS)
def test_yes_comes_in_every_return_format(endpoint: str, form: str | None, way: tuple[str, str | None]) -> None:
    found = answer(endpoint, ASK, form, way)
    if form == "json":
        assert found["boolean"] is True
    else:
        assert "true" in (found.decode() if isinstance(found, bytes) else found.toxml())


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", GRAPHS)
@pytest.mark.parametrize("text", [CONSTRUCT, DESCRIBE])
def test_graphs_come_in_every_return_format(
    endpoint: str, text: str, form: str | None, way: tuple[str, str | None]
) -> None:
    found = answer(endpoint, text, form, way)
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert len(graph) > 5
