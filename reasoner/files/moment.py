"""Files as they all are at one moment, while other programs write.

A writer of several files leaves a journal in each of their folders until the last of them is new (see
:mod:`reasoner.files.together`).  So files that were read hang together if afterwards no folder of theirs holds a
journal, and then each is still the file that was read: had some been read before and some after they became new, the
writer would be done by the first look, and the second one would find what it replaced.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple, TypeVar

from reasoner.errors import DislodgeError, ReadingError
from reasoner.files.journal_name import JOURNAL

T = TypeVar("T")
#: How often files are read anew that change while they are read.
_ATTEMPTS = 5


class _Seen(NamedTuple):
    """What was asked of a folder, and what the answer was."""

    folder: str
    ask: Callable[[], object]
    answer: object


_looks: ContextVar[list[_Seen] | None] = ContextVar("looks", default=None)


def settle(folder: str | Path) -> None:
    """Finish or undo what a writer that was killed left half done in a folder; wait for one that is alive.

    Raises :class:`~reasoner.errors.WritingError` (E607, E608) where that cannot be, and
    :class:`~reasoner.errors.LimitError` (E511) for a writer that takes too long.
    """
    if os.path.lexists(os.path.join(folder, JOURNAL)):
        from reasoner.files.recovery import recover

        recover(folder)


def settle_beside(path: str | Path) -> None:
    """Settle the folder in which a file really stands."""
    settle(os.path.dirname(os.path.realpath(path) if os.path.islink(path) else path) or os.curdir)


def note_read(path: Path, status: os.stat_result) -> None:
    """Remember for :func:`as_one` which file was read."""
    looks = _looks.get()
    if looks is not None:
        folder = os.path.dirname(os.path.realpath(path))
        looks.append(_Seen(folder, lambda: _identity(os.stat(path)), _identity(status)))


def listed(folder: Path, ending: str) -> list[Path]:
    """The files of a folder with an ending, sorted; also remembered for :func:`as_one`."""
    settle(folder)
    return _noted(folder, lambda: sorted(folder.glob(f"*{ending}")))


def listed_below(folder: Path, endings: Collection[str]) -> list[Path]:
    """The files of some endings in a folder and the folders in it, sorted; also remembered for :func:`as_one`."""
    for journal in list(folder.rglob(JOURNAL)):
        settle(journal.parent)
    return _noted(folder, lambda: sorted(p for p in folder.rglob("*") if p.suffix in endings and p.is_file()))


def as_one(read: Callable[[], T]) -> T:
    """What ``read`` gives, of files that were all there at one moment; it is called anew where they were not.

    Raises :class:`ReadingError` (E123) where files go on changing.
    """
    around = _looks.get()
    for _ in range(_ATTEMPTS):
        looks: list[_Seen] = []
        token = _looks.set(looks)
        failed = None
        try:
            result = read()
        except DislodgeError as error:
            failed = error
        finally:
            _looks.reset(token)
        if _is_as_it_was(looks):
            if failed:
                raise failed
            if around is not None:
                around += looks
            return result
    hint = "ask again when nothing else writes to them"
    raise ReadingError("the files change while they are read", code="E123", hint=hint)


def _noted(folder: Path, ask: Callable[[], T]) -> T:
    answer, looks = ask(), _looks.get()
    if looks is not None:
        looks.append(_Seen(str(folder), ask, answer))
    return answer


def _is_as_it_was(looks: list[_Seen]) -> bool:
    """No journal first, then no change: the other way round a writer could end between the two."""
    for folder in {look.folder for look in looks}:
        settle(folder)
    try:
        return all(look.ask() == look.answer for look in looks)
    except OSError:  # a file that was read is gone
        return False


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
