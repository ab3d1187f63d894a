"""Plain tables that fit a width: columns shrink, cells wrap, nothing is cut off."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

from reasoner.views.blocks import Table, plain, tone_of
from reasoner.views.controls import clean
from reasoner.views.look import Look

_GAP = 2
_LEAST = 6
#: A word longer than this may be broken to save the shape of the table.
_LONGEST = 24
#: Behind these a long word may be broken.
_MARKS = re.compile(r"(?<=\w)[_/+;,|=-]+")


def table_lines(table: Table, look: Look) -> list[str]:
    """The lines of a table: titles, then rows; a row takes as many lines as its longest cell."""
    rows = [[clean(plain(cell)) for cell in row] for row in table.rows]
    titles = [clean(column.title) for column in table.columns]
    whole = [column.whole for column in table.columns]
    widths = fitted(titles, rows, look.width - table.indent, whole)
    lines = _row_lines(titles, widths, ["soft"] * len(titles), look, table.indent)
    for row, cells in zip(rows, table.rows, strict=True):
        lines += _row_lines(row, widths, list(map(tone_of, cells)), look, table.indent)
    return lines


def fitted(
    titles: Sequence[str], rows: Sequence[Sequence[str]], width: int, whole: Sequence[bool] | None = None
) -> list[int]:
    """Column widths whose sum, gaps included, stays within ``width`` where words allow it.

    Long words are broken before a ``whole`` column loses a word.

    >>> fitted(["a", "b"], [["x" * 10, "one two three four"]], 22)
    [10, 10]
    """
    columns = list(zip(titles, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    words = [max(max(map(len, cell.split()), default=0) for cell in column) for column in columns]
    kept = whole or [False] * len(columns)
    floors = [word if keep else min(word, _LONGEST) for word, keep in zip(words, kept, strict=True)]
    room = width - _GAP * (len(titles) - 1)
    _shrink(widths, floors, room)
    _shrink(widths, [f if keep else min(f, _LEAST) for f, keep in zip(floors, kept, strict=True)], room)
    _shrink(widths, [min(floor, _LEAST) for floor in floors], room)
    return widths


def _shrink(widths: list[int], floors: list[int], room: int) -> None:
    """Take columns from the widest first, one character at a time, never below its floor."""
    while sum(widths) > room:
        open_columns = [index for index, width in enumerate(widths) if width > floors[index]]
        if not open_columns:
            return
        widths[max(open_columns, key=lambda index: widths[index])] -= 1


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` characters; one empty line for no text.

    A longer word is broken behind a mark such as ``_`` within it, where there is one.

    >>> wrapped("saw kinase_in_cell", 12)
    ['saw kinase_', 'in_cell']
    """
    return _Wrapper(max(width, 1), break_on_hyphens=False).wrap(text) or [""]


class _Wrapper(textwrap.TextWrapper):
    """Breaks a word that is too long for a line where a reader would."""

    def _handle_long_word(self, reversed_chunks: list[str], cur_line: list[str], cur_len: int, width: int) -> None:
        word, room = reversed_chunks[-1], width - cur_len
        end = max((mark.end() for mark in _MARKS.finditer(word[: max(room, 0)])), default=0)
        if end:
            cur_line.append(word[:end])
            reversed_chunks[-1] = word[end:]
        elif not cur_line:
            super()._handle_long_word(reversed_chunks, cur_line, cur_len, width)


def _row_lines(cells: Sequence[str], widths: Sequence[int], tones: Sequence[str], look: Look, indent: int) -> list[str]:
    parts = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for level in range(max(map(len, parts))):
        shown = []
        for part, width, cell_tone in zip(parts, widths, tones, strict=True):
            text = part[level] if level < len(part) else ""
            shown.append(look.paint(text, cell_tone) + " " * (width - len(text)))
        lines.append((" " * indent + (" " * _GAP).join(shown)).rstrip())
    return lines
