"""A request of the API with its names resolved, as the options of the command line would be."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reasoner.answers.asking import regimen_request, scenario_request
from reasoner.answers.requests import ScenarioRequest
from reasoner.errors import QuestionError

if TYPE_CHECKING:
    from reasoner.engine.reasoned import Reasoned

_LONGEST = 400


class Asked:
    """The fields of a request.

    ``cell``, ``disease``, ``state``, ``clone`` and ``with`` (background; the last three repeatable) and ``agents`` (one
    regimen) give the scenario; other fields belong to single questions.
    """

    def __init__(self, kb: Reasoned, pairs: list[tuple[str, str]]) -> None:
        self.kb = kb
        self.fields: dict[str, list[str]] = {}
        for name, value in pairs:
            if len(value) > _LONGEST:
                raise QuestionError(f"{name} is too long", code="E413", hint=f"at most {_LONGEST} characters")
            if value:
                self.fields.setdefault(name, []).append(value)

    def one(self, name: str) -> str | None:
        """The value of a field; None without it."""
        return self.fields.get(name, [None])[-1]

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return self.fields.get(name, [])

    def needed(self, name: str) -> str:
        """The value of a field that a question cannot do without."""
        value = self.one(name)
        if value is None:
            raise QuestionError(f"the field {name} is missing", code="E423", hint=f"add {name}=…")
        return value

    @cached_property
    def scenario(self) -> tuple[tuple[str, ...], ScenarioRequest]:
        """The agents of the regimen, and the place with its background."""
        place = scenario_request(
            self.kb, self.one("cell"), self.one("disease"), self.all("state"), self.all("with"), self.all("clone")
        )
        return regimen_request(self.kb, self.all("agents")[-1:], place)
