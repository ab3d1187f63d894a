"""Standard streams that were closed before the program began, as ``dislodge … >&-`` does.

Python has no object for such a stream, and the system gives its number to the next file that is opened, into which
whatever is printed would go.  So each gets an object that says that it is closed, and its number is taken.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn


class Closed(io.TextIOBase):
    """A stream that refuses to be read and written."""

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def buffer(self) -> Any:
        """The same for bytes."""
        return self

    def read(self, size: int | None = -1, /) -> NoReturn:
        """Refuse."""
        raise OSError(errno.EBADF, f"{self._name} is closed")

    def write(self, text: object, /) -> NoReturn:
        """Refuse."""
        raise OSError(errno.EBADF, f"{self._name} is closed")


def mend_closed() -> None:
    """Replace the standard streams that are closed; what goes to standard error is lost then."""
    if sys.stdin is None:
        _take_number()
        sys.stdin = Closed("standard input")
    if sys.stdout is None:
        _take_number()
        sys.stdout = Closed("standard output")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  (open as long as the program runs)


def silence(stream: Any) -> None:
    """Drop what a stream still holds, so that Python does not try to write it again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _take_number() -> None:
    """Open what can be neither read nor written: it gets the lowest number that is free."""
    with suppress(OSError):
        os.open(os.sep, os.O_RDONLY)
