"""The JSON API: a route for every question that others may ask, with the documents of the command line."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reasoner.answers.labels import labels_in
from reasoner.asking.arguments import answered, given
from reasoner.asking.given import SUPPOSING, supposition_of
from reasoner.asking.parameter import flag
from reasoner.asking.question import Question
from reasoner.asking.sources import Sources
from reasoner.errors import BudgetError, DislodgeError, LimitError, QuestionError
from reasoner.model.names import did_you_mean, nearest
from reasoner.views.limited import Reply
from reasoner.views.web.explorer import PAGES
from reasoner.views.web.leaving import while_there
from reasoner.views.web.parts import page_of
from reasoner.views.web.protocol import retry
from reasoner.views.web.requests import Refusal, fields
from reasoner.views.web.runner import BUSY, Runner

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

_LONGEST = 400
#: The fields that ask for the labels of all that a document names, and for its page as HTML.
_LABELS, _PAGE = flag("labels"), flag("page")


class Api:
    """Routes over a knowledge base: of the questions that are not local, and of the explorer's own."""

    def __init__(self, reasoned: Reasoned, runner: Runner, questions: Iterable[Question] = ()) -> None:
        self.sources = Sources.of(reasoned)
        self.runner = runner
        stated = list(questions)
        self.questions = [*(question for question in stated if not question.local), *PAGES]
        #: Why questions that touch this computer are not asked here.
        self.local = {question.name: question.local for question in stated if question.local}

    def routes(self) -> list[Route]:
        """One route a question, under ``/api/``."""
        known = [Route(f"/api/{question.name}", self._handler(question)) for question in self.questions]
        return [*known, Route("/api/{name:path}", self._unknown)]

    async def _unknown(self, request: Request) -> Response:
        """That there is no such question here, with those that are written alike, or why it is not asked here."""
        name = request.path_params["name"][:_LONGEST]
        close = nearest(name, [question.name for question in self.questions])
        hint = self.local.get(name) or did_you_mean(close, "see the manual for the questions")
        told = {"error": f"there is no question {name!r} here", "code": "E436", "hint": hint}
        return _json(_encoded(told), 404)

    def _handler(self, question: Question) -> Callable[[Request], Awaitable[Response]]:
        async def handle(request: Request) -> Response:
            try:
                words = _words(question, fields(request.scope["query_string"]))
                return _json(await self._answer(request, question, words))
            except Refusal as refusal:
                return _json(_encoded({"error": refusal.sentence, "code": "", "hint": ""}), refusal.status)
            except DislodgeError as error:
                limit = isinstance(error, LimitError)
                status = 503 if error.code == BUSY else 507 if limit else 400
                told = {"error": error.message, "code": error.code, "hint": error.hint, **_limit(error)}
                return _json(_encoded(told), status, **retry(error))

        return handle

    async def _answer(self, request: Request, question: Question, words: dict[str, Any]) -> bytes:
        """The document; what may take long is answered in a child."""
        labelled = _LABELS.value(words.pop(_LABELS.name, False))
        shown = question not in PAGES and _PAGE.value(words.pop(_PAGE.name, False))
        here = [parameter for parameter in question.parameters if parameter.is_path]
        offered = [parameter for parameter in question.parameters if not parameter.is_path]
        values = given((*offered, *question.supposed), words) | {parameter.name: parameter.empty for parameter in here}
        wanted = supposition_of(values)

        def work() -> bytes:
            sources = self.sources.supposing(wanted, scenario=question.is_of_scenario(values))
            document = answered(question, sources, values)
            beside: dict[str, Any] = {"labels": labels_in(sources.reasoned, document)} if labelled else {}
            beside |= {"page": page_of(sources.reasoned, document)} if shown else {}
            return _encoded({**document, **beside} if beside else document)

        if not (question.long or question.search or wanted):
            return work()
        is_long = question.long and bool(question.search)
        asked = self.runner.run(lambda: Reply({}, work()), sealed=False, is_long=is_long)
        return (await while_there(request, asked)).body


def _words(question: Question, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The fields of a request by name; several values only where they may be given.

    Raises :class:`QuestionError` E423 for a value that is too long, and for a second one.
    """
    several = {parameter.name for parameter in (*question.parameters, *SUPPOSING) if parameter.many}
    found: dict[str, Any] = {}
    for name, value in pairs:
        if len(value) > _LONGEST:
            raise QuestionError(f"{name} is too long", code="E423", hint=f"at most {_LONGEST} characters")
        if name in several:
            found.setdefault(name, []).append(value)
        elif name in found:
            raise QuestionError(f"{name} is given twice", code="E423", hint="give it once")
        else:
            found[name] = value
    return found


def _limit(error: DislodgeError) -> Mapping[str, Any]:
    """What an error says of a budget that is used up."""
    from reasoner.answers.frame import limit

    return limit(error) if isinstance(error, BudgetError) else {}


def _encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _json(body: bytes, status: int = 200, **headers: str) -> Response:
    return Response(body, status, {"cache-control": "no-store"} | headers, media_type="application/json")
