"""HTML built from parts: every text is escaped, only what is marked as markup is not."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from reasoner.views.controls import clean


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Inner = str | None | Iterable["Inner"]
_VOID = frozenset({"meta", "br", "hr"})


def text(part: Inner) -> str:
    """A part as HTML: markup as it is, any other text escaped and without control characters."""
    if part is None:
        return ""
    if isinstance(part, Markup):
        return part
    if isinstance(part, str):
        return escape(clean(part), quote=True)
    return "".join(map(text, part))


def tag(name: str, /, *children: Inner, **attributes: str | None) -> Markup:
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
