"""One query, evaluated and written out in one of the standard forms."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Variable,
    serialize,
)

from reasoner.errors import QuestionError, WritingError
from reasoner.model.characters import NO_XML
from reasoner.views.limited import Limits, Reply, too_long
from reasoner.views.sparql.graphs import PREFIXES
from reasoner.views.sparql.guard import checked, require_loaded
from reasoner.views.sparql.terms import RdfTerm

if TYPE_CHECKING:
    from reasoner.views.sparql.dataset import Dataset, GraphName

#: How results of SELECT and ASK, and graphs of CONSTRUCT and DESCRIBE, may be written; the first is the default.
RESULTS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "xml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


#: The prefixes of graphs; of two for one namespace the empty one.
_WRITTEN = {prefix: space for prefix, space in PREFIXES.items() if prefix != "dislodge"}
_HINT = "prefixes are ready: dislodge (also empty), rdf, rdfs, owl, xsd, skos, prov, graph"
_SHOWN = 160


@dataclass(frozen=True)
class Query:
    """A query, what its variables are bound to beforehand, and the graphs that it is asked over.

    ``default`` and ``named`` stand in the place of FROM and FROM NAMED when either is given.
    """

    text: str
    bindings: Mapping[str, RdfTerm] = field(default_factory=dict)
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    base: str | None = None


def evaluate(dataset: Dataset, query: Query, results: str, graphs: str, limits: Limits) -> Reply:
    """The answer of a query: ``about`` says the ``kind`` (select, ask, graph) and the ``form`` it is written in.

    ``results`` and ``graphs`` choose the form.  Raises :class:`QuestionError`: E420 malformed, and those of
    :func:`~reasoner.views.sparql.guard.checked`; :class:`LimitError` E505; :class:`WritingError` E603 for what XML
    cannot hold.
    """
    answer = _answers(dataset, query)
    out = _Bounded(limits)
    try:
        if isinstance(answer, QuerySolutions | QueryBoolean):
            answer.serialize(out, format=RESULTS[results])
            kind, form = "ask" if isinstance(answer, QueryBoolean) else "select", results
        else:
            serialize(answer, out, GRAPHS[graphs], prefixes=_WRITTEN)
            kind, form = "graph", graphs
    except (OSError, RuntimeError, ValueError) as error:
        if out.full:
            raise too_long(limits) from None
        raise _refused(error) from None
    body = out.getvalue()
    if form == "xml" and (bad := NO_XML.search(body.decode())):
        what = f"a text of the answer holds the character U+{ord(bad.group()):04X}, which XML cannot hold"
        raise WritingError(what, code="E603", hint="ask for another form, such as JSON")
    return Reply({"kind": kind, "form": form}, _with_used_prefixes(body) if form == "ttl" else body)


def _with_used_prefixes(turtle: bytes) -> bytes:
    """Turtle whose prefixes are those that it uses, in order; the store declares all in no order."""
    lines = turtle.splitlines(keepends=True)
    declared = sorted(line for line in lines if line.startswith(b"@prefix "))
    body = b"".join(line for line in lines if not line.startswith(b"@prefix "))
    used = [line for line in declared if re.search(rb"(?<![\w-])" + line.split()[1], body)]
    return b"".join(used) + body


def _answers(dataset: Dataset, query: Query) -> QuerySolutions | QueryBoolean | QueryTriples:
    named = checked(query.text, dataset.graphs, query.base)
    for graph in (*query.default, *query.named):
        require_loaded(graph, dataset.graphs)
    default: list[GraphName] | None = list(dataset.default)
    graphs: list[NamedNode] | None = None
    if query.default or query.named:
        default, graphs = [NamedNode(g) for g in query.default], [NamedNode(g) for g in query.named]
    elif named:
        default = None
    bindings = {Variable(name): term for name, term in query.bindings.items()}
    if dataset.groups is not None:
        dataset.groups.show(dataset.store, query.text, query.base, query.bindings)
    try:
        return dataset.store.query(
            query.text,
            base_iri=query.base,
            prefixes=PREFIXES,
            default_graph=default,  # type: ignore[arg-type]
            named_graphs=graphs,  # type: ignore[arg-type]
            substitutions=bindings or None,
        )
    except (SyntaxError, ValueError, RuntimeError) as error:
        if "SELECT projection" in str(error):
            raise _unseen(query) from None
        raise QuestionError(f"the query is malformed: {_brief(error)}", code="E420", hint=_HINT) from None
    except OSError as error:
        raise _refused(error) from None


def _unseen(query: Query) -> QuestionError:
    names = " ".join(f"?{name}" for name in query.bindings)
    hint = f"name it after SELECT: SELECT {names} …"
    return QuestionError("a bound variable is not among those of SELECT", code="E423", hint=hint)


def _refused(error: Exception) -> QuestionError:
    """What the store could not do: it is not allowed to open anything."""
    return QuestionError(f"the query cannot be answered: {error}", code="E421", hint="no file or host can be opened")


def _brief(error: Exception) -> str:
    """The place and the first things that the parser would have taken there, on one line."""
    words = " ".join(str(error).split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"


class _Bounded(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        self.full = False

    def write(self, data: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(data) > self.limits.output:
            self.full = True
            raise OSError("the answer is too long")
        return super().write(data)
