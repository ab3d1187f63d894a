"""A small writer of SVG: elements as text, with every value escaped."""

from __future__ import annotations

from html import escape

from reasoner.views.controls import clean

Attribute = str | int | float


def text_of(value: str) -> str:
    """Text made safe for XML and for a terminal.

    >>> text_of("a < b & c")
    'a &lt; b &amp; c'
    """
    return escape(clean(value), quote=True)


def element(name: str, *content: str, **attributes: Attribute) -> str:
    """An element around content that is markup already; ``_`` in the name of an attribute stands for ``-``.

    >>> element("circle", cx=1, cy=2.50, r=3, class_="on")
    '<circle cx="1" cy="2.5" r="3" class="on"/>'
    """
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(content)}</{name}>" if content else f"<{name}{written}/>"


def words(value: str, x: float, y: float, **attributes: Attribute) -> str:
    """A line of text at a point."""
    return element("text", text_of(value), x=x, y=y, **attributes)


def _value(value: Attribute) -> str:
    return text_of(value) if isinstance(value, str) else f"{value:g}"
