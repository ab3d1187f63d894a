"""A server for clients that people have already."""

from collections.abc import Iterator

import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.views.limited import Limits
from tests.effort import PATIENCE
from tests.served import Served, serving, whole


@pytest.fixture(scope="session")
def kb() -> Reasoned:
    return Reasoned.load()


@pytest.fixture(scope="session")
def http(kb: Reasoned) -> Iterator[Served]:
    with serving(whole(kb, Limits(PATIENCE, niced=True))) as served:
        yield served


@pytest.fixture(scope="session")
def endpoint(http: Served) -> str:
    return f"{http.url}/sparql"


@pytest.fixture(autouse=True)
def _nothing_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients of this server ask no proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question is long by its work alone, and waits for a place: a busy machine takes its time.

    There even a short one takes several times its work, also of the processor.
    """
    for bound, seconds in (("LASTING", PATIENCE), ("PATIENCE", PATIENCE), ("SHORT", 0.6)):
        monkeypatch.setattr(f"reasoner.views.web.runner.{bound}", seconds)
