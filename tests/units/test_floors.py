"""The house: its drawing is true, no room is a corridor, one word stands for one thing, references lead somewhere.

That imports go down only, and in no circle, is held by ``lint-imports``.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import floors
from tests.floors import PACKAGE, parsed

#: Files that a folder holds at most.
MOST = 30
FILES = sorted(PACKAGE.rglob("*.py"))
DRAWING = "python -m tests.floors"


def test_the_drawing_of_the_floors_is_true() -> None:
    assert floors.picture() == floors.PICTURE.read_text("utf-8"), f"run {DRAWING}"


def test_the_table_of_the_rooms_is_true() -> None:
    assert floors.page() == floors.PAGE.read_text("utf-8"), f"run {DRAWING}"


def test_what_is_drawn_uses_only_what_is_drawn_below() -> None:
    below: set[str] = set()
    for floor in reversed(floors.floors()):
        assert all(set(room.uses) <= below for room in floor), floor
        below |= {room.name for room in floor}
    drawn = {PACKAGE / name for name in below} | {PACKAGE / f"{name}.py" for name in below}
    doors = {PACKAGE / name for name in ("__init__.py", "__main__.py", "build_hook.py")}
    assert {path for path in FILES if not ({path, *path.parents} & drawn)} == doors


def test_the_page_names_only_what_there_is() -> None:
    page = floors.PAGE.read_text("utf-8")
    assert set(re.findall(r"`([A-Z]\w+)`", page)) - {name for name, _ in _types()} == set()
    files = set(re.findall(r"`([\w/]+\.py)`", page))
    assert {file for file in files if not any(path.match(file) for path in FILES)} == set()


@pytest.mark.parametrize(
    ("contract", "free"),
    [
        ("only the command line knows click", {"cli"}),
        ("only reading, writing and views know RDF libraries", {"reading", "writing", "views"}),
    ],
)
def test_a_contract_forgets_no_room(contract: str, free: set[str]) -> None:
    rooms = {room.name for floor in floors.floors() for room in floor}
    assert {name.removeprefix("reasoner.") for name in floors.contract(contract)["source_modules"]} == rooms - free


@pytest.mark.parametrize(
    "room", sorted({path.parent for path in FILES}), ids=lambda room: str(room.relative_to(PACKAGE))
)
def test_no_room_is_a_corridor(room: Path) -> None:
    files = [path for path in room.glob("*.py") if path.name != "__init__.py"]
    assert len(files) <= MOST, "sort them into rooms by subject"
    assert files or list(room.glob("*/*.py")), "an empty room"


def _types() -> Iterator[tuple[str, Path]]:
    """The classes and types of the package, private ones too, each with its file."""
    for path in FILES:
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef):
                yield node.name, path
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                target = node.targets[0] if isinstance(node, ast.Assign) else node.target
                if isinstance(target, ast.Name) and target.id.lstrip("_")[:1].isupper() and not target.id.isupper():
                    yield target.id, path


def test_one_word_is_one_thing() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    private: dict[str, set[str]] = defaultdict(set)
    for name, path in _types():
        (private if name.startswith("_") else homes)[name.lstrip("_")].add(str(path.relative_to(PACKAGE)))
    assert {name: sorted(files) for name, files in homes.items() if len(files) > 1} == {}
    assert {name: sorted(files) for name, files in private.items() if name in homes} == {}, "a private name says more"


_REFERENCE = re.compile(r":(?:mod|class|func|meth|data|attr):`~?(reasoner[\w.]*)`")


def test_what_docstrings_refer_to_is_there() -> None:
    found = [(path, reference) for path in FILES for reference in _REFERENCE.findall(path.read_text("utf-8"))]
    assert len(found) > 50
    assert [(str(path), reference) for path, reference in found if not _is_there(reference)] == []


def _is_there(reference: str) -> bool:
    """Whether a dotted name is a module, or stands at the top of one, perhaps inside a class."""
    parts = reference.split(".")[1:]
    for count in range(len(parts), -1, -1):
        place = PACKAGE.joinpath(*parts[:count])
        file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
        if file.is_file():
            top = parsed(file).body
            body = [*top, *(inner for node in top if isinstance(node, ast.If) for inner in node.body)]
            for name in parts[count:]:
                found = next((node for node in body if name in _named(node)), None)
                if found is None:
                    return False
                body = found.body if isinstance(found, ast.ClassDef) else []
            return True
    return False


def _named(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        return {node.name}
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name for alias in node.names}
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}
