"""Files written whole or not at all.

A file is written beside its target and renamed over it.  A writer that is killed leaves that part behind; the next
write to the same target removes it.  A writer holds a lock on its part as long as it lives, and the system takes the
lock away with the process, so a part is left behind exactly when its lock is free: no clock, no process number decides.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from reasoner.errors import LimitError, QuestionError, no_room
from reasoner.resources import is_installed

try:
    import fcntl
except ImportError:  # no such locks here: then parts that were left behind stay
    fcntl = None  # type: ignore[assignment]

_ENDING = ".part"


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` (as UTF-8) at ``path``: a reader sees the old file or the new one, never a part.

    A link is followed, the mode of an old file is kept, a device or pipe is written to directly.  Raises
    :class:`QuestionError` (E412) for a directory, a missing folder or a lack of rights, :class:`LimitError` (E508) for
    a full disk.
    """
    write_all({path: text})


def write_all(texts: Mapping[Path, str]) -> None:
    """As :func:`write_whole` for each file; all new files are on the disk before the first takes its place.

    Raises :class:`QuestionError` (E428) for a file of the installed package.
    """
    with contextlib.ExitStack() as stack:
        ready: list[tuple[Path, Callable[[], object]]] = []
        for path, text in texts.items():
            with _named(path):
                _refuse_installed(path)
                ready.append((path, _ready(stack, Path(os.path.realpath(path)), text.encode("utf-8"))))
        for path, take_place in ready:
            with _named(path):
                take_place()


def _refuse_installed(path: Path) -> None:
    if is_installed(path):
        raise QuestionError(
            f"{path} belongs to the installed package, and the next installation would undo the edit",
            code="E428",
            hint="work in a checkout, or on copies that --ontology or --rules names",
        )


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Turn what the system says into an error that names the file."""
    try:
        yield
    except (OSError, ValueError) as error:
        said = f"cannot write {path}: {getattr(error, 'strerror', None) or error}"
        if no_room(error):
            raise LimitError(said, code="E508", hint="make room, or write elsewhere") from error
        raise QuestionError(said, code="E412", hint="name a file in a folder of yours") from error


def _ready(stack: contextlib.ExitStack, target: Path, data: bytes) -> Callable[[], object]:
    """Write beside the target and force it to the disk; what is returned renames it over the target."""
    if target.is_dir():
        raise IsADirectoryError(21, "it is a directory")
    if target.exists() and not target.is_file():
        return partial(target.write_bytes, data)
    prefix = f".{target.name[:80]}."
    _sweep(target.parent, prefix)
    handle, name = _part(target.parent, prefix)
    stack.callback(Path(name).unlink, missing_ok=True)
    out = stack.enter_context(os.fdopen(handle, "wb"))  # the lock lasts until the part has become the target
    out.write(data)
    out.flush()
    os.fchmod(out.fileno(), _mode(target))
    os.fsync(out.fileno())
    return partial(_take_place, Path(name), target)


def _take_place(part: Path, target: Path) -> None:
    os.replace(part, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _part(folder: Path, prefix: str) -> tuple[int, str]:
    """A new part, open and locked; one that another writer swept away before it was locked is made again."""
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=_ENDING, dir=folder)
        _lock(handle, wait=True)  # a sweeper that holds the lock now is about to remove the part
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove the parts of this target whose writers are dead; what cannot be looked at stays."""
    left = re.compile(rf"{re.escape(prefix)}[a-z0-9_]{{8}}{re.escape(_ENDING)}")
    for name in os.listdir(folder):
        if left.fullmatch(name):
            with contextlib.suppress(OSError):
                _remove_if_left(folder / name)


def _remove_if_left(part: Path) -> None:
    """Remove a part whose lock is free, unless the name has come to mean another file meanwhile."""
    handle = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        seen = os.fstat(handle)
        if stat.S_ISREG(seen.st_mode) and _lock(handle) and os.path.samestat(seen, os.lstat(part)):
            part.unlink()
    finally:
        os.close(handle)


def _lock(handle: int, *, wait: bool = False) -> bool:
    """Lock an open file until it is closed; False where another holds it, or where there are no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (AttributeError, OSError):
        return False
    return True


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of ``rw-rw-rw-``."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
