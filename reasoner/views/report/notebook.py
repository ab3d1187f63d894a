"""Pages as HTML for notebooks: the same blocks as on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.views.blocks import Block, Heading, Line, Node, Table
from reasoner.views.report.markup import Markup, table, tag

_WIDTH = 40


def as_html(blocks: Iterable[Block]) -> Markup:
    """The blocks as HTML with every text escaped."""
    return tag("div", [_block(block) for block in blocks], class_="dislodge")


def _block(block: Block) -> Markup | None:
    if isinstance(block, Heading):
        return tag(f"h{min(block.level + 2, 6)}", block.text)
    if isinstance(block, Line):
        if not block.text:
            return None
        return tag("p", block.text, style=f"margin:.15em 0 .15em {block.indent / 2}em")
    if isinstance(block, Table):
        return table([column.title for column in block.columns], block.rows)
    return tag("ul", _node(block.root))


def _node(node: Node) -> Markup:
    remark = tag("em", f" {node.remark}") if node.remark else None
    below = tag("ul", [_node(child) for child in node.children]) if node.children else None
    return tag("li", node.text, remark, below)
