"""``dislodge sparql``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reasoner.cli import options
from reasoner.cli.failures import ANSWERED, HintedUsage, tell
from reasoner.cli.loading import loading
from reasoner.cli.session import Session
from reasoner.errors import ReadingError

#: As in :data:`reasoner.views.sparql.asking.FORMS`, which is not imported for the help text.
FORMS = ("table", "csv", "tsv", "json", "xml", "ttl")
EPILOG = options.examples(
    "dislodge sparql 'SELECT ?r { ?r :retains :CML_LSC }'",
    "dislodge sparql --list",
    "dislodge sparql --name agents-on-target -p target=CXCR4",
    "dislodge sparql --name scenario-outcomes --cell CML_LSC",
    "    --scenario 'CML: plerixafor+imatinib'",
)


@click.command("sparql", epilog=EPILOG)
@click.argument("query", required=False)
@click.option("-f", "file", type=click.Path(path_type=Path), metavar="FILE", help="Read the query from a file.")
@click.option("--name", metavar="SHIPPED", help="A query of the library, see --list.")
@click.option("--list", "listing", is_flag=True, help="The library: names, titles, parameters.")
@click.option("-p", "pairs", multiple=True, metavar="NAME=VALUE", help="Bind a variable; repeatable.")
@click.option("--scenario", "regimens", multiple=True, metavar="REGIMEN", help="Add a scenario's graph; repeatable.")
@click.option("--cell", metavar="CELL", help="The cell of the scenarios.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), default=60, help="Seconds for the query [60].")
@loading(FORMS, "table", supposing=True)
def command(
    session: Session,
    query: str | None,
    file: Path | None,
    name: str | None,
    listing: bool,
    pairs: tuple[str, ...],
    regimens: tuple[str, ...],
    cell: str | None,
    timeout: float,
) -> int:
    """SPARQL 1.1 over what is asserted and what follows.

    QUERY is SELECT, ASK, CONSTRUCT or DESCRIBE; '-' reads it from standard input. The default graph is asserted and
    inferred facts; named graphs: graph:asserted, graph:inferred, graph:evidence, graph:derivations, and one a scenario.
    Nothing is written, no other host is asked. A value of -p is a name in any spelling, a number, an <IRI>, or a
    "text".
    """
    if listing:
        return _list(session)
    from reasoner.answers.asking import regimen_request, scenario_request
    from reasoner.answers.scenario_facts import scenario_facts
    from reasoner.views.limited import Limits
    from reasoner.views.sparql.asking import ask
    from reasoner.views.sparql.evaluate import Query
    from reasoner.views.sparql.library import bindings_of, shipped_query
    from reasoner.views.sparql.parameters import pair
    from reasoner.views.sparql.results import rendered

    given = [query is not None, file is not None, name is not None]
    if sum(given) != 1:
        raise HintedUsage("One of QUERY, -f FILE and --name is needed.", "see dislodge sparql --list")
    shipped = shipped_query(name) if name is not None else None
    text = shipped.text if shipped else _text(query, file)
    bindings = bindings_of(session.kb, shipped, dict(map(pair, pairs)))
    scenarios = []
    for regimen in regimens:
        agents, request = regimen_request(session.kb, [regimen], scenario_request(session.kb, cell))
        scenarios.append(scenario_facts(session.kb, agents, request))
    reply = ask(session.kb, Query(text, bindings), session.form, scenarios, Limits(timeout, 2 << 30, 256 << 20))
    if session.form in ("xml", "ttl"):
        session.emit(reply.body.decode())
    else:
        session.emit(rendered(reply.body, session.form, session.look(), session.kb))
    if (said := session.supposition) and session.form != "table":
        tell(f"Note: {said}")
    return session.tell_state()


def _text(query: str | None, file: Path | None) -> str:
    """The query as it was given, from a file, or from standard input."""
    if query is not None and query != "-":
        return query
    try:
        data = file.read_bytes() if file is not None and str(file) != "-" else sys.stdin.buffer.read()
        return data.decode("utf-8")
    except OSError as error:
        named = file if file is not None and str(file) != "-" else "standard input"
        raise ReadingError(f"cannot read {named}", code="E101", hint=str(error.strerror or error)) from None
    except UnicodeDecodeError:
        raise ReadingError("the query is not valid UTF-8", code="E105", hint="save it as UTF-8") from None


def _list(session: Session) -> int:
    from reasoner.views.sparql.shelf import shelf

    session.emit(shelf(session.form, session.look()))
    return ANSWERED
