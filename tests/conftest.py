"""Options of the test run."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator

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
