"""From a knowledge base to a server that listens."""

from __future__ import annotations

import contextlib
import gc
import resource
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reasoner.errors import QuestionError
from reasoner.views.limited import Limits
from reasoner.views.web.requests import LOOPBACK
from reasoner.views.words import RESEARCH_USE

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from reasoner.asking.question import Question
    from reasoner.inference.reasoned import Reasoned

#: Connections at once, most of them idle: the browser and the clients of a group.
_MOST = 1000
_OPEN_TO_ALL = "Warning: other computers can reach this server; it asks nobody who they are"

#: Bytes of an answer that the kernel holds before a client takes them.
_UNSENT = 128 << 10


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen, and under which further names to answer."""

    host: str = "127.0.0.1"
    port: int = 8321
    names: tuple[str, ...] = ()

    @property
    def is_loopback(self) -> bool:
        """Whether only this computer can reach it."""
        return self.host in ("127.0.0.1", "localhost", "::1") or self.host.startswith("127.")

    @property
    def allowed(self) -> frozenset[str]:
        """The host names that requests may carry."""
        own = f"[{self.host}]" if ":" in self.host else self.host
        return LOOPBACK | {own.lower(), *(name.lower() for name in self.names)}


def listen(
    reasoned: Reasoned, questions: Iterable[Question], address: Address, limits: Limits, say: Callable[[str], None]
) -> None:
    """Serve until interrupted; raises :class:`QuestionError` E426 where the port is taken."""
    from reasoner.views.web.app import application

    with bound(address) as listener:
        app = application(reasoned, limits, address.allowed, questions)
        gc.collect()
        gc.freeze()
        if not address.is_loopback:
            say(_OPEN_TO_ALL)
        shown = f"[{address.host}]" if ":" in address.host else address.host
        url = f"http://{shown}:{listener.getsockname()[1]}"
        say(f"dislodge {reasoned.base.version}: explorer at {url}/, SPARQL at {url}/sparql (Ctrl-C ends it)")
        say(RESEARCH_USE)
        with contextlib.suppress(KeyboardInterrupt):  # the ordinary way to end it
            server(app).run(sockets=[listener])


def server(app: ASGIApp, *, lifespan: Literal["on", "off"] = "on") -> uvicorn.Server:
    """A server that bounds what one connection may hold and how long."""
    import uvicorn

    from reasoner.views.web.connection import Connection

    return uvicorn.Server(uvicorn.Config(
        app, http=Connection, ws="none", loop="asyncio", lifespan=lifespan, log_level="warning",
        access_log=False, server_header=False, timeout_keep_alive=15, limit_concurrency=_most_connections(),
        h11_max_incomplete_event_size=128 << 10, workers=1,
    ))  # fmt: skip


def _most_connections() -> int:
    """How many connections may be open: half of the files that this process may open, up to :data:`_MOST`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * _MOST if hard == resource.RLIM_INFINITY else min(2 * _MOST, hard)
    if soft < wanted:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return min(soft // 2, _MOST)


def bound(address: Address) -> socket.socket:
    """A socket that listens at an address; raises :class:`QuestionError` E426."""
    try:
        family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
        listener = socket.create_server((address.host, address.port), family=family, backlog=128)
    except OSError as error:
        raise QuestionError(
            f"cannot listen at {address.host} port {address.port}: {error.strerror or error}",
            code="E426", hint="take another --port, or 0 for a free one",
        ) from None  # fmt: skip
    # Connections inherit it. The event loop does not set it for a listener that it did not make, and an answer in two
    # parts would then wait for the client's late acknowledgement: 40 ms each.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if hasattr(socket, "TCP_NOTSENT_LOWAT"):  # else megabytes wait in the kernel, and how fast they are taken is hidden
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, _UNSENT)
    return listener
