"""The SPARQL 1.1 Protocol, query only: GET and both forms of POST; no query at all gives the service description.

Parameters that are not known are ignored: every client sends some of its own (``format``, ``output``, ``timeout``).
Beside those of the protocol there are ``scenario`` with ``cell``, ``shipped``, and ``bind=x=VALUE``, for which
``$x=VALUE`` may be written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from reasoner.errors import DislodgeError, LimitError
from reasoner.model.names import NAMESPACE, iri
from reasoner.views.controls import clean
from reasoner.views.limited import Reply
from reasoner.views.sparql.dataset import Dataset
from reasoner.views.sparql.evaluate import Query, evaluate
from reasoner.views.sparql.guard import LONG, make_ready, reads_named_graphs
from reasoner.views.sparql.results import linked
from reasoner.views.sparql.terms import RdfTerm
from reasoner.views.web.description import described
from reasoner.views.web.leaving import while_there
from reasoner.views.web.negotiation import GRAPH_TYPES, RESULT_TYPES, SENT_GRAPHS, SENT_RESULTS, chosen
from reasoner.views.web.requests import Refusal, body_of, fields
from reasoner.views.web.runner import BUSY, Runner

#: What stays as it is in the IRIs of headers, and how many they name at most.
_WHOLE, _MOST_LINKS = ":/?#[]@!$&'()*+,;=%-._~", 20
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
#: The status of an error of the question; the limits of a query have their own.
_STATUS = {BUSY: 503, "E503": 503, "E504": 507, "E505": 507, "E506": 400, "E510": 507}

#: From ``bind`` parameters (``name=value``) and the name of a shipped query to terms.
Binder = Callable[[Sequence[str], str | None], Mapping[str, RdfTerm]]
#: Gives the dataset with the graphs of scenarios added, in the child that answers.
Widened = Callable[[Dataset, Sequence[str], str | None], Dataset]


@dataclass
class Endpoint:
    """One endpoint over one dataset, which is built when it is first asked for.

    ``load`` gives the dataset; ``facts``, where it is there, gives one whose default graph is whole, sooner.
    ``contradicted`` are the names that the knowledge contradicts itself about: every answer links to them, in a header
    and, where it is rows as JSON, in its head.
    """

    load: Callable[[], Dataset]
    runner: Runner
    widened: Widened | None = None
    about: dict[str, str] = field(default_factory=dict)
    base: str | None = None
    binder: Binder | None = None
    facts: Callable[[], Dataset] | None = None
    contradicted: Sequence[str] = ()

    @cached_property
    def dataset(self) -> Dataset:
        """The dataset."""
        return self.load()

    async def answer(self, request: Request) -> Response:
        """Answer a request of the protocol."""
        try:
            given = await _parameters(request)
            if given is None:
                return self._description(request)
            return await self._answer(request, given)
        except Refusal as refusal:
            return problem(refusal.status, refusal.sentence, refusal.headers)
        except DislodgeError as error:
            return failure(error)

    def _read_by(self, query: Query) -> Dataset:
        """A dataset with all that a query may read."""
        if self.facts and len(query.text) <= LONG and not (query.default or query.named):
            return self.dataset if reads_named_graphs(query.text) else self.facts()
        return self.dataset

    def _description(self, request: Request) -> Response:
        """The service description, with what the dataset holds (VoID)."""
        form = chosen(request.headers.get("accept", ""), GRAPH_TYPES) or "ttl"
        body = described(self.dataset, str(request.url.replace(query="")), form, self.about)
        return Response(body, media_type=SENT_GRAPHS[form])

    async def _answer(self, request: Request, given: dict[str, list[str]]) -> Response:
        accept = ", ".join(request.headers.getlist("accept"))
        results, graphs = chosen(accept, RESULT_TYPES), chosen(accept, GRAPH_TYPES)
        if results is None and graphs is None:
            raise Refusal(406, "none of the media types that are asked for is written here")
        shipped = next(iter(given.get("shipped", [])), None)
        query = Query(
            given["query"][0],
            bindings=self.binder(given.get("bind", []), shipped) if self.binder else {},
            default=tuple(given.get("default-graph-uri", ())),
            named=tuple(given.get("named-graph-uri", ())),
            base=self.base or str(request.url.replace(query="")),
        )
        make_ready(query.text)
        loaded = self._read_by(query)
        scenarios, cell = given.get("scenario", []), next(iter(given.get("cell", [])), None)

        def work() -> Reply:
            dataset = self.widened(loaded, scenarios, cell) if scenarios and self.widened else loaded
            return evaluate(dataset, query, results or "json", graphs or "ttl", self.runner.limits)

        reply = await while_there(request, self.runner.run(work, sealed=not scenarios))
        is_graph = reply.about["kind"] == "graph"
        sent = SENT_GRAPHS if is_graph else SENT_RESULTS
        rows = self.contradicted and not is_graph and reply.about["form"] == "json"
        body = linked(reply.body, self.contradicted) if rows else reply.body
        headers = {"content-type": sent[reply.about["form"]], "vary": "accept", **_links(self.contradicted)}
        return Response(body, headers=headers)


def _links(names: Sequence[str]) -> dict[str, str]:
    """The header that links to what the knowledge contradicts itself about (RFC 8288), or none.

    >>> _links(["x"])
    {'link': '<https://w3id.org/dislodge#x>; rel="https://w3id.org/dislodge#contradicted"'}
    """
    links = [f'<{quote(iri(name), safe=_WHOLE)}>; rel="{NAMESPACE}contradicted"' for name in names[:_MOST_LINKS]]
    return {"link": ", ".join(links)} if links else {}


async def _parameters(request: Request) -> dict[str, list[str]] | None:
    """The parameters of a query by name; None for a GET without any query.

    Raises :class:`Refusal` for what the protocol does not allow.
    """
    pairs = fields(request.scope["query_string"])
    if request.method == "POST":
        media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media == FORM:
            pairs = fields(await body_of(request))
        elif media == DIRECT:
            pairs += [("query", _decoded(await body_of(request)))]
        else:
            raise Refusal(415, f"the body must be {FORM} or {DIRECT}; updates are refused")
    elif request.method not in ("GET", "HEAD"):
        raise Refusal(405, "only GET and POST are answered", allow="GET, HEAD, POST")
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        name, value = ("bind", f"{name}={value}") if name.startswith("$") else (name, value)
        found.setdefault(name, []).append(value)
    if "update" in found:
        raise Refusal(400, "this endpoint only reads: updates are refused")
    if "query" not in found and request.method != "POST":
        return None
    if len(found.get("query", ())) != 1:
        raise Refusal(400, "exactly one query is needed")
    return found


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "the query is not UTF-8") from None


def failure(error: DislodgeError) -> Response:
    """An error as a status and a sentence: 4xx for the question, 5xx for a limit."""
    status = _STATUS.get(error.code, 500) if isinstance(error, LimitError) else 400
    return problem(status, f"{error.code}: {error.message}\n{error.hint}", retry(error))


def retry(error: DislodgeError) -> dict[str, str]:
    """The header that says when to come back: a busy server has time soon, a question that is too long stays so."""
    return {"retry-after": "1"} if error.code == BUSY else {}


def problem(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """A refusal as plain text, one line a sentence."""
    text = "\n".join(clean(line) for line in sentence.splitlines() if line)
    return PlainTextResponse(f"{text}\n", status, headers=headers)
