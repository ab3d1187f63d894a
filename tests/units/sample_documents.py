"""A real document of each command, made when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sample_answers import answers
from sample_scenarios import ANSWERS, kb

from reasoner.views import schemas


class _Documents(Mapping[str, dict[str, Any]]):
    """The documents by command; they are not to be changed."""

    def __getitem__(self, command: str) -> dict[str, Any]:
        return _document(command)

    def __iter__(self) -> Iterator[str]:
        return iter(schemas.commands())

    def __len__(self) -> int:
        return len(schemas.commands())


@cache
def _document(command: str) -> dict[str, Any]:
    return ANSWERS[command]() if command in ANSWERS else answers()[command]


DOCUMENTS = _Documents()
#: The commands whose documents are shown as pages.
SHOWN = sorted(set(DOCUMENTS) - {"choices", "niche", "report"})


def label(name: str) -> str:
    return kb().label(name)
