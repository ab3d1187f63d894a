"""Ends, stops or fails a call at the k-th event by which it touches a folder, for every k: no clock, no chance.

The events are those that Python tells its audit hooks, and the writes that it does not tell them of.  A call runs in a
child that is forked when it is about to begin, so that each point takes milliseconds.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reasoner.errors import DislodgeError

Call = Callable[[], object]
Act = Callable[[], None]
#: Functions of ``os`` that change what is on the disk through an open file, which no audit hook is told of.
_UNTOLD = ("fsync", "fchmod")
_PREFIXES = ("open", "os.", "shutil.", "pathlib.")


class Points:
    """Counts the events below a folder, and acts when the wanted one comes: before it, or in mid-write."""

    def __init__(self, folder: Path, wanted: int, act: Act) -> None:
        self.folder = os.path.realpath(folder)
        self.wanted = wanted
        self.act = act
        self.count = 0
        self.busy = False

    def event(self) -> None:
        """One more; what the act itself does is none."""
        if self.busy:
            return
        self.busy, is_wanted = True, self.count == self.wanted
        self.count += 1
        try:
            if is_wanted:
                self.act()
        finally:
            self.busy = False

    def told(self, name: str, args: tuple[Any, ...]) -> None:
        """An audit hook."""
        if name.startswith(_PREFIXES) and any(self._is_below(arg) for arg in args):
            self.event()

    def _is_below(self, arg: object) -> bool:
        if not isinstance(arg, str | bytes | os.PathLike):
            return False
        path = os.fsdecode(arg)
        return os.path.isabs(path) and path.startswith(self.folder)

    def watch(self) -> None:
        """From now on, in this process."""
        sys.addaudithook(self.told)
        write = os.write

        def torn(handle: int, data: Any) -> int:
            self.event()
            half = 0
            if self.count == self.wanted:  # the next event is that only half of it is written
                half = write(handle, bytes(data)[: len(data) // 2])
            self.event()
            return half + write(handle, bytes(data)[half:])

        os.write = torn
        for name in _UNTOLD:
            setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            self.event()
            return function(*args)

        return counted


def killed() -> None:
    """As ``kill -9``: nothing more is run, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)


def stopped() -> None:
    """Stand still until somebody says otherwise."""
    os.kill(os.getpid(), signal.SIGSTOP)


def failing(number: int = errno.EIO) -> Act:
    """The system refuses."""

    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


#: How a child ends that lives: it never came to the point, or went on after it, or was refused by a numbered error.
NEVER_THERE, WENT_ON, REFUSED, AT_FAULT = 0, 1, 2, 70


def begun_until(point: int, folder: Path, call: Call, act: Act = killed) -> tuple[int, int]:
    """A child that calls and acts at a point: its number, and its state when it has ended or stands still."""
    child = os.fork()
    if child == 0:
        code = AT_FAULT
        try:
            quiet = os.open(os.devnull, os.O_RDWR)
            os.dup2(quiet, 1)
            points = Points(folder, point, act)
            points.watch()
            call()
            code = WENT_ON if points.count > point else NEVER_THERE
        except DislodgeError as error:
            print(error, file=sys.stderr)
            code = REFUSED
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitpid(child, os.WUNTRACED)


def is_killed_at(point: int, folder: Path, call: Call) -> bool:
    """Call in a child that is killed at a point; False where it came to its end before."""
    _, status = begun_until(point, folder, call)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == NEVER_THERE, f"the call failed before point {point}"
    return False


class Tree:
    """All that is below a folder: names, kinds, modes, contents."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.saved = self.now()

    def now(self) -> dict[str, tuple[int, bytes]]:
        """What is there at the moment."""
        return {
            str(path.relative_to(self.folder)): (
                path.lstat().st_mode,
                os.fsencode(os.readlink(path)) if path.is_symlink() else path.read_bytes() if path.is_file() else b"",
            )
            for path in sorted(self.folder.rglob("*"))
        }

    def restore(self) -> None:
        """Put back what was there when this was made."""
        for name in reversed(self.now()):
            path = self.folder / name
            if name not in self.saved:
                path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
        for name, (mode, content) in self.saved.items():
            path = self.folder / name
            if path.is_file() and not path.is_symlink() and path.read_bytes() != content:
                path.unlink()  # what is linked to it elsewhere stays as it is
            if not path.exists():
                path.write_bytes(content)
                path.chmod(mode & 0o7777)
