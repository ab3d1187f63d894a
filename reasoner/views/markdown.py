"""Blocks as Markdown, to paste into an issue or a notebook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reasoner.views.blocks import Block, Card, Cell, Fold, Heading, Line, Stack, Table, Tree, TreeNode, plain, runs
from reasoner.views.controls import clean

#: Lines indented this far stand below the item before them.
_DEEPER = 6
_SPECIAL = re.compile(r"([\\`*<>|\[\]]|(?<!\w)_|_(?!\w)|^[#>+-](?= )|&(?=#?\w+;))")
#: A number that would begin a list of its own; the backslash has to stand before the full stop.
_NUMBER = re.compile(r"^(\d+)\. ")


def as_markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown; text from the knowledge base is escaped."""
    return _joined([part for part in _parts(blocks) if part]) + "\n"


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield f"{'#' * block.level} {_escape(block.text)}"
        elif isinstance(block, Line):
            yield _line(block)
        elif isinstance(block, Table):
            yield _pipe_table(block)
        elif isinstance(block, Tree):
            yield "\n".join(_bullets(block.root, 0))
        elif isinstance(block, Fold):
            yield from _parts([Heading(block.title, 3), *block.blocks])
        elif isinstance(block, Card):
            yield from _parts(block.lines)


def _line(line: Line) -> str:
    """A paragraph, or an item of a list as deep as the line is indented; blanks are folded."""
    text = _escape(" ".join(plain(line.text).split()))
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
    rows += [[_cell(cell) for cell in row] for row in table.rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(cell: Cell) -> str:
    if isinstance(cell, Stack):
        return "; ".join(filter(None, map(_cell, cell.lines)))
    return "".join(f"**{_escape(s.text)}**" if s.tone == "strong" else _escape(s.text) for s in runs(cell))


def _bullets(node: TreeNode, depth: int) -> Iterator[str]:
    remark = f" *{_escape(plain(node.remark))}*" if node.remark else ""
    yield f"{'  ' * depth}- {_escape(node.text)}{remark}"
    for child in node.children:
        yield from _bullets(child, depth + 1)
