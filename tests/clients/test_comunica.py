"""Comunica, which federates endpoints from JavaScript.  Needs Node and ``npm ci --prefix tests/clients``."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from asked import ASK, CONSTRUCT, ROUTES, SELECT

from tests.effort import PATIENCE

HERE = Path(__file__).parent
NODE = shutil.which("node")
pytestmark = [
    pytest.mark.clients,
    pytest.mark.skipif(
        not (NODE and (HERE / "node_modules" / "@comunica" / "query-sparql").exists()),
        reason="needs node and: npm ci --prefix tests/clients",
    ),
    pytest.mark.parametrize("known", ["sparql@", ""], ids=["told to be an endpoint", "found to be one"]),
]


def answer(kind: str, source: str, query: str) -> Any:
    done = subprocess.run(
        [str(NODE), str(HERE / "comunica.mjs"), kind, source, query],
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_rows_are_those_of_the_endpoint(endpoint: str, known: str) -> None:
    rows = answer("bindings", known + endpoint, SELECT)
    assert "https://w3id.org/dislodge#RP06" in [row["r"] for row in rows]
    assert len(rows) > 20


def test_yes_is_yes(endpoint: str, known: str) -> None:
    assert answer("boolean", known + endpoint, ASK) is True


def test_a_graph_is_constructed(endpoint: str, known: str) -> None:
    quads = answer("quads", known + endpoint, CONSTRUCT)
    assert len(quads) > 20
    assert {quad[2] for quad in quads} == {ROUTES}
