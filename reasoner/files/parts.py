"""What is written beside a file before it takes the file's place, and locks that tell whether a writer is alive.

A lock lasts as long as its process: no clock and no process number decides whether a writer is alive.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from reasoner.errors import LimitError, QuestionError, no_room

try:
    import fcntl
except ImportError:  # no such locks here: then nobody can tell whether a writer is alive
    fcntl = None  # type: ignore[assignment]

#: What stands for the content of something that is no regular file.
_NO_FILE = "?"
#: What a system says of a lock that another holds.
_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES})


class NoLocksError(Exception):
    """There are no locks in this system, or on this disk."""


def lock(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file until it is closed; False where another holds it.  Raises :class:`NoLocksError`."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except AttributeError:
        raise NoLocksError from None
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise NoLocksError from error
    return True


def fill(handle: int, data: bytes, mode: int) -> None:
    """Write all of a new file and force it to the disk."""
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]
    os.fchmod(handle, mode)
    os.fsync(handle)


def sync_folder(folder: str | Path) -> None:
    """Force to the disk which names a folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def mode_for(target: str | Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of ``rw-rw-rw-``."""
    try:
        return stat.S_IMODE(os.stat(target).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


@contextlib.contextmanager
def writing(path: str | Path) -> Iterator[None]:
    """Turn what the system says into an error that names the file.

    Raises :class:`LimitError` (E508) for a full disk, :class:`QuestionError` (E412) for everything else.
    """
    try:
        yield
    except (OSError, ValueError) as error:
        said = f"cannot write {path}: {getattr(error, 'strerror', None) or error}"
        if no_room(error):
            raise LimitError(said, code="E508", hint="make room, or write elsewhere") from error
        raise QuestionError(said, code="E412", hint="name a file in a folder of yours") from error


def hash_of(path: str) -> str | None:
    """The hash of a regular file; None where there is nothing."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    except OSError:
        if os.path.islink(path):
            return _NO_FILE
        raise
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return _NO_FILE
        return hashlib.file_digest(file, "sha256").hexdigest()
