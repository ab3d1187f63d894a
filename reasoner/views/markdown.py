"""Blocks as Markdown, to paste into an issue or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reasoner.views.blocks import Block, Heading, Line, Node, Table, Tree
from reasoner.views.controls import clean

#: Lines indented this far stand below the item before them.
_DEEPER = 6
_SPECIAL = re.compile(r"([\\`*<>|\[\]]|(?<!\w)_|_(?!\w)|^[#>+-](?= ))")
#: A number that would begin a list of its own; the backslash has to stand before the full stop.
_NUMBER = re.compile(r"^(\d+)\. ")


def as_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown; text from the knowledge base is escaped."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            parts.append(f"{'#' * block.level} {_escape(block.text)}")
        elif isinstance(block, Line):
            parts.append(_line(block))
        elif isinstance(block, Table):
            parts.append(_pipe_table(block))
        elif isinstance(block, Tree):
            parts.append("\n".join(_bullets(block.root, 0)))
    return _joined([part for part in parts if part]) + "\n"


def _line(line: Line) -> str:
    """A paragraph, or an item of a list as deep as the line is indented; blanks are folded."""
    text = _escape(" ".join(line.text.split()))
    depth = 0 if line.indent < _DEEPER else 1
    return f"{'  ' * depth}- {text}" if line.indent and text else text


def _joined(parts: Sequence[str]) -> str:
    """Blank lines between parts, none between the items of one list."""
    text = ""
    for before, part in zip(("", *parts), parts, strict=False):
        tight = before.lstrip().startswith("- ") and part.lstrip().startswith("- ")
        text += part if not text else ("\n" if tight else "\n\n") + part
    return text


def _escape(text: str) -> str:
    return _NUMBER.sub(r"\1\\. ", _SPECIAL.sub(r"\\\1", clean(text)))


def _pipe_table(table: Table) -> str:
    rows = [[_escape(column.title) for column in table.columns], ["---"] * len(table.columns)]
    rows += [[_escape(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _bullets(node: Node, depth: int) -> Iterator[str]:
    remark = f" *{_escape(node.remark)}*" if node.remark else ""
    yield f"{'  ' * depth}- {_escape(node.text)}{remark}"
    for child in node.children:
        yield from _bullets(child, depth + 1)
