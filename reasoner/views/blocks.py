"""What a page is made of, before it becomes text, Markdown or HTML: headings, lines, tables, trees, parts of their own.

Words are a string, a :class:`TextRun` with a tone, or several of both.  What a run leads to, each medium shows as it
can: an anchor of a file, a panel of the explorer, nothing in a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class ToClaim:
    """A claim; whether it speaks against what it stands beside."""

    id: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class ToProof:
    """The derivation of what agents do: ``predicate`` of ``subject``, such as ``breaksRoute`` of a route.

    ``status`` is that of a route with the agents given; ``title`` stands above what is derived.
    """

    predicate: str
    subject: str
    agents: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class ToRegimen:
    """The scenario in which these agents are given."""

    agents: tuple[str, ...]


#: Where a claim stands.
Side = Literal["for", "against", "both"]
Target = ToClaim | ToProof | ToRegimen


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words: their tone, the status or verdict whose ``badge`` they stand in, what they lead to.

    ``hint`` says in words what the text, a mere sign, stands for.
    """

    text: str
    tone: str = ""
    badge: str = ""
    to: Target | None = None
    hint: str = ""


Words = str | TextRun | tuple[str | TextRun, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Lines of one cell, one below the other; ``fold`` is what stands for them where a reader can unfold them."""

    lines: Sequence[Words]
    fold: str = ""


Cell = Words | Stack


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page (level 1), of a section (level 2), of a part of it (level 3)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``hang`` is how far continuation lines are indented beyond the first."""

    text: Words
    tone: str = ""
    indent: int = 0
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, whether its words stay whole, whether it is as narrow as the signs that stand in it."""

    title: str
    whole: bool = False
    narrow: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; the first cell of a row names it."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One step of a tree: a sentence, a remark behind it, what it rests on."""

    text: str
    remark: Words = ""
    children: list[TreeNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of steps, the conclusion at its root."""

    root: TreeNode


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, SVG that this program made, with its heading and legend.  Where nothing is drawn, nothing is shown."""

    svg: str
    title: str = ""
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Fold:
    """A part under a title that a reader unfolds; other parts of the page may lead to its ``anchor``."""

    title: str
    blocks: Sequence[Block]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a claim says; on which side it stands."""

    claim: str
    side: Side
    lines: Sequence[Line]


Block = Heading | Line | Table | Tree | Drawing | Fold | Card


def plain(cell: Cell) -> str:
    """Words, or the lines of a cell, as they are said."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, TextRun):
        return cell.text
    if isinstance(cell, Stack):
        return "; ".join(filter(None, map(plain, cell.lines)))
    return "".join(map(plain, cell))


def tone_of(cell: Cell) -> str:
    """The tone of a cell: of its runs, where they agree; a string has none."""
    tones = {run.tone for run in runs(cell)}
    return tones.pop() if len(tones) == 1 else ""


def runs(cell: Cell) -> Iterable[TextRun]:
    """The runs of a cell in their order; words without a tone are one too."""
    if isinstance(cell, Stack):
        return [run for line in cell.lines for run in runs(line)]
    parts = cell if isinstance(cell, tuple) else (cell,)
    return [part if isinstance(part, TextRun) else TextRun(part) for part in parts]


def run_on(lines: Iterable[Words], joint: str) -> Words:
    """Lines as one, with a mark between each two of them.

    >>> plain(run_on(["a", (TextRun("b"), "c")], "; "))
    'a; bc'
    """
    found: list[str | TextRun] = []
    for line in lines:
        found += [joint] if found else []
        found += line if isinstance(line, tuple) else [line]
    return tuple(found)


def joined(words: Iterable[str | TextRun], joint: str) -> tuple[str | TextRun, ...]:
    """Words with a mark between each two of them.

    >>> plain(joined(["a", TextRun("b")], ", "))
    'a, b'
    """
    found: list[str | TextRun] = []
    for word in words:
        found += [joint, word] if found else [word]
    return tuple(found)
