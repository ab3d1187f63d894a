"""The floors of the package as it stands: their order from the import contract, all else from the code.

``python -m tests.floors`` writes the drawing and the table of rooms in ``docs`` anew.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from textwrap import wrap
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "reasoner"
PICTURE = ROOT / "docs" / "floors.svg"
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms: python -m tests.floors -->", "<!-- end of rooms -->"

WIDTH, MARGIN, GAP, PADDING, LINE, LETTER = 980, 16, 10, 12, 17, 6.6
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1b2430 } .name { font: bold 13px ui-monospace, monospace }
.part { font: 11px ui-monospace, monospace; fill: #52606d } rect { fill: #f3f6f9; stroke: #9aa8b6 }
.paper { fill: #fff; stroke: none } .face { fill: #e3f1ec }
@media (prefers-color-scheme: dark) {
  text { fill: #e8edf2 } .part { fill: #a7b4c0 } rect { fill: #1d2731; stroke: #53616e }
  .paper { fill: #11181f } .face { fill: #163a30 }
}
"""


class Room(NamedTuple):
    """A folder or file of the package: what it is, the rooms that it uses, and those inside it."""

    name: str
    about: str
    uses: tuple[str, ...]
    inner: tuple[tuple[str, str], ...]


@cache
def parsed(path: Path) -> ast.Module:
    """A file of the package, read once."""
    return ast.parse(path.read_text("utf-8"))


@cache
def floors() -> list[list[Room]]:
    """The rooms of each floor, from the top down."""
    return [[_room(name) for name in layer.split(" | ")] for layer in contract("floors")["layers"]]


def contract(name: str) -> dict[str, Any]:
    """A contract of the import linter."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    found: dict[str, Any] = next(contract for contract in contracts if contract["name"] == name)
    return found


def _room(name: str) -> Room:
    place = PACKAGE / name
    if not place.is_dir():
        return Room(name, about(place.with_suffix(".py")), _uses(name, [place.with_suffix(".py")]), ())
    inner = tuple(
        (f"{name}/{at.parent.relative_to(place)}", about(at)) for at in sorted(place.glob("*/**/__init__.py"))
    )
    return Room(name, about(place / "__init__.py"), _uses(name, sorted(place.rglob("*.py"))), inner)


def about(path: Path) -> str:
    """The first sentence of what a file says of itself."""
    said = (ast.get_docstring(parsed(path)) or "").split("\n\n")[0]
    plain = re.sub(r":\w+:`~?([\w.]+)`", r"`\1`", " ".join(said.split()))
    return plain.replace("``", "`")


def _uses(name: str, files: list[Path]) -> tuple[str, ...]:
    found = {module.split(".")[1] for path in files for module in imported(path) if "." in module}
    return tuple(sorted(found - {name}))


def imported(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, also inside functions and for types alone."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "reasoner":
            for alias in node.names:
                module = f"{node.module}.{alias.name}"
                inside = PACKAGE.joinpath(*module.split(".")[1:])
                yield module if inside.is_dir() or inside.with_suffix(".py").is_file() else str(node.module)


# --- the drawing ------------------------------------------------------------------------------------------------------


def picture() -> str:
    """The floors as SVG, from the top down: what stands on a floor uses only what stands below it."""
    drawn: list[str] = []
    top = MARGIN
    for floor in floors():
        width = (WIDTH - 2 * MARGIN - GAP * (len(floor) - 1)) / len(floor)
        boxes = [_lines(room, width) for room in floor]
        height = 2 * PADDING + LINE * max(map(len, boxes)) - 4
        for place, (room, lines) in enumerate(zip(floor, boxes, strict=True)):
            left = MARGIN + place * (width + GAP)
            face = ' class="face"' if room.name in ("cli", "api") else ""
            drawn.append(f'<rect{face} x="{left:g}" y="{top}" width="{width:g}" height="{height}" rx="6"/>')
            for number, (kind, text) in enumerate(lines):
                y = top + PADDING + LINE * number + 9
                drawn.append(f'<text class="{kind}" x="{left + PADDING:g}" y="{y}">{escape(text)}</text>')
        top += height + GAP
    size = f'width="{WIDTH}" height="{top - GAP + MARGIN}" viewBox="0 0 {WIDTH} {top - GAP + MARGIN}"'
    title = "<title>The floors of the package; imports go down only</title>"
    paper = f'<rect class="paper" width="{WIDTH}" height="{top - GAP + MARGIN}"/>'
    body = "\n".join([title, f"<style>{STYLE}</style>", paper, *drawn])
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}>\n{body}\n</svg>\n'


def _lines(room: Room, width: float) -> list[tuple[str, str]]:
    letters = int((width - 2 * PADDING) / LETTER)
    parts = " · ".join(name.removeprefix(f"{room.name}/") for name, _ in room.inner)
    told = [("name", room.name), *(("about", line) for line in wrap(room.about.replace("`", ""), letters))]
    return [*told, *(("part", line) for line in wrap(parts, letters))]


# --- the table --------------------------------------------------------------------------------------------------------


def table() -> str:
    """The rooms as a table in Markdown, from the top down, each with the rooms that it imports from."""
    rows = ["| room | what it is | imports from |", "|---|---|---|"]
    for floor in floors():
        for room in floor:
            rows.append(f"| **{room.name}** | {room.about} | {', '.join(room.uses)} |")
            rows += (f"| {name} | {told} | |" for name, told in room.inner)
    return "\n".join(rows)


def page() -> str:
    """The page of the architecture with the table as it is now."""
    text = PAGE.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}"


if __name__ == "__main__":
    PICTURE.write_text(picture(), "utf-8")
    PAGE.write_text(page(), "utf-8")
