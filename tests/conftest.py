"""Options of the test run, and which half a test is in (README.md beside this file)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, settings

#: Folders whose tests bear their name as a mark, and are of the long half unless they are marked ``quick``.
SUITES = ("browser", "clients", "oracles", "properties")
#: What ``addopts`` selects, and what is selected instead where files or folders are named.
QUICK, WHOLE = "not ci and not slow", "not slow"
#: How many processes share the files of a half at most, where pytest-xdist is installed and ``-n`` says nothing else.
PROCESSES = 4

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites the answers of tests/cases from what the engine says now."""
    parser.addoption("--accept", action="store_true", help="rewrite the answers of the golden cases; never in CI")


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """``pytest`` alone runs the quick half, on several processors; a file or folder that is named is run whole."""
    options = config.option
    if hasattr(config, "workerinput"):
        options.markexpr = config.workerinput["markexpr"]
        return
    if config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        options.markexpr = WHOLE if options.markexpr == QUICK else options.markexpr
    elif getattr(options, "numprocesses", 0) is None and not (options.usepdb or getattr(options, "cov_source", None)):
        options.numprocesses, options.dist = min(os.cpu_count() or 1, PROCESSES), "loadfile"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Each process of pytest-xdist selects what the one that began it does."""
    node.workerinput["markexpr"] = node.config.option.markexpr


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a suite."""
    for item in items:
        suite = item.path.parent.name
        if suite in SUITES:
            item.add_marker(suite)
            if not item.get_closest_marker("quick"):
                item.add_marker("ci")


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
