"""The journals that lie on the disk: to be looked at, and to be held once their writer is dead."""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.errors import LimitError, WritingError
from reasoner.files.journal import MAX_BYTES, Journal, parsed
from reasoner.files.journal_name import JOURNAL
from reasoner.files.parts import lock

#: How long to wait for another writer, and how often to look, in seconds.
PATIENCE, _PAUSE = 10.0, 0.01


@dataclass(frozen=True, slots=True)
class HeldJournal:
    """A journal that is open and locked; what it says is None where it was not written to its end."""

    handle: int
    journal: Journal | None


@contextlib.contextmanager
def held_in(folder: str) -> Iterator[HeldJournal | None]:
    """The journal of a folder, locked, once its writer is dead; None where there is none any more."""
    path, until = os.path.join(folder, JOURNAL), time.monotonic() + PATIENCE
    while True:
        try:
            handle = opened(path)
        except FileNotFoundError:
            yield None
            return
        with open(handle, "rb", closefd=True) as file:
            while not lock(handle):
                if time.monotonic() > until:
                    raise busy(folder)
                time.sleep(_PAUSE)
            if _is_still(handle, path):
                yield HeldJournal(handle, parsed(file.read(MAX_BYTES), path))
                return


def seen_in(folder: str) -> Journal | None:
    """What the journal of a folder says at the moment; None where there is none."""
    path = os.path.join(folder, JOURNAL)
    with contextlib.suppress(FileNotFoundError), open(opened(path), "rb") as file:
        return parsed(file.read(MAX_BYTES), path)
    return None


def opened(path: str) -> int:
    """A journal of this user, to be read, and to be written to where that may be.

    Raises :class:`WritingError` (E607) for what is no file, too large, or somebody else's.
    """
    if os.path.islink(path):
        raise _not_ours(path, "it is a link")
    flags = os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        handle = os.open(path, os.O_RDWR | flags)
    except OSError:
        handle = os.open(path, os.O_RDONLY | flags)
    status = os.fstat(handle)
    try:
        if not stat.S_ISREG(status.st_mode):
            raise _not_ours(path, "it is no file")
        if status.st_size > MAX_BYTES:
            raise _not_ours(path, "it is too large")
        if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
            raise _not_ours(path, "it belongs to another user")
    except WritingError:
        os.close(handle)
        raise
    return handle


def _is_still(handle: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    except FileNotFoundError:
        return False


def busy(folder: str) -> LimitError:
    """The error that another writer takes too long (E511)."""
    said = f"another run is writing files in {folder}, and does not come to an end"
    return LimitError(said, code="E511", hint="wait until it is done, and ask again")


def _not_ours(path: str, why: str) -> WritingError:
    hint = "nothing was changed; let its owner run any command here, or look at the files and remove it"
    return WritingError(f"the journal {path} of an interrupted write cannot be followed: {why}", code="E607", hint=hint)
