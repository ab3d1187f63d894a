"""Options of the test run, and which half a test is in (README.md beside this file)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

#: Folders whose tests bear their name as a mark, and are of the long half unless they are marked ``quick``.
SUITES = ("browser", "clients", "oracles", "properties")
#: What ``addopts`` selects, and what is selected instead where files or folders are named.
QUICK, WHOLE = "not ci and not slow", "not slow"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites the answers of tests/cases from what the engine says now."""
    parser.addoption("--accept", action="store_true", help="rewrite the answers of the golden cases; never in CI")


def pytest_configure(config: pytest.Config) -> None:
    """``pytest`` alone runs the quick half; a file or folder that is named is run whole."""
    is_named = config.args_source is not pytest.Config.ArgsSource.TESTPATHS
    if is_named and config.option.markexpr == QUICK and not hasattr(config, "workerinput"):
        config.option.markexpr = WHOLE


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of a suite."""
    for item in items:
        suite = item.path.relative_to(Path(__file__).parent).parts[0]
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
