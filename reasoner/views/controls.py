"""Text made safe to print: no control characters, no characters that reorder a line."""

from __future__ import annotations

import re

#: C0 and C1 controls, and the marks that change the direction of text.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_BLANK = re.compile(r"[\t\n\r\x0b\x0c\x85\u2028\u2029]+")


def clean(text: str) -> str:
    r"""The text on one line, without what could steer a terminal.

    >>> clean("CXCR4\x1b[2J blockade\u202e")
    'CXCR4[2J blockade'
    """
    return _UNSAFE.sub("", _BLANK.sub(" ", text))


def escaped(text: str) -> str:
    r"""JSON text in which what could steer a terminal is written as ``\uXXXX``; line breaks stay."""
    return _UNSAFE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)
