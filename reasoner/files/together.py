"""Several files that become new together, whenever their writer is killed.

The writer puts a journal into each folder concerned (:mod:`reasoner.files.journal`), then the new contents beside the
files, and keeps the old ones there too.  When all is on the disk it writes one line into the journal of the folder that
leads: from then on the new files hold.  They take their places, and what lies beside them goes, the leading journal
last (:mod:`reasoner.files.ending`).
"""

from __future__ import annotations

import contextlib
import os
import stat
import time
from collections.abc import Mapping, Sequence

from reasoner.files.ending import bring_to_end, changed, decide
from reasoner.files.folders import JournaledFolder, journaled_folders
from reasoner.files.held import PATIENCE, busy
from reasoner.files.journal import BACK, FORWARD
from reasoner.files.journal_name import JOURNAL
from reasoner.files.parts import NoLocksError, fill, lock, mode_for, sync_folder, writing
from reasoner.files.recovery import recover


def replace_together(contents: Mapping[str, bytes]) -> bool:
    """Replace files, named by their real paths, all or none; False where there are no locks and nothing was done.

    Raises :class:`QuestionError` (E412) where one cannot be written or is changed meanwhile, :class:`LimitError` for a
    full disk (E508) or another writer that takes too long (E511); then all files are as they were.
    """
    folders = journaled_folders(contents)
    with contextlib.ExitStack() as stack:
        try:
            leader = _begin(folders, stack)
        except NoLocksError:
            return False
        decided = ""
        try:
            for journaled in folders:
                for number, change in enumerate(journaled.journal.changes):
                    _lay_beside(journaled, number, contents[journaled.path(change.name)])
                with writing(journaled.folder):
                    sync_folder(journaled.folder)
            decided = FORWARD
            with writing(folders[0].folder):
                decide(leader, decided)
            end = bring_to_end(leader, folders, decided, FORWARD)
        except BaseException:
            bring_to_end(leader, folders, decided, BACK)
            raise
    if end.direction == BACK:
        raise end.barred or changed(end.edited or sorted(contents))
    return True


def _begin(folders: Sequence[JournaledFolder], stack: contextlib.ExitStack) -> int:
    """Put a journal into every folder; the leading one stays open and locked as long as ``stack``."""
    handles: list[int] = []
    try:
        for journaled in folders:
            with writing(journaled.path(journaled.journal.changes[0].name)):
                handles.append(_new_journal(journaled, stack))
    except BaseException:
        for journaled in reversed(folders[: len(handles)]):
            with contextlib.suppress(OSError):
                os.unlink(journaled.path(JOURNAL))
        raise
    return handles[0]


def _new_journal(journaled: JournaledFolder, stack: contextlib.ExitStack) -> int:
    path, until = journaled.path(JOURNAL), time.monotonic() + PATIENCE
    while True:
        recover(journaled.folder)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:  # another writer was faster
            if time.monotonic() > until:
                raise busy(journaled.folder) from None
            continue
        closing = stack.enter_context(contextlib.closing(os.fdopen(handle, "rb", closefd=True)))
        try:
            lock(handle, wait=True)  # whoever holds it takes it for that of a dead writer, and is about to remove it
            if os.fstat(handle).st_nlink:
                fill(handle, journaled.journal.text(), stat.S_IMODE(os.fstat(handle).st_mode))
                sync_folder(journaled.folder)
                return handle
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(path)
            raise
        closing.close()


def _lay_beside(journaled: JournaledFolder, number: int, data: bytes) -> None:
    """Put the new content of a file beside it, and keep the old one there."""
    change = journaled.journal.changes[number]
    target = journaled.path(change.name)
    with writing(target):
        _new_file(journaled.path(journaled.journal.new_part(number)), data, mode_for(target))
        if change.old is not None:
            kept = journaled.path(journaled.journal.old_part(number))
            try:
                os.link(target, kept)
            except OSError:  # not every disk has links, and not every file may be linked to
                with open(target, "rb") as file:
                    _new_file(kept, file.read(), mode_for(target))


def _new_file(path: str, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fill(handle, data, mode)
    finally:
        os.close(handle)
