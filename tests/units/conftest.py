"""A server that nobody may reach."""

import socket
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """A server that notes every connection."""
    hits: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                peer, _ = listener.accept()
            except TimeoutError:
                continue
            hits.append(b"hit")
            peer.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", hits
    done.set()
    thread.join()
    listener.close()
