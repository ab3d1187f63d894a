"""Options of the test run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--accept`` rewrites the answers of tests/cases from what the engine says now."""
    parser.addoption("--accept", action="store_true", help="rewrite the answers of the golden cases; never in CI")
