"""Questions of clients, each in a limited child, in order of arrival; the long ones never keep out the short ones.

Every question begins in a quick place.  One that is not answered soon has shown that it is long, and leaves: it goes on
in a long place where one is free, else it is given up, waits, and begins anew.  So a quick place is free again within
:data:`LASTING` seconds, whatever is asked.  A connection asks one question at a time, so that order of arrival is also
fair between clients.  Lines and waiting are bounded: who cannot be answered in time is told so at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

from reasoner.errors import LimitError
from reasoner.views.limited import Child, Limits, Reply, Work, child, run_limited_async

#: The code of the error that says that the server is busy: come back.
BUSY = "E507"
#: A question is long after so many seconds of processor time, or of waiting for it.
SHORT, LASTING = 0.2, 0.6
#: Seconds between two looks at how long it is.
_LOOK = 0.05
#: Seconds that a question waits at most for a place, quick or long.
PATIENCE = 10.0
#: How many may wait: a full line of bombs is through the quick places before a short question loses its patience.
_QUICK_LINE, _LONG_LINE = 64, 16


class Slots:
    """Places for so many questions at once, and a line of bounded length before them, in which some are waiting."""

    def __init__(self, count: int, line: int) -> None:
        self.count, self.line, self.waiting = count, line, 0
        self._free = asyncio.Semaphore(count)

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[Slot]:
        """A place, when it is one's turn; raises :class:`LimitError` E507 where that would take too long."""
        await self._wait()
        taken = Slot(self)
        try:
            yield taken
        finally:
            taken.places.leave()

    async def _wait(self) -> None:
        if self.waiting >= self.line:
            raise _busy()
        self.waiting += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await self._free.acquire()
        except TimeoutError:
            raise _busy() from None
        finally:
            self.waiting -= 1

    @property
    def full(self) -> bool:
        """Whether every place is taken, or promised to somebody who waits."""
        return self._free.locked()

    async def enter(self) -> bool:
        """Take a place if one is free and nobody waits for it."""
        return not self.full and await self._free.acquire()

    def leave(self) -> None:
        """Give a place back."""
        self._free.release()


@dataclass
class Slot:
    """A place that is taken."""

    places: Slots

    async def moved(self, other: Slots) -> bool:
        """Take a place there in exchange for this one; False where none is free."""
        if not await other.enter():
            return False
        self.places.leave()
        self.places = other
        return True


def _cores() -> int:
    return os.cpu_count() or 2


@dataclass
class Runner:
    """Runs work in limited children; one core stays for the server where there are more than two."""

    limits: Limits
    quick: Slots = field(default_factory=lambda: Slots(max(4, _cores()), _QUICK_LINE))
    long: Slots = field(default_factory=lambda: Slots(max(2, _cores() - 1), _LONG_LINE))

    async def run(self, work: Work, *, sealed: bool = True, is_long: bool = False) -> Reply:
        """The reply of ``work``, which may be known to be long; cancelled, its child is ended.

        Raises what :func:`~reasoner.views.limited.run_limited` raises, and :class:`LimitError` E507 where no place was
        to be had.
        """
        limits = replace(self.limits, sealed=sealed)
        reply = None if is_long else await self._soon(work, limits)
        if reply is None:
            async with self.long.place():
                reply = await run_limited_async(work, limits)
        return reply

    async def _soon(self, work: Work, limits: Limits) -> Reply | None:
        """The reply; None for a question that is long while every long place is taken."""
        async with self.quick.place() as place, child(work, limits) as asked:
            while not await asked.ends_within(_LOOK):
                if _is_long(asked):
                    return await asked.reply() if await place.moved(self.long) else None
            return await asked.reply()


def _is_long(asked: Child) -> bool:
    """Told by its own work: on a busy machine a short question lasts longer, but stays short."""
    return asked.spent() >= SHORT or asked.lasted() >= LASTING


def _busy() -> LimitError:
    return LimitError("too many questions at once", code=BUSY, hint="ask again in a second")
