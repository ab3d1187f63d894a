"""The end of a write of several files, by its writer or by whoever comes after it.

A file that somebody else has changed meanwhile is never replaced.  Was it changed before its turn came, all the others
go back; was it changed afterwards, all the others go on; where both happened nobody can decide but the user.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

from reasoner.errors import DislodgeError, QuestionError
from reasoner.files.folders import JournaledFolder
from reasoner.files.journal import BACK, FORWARD, Change, decision_line
from reasoner.files.journal_name import JOURNAL
from reasoner.files.parts import hash_of, sync_folder, writing


@dataclass(frozen=True, slots=True)
class End:
    """How a write ended: in which direction, which files others had changed, and what barred the way that was meant."""

    direction: str
    edited: tuple[str, ...] = ()
    barred: DislodgeError | None = None


def bring_to_end(leader: int, folders: Sequence[JournaledFolder], decided: str, wanted: str) -> End:
    """Go the wanted way, or else the other one; raises where neither is open, and then the journals stay.

    Where nothing is decided no file has changed, and the way is back.
    """
    if not decided:
        clean(folders)
        return End(BACK)
    barred: DislodgeError | None = None
    for way in (wanted, BACK if wanted == FORWARD else FORWARD):
        standings = [
            _standing(journaled, number) for journaled in folders for number in range(len(journaled.journal.changes))
        ]
        edited = tuple(standing.target for standing in standings if standing.is_edited)
        if all(way in standing.ways for standing in standings):
            try:
                _go(leader, folders, standings, way, decided)
            except DislodgeError as error:
                barred = barred or error
                decided = way
            else:
                clean(folders)
                return End(way, edited, barred)
    raise barred or changed(edited or [standing.target for standing in standings])


def _go(
    leader: int, folders: Sequence[JournaledFolder], standings: Sequence[ChangeStanding], way: str, decided: str
) -> None:
    """Bring every file to where a way leads, once it is written down that it is taken."""
    with writing(folders[0].folder):
        if way != decided:
            decide(leader, way)
    for standing in standings:
        with writing(standing.target):
            standing.go(way)
    for journaled in folders:
        with writing(journaled.folder):
            sync_folder(journaled.folder)


def decide(handle: int, direction: str) -> None:
    """Write a decision down; one that is not whole decides nothing."""
    os.lseek(handle, 0, os.SEEK_END)
    os.write(handle, decision_line(direction))
    os.fsync(handle)


@dataclass(frozen=True, slots=True)
class ChangeStanding:
    """How a change stands: the hashes of the file, of the new content beside it, and of the old one."""

    change: Change
    target: str
    new_part: str
    old_part: str
    now: str | None
    new: str | None
    old: str | None

    @property
    def is_edited(self) -> bool:
        """Whether the file is neither the old nor the new one."""
        return self.now not in (self.change.old, self.change.new)

    @property
    def ways(self) -> set[str]:
        """The directions that are open: an edited file stays, and goes with the content that it was made from."""
        if self.is_edited:
            return {FORWARD if self.new is None else BACK}
        is_old, is_new = self.now == self.change.old, self.now == self.change.new
        ways = set()
        if is_new or self.new == self.change.new:
            ways.add(FORWARD)
        if is_old or self.old == self.change.old:
            ways.add(BACK)
        return ways

    def go(self, way: str) -> None:
        """Bring the file to where a way leads, unless it is there, or is left to its editor.

        Raises :class:`QuestionError` (E412) where it was edited a moment before it was replaced: the old content that
        is kept beside it is the same file, so the edit is there, and comes back.
        """
        if self.is_edited or self.now == (self.change.new if way == FORWARD else self.change.old):
            return
        if way == FORWARD:
            os.replace(self.new_part, self.target)
            if self.change.old is not None and hash_of(self.old_part) != self.change.old:
                os.link(self.target, self.new_part)
                os.replace(self.old_part, self.target)
                raise changed([self.target])
        elif self.change.old is None:
            os.unlink(self.target)
        else:
            os.replace(self.old_part, self.target)


def _standing(journaled: JournaledFolder, number: int) -> ChangeStanding:
    change = journaled.journal.changes[number]
    paths = [
        journaled.path(n) for n in (change.name, journaled.journal.new_part(number), journaled.journal.old_part(number))
    ]
    with writing(paths[0]):
        return ChangeStanding(change, *paths, *map(hash_of, paths))


def clean(folders: Sequence[JournaledFolder]) -> None:
    """Remove what lies beside the files, then the journals: the leading one last."""
    for journaled in folders:
        with writing(journaled.folder):
            for number in range(len(journaled.journal.changes)):
                remove(journaled.path(journaled.journal.new_part(number)))
                remove(journaled.path(journaled.journal.old_part(number)))
            sync_folder(journaled.folder)
    for journaled in reversed(folders):
        with writing(journaled.folder):
            remove(journaled.path(JOURNAL))
            sync_folder(journaled.folder)


def remove(path: str) -> None:
    """Remove a file, if there is one."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def shown(paths: Sequence[str]) -> str:
    """Up to three names; the rest is counted."""
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(path if path.isprintable() else ascii(path) for path in paths[:3]) + more


def changed(paths: Sequence[str]) -> QuestionError:
    """The error that others have changed files meanwhile (E412)."""
    said = f"changed by another program meanwhile: {shown(paths)}"
    return QuestionError(said, code="E412", hint="nothing was written; run the command again")
