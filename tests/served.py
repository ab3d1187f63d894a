"""A real server in a thread, and a client that speaks plain HTTP to it."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from starlette.types import ASGIApp, Receive, Scope, Send

from reasoner.inference.reasoned import Reasoned
from reasoner.questions import questions
from reasoner.views.limited import Limits
from reasoner.views.web.app import application
from reasoner.views.web.listening import Address, bound, server
from tests.effort import PATIENCE


def whole(kb: Reasoned, limits: Limits) -> ASGIApp:
    """What ``dislodge serve`` serves: the endpoint, the explorer and a route for every question."""
    return application(kb, limits, questions=questions())


@dataclass
class Answer:
    """What came back."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "replace")

    def json(self) -> Any:
        return json.loads(self.content)


class Served:
    """A server whose application may be exchanged while it runs."""

    def __init__(self, app: ASGIApp | None) -> None:
        self.app = app
        self.port = 0
        self.connections: Collection[object] = ()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            found = connection.getresponse()
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        return self.request("GET", path, None, headers)


@contextmanager
def serving(app: ASGIApp | None = None, *, lifespan: Literal["on", "off"] = "off") -> Iterator[Served]:
    """A server on a free port of the loopback, until the block ends."""
    served = Served(app)
    running = server(served, lifespan=lifespan)
    listener = bound(Address(port=0))
    thread = threading.Thread(target=running.run, args=[[listener]], daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    served.port = listener.getsockname()[1]
    served.connections = running.server_state.connections
    try:
        yield served
    finally:
        running.should_exit = True
        thread.join(10)
