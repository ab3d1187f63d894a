"""Options of the test run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema
import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites the answers of tests/cases from what the engine says now."""
    parser.addoption("--accept", action="store_true", help="rewrite the answers of the golden cases; never in CI")


@pytest.fixture(scope="session", autouse=True)
def _cache() -> Iterator[None]:
    """Knowledge that a test keeps is kept for this run alone."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DISLODGE_CACHE", folder)
        yield


@pytest.fixture(scope="session", autouse=True)
def _documents_fit_their_schemas() -> Iterator[Callable[[Mapping[str, Any]], str]]:
    """Every document that a test has written as JSON holds what its type says, and no key besides."""
    from reasoner.views import documents

    def told(document: Mapping[str, Any]) -> str:
        _fitting(document)
        return as_json(document)

    as_json = documents.json_text
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(documents, "json_text", told)
        yield as_json


@pytest.fixture
def misfits(_documents_fit_their_schemas: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that writes what no answer could be: it need not fit."""
    monkeypatch.setattr("reasoner.views.documents.json_text", _documents_fit_their_schemas)


def _fitting(document: Mapping[str, Any]) -> None:
    """A question that a test makes up has no type."""
    from reasoner.views import schemas

    unanswered = "limit" in document and document["kb"]["sha256"] is None
    command = schemas.LIMIT if unanswered else document["command"]
    if command in schemas.types():
        _validator(command).validate(document)


@cache
def _validator(command: str) -> jsonschema.Draft202012Validator:
    from reasoner.views import schemas

    return jsonschema.Draft202012Validator(schemas.schema(command))
