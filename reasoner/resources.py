"""Where the shipped ontology and rules are: inside the installed package, or beside a checkout's pyproject.toml."""

from __future__ import annotations

import os
from pathlib import Path

from reasoner.errors import ReadingError
from reasoner.files.moment import listed, settle

#: What the installed package holds; a checkout has none.
_INSTALLED = Path(__file__).parent / "_data"  # importlib.resources says the same, 8 ms later


def unpacked() -> None:
    """Raise :class:`ReadingError` where the package cannot run: in a zip (E126), or without POSIX (E127).

    Its ontology and rules are files, which every reader of them, and what is kept of them, goes to by name.  Files are
    locked and written, and queries run in bounded children, by means that Windows does not have.
    """
    if not hasattr(os, "fork"):
        said = "dislodge runs on Linux, macOS and other POSIX systems, and this is none"
        raise ReadingError(said, code="E127", hint="on Windows install it inside WSL, the Linux of Windows")
    if not _INSTALLED.parent.is_dir():
        archive = next((path for path in _INSTALLED.parents if path.is_file()), _INSTALLED.parent)
        said = f"dislodge cannot run from inside {archive}: a zipped package is not supported"
        raise ReadingError(said, code="E126", hint="install it (pip install FILE), or unpack it and name that folder")


def is_installed(path: Path) -> bool:
    """Whether a file belongs to the installed package, so that the next installation would undo an edit of it."""
    return path.resolve().is_relative_to(_INSTALLED.resolve())


def shipped(name: str) -> Path:
    """The folder ``ontology`` or ``rules`` that ships with this package.

    Raises :class:`ReadingError` when neither an installed copy nor a checkout holds it, or in a zip.
    """
    unpacked()
    for folder in (_INSTALLED / name, _INSTALLED.parent.parent / name):
        if folder.is_dir():
            return folder
    raise ReadingError(f"the shipped folder {name!r} is missing", code="E126", hint="reinstall the package")


def shipped_ontology() -> list[Path]:
    """The shipped Turtle files, sorted: header, vocabulary modules, facts."""
    root = shipped("ontology")
    settle(root)
    return [root / "dislodge.ttl", *listed(root / "modules", ".ttl"), *listed(root / "facts", ".ttl")]


def is_shipped(file: str) -> bool:
    """Whether a file, as it was named, is one of the shipped ontology or rules."""
    return bool(file) and Path(file) in (*shipped_ontology(), *shipped_rules())


def shipped_rules() -> list[Path]:
    """The shipped rule files, sorted by name."""
    return listed(shipped("rules"), ".swrl")
