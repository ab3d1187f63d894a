"""Blocks as plain text for a terminal or a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.views.blocks import Block, Card, Fold, Heading, Line, Table, Tree, TreeNode, plain
from reasoner.views.controls import clean
from reasoner.views.look import Look
from reasoner.views.tables import table_lines, wrapped

#: Steps of a tree are never squeezed below this width, however deep they lie.
_NARROWEST = 24


def as_text(blocks: Iterable[Block], look: Look) -> str:
    """The blocks as lines of at most ``look.width`` columns where words allow it."""
    return "\n".join(_lines(blocks, look)) + "\n"


def _lines(blocks: Iterable[Block], look: Look) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            lines += [""] * bool(lines)
            lines += [look.paint(part, "strong") for part in wrapped(clean(block.text), look.width)]
        elif isinstance(block, Line):
            lines += _paragraph(block, look)
        elif isinstance(block, Table):
            lines += table_lines(block, look)
        elif isinstance(block, Tree):
            lines += _tree_lines(block.root, look)
        elif isinstance(block, Fold):
            lines += _lines([Heading(block.title, 3), *block.blocks], look)
        elif isinstance(block, Card):
            lines += _lines(block.lines, look)
    return lines


def _paragraph(line: Line, look: Look) -> list[str]:
    text = clean(plain(line.text))
    first, *rest = wrapped(text, look.width - line.indent)
    if rest and line.hang:
        rest = wrapped(text[len(first) :].strip(), look.width - line.indent - line.hang)
    lead = " " * line.indent
    return [lead + look.paint(first, line.tone)] * 1 + [
        lead + " " * line.hang + look.paint(part, line.tone) for part in rest
    ]


def _tree_lines(root: TreeNode, look: Look) -> list[str]:
    return list(_node_lines(root, look, "", ""))


def _node_lines(node: TreeNode, look: Look, lead: str, below: str) -> Iterator[str]:
    """The node behind ``lead``; its further lines and its children behind ``below``."""
    stem = "│ " if node.children else "  "
    for index, part in enumerate(_sentence(node, look, look.width - len(below) - 2)):
        yield (lead if index == 0 else below + stem) + part
    for index, child in enumerate(node.children):
        last = index == len(node.children) - 1
        yield from _node_lines(child, look, below + ("└─ " if last else "├─ "), below + ("   " if last else "│  "))


def _sentence(node: TreeNode, look: Look, width: int) -> list[str]:
    """The sentence, then its remark in a softer tone: on the same line where both fit."""
    text, remark = clean(node.text), clean(plain(node.remark))
    room = max(width, _NARROWEST)
    if remark and len(text) + 1 + len(remark) <= room:
        return [f"{text} {look.paint(remark, 'soft')}"]
    return [*wrapped(text, room), *(look.paint(part, "soft") for part in wrapped(remark, room) if part)]
