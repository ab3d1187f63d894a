"""How quick the server is: ``python -m tests.benchmarks.bench_serve [--busy N]``.

The command as a user starts it, over real HTTP.  ``--busy`` keeps N other processes at work all the while, as on a
machine that is not ours alone.  Times are milliseconds (the last line counts queries a second); a start is also given
as a multiple of a Python that imports click, measured in turn with it, so that figures of different machines can be
compared.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import multiprocessing
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from tests.units.query_bombs import BOMBS

ROOT = Path(__file__).resolve().parents[2]
ASK = "/sparql?query=" + quote("ASK { :RP06 :retains :CML_LSC }")
REGIMENS = ("", "imatinib", "imatinib+plerixafor", "nilotinib", "imatinib+plerixafor+bevacizumab")
#: Seconds that a query may take here, so that 25 bombs end in less than half a minute.
LIMIT = 1.0
#: Seconds after which a server has built all graphs.
SETTLED = 3.0
#: Two queries that would take for ever: one needs only time, the other memory as well.
ENDLESS = (BOMBS[0], BOMBS[1])
READY_GOAL, ASK_GOAL, CHANGE_GOAL, BOMB_GOAL = 1000.0, 200.0, 100.0, 1.2


@contextlib.contextmanager
def server(*words: str) -> Iterator[int]:
    """A server on a free port, from the moment at which it says that it listens."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reasoner", "serve", "--port", "0", *words], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stderr
        said = re.search(r":(\d+)/", process.stderr.readline())
        assert said, "the server did not start"
        yield int(said[1])
    finally:
        process.terminate()
        process.wait()


class Client:
    """One browser: a connection that stays open."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str, body: str | None = None) -> tuple[int, float]:
        """The status, and the milliseconds until all of the answer was there."""
        begun = time.perf_counter()
        headers = {"content-type": "application/sparql-query"} if body else {}
        self.connection.request("POST" if body else "GET", path, body and body.encode(), headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status, 1000 * (time.perf_counter() - begun)


def ready(runs: int) -> None:
    """From the command to the first page and to the first answer of the endpoint."""
    pages, asks, clicks = [], [], []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import click"], check=True)
        clicks.append(1000 * (time.perf_counter() - begun))
        begun = time.perf_counter()
        with server() as port:
            client = Client(port)
            assert client.ask("/")[0] == 200
            pages.append(1000 * (time.perf_counter() - begun))
            assert client.ask(ASK)[0] == 200
            asks.append(1000 * (time.perf_counter() - begun))
    figures("first page", pages, READY_GOAL, statistics.median(clicks))
    figures("first ASK", asks, None, statistics.median(clicks))


def changes(runs: int) -> None:
    """A change of agents: the assessment, the niche and its picture, as the explorer asks for them."""
    with server() as port:
        client = Client(port)
        first = [client.ask(f"/api/scenario?cell=CML_LSC&regimen={quote(regimen)}")[1] for regimen in REGIMENS]
        again = [
            client.ask(f"/api/scenario?cell=CML_LSC&regimen={quote(regimen)}")[1]
            for _ in range(runs) for regimen in REGIMENS
        ]  # fmt: skip
    figures("change, just started", first, None)
    figures("change of agents", again, CHANGE_GOAL)


def bombs(runs: int) -> None:
    """Every bomb, one after the other, while a second client asks."""
    with server("--timeout", str(LIMIT), "--memory", "512") as port:
        second, first = Client(port), Client(port)
        second.ask(ASK)
        figures("ASK alone", [second.ask(ASK)[1] for _ in range(20 * runs)], None)
        waits: list[float] = []
        done = threading.Event()

        def asking() -> None:
            while not done.is_set():
                status, taken = second.ask(ASK)
                assert status == 200
                waits.append(taken)
                time.sleep(0.01)

        other = threading.Thread(target=asking)
        other.start()
        ends = []
        for bomb in BOMBS:
            status, taken = first.ask("/sparql", bomb)
            assert status >= 400, bomb[:80]
            ends.append(taken / 1000 / LIMIT)
        done.set()
        other.join()
    figures("ASK beside bombs", waits, ASK_GOAL)
    figures(f"{len(BOMBS)} bombs / limit", ends, BOMB_GOAL)


def crowd(runs: int) -> None:
    """Short questions beside two bombs that never end; then as many as four clients can ask in a second."""
    with server("--timeout", str(LIMIT), "--memory", "512") as port:
        assert Client(port).ask(ASK)[0] == 200
        time.sleep(SETTLED)
        done = threading.Event()

        def bombing(bomb: str) -> None:
            client = Client(port)
            while not done.is_set():
                client.ask("/sparql", bomb)

        others = [threading.Thread(target=bombing, args=[bomb]) for bomb in ENDLESS]
        for other in others:
            other.start()
        time.sleep(LIMIT / 2)
        client = Client(port)
        asked = [client.ask(ASK) for _ in range(40 * runs)]
        done.set()
        for other in others:
            other.join()
        figures("ASK beside two bombs", [taken for status, taken in asked if status == 200] or [0.0], ASK_GOAL)
        print(f"{'refused of them':22}{sum(status != 200 for status, _ in asked):7}", flush=True)
        figures("queries a second", [rate(port) for _ in range(runs)], None)


def rate(port: int, clients: int = 4, seconds: float = 2.0) -> float:
    """Answers a second to clients that ask without a pause."""
    answered: list[int] = []
    end = time.perf_counter() + seconds

    def asking() -> None:
        client = Client(port)
        while time.perf_counter() < end:
            answered.append(client.ask(ASK)[0])

    threads = [threading.Thread(target=asking) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answered.count(200) / seconds


# --- measuring and printing -------------------------------------------------------------------------------------------


def figures(name: str, times: list[float], goal: float | None, unit: float | None = None) -> None:
    """A line: median, 99th percentile, most, goal, and how many times a Python that imports click."""
    ordered = sorted(times)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    wanted = "" if goal is None else f"{goal:.1f}"
    ratio = "" if unit is None else f"{statistics.median(ordered) / unit:.1f} x click"
    middle = statistics.median(ordered)
    print(f"{name:22}{len(ordered):7}{middle:10.1f}{late:10.1f}{ordered[-1]:10.1f}{wanted:>10}  {ratio}", flush=True)


def _spin() -> None:
    while True:
        pass


@contextlib.contextmanager
def busy(others: int) -> Iterator[None]:
    """Other work on the machine."""
    workers = [multiprocessing.Process(target=_spin, daemon=True) for _ in range(others)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


SECTIONS: dict[str, Callable[[int], None]] = {"ready": ready, "changes": changes, "bombs": bombs, "crowd": crowd}

if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sections", nargs="*", default=list(SECTIONS), help=", ".join(SECTIONS))
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--busy", type=int, default=0, help="other processes at work all the while")
    given = options.parse_args()
    print(f"{'':22}{'times':>7}{'median':>10}{'p99':>10}{'most':>10}{'goal':>10}")
    with busy(given.busy):
        for section in given.sections:
            SECTIONS[section](given.runs)
