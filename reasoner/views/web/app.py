"""The application: endpoint, API and explorer over one knowledge base, and the headers that every answer carries."""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Lifespan, Message, Receive, Scope, Send

from reasoner.answers.contradicted import contradictions
from reasoner.answers.scenario_facts import scenario_facts
from reasoner.asking.question import Question
from reasoner.asking.resolving import regimen_request, scenario_request
from reasoner.errors import DislodgeError
from reasoner.views.html.rendered import style
from reasoner.views.limited import Limits
from reasoner.views.marks import known
from reasoner.views.signs import of_pages
from reasoner.views.sparql.dataset import Dataset, Filling
from reasoner.views.sparql.guard import imports
from reasoner.views.sparql.library import bindings_of, shipped_query
from reasoner.views.sparql.parameters import pair
from reasoner.views.sparql.scenarios import scenario_quads
from reasoner.views.sparql.terms import RdfTerm
from reasoner.views.web.api import Api
from reasoner.views.web.protocol import Binder, Endpoint, Widened, problem
from reasoner.views.web.requests import LOOPBACK, HostCheck
from reasoner.views.web.runner import Runner

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

#: Seconds from listening to building the dataset.
_SOON = 0.3
SPARQL = ("/sparql", "/sparql/")
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
#: What is served of the folder ``static``, by ending.
_MEDIA = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml", "txt": "text/plain; charset=utf-8",
}  # fmt: skip


def application(
    reasoned: Reasoned, limits: Limits, hosts: Collection[str] = LOOPBACK, questions: Iterable[Question] = ()
) -> Starlette:
    """The whole server over a knowledge base, for these questions beside those of the explorer's own pages.

    The RDF dataset is built a moment after it begins to listen.
    """
    runner = Runner(limits)
    filling = Filling(reasoned)
    endpoint = Endpoint(
        lambda: filling.whole,
        runner,
        _widened(reasoned),
        _about(reasoned),
        binder=_binder(reasoned),
        facts=lambda: filling.facts,
        contradicted=sorted(reasoned.contradictions.subjects),
    )
    api = Api(reasoned, runner, questions)
    return assembled(endpoint, hosts, [*api.routes(), *_explorer()], _soon(filling))


def assembled(
    endpoint: Endpoint,
    hosts: Collection[str] = LOOPBACK,
    routes: Sequence[BaseRoute] = (),
    lifespan: Lifespan[Starlette] | None = None,
) -> Starlette:
    """An application around an endpoint."""
    middleware = [
        Middleware(Headers),
        Middleware(HostCheck, hosts=hosts),
        Middleware(GZipMiddleware, minimum_size=2048, compresslevel=4),  # 9 would take three times as long for a fifth
    ]
    served = [Route(path, endpoint.answer, methods=_METHODS) for path in SPARQL]
    handlers = {404: _missing, 405: _missing, 500: _broken}
    return Starlette(routes=[*served, *routes], middleware=middleware, exception_handlers=handlers, lifespan=lifespan)


def _soon(filling: Filling) -> Lifespan[Starlette]:
    """Have the dataset built once the server listens, before anybody asks for it, and others answered in between."""

    async def prepare() -> None:
        await asyncio.sleep(_SOON)
        with contextlib.suppress(DislodgeError):  # whoever asks for the dataset is told
            while filling.step():
                await asyncio.sleep(0)
        for _ in imports():
            await asyncio.sleep(0)
        gc.freeze()  # children share it for good

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(prepare())
        yield
        task.cancel()

    return lifespan


def _about(reasoned: Reasoned) -> dict[str, str]:
    about = {"title": "dislodge", "hasVersion": reasoned.base.version, "identifier": f"sha256:{reasoned.base.sha256}"}
    return about | (
        {"description": known({"contradictions": contradictions(reasoned)})} if reasoned.contradictions else {}
    )


def _binder(reasoned: Reasoned) -> Binder:
    """Binds variables as ``dislodge sparql -p`` does; without parameters nothing is bound."""

    def binder(pairs: Sequence[str], name: str | None) -> Mapping[str, RdfTerm]:
        shipped = shipped_query(name) if name and pairs else None
        return bindings_of(reasoned, shipped, dict(map(pair, pairs))) if pairs else {}

    return binder


def _widened(reasoned: Reasoned) -> Widened:
    """Adds the graphs of scenarios; called in the child that answers, whose copy of the dataset nobody else sees."""

    def widened(dataset: Dataset, regimens: Sequence[str], cell: str | None) -> Dataset:
        reasoned.meter.renew()
        for regimen in regimens:
            agents, request = regimen_request(reasoned, [regimen], scenario_request(reasoned, cell))
            dataset.store.bulk_extend(scenario_quads(scenario_facts(reasoned, agents, request)))
        return dataset

    return widened


def _explorer() -> list[Route]:
    """The pages and what they load, read once."""
    folder = files("reasoner.views.web") / "static"
    found = {}
    for file in folder.iterdir():
        ending = file.name.rpartition(".")[2]
        if file.is_file() and ending in _MEDIA:
            found[file.name] = (file.read_bytes(), _MEDIA[ending])
    found["signs.css"] = (of_pages().encode(), _MEDIA["css"])
    found["blocks.css"] = (style().encode(), _MEDIA["css"])

    async def serve(request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in found:
            return problem(404, "there is no such page")
        body, media = found[name]
        return Response(body, media_type=media, headers={"cache-control": "no-cache"})

    return [Route("/", serve), Route("/static/{name}", serve)]


async def _missing(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    return problem(status, "only GET is answered here" if status == 405 else "there is no such page; see / and /sparql")


async def _broken(request: Request, error: Exception) -> Response:
    return problem(500, "internal error: dislodge is at fault, not what was asked; report what the server printed")


class Headers:
    """Adds the headers of every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; the answer leaves with the headers."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_HEADERS]
            await send(message)

        await self.app(scope, receive, sending)
