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
from reasoner.files.held import PATIENCE, busy
from reasoner.files.journal import BACK, FORWARD
from reasoner.files.names import JOURNAL
from reasoner.files.parts import NoLocksError, fill, lock, mode_for, sync_folder, writing
from reasoner.files.places import JournaledFolder, places_of
from reasoner.files.recovery import recover


def replace_together(contents: Mapping[str, bytes]) -> bool:
    """Replace files, named by their real paths, all or none; False where there are no locks and nothing was done.

    Raises :class:`QuestionError` (E412) where one cannot be written or is changed meanwhile, :class:`LimitError` for a
    full disk (E508) or another writer that takes too long (E511); then all files are as they were.
    """
    places = places_of(contents)
    with contextlib.ExitStack() as stack:
        try:
            leader = _begin(places, stack)
        except NoLocksError:
            return False
        decided = ""
        try:
            for place in places:
                for number, change in enumerate(place.journal.changes):
                    _lay_beside(place, number, contents[place.path(change.name)])
                with writing(place.folder):
                    sync_folder(place.folder)
            decided = FORWARD
            with writing(places[0].folder):
                decide(leader, decided)
            end = bring_to_end(leader, places, decided, FORWARD)
        except BaseException:
            bring_to_end(leader, places, decided, BACK)
            raise
    if end.direction == BACK:
        raise end.barred or changed(end.edited or sorted(contents))
    return True


def _begin(places: Sequence[JournaledFolder], stack: contextlib.ExitStack) -> int:
    """Put a journal into every folder; the leading one stays open and locked as long as ``stack``."""
    handles: list[int] = []
    try:
        for place in places:
            with writing(place.path(place.journal.changes[0].name)):
                handles.append(_new_journal(place, stack))
    except BaseException:
        for place in reversed(places[: len(handles)]):
            with contextlib.suppress(OSError):
                os.unlink(place.path(JOURNAL))
        raise
    return handles[0]


def _new_journal(place: JournaledFolder, stack: contextlib.ExitStack) -> int:
    path, until = place.path(JOURNAL), time.monotonic() + PATIENCE
    while True:
        recover(place.folder)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:  # another writer was faster
            if time.monotonic() > until:
                raise busy(place.folder) from None
            continue
        closing = stack.enter_context(contextlib.closing(os.fdopen(handle, "rb", closefd=True)))
        try:
            lock(handle, wait=True)  # whoever holds it takes it for that of a dead writer, and is about to remove it
            if os.fstat(handle).st_nlink:
                fill(handle, place.journal.text(), stat.S_IMODE(os.fstat(handle).st_mode))
                sync_folder(place.folder)
                return handle
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(path)
            raise
        closing.close()


def _lay_beside(place: JournaledFolder, number: int, data: bytes) -> None:
    """Put the new content of a file beside it, and keep the old one there."""
    change = place.journal.changes[number]
    target = place.path(change.name)
    with writing(target):
        _new_file(place.path(place.journal.new_part(number)), data, mode_for(target))
        if change.old is not None:
            kept = place.path(place.journal.old_part(number))
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
