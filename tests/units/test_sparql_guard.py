"""What a query may not do, and how it is told from what only looks like it."""

from functools import cache
from pathlib import Path

import pytest
from query_bombs import BOMBS
from query_spellings import spellings

from reasoner.errors import DislodgeError, LimitError, QuestionError
from reasoner.inference.reasoned import Reasoned
from reasoner.views.limited import Limits, Reply, run_limited
from reasoner.views.sparql.dataset import Dataset, dataset_of
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.graphs import ASSERTED
from reasoner.views.sparql.guard import checked, keywords, make_ready
from tests.effort import PATIENCE, processor

LIMITS = Limits(seconds=PATIENCE)


@cache
def dataset() -> Dataset:
    return dataset_of(Reasoned.load())


def answer(text: str, limits: Limits = LIMITS) -> Reply:
    make_ready(text)
    loaded = dataset()
    return run_limited(lambda: evaluate(loaded, Query(text), "json", "ttl", limits), limits)


@pytest.mark.ci
def test_no_spelling_of_service_load_or_from_reaches_a_host_or_a_file(
    canary: tuple[str, list[bytes]], tmp_path: Path
) -> None:
    host, hits = canary
    planted = tmp_path / "planted.ttl"
    planted.write_text("<urn:planted> <urn:planted> 'PLANTED' .")
    queries = spellings(host, planted)
    assert len(queries) >= 40
    for query in queries:
        with pytest.raises(QuestionError) as refused:
            answer(query)
        assert refused.value.code in ("E420", "E421", "E422"), query
        assert "PLANTED" not in str(refused.value)
    assert hits == []


def test_the_child_reaches_no_host_even_where_the_guard_is_left_out(canary: tuple[str, list[bytes]]) -> None:
    host, hits = canary
    store = dataset().store
    query = f"SELECT * {{ SERVICE SILENT <{host}/s> {{ ?s ?p ?o }} }}"

    def unguarded() -> Reply:
        try:
            return Reply(body=str(len(list(store.query(query)))).encode())  # type: ignore[arg-type]
        except OSError:
            return Reply(body=b"refused")

    assert run_limited(unguarded, LIMITS).body in (b"refused", b"0", b"1")
    assert hits == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a :Route }",
        "SELECT * { ?a rdfs:label 'SERVICE <http://x>' }",
        'SELECT * { ?a rdfs:label """LOAD\nSERVICE "x" <y>""" }',
        "PREFIX service: <urn:x#> SELECT * { ?a service:from service:load }",
        "SELECT * { ?a ?b <urn:SERVICE/FROM/LOAD> } # SERVICE <http://x> {}",
        "SELECT * { ?a ?b 'x'@service }",
    ],
)
def test_what_only_looks_like_a_keyword_is_answered(query: str) -> None:
    assert answer(query).about["kind"] == "select"


def test_from_a_loaded_graph_is_answered() -> None:
    assert b"true" in answer(f"ASK FROM <{ASSERTED}> {{ :RP06 :retains :CML_LSC }}").body
    assert b"true" in answer("ASK FROM graph:asserted { :RP06 :retains :CML_LSC }").body
    assert b"false" in answer("ASK FROM NAMED graph:asserted { :RP06 :retains :CML_LSC }").body
    assert b"false" in answer("ASK FROM graph:inferred { :RP06 :retains :CML_LSC }").body


def test_a_graph_that_is_not_loaded_is_refused_with_the_nearest() -> None:
    with pytest.raises(QuestionError, match="graph/asserted") as refused:
        checked("ASK FROM graph:assertd {}", [ASSERTED])
    assert refused.value.code == "E422"


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> <a:c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP ALL",
        "CREATE GRAPH <a:a>",
        "COPY DEFAULT TO <a:a>",
        "MOVE DEFAULT TO <a:a>",
        "ADD DEFAULT TO <a:a>",
        "WITH <a:a> DELETE { ?s ?p ?o } WHERE {}",
    ],
)
def test_updates_are_refused_by_name(update: str) -> None:
    with pytest.raises(QuestionError, match="updates are refused"):
        answer(update)


def test_keywords_are_read_as_sparql_reads_them() -> None:
    assert keywords("SELECT ?from { ?a :from 'FROM' ; <urn:FROM> 1.5e3 } LIMIT 3") == ["select", "limit"]


def test_a_malformed_query_says_where() -> None:
    with pytest.raises(QuestionError, match="error at 1:") as refused:
        answer("SELECT * { ?a ?b ")
    assert len(str(refused.value)) < 400


@pytest.mark.ci
@pytest.mark.parametrize("number", range(len(BOMBS)))
def test_a_bomb_ends_at_the_limit(number: int) -> None:
    """It would go on for hours; the limit is of the clock, so that its work is less on a busy machine."""
    limits = Limits(seconds=0.5, memory=512 << 20, output=4 << 20, niced=True)
    begun = processor()
    with pytest.raises(DislodgeError) as ended:
        answer(BOMBS[number], limits)
    assert processor() - begun < 4 * limits.seconds
    assert isinstance(ended.value, LimitError) or ended.value.code == "E420"


def test_there_are_bombs_enough() -> None:
    assert len(BOMBS) >= 25
