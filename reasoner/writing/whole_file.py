"""Files written whole or not at all.

A file is written beside its target and renamed over it.  A writer that is killed leaves that part behind; the next
write to the same target removes it.  A writer holds a lock on its part as long as it lives, and the system takes the
lock away with the process, so a part is left behind exactly when its lock is free.  Several files become new together
(:mod:`reasoner.files.together`).
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Mapping
from pathlib import Path

from reasoner.errors import QuestionError
from reasoner.files.parts import NoLocksError, fill, lock, mode_for, sync_folder, writing
from reasoner.resources import is_installed

_ENDING = ".part"


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` (as UTF-8) at ``path``: a reader sees the old file or the new one, never a part.

    A link is followed, the mode of an old file is kept, a device or pipe is written to directly.  Raises
    :class:`QuestionError` (E412) for a directory, a missing folder or a lack of rights, :class:`LimitError` (E508) for
    a full disk.
    """
    write_all({path: text})


def write_all(texts: Mapping[Path, str]) -> None:
    """As :func:`write_whole` for each file; all files become new or none does, also where the writer is killed.

    What is no file is written to when all files are new.  Raises :class:`QuestionError` also for a file of the
    installed package (E428) and one that is changed meanwhile (E412), :class:`LimitError` also for another writer of
    the same folders that takes too long (E511).
    """
    files: dict[str, bytes] = {}
    others: dict[Path, bytes] = {}
    for path, text in texts.items():
        with writing(path):
            _refuse_installed(path)
            real, data = Path(os.path.realpath(path)), text.encode("utf-8")
            if real.is_dir():
                raise IsADirectoryError(21, "it is a directory")
            if real.exists() and not real.is_file():
                others[path] = data
            else:
                files[str(real)] = data
    if len(files) > 1:
        from reasoner.files.together import replace_together

        replaced = replace_together(files)
    else:
        replaced = False
    if not replaced:
        _replace_in_turn(files)
    for path, data in others.items():
        with writing(path):
            path.write_bytes(data)


def _refuse_installed(path: Path) -> None:
    if is_installed(path):
        raise QuestionError(
            f"{path} belongs to the installed package, and the next installation would undo the edit",
            code="E428",
            hint="work in a checkout, or on copies that --ontology or --rules names",
        )


def _replace_in_turn(files: Mapping[str, bytes]) -> None:
    """Replace files one after the other, when all new ones are on the disk."""
    with contextlib.ExitStack() as stack:
        ready: list[tuple[str, str]] = []
        for target, data in files.items():
            with writing(target):
                ready.append((_written_beside(stack, Path(target), data), target))
        for part, target in ready:
            with writing(target):
                os.replace(part, target)
                sync_folder(Path(target).parent)


def _written_beside(stack: contextlib.ExitStack, target: Path, data: bytes) -> str:
    """The name of a part beside the target that holds the data, forced to the disk."""
    prefix = f".{target.name[:80]}."
    _sweep(target.parent, prefix)
    handle, name = _part(target.parent, prefix)
    stack.callback(Path(name).unlink, missing_ok=True)
    stack.callback(os.close, handle)  # the lock lasts until the part has become the target
    fill(handle, data, mode_for(target))
    return name


def _part(folder: Path, prefix: str) -> tuple[int, str]:
    """A new part, open and locked; one that another writer swept away before it was locked is made again."""
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=_ENDING, dir=folder)
        with contextlib.suppress(NoLocksError):
            lock(handle, wait=True)  # a sweeper that holds the lock now is about to remove the part
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)


def _sweep(folder: Path, prefix: str) -> None:
    """Remove the parts of this target whose writers are dead; what cannot be looked at stays."""
    left = re.compile(rf"{re.escape(prefix)}[a-z0-9_]{{8}}{re.escape(_ENDING)}")
    for name in os.listdir(folder):
        if left.fullmatch(name):
            with contextlib.suppress(OSError, NoLocksError):
                _remove_if_left(folder / name)


def _remove_if_left(part: Path) -> None:
    """Remove a part whose lock is free, unless the name has come to mean another file meanwhile."""
    handle = os.open(part, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        seen = os.fstat(handle)
        if stat.S_ISREG(seen.st_mode) and lock(handle) and os.path.samestat(seen, os.lstat(part)):
            part.unlink()
    finally:
        os.close(handle)
