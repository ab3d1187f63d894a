"""Ctrl-C as a question to end soon, where an answer is found bit by bit; everywhere else it ends the run at once."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any

from reasoner.cli.progress import Progress

if TYPE_CHECKING:
    from reasoner.closure.meter import Meter

#: Seconds that a search has to come to a place where it can end, before it is ended where it is.
GRACE = 1.0


@contextmanager
def searching(what: str, meter: Meter) -> Iterator[Callable[..., bool]]:
    """What a search asks now and then, with how many things it has looked at: whether it is to end with what it found.

    That is so where the time of the budget is over, and after Ctrl-C.  The count is shown as progress.  Raises
    :class:`KeyboardInterrupt` where Ctrl-C is pressed again, where the search does not ask for it within
    :data:`GRACE`, and at the end of a block that never asked.
    """
    with Progress(what) as progress, _interruptible() as interrupted:

        def stop(count: int, *_: object) -> bool:
            progress(count)
            return interrupted() or meter.late

        yield stop


class _Interruption:
    """Whether Ctrl-C was pressed, and whether the search knows."""

    def __init__(self, before: Any) -> None:
        self.before = before
        self.noted = False
        self.told = False

    def note(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-C for the first time; pressed again it interrupts as usual."""
        self.noted = True
        signal.signal(signal.SIGINT, self.before)
        _alarm(GRACE)

    def ask(self) -> bool:
        """Whether to end; having been told, the search may take the time that it needs to answer."""
        if self.noted and not self.told:
            _alarm(0)
            self.told = True
        return self.noted


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Within the block Ctrl-C is noted; outside the main thread, and where it is to be ignored, it never is."""
    before = signal.getsignal(signal.SIGINT)
    interruption = _Interruption(before)
    try:
        if before in (None, signal.SIG_IGN):
            raise ValueError
        signal.signal(signal.SIGINT, interruption.note)
    except ValueError:
        yield lambda: False
        return
    alarmed = signal.signal(signal.SIGALRM, _too_late) if hasattr(signal, "SIGALRM") else None
    try:
        yield interruption.ask
    finally:
        _alarm(0)
        signal.signal(signal.SIGINT, before)
        if alarmed is not None:
            signal.signal(signal.SIGALRM, alarmed)
    if interruption.noted and not interruption.told:
        raise KeyboardInterrupt


def _too_late(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
