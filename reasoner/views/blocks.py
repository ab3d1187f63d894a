"""What a page is made of: headings, lines, tables and trees, before they become text or Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page (level 1) or of a section (level 2)."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``hang`` is how far continuation lines are indented beyond the first."""

    text: str
    tone: str = ""
    indent: int = 0
    hang: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, whether words in it carry the tone of their meaning, whether its words stay whole."""

    title: str
    toned: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """One step of a tree: a sentence, a remark in brackets behind it, what it rests on."""

    text: str
    remark: str = ""
    children: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree of steps, the conclusion at its root."""

    root: Node


Block = Heading | Line | Table | Tree
