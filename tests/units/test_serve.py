"""The server over real HTTP: the protocol, its bounds, and what it refuses."""

import asyncio
import os
import socket
import statistics
import threading
import time
import timeit
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from query_bombs import BOMBS
from query_spellings import spellings
from starlette.requests import Request

from reasoner.inference.reasoned import Reasoned
from reasoner.model.budget import Budget
from reasoner.reading.rdf.ontology_files import read_ontology_files
from reasoner.views import limited
from reasoner.views.limited import QUICK, Limits, Reply, run_limited, run_limited_async
from reasoner.views.sparql.dataset import Filling
from reasoner.views.web.app import _broken, assembled
from reasoner.views.web.listening import Address, bound
from reasoner.views.web.protocol import Endpoint
from reasoner.views.web.runner import Runner, Slots
from reasoner.writing.ontology_text import ontology_text
from tests.effort import PATIENCE, taken
from tests.served import Answer, Served, serving, whole

pytestmark = pytest.mark.ci

LIMIT = 1.0
FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
OWN = "https://w3id.org/dislodge#"
ASK = "ASK { :RP06 :retains :CML_LSC }"


@pytest.fixture(scope="module")
def kb() -> Reasoned:
    return Reasoned.load()


@pytest.fixture(scope="module")
def http(kb: Reasoned) -> Iterator[Served]:
    with serving(whole(kb, Limits(PATIENCE, 512 << 20, 4 << 20, niced=True))) as served:
        yield served


@pytest.fixture(scope="module")
def patient(kb: Reasoned) -> Iterator[Served]:
    """The same server for what is asked of its answers alone: a busy machine may take its time."""
    with serving(whole(kb, Limits(PATIENCE, niced=True))) as served:
        yield served


def query(text: str, **more: str) -> str:
    return "/sparql?" + urlencode({"query": text, **more})


def ask(http: Served, path: str = query(ASK)) -> None:
    assert http.get(path).status_code == 200


def test_all_three_ways_to_ask_give_the_same(http: Served) -> None:
    answers = [
        http.get(query(ASK)),
        http.request("POST", "/sparql", urlencode({"query": ASK}).encode(), FORM),
        http.request("POST", "/sparql/", ASK.encode(), DIRECT),
    ]
    assert [(a.status_code, a.content) for a in answers] == [(200, answers[0].content)] * 3
    assert answers[0].json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("text", "accept", "sent"),
    [
        (ASK, "*/*", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT ?r { ?r a :Route }", "text/csv", "text/csv; charset=utf-8"),
        ("SELECT ?r { ?r a :Route }", "text/tab-separated-values;q=0.9, text/html", "text/tab-separated-values"),
        ("CONSTRUCT WHERE { ?r a :Route }", "*/*", "text/turtle; charset=utf-8"),
        ("DESCRIBE :RP06", "application/rdf+xml, text/csv", "application/rdf+xml"),
        ("DESCRIBE :RP06", "application/ld+json", "application/ld+json"),
    ],
)
def test_the_media_type_is_negotiated(http: Served, text: str, accept: str, sent: str) -> None:
    answer = http.get(query(text), accept=accept)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(sent)


def test_what_nobody_writes_is_not_acceptable(http: Served) -> None:
    assert http.get(query(ASK), accept="image/png").status_code == 406


def test_a_client_that_names_only_the_other_kind_of_answer_gets_the_usual_form(http: Served) -> None:
    told = http.get(query(ASK), accept="text/turtle")
    assert (told.headers["content-type"], told.json()["boolean"]) == ("application/sparql-results+json", True)
    told = http.get(query("DESCRIBE :RP06"), accept="application/sparql-results+json")
    assert told.headers["content-type"] == "text/turtle; charset=utf-8"


@pytest.mark.parametrize(
    "name", ["format", "output", "results", "timeout", "infer", "soft-limit", "callback", "scenarios", "", "\u202e"]
)
def test_what_other_endpoints_understand_is_ignored(http: Served, name: str) -> None:
    sent = urlencode({"query": ASK, name: "99"})
    answers = [
        http.get("/sparql?" + sent),
        http.request("POST", "/sparql", sent.encode(), FORM),
        http.request("POST", "/sparql?" + urlencode({name: "99"}), ASK.encode(), DIRECT),
    ]
    assert [(a.status_code, a.json()["boolean"]) for a in answers] == [(200, True)] * 3


def test_a_variable_is_bound_in_either_spelling(http: Served) -> None:
    text = "SELECT ?r ?cell { ?r :retains ?cell }"
    rows = [
        http.get(query(text, **{name: value}), accept="text/csv").text
        for name, value in (("bind", "cell=CML LSC"), ("$cell", "CML LSC"), ("$cell", f"<{OWN}CML_LSC>"))
    ]
    assert rows == rows[:1] * 3
    assert "CML_LSC" in rows[0]
    assert rows[0] != http.get(query(text), accept="text/csv").text


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"scenario": "CML: nope"}, "E401"),
        ({"scenario": "CML: imatinib", "cell": "nope"}, "E401"),
        ({"bind": "x"}, "E423"),
        ({"bind": "x=nope nope"}, "E401"),
        ({"$x y": "imatinib"}, "E423"),
        ({"$r": "nope nope"}, "E401"),
        ({"bind": "x=1", "shipped": "nope"}, "E424"),
        ({"default-graph-uri": "urn:nope"}, "E422"),
    ],
)
def test_our_own_parameters_are_checked(http: Served, more: dict[str, str], code: str) -> None:
    answer = http.get(query("SELECT ?r { ?r a :Route }", **more))
    assert (answer.status_code, answer.text[:4]) == (400, code)


def test_without_a_query_the_service_describes_itself(http: Served) -> None:
    answer = http.get("/sparql", accept="text/turtle")
    assert "sd:Service" in answer.text
    assert "void:triples" in answer.text
    assert "graph/derivations" in answer.text
    assert (
        http.get("/sparql", accept="application/n-triples").headers["content-type"].startswith("application/n-triples")
    )


def test_graphs_of_the_protocol_stand_in_the_place_of_from(http: Served) -> None:
    graph = "https://w3id.org/dislodge/graph/"
    text = "ASK { :A_plerixafor_block_CXCR4 :cuts ?x }"
    assert http.get(query(text)).json()["boolean"] is True
    assert http.get(query(text, **{"default-graph-uri": graph + "asserted"})).json()["boolean"] is False
    assert http.get(query(text, **{"default-graph-uri": graph + "inferred"})).json()["boolean"] is True
    assert http.get(query(text, **{"default-graph-uri": graph + "nope"})).status_code == 400


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("ASK { GRAPH ?g { ?d a prov:Activity } }", {}),
        ("ASK { ?d a prov:Activity }", {"default-graph-uri": "https://w3id.org/dislodge/graph/derivations"}),
        ("ASK FROM graph:derivations { ?d a prov:Activity }", {}),
    ],
)
def test_a_server_that_has_just_begun_lets_no_graph_out(kb: Reasoned, text: str, more: dict[str, str]) -> None:
    with serving(whole(kb, Limits(PATIENCE))) as fresh:
        assert fresh.get(query(ASK)).json()["boolean"] is True
        assert fresh.get(query(text, **more)).json()["boolean"] is True


def test_a_scenario_may_be_asked_along(patient: Served) -> None:
    text = "SELECT ?r { GRAPH ?g { ?s a :Scenario ; :breaksRoute ?r } }"
    answer = patient.get(query(text, scenario="CML: plerixafor+imatinib", cell="CML LSC"))
    assert "RP06" in answer.text
    assert "RP06" not in patient.get(query(text)).text


# --- what is refused --------------------------------------------------------------------------------------------------

UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("GET", "/sparql?update=" + quote(UPDATE), None, {}, 400),
        ("GET", query(UPDATE), None, {}, 400),
        ("POST", "/sparql", UPDATE, {"content-type": "application/sparql-update"}, 415),
        ("POST", "/sparql", UPDATE, DIRECT, 400),
        ("POST", "/sparql", urlencode({"update": UPDATE}), FORM, 400),
        ("POST", "/sparql", urlencode({"query": ASK, "update": UPDATE}), FORM, 400),
        ("PUT", "/sparql", UPDATE, DIRECT, 405),
        ("PATCH", "/sparql", UPDATE, DIRECT, 405),
        ("DELETE", "/sparql", None, {}, 405),
        ("OPTIONS", "/sparql", None, {"origin": "http://evil.example"}, 405),
        ("POST", "/sparql", None, {}, 415),
        ("POST", "/sparql", ASK, {"content-type": "text/plain"}, 415),
        ("POST", "/sparql", "query=", FORM, 400),
        ("GET", query(ASK) + "&query=ASK%7B%7D", None, {}, 400),
        ("GET", "/sparql?query=%ff%fe", None, {}, 400),
        ("GET", query("ASK { ?s ?p"), None, {}, 400),
        ("GET", "/nope", None, {}, 404),
        ("GET", "/static/..%2fapp.py", None, {}, 404),
        ("POST", "/api/assess", None, {}, 405),
    ],
)
def test_what_is_not_a_query_is_refused(
    http: Served, method: str, path: str, body: str | None, headers: dict[str, str], status: int
) -> None:
    answer = http.request(method, path, body.encode() if body else None, headers)
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text
    assert http.get(query("ASK { <urn:a> ?p ?o }")).json()["boolean"] is False


def test_a_body_that_is_not_utf8_is_refused(http: Served) -> None:
    assert http.request("POST", "/sparql", "ASK {}".encode("utf-16"), DIRECT).status_code == 400


def test_a_large_body_is_refused(http: Served) -> None:
    assert http.request("POST", "/sparql", b"#" * (2 << 20), DIRECT).status_code == 413


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil", "", "[::2]"])
def test_another_host_name_is_refused(http: Served, host: str) -> None:
    assert http.get("/sparql", host=host).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1234", "127.0.0.1:80", "[::1]:8321"])
def test_the_names_of_this_computer_are_served(http: Served, host: str) -> None:
    assert http.get(query(ASK), host=host).status_code == 200


def test_no_other_origin_may_read_answers(http: Served) -> None:
    answer = http.get(query(ASK), origin="http://evil.example")
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_only_a_loopback_address_goes_without_a_warning() -> None:
    assert Address("127.0.0.1").is_loopback
    assert Address("::1").is_loopback
    assert not Address("0.0.0.0").is_loopback
    assert "lab.example" in Address("0.0.0.0", names=("LAB.example",)).allowed


def test_no_spelling_reaches_a_host_or_a_file(
    http: Served,
    canary: tuple[str, list[bytes]],
    tmp_path: Path,
) -> None:
    host, hits = canary
    planted = tmp_path / "planted.ttl"
    planted.write_text("<urn:planted> <urn:planted> 'PLANTED' .")
    for text in spellings(host, planted):
        answer = http.request("POST", "/sparql", text.encode(), DIRECT)
        assert 400 <= answer.status_code < 500, text
        assert "PLANTED" not in answer.text
    for name in (f"{host}/x", planted.as_uri(), "http://[bad"):
        assert http.get(query(ASK, **{"default-graph-uri": name})).status_code == 400
    assert hits == []


# --- limits -----------------------------------------------------------------------------------------------------------


def resident() -> int:
    with open("/proc/self/statm", "rb") as stream:
        return int(stream.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def test_bombs_end_while_another_client_is_answered(http: Served, kb: Reasoned) -> None:
    """Every bomb ends at the limit with an error; a second client's questions overtake it; memory comes back.

    The limit is that of thirty short questions, as others may keep the machine busy, and three are held to be enough.
    ``tests/benchmarks/bench_serve.py`` has the figures of a quiet one.
    """
    limit = max(LIMIT, 30 * statistics.median(timeit.repeat(lambda: ask(http), number=1, repeat=20)))
    with serving(whole(kb, Limits(limit, 512 << 20, 4 << 20, niced=True))) as bombed:
        ask(bombed)
        idle = resident()
        found = [beside_a_bomb(bombed, bomb[:200_000]) for bomb in BOMBS]
        assert resident() < idle * 1.3 + (32 << 20)
    assert statistics.median(len(told) for code, told in found if code == "E503") >= 3
    short = [status for _, told in found for status in told]
    assert short.count(200) > 0.95 * len(short), "also a short question may meet the limit"


def beside_a_bomb(http: Served, bomb: str) -> tuple[str, list[int]]:
    """The code with which a bomb ends, and how short questions that overtook it were answered."""
    ends: list[Answer] = []
    other = threading.Thread(target=lambda: ends.append(http.request("POST", "/sparql", bomb.encode(), DIRECT)))
    other.start()
    told = []
    while other.is_alive():
        told.append(http.get(query(ASK)).status_code)
    (end,) = ends
    assert end.status_code in (400, 500, 503, 507), end.text[:200]
    return end.text[:4], told[:-1]


def test_a_server_with_every_place_taken_says_come_back(kb: Reasoned) -> None:
    """No place and no line: then every bomb but one meets a closed door."""
    runner = Runner(Limits(3 * LIMIT), quick=Slots(1, 1), long=Slots(1, 1))
    answers = []
    with serving(assembled(Endpoint(lambda: Filling(kb).whole, runner))) as served:
        assert served.get(query(ASK)).status_code == 200
        threads = [threading.Thread(target=lambda: answers.append(served.get(query(BOMBS[0])))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert {a.status_code for a in answers} == {503}
    busy = [a for a in answers if "E507" in a.text]
    late = [a for a in answers if "E503" in a.text]
    assert len(busy) + len(late) == 8
    assert min(len(busy), len(late)) > 0
    assert all(a.headers["retry-after"] == "1" for a in busy)
    assert not any("retry-after" in a.headers for a in late), "a question that is too long stays too long"


def test_an_answer_in_two_parts_waits_for_no_acknowledgement() -> None:
    listener = bound(Address(port=0))
    with listener, socket.create_connection(listener.getsockname()), listener.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_only_a_long_question_gives_way_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def niceness_after(seconds: float) -> int:
        begun = 0.0  # a child has taken no time when it begins

        def work() -> Reply:
            while time.process_time() < begun + seconds:
                pass
            return Reply({"nice": os.getpriority(os.PRIO_PROCESS, 0)})

        given: int = run_limited(work, Limits(PATIENCE, niced=True)).about["nice"]
        given_later: int = asyncio.run(run_limited_async(work, Limits(PATIENCE, niced=True))).about["nice"]
        assert given == given_later
        return given - os.getpriority(os.PRIO_PROCESS, 0)

    assert niceness_after(QUICK * 10) > 0
    monkeypatch.setattr(limited, "QUICK", PATIENCE)  # however long a busy machine takes to begin
    assert niceness_after(0) == 0


def test_the_answer_of_a_long_result_is_never_cut_in_the_middle(http: Served) -> None:
    answer = http.get(query("SELECT * { GRAPH ?g { ?a ?b ?c } . ?c ?d ?e }"))
    assert answer.status_code == 507 or answer.json()["results"]


def test_a_fault_of_the_program_is_said_to_be_one() -> None:
    answer = asyncio.run(_broken(Request({"type": "http"}), ValueError("odd")))
    assert (answer.status_code, "dislodge is at fault" in bytes(answer.body).decode()) == (500, True)


# --- the API ----------------------------------------------------------------------------------------------------------


def test_the_api_gives_the_documents_of_the_command_line(patient: Served, kb: Reasoned) -> None:
    from reasoner.answers.assess import assess
    from reasoner.asking.requests import ScenarioRequest

    document = patient.get("/api/assess?cell=CML%20LSC&regimen=imatinib").json()
    assert document == assess(kb, ["imatinib"], ScenarioRequest("CML_LSC"))


def test_a_change_of_agents_is_answered_at_once(patient: Served) -> None:
    """Its work is held against that of a short question."""
    regimens = ("imatinib", "imatinib%2Bplerixafor", "nilotinib", "imatinib%2Bcelecoxib") * 3
    paths = [f"/api/scenario?cell=CML_LSC&regimen={agents}" for agents in regimens]
    changes = statistics.median(taken(partial(ask, patient, path)) for path in paths)
    assert changes < 15 * statistics.median(taken(partial(ask, patient)) for _ in range(20))


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("assess?cell=nope", "E401"),
        ("assess", "E404"),
        ("explain?cell=CML_LSC", "E423"),
        ("explain?cell=CML_LSC&conclusion=nope(", "E411"),
        ("assess?cell=" + "x" * 500, "E423"),
    ],
)
def test_a_wrong_question_is_a_sentence_with_a_hint(http: Served, path: str, code: str) -> None:
    answer = http.get(f"/api/{path}")
    assert answer.status_code == 400
    assert answer.json()["code"] == code
    assert answer.json()["hint"]


@pytest.mark.parametrize(
    "path", ["assess?cell=CML%20LSC&regimen=imatinib", "explain?cell=CML_LSC&conclusion=dislodges(imatinib,CML_LSC)"]
)
def test_a_budget_is_that_of_each_question(kb: Reasoned, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(whole(kb, Limits(PATIENCE))) as served:
        monkeypatch.setattr(kb.meter, "budget", Budget(10))
        for _ in range(2):
            answer = served.get(f"/api/{path}")
            assert (answer.status_code, answer.json()["code"], answer.json()["limit_reached"]) == (507, "E510", True)
            assert answer.json()["limit"]["rule"]
        sparql = served.get(query("ASK { ?s ?p ?o }", scenario="imatinib", cell="CML_LSC"))
        assert (sparql.status_code, "E510" in sparql.text) == (507, True)
        monkeypatch.setattr(kb.meter, "budget", Budget(10_000_000))
        for _ in range(3):
            assert served.get(f"/api/{path}").status_code == 200


def test_every_question_of_the_explorer_is_answered(patient: Served) -> None:
    for path in (
        "about", "queries", "conflicts", "conflicts?name=plerixafor", "claims?claim=CHO-127", "show?name=plerixafor",
        "explain?cell=CML_LSC&conclusion=opensRoute(imatinib,%20RP06)", "combine?cell=CML_LSC&background=imatinib",
        "why-not?cell=CML_LSC&conclusion=dislodges(cilengitide,%20CML_LSC)",
    ):  # fmt: skip
        answer = patient.get(f"/api/{path}")
        assert answer.status_code == 200, (path, answer.text)
        assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize("form", ["ofn", "owx", "owl", "nt"])
def test_what_a_file_states_about_known_things_is_served_in_every_syntax(form: str, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "@prefix : <https://w3id.org/dislodge#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        ":memberOf a owl:ObjectProperty . :CXCR4 a owl:NamedIndividual ; :memberOf :VLA4 ."
    )
    (document,) = read_ontology_files([tmp_path / "mine.ttl"])
    (tmp_path / f"mine.{form}").write_text(ontology_text(document.triples, form))
    with serving(whole(Reasoned.load(extra=[tmp_path / f"mine.{form}"]), Limits(PATIENCE))) as served:
        assert served.get(query("ASK { :CXCR4 :memberOf :VLA4 }")).json()["boolean"] is True
