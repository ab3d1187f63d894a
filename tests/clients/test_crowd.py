"""Many clients at once: all are answered; those that leave leave nothing behind; those that are slow hold up nobody."""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from asked import ASK

from reasoner.inference.reasoned import Reasoned
from reasoner.questions import question
from reasoner.views.limited import Limits
from reasoner.views.sparql.dataset import Filling
from reasoner.views.web.api import Api
from reasoner.views.web.app import assembled
from reasoner.views.web.connection import Connection
from reasoner.views.web.protocol import Endpoint
from reasoner.views.web.runner import Runner
from tests.served import Answer, Served, serving
from tests.units.query_bombs import BOMBS

pytestmark = pytest.mark.clients
#: Seconds after which nothing comes about any more, however busy the machine is.
A_WHILE = 240.0
DIRECT = {"content-type": "application/sparql-query"}
#: Takes for ever, but little memory.
BOMB = BOMBS[0]
#: Some 30 ms of work for the store.
SHORT = "SELECT (COUNT(*) AS ?n) { ?r a :Route ; ?p ?o . ?o ?q ?v }"
#: More than the buffers between two programs hold.
LARGE = "SELECT ?a ?b ?c (?a AS ?d) { ?a ?b ?c }"


@pytest.fixture(scope="module")
def runner() -> Runner:
    return Runner(Limits(A_WHILE, niced=True))


@pytest.fixture(scope="module")
def busy(kb: Reasoned, runner: Runner) -> Iterator[Served]:
    """A server whose questions may take a while: what ends sooner was ended."""
    endpoint = Endpoint(lambda: Filling(kb).whole, runner)
    with serving(assembled(endpoint, routes=Api(kb, runner).routes())) as served:
        assert ask(served, ASK).status_code == 200
        yield served


@pytest.fixture
def asleep(kb: Reasoned, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A server whose long question takes a while, or as many seconds as ``max_size`` says."""
    sleeping = replace(question("combine"), answer=lambda sources, max_size, **_: time.sleep(max_size or A_WHILE))
    routes = Api(kb, runner, [sleeping]).routes()
    with serving(assembled(Endpoint(lambda: Filling(kb).whole, runner), routes=routes)) as served:
        yield served


def ask(server: Served, text: str) -> Answer:
    return server.request("POST", "/sparql", text.encode(), DIRECT)


def asked_at_once(server: Served, *texts: str) -> list[Answer]:
    answers: list[Answer] = []
    threads = [threading.Thread(target=lambda text=text: answers.append(ask(server, text))) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def children() -> set[int]:
    """The processes that this one has started and that still run."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue  # it has just ended
        if int(parent) == os.getpid() and state != "Z":
            found.add(int(stat.parent.name))
    return found


def becomes(holds: Callable[[], bool], seconds: float = A_WHILE / 2) -> bool:
    """Whether something comes about, which is looked for until it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


def sent(server: Served, text: str = BOMB, path: str | None = None) -> socket.socket:
    """The connection of a client that has asked and waits."""
    connection = socket.socket()
    connection.settimeout(A_WHILE)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32 << 10)
    connection.connect(("127.0.0.1", server.port))
    head = f"GET {path or '/sparql?' + urlencode({'query': text})} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    connection.sendall(head.encode())
    return connection


# --- all are answered -------------------------------------------------------------------------------------------------


def test_twelve_short_questions_at_once_are_all_answered(busy: Served) -> None:
    answers = asked_at_once(busy, *[SHORT] * 12)
    assert [answer.status_code for answer in answers] == [200] * 12
    assert len({answer.content for answer in answers}) == 1


def test_they_are_answered_beside_bombs_in_every_long_place(busy: Served, runner: Runner) -> None:
    before = children()
    with ExitStack() as bombs:
        for _ in range(2):
            bombs.enter_context(sent(busy))
        assert becomes(lambda: runner.long.full)
        answers = asked_at_once(busy, *[SHORT] * 12)
        assert [answer.status_code for answer in answers] == [200] * 12
        assert len(children() - before) == 2, "the bombs are still there"
    assert becomes(lambda: children() <= before)


def test_more_bombs_than_places_keep_no_short_question_out(busy: Served) -> None:
    before = children()
    with ExitStack() as bombs:
        for _ in range(12):
            bombs.enter_context(sent(busy))
        answers = asked_at_once(busy, *[ASK] * 6)
        assert [answer.status_code for answer in answers] == [200] * 6
    assert becomes(lambda: children() <= before)


# --- a client that leaves ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [None, "/api/combine?cell=CML_LSC"])
def test_the_child_of_a_client_that_leaves_is_ended(asleep: Served, path: str | None) -> None:
    before = children()
    with sent(asleep, path=path):
        assert becomes(lambda: len(children() - before) == 1)
    assert becomes(lambda: children() <= before)


def test_who_leaves_the_line_is_not_asked_for(busy: Served, runner: Runner) -> None:
    before = children()
    with ExitStack() as stay:
        for _ in range(2):
            stay.enter_context(sent(busy))
        assert becomes(lambda: runner.long.full)
        with ExitStack() as leave:
            for _ in range(4):
                leave.enter_context(sent(busy))
            assert becomes(lambda: runner.long.waiting == 4)
        assert becomes(lambda: runner.long.waiting == 0)
        assert len(children() - before) == 2
    assert becomes(lambda: children() <= before)


# --- a client that is slow --------------------------------------------------------------------------------------------

HEAD = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(ASK), ASK.encode())


def is_closed(connection: socket.socket, drop: bytes = b"") -> bool:
    """Whether the server closes a connection on which a byte comes now and then."""
    connection.settimeout(0.1)
    for _ in range(int(10 * A_WHILE)):
        try:
            if drop:
                connection.sendall(drop)
            if not connection.recv(1 << 16):
                return True
        except TimeoutError:
            continue
        except ConnectionError:
            return True
    return False


@pytest.mark.parametrize(
    ("begun", "drop"),
    [
        (b"", b""),
        (b"GET /spa", b""),
        (b"GET /", b"a"),
        (HEAD + b"X: ", b"x"),
        (HEAD + b"Content-Length: 9999\r\n\r\nASK {}", b" "),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
        (HEAD + b"Content-Length: 99999999\r\n\r\n", b" "),
        (WHOLE + b"GET /", b"a"),
    ],
)
def test_a_client_that_is_slow_to_ask_is_let_go(
    busy: Served, begun: bytes, drop: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connection, "asking", 0.5)
    with socket.create_connection(("127.0.0.1", busy.port)) as connection:
        connection.sendall(begun)
        assert is_closed(connection, drop)


def test_a_client_that_asks_again_and_again_is_not_slow(busy: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "asking", 2.0)
    with socket.create_connection(("127.0.0.1", busy.port), timeout=A_WHILE) as connection:
        for _ in range(8):
            connection.sendall(WHOLE)
            taken = b""
            while b"boolean" not in taken:
                part = connection.recv(1 << 16)
                assert part, "it was closed"
                taken += part
            time.sleep(0.3)


def test_a_question_that_takes_longer_than_asking_may_is_answered(
    asleep: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connection, "asking", 1.0)
    assert asleep.get("/api/combine?cell=CML_LSC&max_size=2").content == b"null"


def test_a_client_that_takes_no_answer_holds_no_place_and_is_let_go(
    busy: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connection, "taking", 1.0)
    before = children()
    with ExitStack() as slow:
        for _ in range(8):
            slow.enter_context(sent(busy, LARGE))
        assert becomes(lambda: bool(children() - before))
        assert becomes(lambda: children() <= before), "their questions are answered, taken or not"
        assert ask(busy, ASK).status_code == 200
        assert becomes(lambda: not busy.connections)


def test_a_client_that_takes_its_answer_little_by_little_gets_all(
    busy: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(ask(busy, LARGE).content)
    monkeypatch.setattr(Connection, "taking", 1.0)
    with sent(busy, LARGE) as connection:
        taken = 0
        while taken < whole:
            part = connection.recv(256 << 10)
            assert part, "it was cut"
            taken += len(part)
            time.sleep(0.05)
