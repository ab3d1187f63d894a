"""Questions of clients, each in a limited child, in order of arrival; the long ones never keep out the short ones.

Every question begins in a quick slot.  One that is not answered soon has shown that it is long, and leaves: it goes on
in a long slot where one is free, else it is given up, waits, and begins anew.  So a quick slot is free again within
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
#: Seconds that a question waits at most for a slot, quick or long.
PATIENCE = 10.0
#: How many may wait: a full line of bombs is through the quick slots before a short question loses its patience.
_QUICK_LINE, _LONG_LINE = 64, 16


class Slots:
    """Slots for so many questions at once, and a line of bounded length before them, in which some are waiting."""

    def __init__(self, count: int, line: int) -> None:
        self.count, self.line, self.waiting = count, line, 0
        self._free = asyncio.Semaphore(count)

    @contextlib.asynccontextmanager
    async def slot(self) -> AsyncIterator[Slot]:
        """A slot, when it is one's turn; raises :class:`LimitError` E507 where that would take too long."""
        await self._wait()
        taken = Slot(self)
        try:
            yield taken
        finally:
            taken.slots.leave()

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
        """Whether every slot is taken, or promised to somebody who waits."""
        return self._free.locked()

    async def enter(self) -> bool:
        """Take a slot if one is free and nobody waits for it."""
        return not self.full and await self._free.acquire()

    def leave(self) -> None:
        """Give a slot back."""
        self._free.release()


@dataclass
class Slot:
    """A slot that is taken."""

    slots: Slots

    async def moved(self, other: Slots) -> bool:
        """Take a slot there in exchange for this one; False where none is free."""
        if not await other.enter():
            return False
        self.slots.leave()
        self.slots = other
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

        Raises what :func:`~reasoner.views.limited.run_limited` raises, and :class:`LimitError` E507 where no slot was
        to be had.
        """
        limits = replace(self.limits, sealed=sealed)
        reply = None if is_long else await self._soon(work, limits)
        if reply is None:
            async with self.long.slot():
                reply = await run_limited_async(work, limits)
        return reply

    async def _soon(self, work: Work, limits: Limits) -> Reply | None:
        """The reply; None for a question that is long while every long slot is taken."""
        async with self.quick.slot() as slot, child(work, limits) as asked:
            while not await asked.ends_within(_LOOK):
                if _is_long(asked):
                    return await asked.reply() if await slot.moved(self.long) else None
            return await asked.reply()


def _is_long(asked: Child) -> bool:
    """Told by its own work: on a busy machine a short question lasts longer, but stays short."""
    return asked.spent() >= SHORT or asked.lasted() >= LASTING


def _busy() -> LimitError:
    return LimitError("too many questions at once", code=BUSY, hint="ask again in a second")
