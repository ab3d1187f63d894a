"""A line on standard error while a long question runs: only on a terminal, only after a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

_AFTER, _EVERY = 1.0, 0.2


class Progress:
    """Counts what was done on a line that is written over itself, and wiped when the block ends."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._next = time.monotonic() + _AFTER
        self._shown = False
        self._wanted = sys.stderr.isatty()

    def __call__(self, count: int, doing: str = "") -> None:
        """Show the count, and what is done just now, from time to time."""
        now = time.monotonic()
        if self._wanted and now >= self._next:
            click.echo(f"\r\x1b[K{count:,} {self._what}{doing} …", nl=False, err=True)
            self._shown, self._next = True, now + _EVERY

    def wipe(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)
            self._shown = False

    def __enter__(self) -> Progress:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the line."""
        self.wipe()
