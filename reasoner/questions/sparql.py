"""SPARQL over what is asserted and what follows."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.asking.parameter import TEXT, File, ScenarioPart, argument, flag, number, option
from reasoner.asking.parameter import form as one_of
from reasoner.asking.question import Question
from reasoner.errors import QuestionError, ReadingError

if TYPE_CHECKING:
    from reasoner.asking.requests import ScenarioRequest
    from reasoner.asking.sources import Sources
    from reasoner.views.limited import Reply
    from reasoner.views.sparql.shelf import Shelf

_FORMS = ("table", "csv", "tsv", "json", "xml", "ttl")
#: Bytes of memory that a query may take, and of an answer.
_MEMORY, _ANSWER = 2 << 30, 256 << 20


def answer(
    sources: Sources,
    request: ScenarioRequest,
    query: str | None,
    file: Path | None,
    name: str | None,
    listing: bool,
    bind: tuple[str, ...],
    scenario: tuple[str, ...],
    timeout: float,
    form: str,
) -> Reply | Shelf:
    """Answer the query, or list the library.

    Raises :class:`QuestionError` E440 unless there is exactly one query.
    """
    if listing:
        from reasoner.views.sparql.shelf import Shelf

        return Shelf()
    from reasoner.answers.scenario_facts import scenario_facts
    from reasoner.asking.resolving import regimen_request
    from reasoner.views.limited import Limits
    from reasoner.views.sparql.asking import ask
    from reasoner.views.sparql.evaluate import Query
    from reasoner.views.sparql.library import bindings_of, shipped_query
    from reasoner.views.sparql.parameters import pair

    if (query, file, name).count(None) != 2:
        said = "One of QUERY, -f FILE and --name is needed"
        raise QuestionError(said, code="E440", hint="see dislodge sparql --list")
    if request.cell is not None and not scenario:
        hint = "name its regimen: --scenario A+B; a variable is bound by -p cell=CELL"
        raise QuestionError("--cell is that of a scenario", code="E440", hint=hint)
    shipped = shipped_query(name) if name is not None else None
    text = shipped.text if shipped else _text(query, file)
    bindings = bindings_of(sources.reasoned, shipped, dict(map(pair, bind)))
    asked = (regimen_request(sources.reasoned, [regimen], request) for regimen in scenario)
    scenarios = [scenario_facts(sources.reasoned, agents, placed) for agents, placed in asked]
    return ask(sources.reasoned, Query(text, bindings), form, scenarios, Limits(timeout, _MEMORY, _ANSWER))


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


QUESTION = Question(
    name="sparql",
    help="""
    SPARQL 1.1 over what is asserted and what follows.

    QUERY is SELECT, ASK, CONSTRUCT or DESCRIBE; '-' reads it from standard input. The default graph is asserted and
    inferred facts; named graphs: graph:asserted, graph:inferred, graph:evidence, graph:derivations, and one a scenario.
    Nothing is written, no other host is asked. A value of -p is a name in any spelling, a number, an <IRI>, or a
    "text".
    """,
    examples=(
        "dislodge sparql 'SELECT ?r { ?r :retains :CML_LSC }'",
        "dislodge sparql --list",
        "dislodge sparql --name agents-on-target -p target=CXCR4",
        "dislodge sparql --name scenario-outcomes --cell CML_LSC",
        "    --scenario 'CML: plerixafor+imatinib'",
    ),
    parameters=(
        argument("query", TEXT, "[QUERY]"),
        option("file", File("file", there=False, folder=True), "FILE", "Read the query from a file.", spelling="-f"),
        option("name", TEXT, "SHIPPED", "A query of the library, see --list."),
        flag("listing", "The library: names, titles, parameters.", spelling="--list"),
        option("bind", TEXT, "NAME=VALUE", "Bind a variable; repeatable.", many=True, spelling="-p"),
        option("scenario", TEXT, "REGIMEN", "Add a scenario's graph; repeatable.", many=True),
        option("cell", ScenarioPart("cell"), "CELL", "The cell of the scenarios."),
        option("timeout", number(0.1, 3600), "", "Seconds for the query [60].", default=60),
        option("form", one_of(*_FORMS), default="json"),
    ),
    answer=answer,
    forms=_FORMS,
    local="/sparql answers queries, by the protocol of the W3C",
    page="query",
)
