"""What the next run does about a write of several files whose writer was killed.

A journal whose lock is free has a dead writer: whoever comes next goes the same way to its end, or back where nothing
was decided or the way is barred.
"""

from __future__ import annotations

import contextlib
import os
import sys

from reasoner.errors import DislodgeError, WritingError
from reasoner.files.ending import bring_to_end, shown
from reasoner.files.folders import others_of, with_consent
from reasoner.files.held import held_in, opened, seen_in
from reasoner.files.journal import FORWARD, MAX_BYTES, Journal, parsed
from reasoner.files.journal_name import JOURNAL
from reasoner.files.parts import NoLocksError, lock


def recover(folder: str | os.PathLike[str]) -> None:
    """Bring what the journal in a folder tells of to its end, once its writer is dead; one line tells how it ended.

    Raises :class:`WritingError` E607 for a journal that is none, E608 where neither way is open, and
    :class:`LimitError` (E511) where the writer lives and takes too long.
    """
    real = os.path.realpath(folder)
    try:
        while (journal := _settled_here(real)) is not None:
            leader = os.path.realpath(os.path.join(real, journal.leader))
            if not _settled_there(leader, real, journal) and seen_in(real) == journal:
                raise _unfinished(real, f"the folder {leader}, which began it too, does not tell how it ended")
    except NoLocksError:
        raise _unfinished(real, "there are no locks here, so its writer may be alive") from None
    except OSError as error:
        raise _unfinished(real, error.strerror or str(error)) from error


def _settled_here(folder: str) -> Journal | None:
    """The journal of a folder that another one leads; None once there is none, or this folder's own is settled."""
    with held_in(folder) as held:
        if held is None:
            return None
        if held.journal is None:
            os.unlink(os.path.join(folder, JOURNAL))
            return None
        if os.path.normpath(held.journal.leader) != os.curdir:
            return held.journal
        _settle(folder, held.handle, held.journal)
    return None


def _settled_there(folder: str, member: str, journal: Journal) -> bool:
    """Settle the write that a leading folder tells of, if the member takes part in it."""
    with held_in(folder) as held:
        if held is None or held.journal is None or held.journal.id != journal.id:
            return False
        if member not in others_of(folder, held.journal):
            return False
        _settle(folder, held.handle, held.journal)
    return True


def _settle(folder: str, handle: int, journal: Journal) -> None:
    """The writer is dead: go on in its stead."""
    folders = with_consent(folder, journal)
    for other in others_of(folder, journal):
        _remove_begun(other)
    try:
        end = bring_to_end(handle, folders, journal.decision, journal.decision)
    except DislodgeError as error:
        raise _unfinished(folder, error.message) from error
    files = [journaled.path(change.name) for journaled in folders for change in journaled.journal.changes]
    verb = "finished" if end.direction == FORWARD else "undid"
    stays = f"; changed meanwhile, and left as they are: {shown(end.edited)}" if end.edited else ""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # it may be closed
        print(f"Note: {verb} what an interrupted run had begun to write: {shown(files)}{stays}", file=sys.stderr)


def _remove_begun(folder: str) -> None:
    """Remove a journal that was not written to its end, unless its writer is alive."""
    path = os.path.join(folder, JOURNAL)
    with contextlib.suppress(OSError, NoLocksError, DislodgeError):
        handle = opened(path)
        with open(handle, "rb", closefd=True) as file:
            own = lock(handle) and os.path.samestat(os.fstat(handle), os.lstat(path))
            if own and parsed(file.read(MAX_BYTES), path) is None:
                os.unlink(path)


def _unfinished(folder: str, why: str) -> WritingError:
    return WritingError(
        f"an interrupted write of several files in {folder} can be neither finished nor undone: {why}",
        code="E608",
        hint=f"mend that and ask again; or see that the files are right, and remove {os.path.join(folder, JOURNAL)}",
    )
