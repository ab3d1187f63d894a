"""A folder for files that are needed for a moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reasoner.errors import LimitError, no_room


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards; raises :class:`LimitError` (E508) where there is no room for it."""
    from tempfile import TemporaryDirectory

    try:
        folder = TemporaryDirectory(prefix="dislodge-")
    except OSError as error:
        raise _no_room_between(error) from error
    try:
        with folder as name:
            yield Path(name)
    except OSError as error:
        if no_room(error):
            raise _no_room_between(error) from error
        raise


def _no_room_between(error: OSError) -> LimitError:
    said = f"there is no room for temporary files: {error.strerror or error}"
    return LimitError(said, code="E508", hint="make room, or name another folder in TMPDIR")
