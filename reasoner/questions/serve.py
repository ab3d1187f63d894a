"""The explorer and a SPARQL endpoint."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from reasoner.asking.parameter import TEXT, number, option, whole
from reasoner.asking.question import Question

if TYPE_CHECKING:
    from reasoner.asking.sources import Sources


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def answer(
    sources: Sources,
    host: str,
    port: int,
    allow_host: tuple[str, ...],
    timeout: float,
    memory: int,
    tell: Callable[[str], None] = _say,
) -> None:
    """Listen until it is stopped; where it listens is told."""
    from reasoner.questions import questions
    from reasoner.views.limited import Limits
    from reasoner.views.web.listening import Address, listen

    limits = Limits(timeout, memory << 20, niced=True)
    listen(sources.reasoned, questions(), Address(host, port, allow_host), limits, tell)


QUESTION = Question(
    name="serve",
    help="""
    The explorer at / and a SPARQL endpoint at /sparql, read-only.

    Nothing is fetched from elsewhere. Every query runs in a process of its own with bounded time, memory and output,
    without files and network. Other computers are answered only with --host.
    """,
    examples=(
        "dislodge serve",
        "dislodge serve --port 9000 --with my_facts.ttl",
        "curl localhost:8321/sparql --data-urlencode 'query=ASK { ?s a :Route }'",
    ),
    parameters=(
        option("host", TEXT, "", "Where to listen [127.0.0.1].", default="127.0.0.1"),
        option("port", whole(0, 65535), "", "Port; 0 takes a free one [8321].", default=8321),
        option("allow_host", TEXT, "NAME", "Answer under this name too; repeatable.", many=True),
        option("timeout", number(0.1, 600), "", "Seconds for a query [10].", default=10),
        option("memory", whole(64, 65536), "", "MB for a query [1024].", default=1024),
    ),
    answer=answer,
    forms=(),
    supposing=False,
    local="it is the server",
)
