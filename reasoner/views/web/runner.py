"""Questions of clients, each in a limited child: few at once, the long ones behind the short ones."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace

from reasoner.errors import LimitError
from reasoner.views.limited import Limits, Reply, Work, run_limited_async

#: The code of the error that says that the server is busy: come back.
BUSY = "E507"


def places() -> int:
    """Children at once: one core stays for the server where there are more than two."""
    return max(2, (os.cpu_count() or 2) - 1)


@dataclass
class Runner:
    """Runs work in limited children, as many at once as there are places."""

    limits: Limits
    most: int = field(default_factory=places)
    running: int = 0

    async def run(self, work: Work, *, sealed: bool = True) -> Reply:
        """The reply of ``work``; raises :class:`LimitError` E507 at once when every place is taken."""
        if self.running >= self.most:
            raise LimitError("too many questions at once", code=BUSY, hint="ask again in a second")
        self.running += 1
        try:
            return await run_limited_async(work, replace(self.limits, sealed=sealed))
        finally:
            self.running -= 1
