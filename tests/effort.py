"""What work takes, told so that neither a slow machine nor a busy one changes the answer."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable

#: Seconds after which something hangs, however busy the machine is.
PATIENCE = 600.0


def processor() -> float:
    """Seconds of processor time that this process has taken, and those of its children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def taken(work: Callable[[], object]) -> float:
    """Seconds of processor time that ``work`` takes."""
    begun = processor()
    work()
    return processor() - begun


def effort(work: Callable[[], object]) -> float:
    """Processor time of ``work`` as a multiple of what a fixed piece of Python takes beside it, some 50 ms of 2024.

    Good for bounds with a margin of some times; figures are for ``tests/benchmarks``.
    """
    before = taken(_fixed)
    spent = taken(work)
    return spent / max(before, taken(_fixed))


def _fixed() -> None:
    words = {str(number): number for number in range(100_000)}
    assert sorted(words)[-1] == "99999"
