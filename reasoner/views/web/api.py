"""The JSON API of the explorer: the same documents as the command line, read-only."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reasoner.errors import BudgetError, DislodgeError, LimitError
from reasoner.views.limited import Reply
from reasoner.views.web.asked import Asked
from reasoner.views.web.leaving import while_there
from reasoner.views.web.protocol import retry
from reasoner.views.web.requests import Refusal, fields
from reasoner.views.web.runner import BUSY, Runner

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

Answer = Callable[[Asked], Any]
#: Questions that may take long: asked in a child.
_LONG = frozenset({"combine", "matrix"})


class Api:
    """Routes over a knowledge base."""

    def __init__(self, kb: Reasoned, runner: Runner) -> None:
        self.kb = kb
        self.runner = runner

    def routes(self) -> list[Route]:
        """One route a question, under ``/api/``."""
        from reasoner.views.web.questions import QUESTIONS

        return [Route(f"/api/{name}", self._handler(name, answer)) for name, answer in QUESTIONS.items()]

    def _handler(self, name: str, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            try:
                asked = Asked(self.kb, fields(request.scope["query_string"]))
                self.kb.meter.renew()
                if name in _LONG:
                    return _json(await while_there(request, self._long(lambda: answer(asked))))
                return _json(_encoded(answer(asked)))
            except Refusal as refusal:
                return _json(_encoded({"error": refusal.sentence, "code": "", "hint": ""}), refusal.status)
            except DislodgeError as error:
                limit = isinstance(error, LimitError)
                status = 503 if error.code == BUSY else 507 if limit else 400
                told = {"error": error.message, "code": error.code, "hint": error.hint, **_limit(error)}
                return _json(_encoded(told), status, **retry(error))

        return handle

    async def _long(self, answer: Callable[[], Any]) -> bytes:
        reply = await self.runner.run(lambda: Reply({}, _encoded(answer())), sealed=False, is_long=True)
        return reply.body


def _limit(error: DislodgeError) -> dict[str, Any]:
    """What an error says of a budget that is used up."""
    from reasoner.answers.document import limit

    return limit(error) if isinstance(error, BudgetError) else {}


def _encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _json(body: bytes, status: int = 200, **headers: str) -> Response:
    return Response(body, status, {"cache-control": "no-store"} | headers, media_type="application/json")
