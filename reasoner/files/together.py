"""Several files that become new together, whenever their writer is killed.

The writer puts a journal into each folder concerned (:mod:`reasoner.files.journal`), then the new contents beside the
files, and keeps the old ones there too.  When all is on the disk it writes one line into the journal of the folder that
leads: from then on the new files hold.  They take their places, and what lies beside them goes, the leading journal
last.  A journal whose lock is free has a dead writer: whoever comes next goes the same way to its end, or back where
nothing was decided or the way is barred.

A file that somebody else has changed meanwhile is never replaced.  Was it changed before its turn came, all the others
go back; was it changed afterwards, all the others go on; where both happened nobody can decide but the user.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import sys
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reasoner.errors import DislodgeError, LimitError, QuestionError, WritingError
from reasoner.files.journal import BACK, FORWARD, MAX_BYTES, Change, Journal, decision_line, parsed
from reasoner.files.moment import NAME
from reasoner.files.parts import NoLocksError, fill, lock, mode_for, sync_folder, writing

#: How long to wait for another writer, and how often to look, in seconds.
_PATIENCE, _PAUSE = 10.0, 0.01
#: What stands for the content of something that is no regular file.
_NO_FILE = "?"


def replace_together(contents: Mapping[str, bytes]) -> bool:
    """Replace files, named by their real paths, all or none; False where there are no locks and nothing was done.

    Raises :class:`QuestionError` (E412) where one cannot be written or is changed meanwhile, :class:`LimitError` for a
    full disk (E508) or another writer that takes too long (E511); then all files are as they were.
    """
    places = _places(contents)
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
                _decide(leader, decided)
            end = _end(leader, places, decided, FORWARD)
        except BaseException:
            _end(leader, places, decided, BACK)
            raise
    if end.direction == BACK:
        raise end.barred or _changed(end.edited or sorted(contents))
    return True


def recover(folder: str | os.PathLike[str]) -> None:
    """Bring what the journal in a folder tells of to its end, once its writer is dead; one line tells how it ended.

    Raises :class:`WritingError` E607 for a journal that is none, E608 where neither way is open, and
    :class:`LimitError` (E511) where the writer lives and takes too long.
    """
    real = os.path.realpath(folder)
    try:
        while (journal := _settled_here(real)) is not None:
            leader = os.path.realpath(os.path.join(real, journal.leader))
            if not _settled_there(leader, real, journal) and _seen(real) == journal:
                raise _unfinished(real, f"the folder {leader}, which began it too, does not tell how it ended")
    except NoLocksError:
        raise _unfinished(real, "there are no locks here, so its writer may be alive") from None
    except OSError as error:
        raise _unfinished(real, error.strerror or str(error)) from error


# --- places -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A folder and what its journal says."""

    folder: str
    journal: Journal

    def path(self, name: str) -> str:
        return os.path.join(self.folder, name)


@dataclass(frozen=True, slots=True)
class _Held:
    """A journal that is open and locked; what it says is None where it was not written to its end."""

    handle: int
    journal: Journal | None


def _places(contents: Mapping[str, bytes]) -> list[_Place]:
    """The folders in the order in which every writer takes them; the first one leads."""
    number = uuid.uuid4().hex
    folders: dict[str, list[Change]] = {}
    for path in sorted(contents):
        folder, name = os.path.split(path)
        with writing(path):
            old = _hash_of(path)
        folders.setdefault(folder, []).append(Change(name, old, hashlib.sha256(contents[path]).hexdigest()))
    first = min(folders)
    return [
        _Place(
            folder,
            Journal(
                number,
                os.path.relpath(first, folder),
                tuple(os.path.relpath(other, first) for other in sorted(folders) if folder == first != other),
                tuple(changes),
            ),
        )
        for folder, changes in sorted(folders.items())
    ]


def _with_consent(folder: str, leader: Journal) -> list[_Place]:
    """The leading folder, and those whose own journals say that it leads them in this write."""
    places = [_Place(folder, leader)]
    for other in _others(folder, leader):
        journal = _seen(other)
        if journal and journal.id == leader.id and os.path.realpath(os.path.join(other, journal.leader)) == folder:
            places.append(_Place(other, journal))
    return places


def _others(folder: str, leader: Journal) -> list[str]:
    """The folders that a leading journal names besides its own, each once."""
    named = dict.fromkeys(os.path.realpath(os.path.join(folder, path)) for path in leader.others)
    return [other for other in named if other != folder]


# --- the writer -------------------------------------------------------------------------------------------------------


def _begin(places: Sequence[_Place], stack: contextlib.ExitStack) -> int:
    """Put a journal into every folder; the leading one stays open and locked as long as ``stack``."""
    handles: list[int] = []
    try:
        for place in places:
            with writing(place.path(place.journal.changes[0].name)):
                handles.append(_new_journal(place, stack))
    except BaseException:
        for place in reversed(places[: len(handles)]):
            with contextlib.suppress(OSError):
                os.unlink(place.path(NAME))
        raise
    return handles[0]


def _new_journal(place: _Place, stack: contextlib.ExitStack) -> int:
    path, until = place.path(NAME), time.monotonic() + _PATIENCE
    while True:
        recover(place.folder)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
        except FileExistsError:  # another writer was faster
            if time.monotonic() > until:
                raise _busy(place.folder) from None
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


def _lay_beside(place: _Place, number: int, data: bytes) -> None:
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


def _decide(handle: int, direction: str) -> None:
    """Write a decision down; one that is not whole decides nothing."""
    os.lseek(handle, 0, os.SEEK_END)
    os.write(handle, decision_line(direction))
    os.fsync(handle)


# --- to the end -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _End:
    """How a write ended: in which direction, which files others had changed, and what barred the way that was meant."""

    direction: str
    edited: tuple[str, ...] = ()
    barred: DislodgeError | None = None


def _end(leader: int, places: Sequence[_Place], decided: str, wanted: str) -> _End:
    """Go the wanted way, or else the other one; raises where neither is open, and then the journals stay.

    Where nothing is decided no file has changed, and the way is back.
    """
    if not decided:
        _clean(places)
        return _End(BACK)
    barred: DislodgeError | None = None
    for way in (wanted, BACK if wanted == FORWARD else FORWARD):
        standings = [_standing(place, number) for place in places for number in range(len(place.journal.changes))]
        edited = tuple(standing.target for standing in standings if standing.is_edited)
        if all(way in standing.ways for standing in standings):
            try:
                _go(leader, places, standings, way, decided)
            except DislodgeError as error:
                barred = barred or error
                decided = way
            else:
                _clean(places)
                return _End(way, edited, barred)
    raise barred or _changed(edited or [standing.target for standing in standings])


def _go(leader: int, places: Sequence[_Place], standings: Sequence[_Standing], way: str, decided: str) -> None:
    """Bring every file to where a way leads, once it is written down that it is taken."""
    with writing(places[0].folder):
        if way != decided:
            _decide(leader, way)
    for standing in standings:
        with writing(standing.target):
            standing.go(way)
    for place in places:
        with writing(place.folder):
            sync_folder(place.folder)


@dataclass(frozen=True, slots=True)
class _Standing:
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
        if self.is_edited or self.now == (self.change.new if way == FORWARD else self.change.old):
            return
        if way == FORWARD:
            os.replace(self.new_part, self.target)
        elif self.change.old is None:
            os.unlink(self.target)
        else:
            os.replace(self.old_part, self.target)


def _standing(place: _Place, number: int) -> _Standing:
    change = place.journal.changes[number]
    paths = [place.path(n) for n in (change.name, place.journal.new_part(number), place.journal.old_part(number))]
    with writing(paths[0]):
        return _Standing(change, *paths, *map(_hash_of, paths))


def _clean(places: Sequence[_Place]) -> None:
    """Remove what lies beside the files, then the journals: the leading one last."""
    for place in places:
        with writing(place.folder):
            for number in range(len(place.journal.changes)):
                _remove(place.path(place.journal.new_part(number)))
                _remove(place.path(place.journal.old_part(number)))
            sync_folder(place.folder)
    for place in reversed(places):
        with writing(place.folder):
            _remove(place.path(NAME))
            sync_folder(place.folder)


def _remove(path: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)


def _hash_of(path: str) -> str | None:
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


# --- whoever comes next -----------------------------------------------------------------------------------------------


def _settled_here(folder: str) -> Journal | None:
    """The journal of a folder that another one leads; None once there is none, or this folder's own is settled."""
    with _held(folder) as held:
        if held is None:
            return None
        if held.journal is None:
            os.unlink(os.path.join(folder, NAME))
            return None
        if os.path.normpath(held.journal.leader) != os.curdir:
            return held.journal
        _settle(folder, held.handle, held.journal)
    return None


def _settled_there(folder: str, member: str, journal: Journal) -> bool:
    """Settle the write that a leading folder tells of, if the member takes part in it."""
    with _held(folder) as held:
        if held is None or held.journal is None or held.journal.id != journal.id:
            return False
        if member not in _others(folder, held.journal):
            return False
        _settle(folder, held.handle, held.journal)
    return True


def _settle(folder: str, handle: int, journal: Journal) -> None:
    """The writer is dead: go on in its stead."""
    places = _with_consent(folder, journal)
    for other in _others(folder, journal):
        _remove_begun(other)
    try:
        end = _end(handle, places, journal.decision, journal.decision)
    except DislodgeError as error:
        raise _unfinished(folder, error.message) from error
    files = [place.path(change.name) for place in places for change in place.journal.changes]
    verb = "finished" if end.direction == FORWARD else "undid"
    stays = f"; changed meanwhile, and left as they are: {_shown(end.edited)}" if end.edited else ""
    with contextlib.suppress(OSError, ValueError, AttributeError):  # it may be closed
        print(f"Note: {verb} what an interrupted run had begun to write: {_shown(files)}{stays}", file=sys.stderr)


def _remove_begun(folder: str) -> None:
    """Remove a journal that was not written to its end, unless its writer is alive."""
    path = os.path.join(folder, NAME)
    with contextlib.suppress(OSError, NoLocksError, DislodgeError):
        handle = _opened(path)
        with open(handle, "rb", closefd=True) as file:
            own = lock(handle) and os.path.samestat(os.fstat(handle), os.lstat(path))
            if own and parsed(file.read(MAX_BYTES), path) is None:
                os.unlink(path)


@contextlib.contextmanager
def _held(folder: str) -> Iterator[_Held | None]:
    """The journal of a folder, locked, once its writer is dead; None where there is none any more."""
    path, until = os.path.join(folder, NAME), time.monotonic() + _PATIENCE
    while True:
        try:
            handle = _opened(path)
        except FileNotFoundError:
            yield None
            return
        with open(handle, "rb", closefd=True) as file:
            while not lock(handle):
                if time.monotonic() > until:
                    raise _busy(folder)
                time.sleep(_PAUSE)
            if _is_still(handle, path):
                yield _Held(handle, parsed(file.read(MAX_BYTES), path))
                return


def _seen(folder: str) -> Journal | None:
    """What the journal of a folder says at the moment; None where there is none."""
    path = os.path.join(folder, NAME)
    with contextlib.suppress(FileNotFoundError), open(_opened(path), "rb") as file:
        return parsed(file.read(MAX_BYTES), path)
    return None


def _opened(path: str) -> int:
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


# --- what is said -----------------------------------------------------------------------------------------------------


def _shown(paths: Sequence[str]) -> str:
    """Up to three names; the rest is counted."""
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(path if path.isprintable() else ascii(path) for path in paths[:3]) + more


def _changed(paths: Sequence[str]) -> QuestionError:
    said = f"changed by another program meanwhile: {_shown(paths)}"
    return QuestionError(said, code="E412", hint="nothing was written; run the command again")


def _busy(folder: str) -> LimitError:
    said = f"another run is writing files in {folder}, and does not come to an end"
    return LimitError(said, code="E511", hint="wait until it is done, and ask again")


def _not_ours(path: str, why: str) -> WritingError:
    hint = "nothing was changed; let its owner run any command here, or look at the files and remove it"
    return WritingError(f"the journal {path} of an interrupted write cannot be followed: {why}", code="E607", hint=hint)


def _unfinished(folder: str, why: str) -> WritingError:
    return WritingError(
        f"an interrupted write of several files in {folder} can be neither finished nor undone: {why}",
        code="E608",
        hint=f"mend that and ask again; or see that the files are right, and remove {os.path.join(folder, NAME)}",
    )
