"""Files written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from reasoner.errors import QuestionError


def write_whole(path: Path, text: str) -> None:
    """Put ``text`` (as UTF-8) at ``path``: a reader sees the old file or the new one, never a part.

    A link is followed, the mode of an old file is kept, a device or pipe is written to directly.  Raises
    :class:`QuestionError` (E412) for a directory, a missing folder, a full disk or a lack of rights.
    """
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise IsADirectoryError(21, "it is a directory")
        if target.exists() and not target.is_file():
            target.write_text(text, encoding="utf-8")
        else:
            _replace(target, text.encode("utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise QuestionError(
            f"cannot write {path}: {reason}", code="E412", hint="name a file in a folder of yours"
        ) from error


def _replace(target: Path, data: bytes) -> None:
    """Write beside the target, force it to the disk, then rename over the target."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fchmod(out.fileno(), _mode(target))
            os.fsync(out.fileno())
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _mode(target: Path) -> int:
    """The mode of the file that is replaced, else what the umask leaves of ``rw-rw-rw-``."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
