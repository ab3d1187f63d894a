"""HTML built from parts: every text is escaped, only what is marked as markup is not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from reasoner.views.controls import clean


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Part = str | None | Iterable["Part"]
_VOID = frozenset({"meta", "br", "hr"})


def text(part: Part) -> str:
    """A part as HTML: markup as it is, any other text escaped and without control characters."""
    if part is None:
        return ""
    if isinstance(part, Markup):
        return part
    if isinstance(part, str):
        return escape(clean(part), quote=True)
    return "".join(map(text, part))


def tag(name: str, /, *children: Part, **attributes: str | None) -> Markup:
    """An element; a trailing underscore of an attribute's name is dropped, other underscores become hyphens.

    >>> tag("p", "a < b", class_="x")
    '<p class="x">a &lt; b</p>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(clean(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = text(children)
    return Markup(f"<{name}{written}>" if name in _VOID else f"<{name}{written}>{inner}</{name}>")


def table(titles: Sequence[str], rows: Iterable[Iterable[Part]]) -> Markup:
    """A table with a head; each cell but the first says its title again, for pages too narrow for a table."""
    head = tag("thead", tag("tr", [tag("th", title, scope="col") for title in titles]))
    labels = [None, *titles[1:]]
    written = [[tag("td", cell, data_label=label) for label, cell in zip(labels, row, strict=True)] for row in rows]
    return tag("table", head, tag("tbody", [tag("tr", row) for row in written]))
