"""``dislodge serve``."""

from __future__ import annotations

import click

from reasoner.cli import options
from reasoner.cli.failures import ANSWERED, tell
from reasoner.cli.loading import loading
from reasoner.cli.session import Session

EPILOG = options.examples(
    "dislodge serve",
    "dislodge serve --port 9000 --with my_facts.ttl",
    "curl localhost:8321/sparql --data-urlencode 'query=ASK { ?s a :Route }'",
)


@click.command("serve", epilog=EPILOG)
@click.option("--host", default="127.0.0.1", help="Where to listen [127.0.0.1].")
@click.option("--port", type=click.IntRange(0, 65535), default=8321, help="Port; 0 takes a free one [8321].")
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="Answer under this name too; repeatable.")
@click.option("--timeout", type=click.FloatRange(0.1, 600), default=10, help="Seconds for a query [10].")
@click.option("--memory", type=click.IntRange(64, 65536), default=1024, help="MB for a query [1024].")
@loading()
def command(session: Session, host: str, port: int, hosts: tuple[str, ...], timeout: float, memory: int) -> int:
    """The explorer at / and a SPARQL endpoint at /sparql, read-only.

    Nothing is fetched from elsewhere. Every query runs in a process of its own with bounded time, memory and output,
    without files and network. Other computers are answered only with --host.
    """
    from reasoner.views.limited import Limits
    from reasoner.views.web.listening import Address, listen

    listen(session.kb, Address(host, port, hosts), Limits(timeout, memory << 20, niced=True), tell)
    return ANSWERED
