"""Where the shipped ontology and rules are: inside the installed package, or beside a checkout's pyproject.toml."""

from __future__ import annotations

from pathlib import Path

from reasoner.errors import ReadingError

#: What the installed package holds; a checkout has none.
_INSTALLED = Path(__file__).parent / "_data"  # importlib.resources says the same, 8 ms later


def is_installed(path: Path) -> bool:
    """Whether a file belongs to the installed package, so that the next installation would undo an edit of it."""
    return path.resolve().is_relative_to(_INSTALLED.resolve())


def shipped(name: str) -> Path:
    """The folder ``ontology`` or ``rules`` that ships with this package.

    Raises :class:`ReadingError` when neither an installed copy nor a checkout holds it.
    """
    for folder in (_INSTALLED / name, _INSTALLED.parent.parent / name):
        if folder.is_dir():
            return folder
    raise ReadingError(f"the shipped folder {name!r} is missing", code="E101", hint="reinstall the package")


def shipped_ontology() -> list[Path]:
    """The shipped Turtle files, sorted: header, vocabulary modules, facts."""
    root = shipped("ontology")
    return [root / "dislodge.ttl", *sorted(root.glob("modules/*.ttl")), *sorted(root.glob("facts/*.ttl"))]


def is_shipped(file: str) -> bool:
    """Whether a file, as it was named, is one of the shipped ontology."""
    return bool(file) and Path(file) in shipped_ontology()


def shipped_rules() -> list[Path]:
    """The shipped rule files, sorted by name."""
    return sorted(shipped("rules").glob("*.swrl"))
