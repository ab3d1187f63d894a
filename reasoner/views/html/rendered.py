"""Blocks as HTML, every text escaped; what a run leads to is for the page to say, in which it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

from reasoner.views import signs
from reasoner.views.blocks import (
    Block,
    Card,
    Cell,
    Drawing,
    Fold,
    Heading,
    Line,
    Stack,
    Table,
    Target,
    TextRun,
    Tree,
    TreeNode,
    plain,
)
from reasoner.views.html.markup import Inner, Markup, tag, text

#: Wraps what is shown of a target into what leads there, on the page that it is made for.
Leading = Callable[[Target, Markup], Markup]
#: The class of what has the rendered blocks in it; the style sheet speaks of nothing else.
_CLASS = "dislodge"
#: Lines that are indented this far stand below the item before them.
_DEEPER = 6
#: How a notebook says that it is dark, whatever the system is.
_DARK_NOTEBOOK = ':is([data-jp-theme-light="false"], .vscode-dark)'
#: Steps of a tree that are unfolded.
_SHOWN = 3


@cache
def style() -> str:
    """The style sheet of rendered blocks, on light paper and on dark."""
    return (files("reasoner.views.html") / "blocks.css").read_text("utf-8") + signs.of_badges()


def nowhere(target: Target, shown: Markup) -> Markup:
    """A page that has nothing to lead to."""
    return shown


def as_html(blocks: Iterable[Block], leading: Leading = nowhere, *, first: int = 1) -> Markup:
    """The blocks in one element; ``first`` is the level of heading that stands for the title of a page."""
    return tag("div", _Rendered(leading, first).blocks(blocks), class_=_CLASS)


def for_notebooks(blocks: Iterable[Block]) -> str:
    """The blocks with their style sheet, below the headings of a notebook, and as dark as that is."""
    sheet = style().replace(signs.DARK, _DARK_NOTEBOOK)
    return tag("style", Markup(sheet)) + as_html(blocks, first=3)


class _Rendered:
    """Renders blocks for one page."""

    def __init__(self, leading: Leading, first: int) -> None:
        self.leading, self.first = leading, first

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Inner]:
        yield from map(self._block, blocks)

    def _block(self, block: Block) -> Inner:
        match block:
            case Heading():
                return tag(f"h{min(block.level + self.first - 1, 6)}", block.text)
            case Line():
                return self._line(block) if block.text else None
            case Table():
                return self._table(block)
            case Tree():
                return tag("ul", self._node(block.root, 0), class_="proof")
            case Drawing():
                return self._picture(block)
            case Fold():
                return self._fold(block)
            case Card():
                return self._card(block)

    def _picture(self, picture: Drawing) -> Inner:
        return (
            self._block(Heading(picture.title)) if picture.title else None,
            tag("div", Markup(picture.svg), class_="picture"),
            self._line(Line(picture.legend, "soft")) if picture.legend else None,
        )

    def _line(self, line: Line) -> Markup:
        indent = ("", "in", "deep")[(line.indent > 0) + (line.indent >= _DEEPER)]
        return tag("p", self._words(line.text), class_=" ".join(filter(None, (line.tone, indent))) or None)

    def _fold(self, fold: Fold) -> Markup:
        # A browser unfolds what is led to where the anchor is inside.
        inner = tag("div", self.blocks(fold.blocks), id=fold.anchor or None)
        return tag("details", tag("summary", fold.title), inner, class_="part")

    def _card(self, card: Card) -> Markup:
        return tag("div", self.blocks(card.lines), class_=f"claim {card.side}", id=card.claim)

    # --- words --------------------------------------------------------------------------------------------------------

    def _words(self, cell: Cell) -> Inner:
        if isinstance(cell, str):
            return cell
        if isinstance(cell, TextRun):
            return self._span(cell)
        if isinstance(cell, Stack):
            said = [self._words(line) for line in cell.lines if plain(line)]
            lines = said if len(said) == 1 else [tag("div", line) for line in said]
            return tag("details", tag("summary", cell.fold), lines) if cell.fold else lines
        return [self._words(part) for part in cell]

    def _span(self, span: TextRun) -> Markup:
        kind = f"badge {span.badge}" if span.badge else span.tone
        if span.hint:
            shown = tag("span", span.text, role="img", title=span.hint, aria_label=span.hint)
        elif kind == "strong":
            shown = tag("strong", span.text)
        elif kind:
            shown = tag("span", span.text, class_=kind)
        else:
            shown = Markup(text(span.text))
        return self.leading(span.to, shown) if span.to else shown

    # --- tables and trees ---------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> Markup:
        """A table; each cell but the first says its title again, for pages too narrow for a table."""
        narrow = any(column.narrow for column in table.columns)
        heads = [
            tag("th", tag("span", column.title), scope="col", class_="narrow" if column.narrow else None)
            for column in table.columns
        ]
        rows = [self._row(table, row) for row in table.rows]
        shown = tag("table", tag("thead", tag("tr", heads)), tag("tbody", rows), class_="grid" if narrow else "stack")
        return tag("div", shown, class_="table")

    def _row(self, table: Table, row: Iterable[Cell]) -> Markup:
        first, *rest = zip(table.columns, row, strict=True)
        cells = [tag("th", self._words(first[1]), scope="row")]
        for column, cell in rest:
            sign = f"cell {cell.badge}" if column.narrow and isinstance(cell, TextRun) else None
            cells.append(tag("td", self._words(cell), data_label=column.title or None, class_=sign))
        return tag("tr", cells)

    def _node(self, node: TreeNode, depth: int) -> Markup:
        remark = tag("div", self._words(node.remark), class_="soft") if node.remark else None
        if not node.children:
            return tag("li", node.text, remark)
        below = tag("ul", [self._node(child, depth + 1) for child in node.children])
        is_open = "" if depth < _SHOWN else None
        return tag("li", tag("details", tag("summary", node.text), remark, below, open=is_open))
