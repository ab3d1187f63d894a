"""Pages of a question, printed as a reader gets them: by the command line in every form, and by the web."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

from click.testing import CliRunner

from reasoner.cli import main
from reasoner.inference import cached
from reasoner.inference.reasoned import Reasoned
from reasoner.questions import questions
from tests.served import Served

#: The forms of what most commands print; ``web`` is the page of the explorer, over HTTP.
FORMS = ("table", "md", "csv", "tsv", "json", "web")
#: Those of the other commands.
OTHER: dict[str, tuple[str, ...]] = {
    "sparql": ("table", "csv", "tsv", "json", "xml"),
    "report": ("html", "md", "json"),
    "matrix": (*FORMS, "html"),
    # CSV and TSV hold the steps of a proof alone.
    "explain": ("table", "md", "json", "web"),
}
#: How wide a terminal is.
COLUMNS = "80"

_BY_NAME = {question.name: question for question in questions()}


def forms(command: str) -> tuple[str, ...]:
    """The forms in which a command prints."""
    return OTHER.get(command, FORMS)


class Printer:
    """Prints pages of a knowledge base, each once."""

    def __init__(self, kb: Reasoned, http: Served) -> None:
        self.kb, self.http = kb, http
        self.printed = cache(self._printed)
        #: How many pages were printed.
        self.pages = 0

    def _printed(self, form: str, *words: str) -> str:
        self.pages += 1
        if form == "web":
            answer = self.http.get(f"/api/{words[0]}?{urlencode([*fields(words), ('page', 1)])}")
            assert answer.status_code == 200, (words, answer.text)
            return str(json.loads(answer.text)["page"])
        with patch.object(cached, "load", lambda *files, **options: self.kb):
            result = CliRunner(env={"COLUMNS": COLUMNS}).invoke(main, [*words, "--format", form])
        assert result.exit_code in (0, 1), (words, result.output)
        return result.stdout


def fields(words: Iterable[str]) -> list[tuple[str, Any]]:
    """The words of a command line as the fields of a request."""
    name, *rest = words
    question = _BY_NAME[name]
    options = {p.spelling: p for p in (*question.parameters, *question.supposed) if not p.positional}
    (place, *_) = [p.name for p in question.parameters if p.positional] or [""]
    found: list[tuple[str, Any]] = []
    left = iter(rest)
    for word in left:
        if word in options:
            option = options[word]
            found.append((option.name, 1 if option.kind.name == "flag" else next(left)))
        else:
            found.append((place, word))
    return found
