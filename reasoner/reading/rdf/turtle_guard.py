"""Turtle checked for depth before a parser sees it."""

from __future__ import annotations

import re

from reasoner.errors import ReadingError, Span

MAX_DEPTH = 2_000

#: Texts, IRIs, escapes in names and comments are stepped over; an unclosed text runs to the end: the scan is linear.
_TOKEN = (
    rb'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\\?\Z|"{0,2}\Z)?'
    rb"|'''(?:[^'\\]|\\.|'(?!''))*+(?:'''|\\?\Z|'{0,2}\Z)?"
    rb'|"(?:[^"\\\r\n]|\\.)*+"?'
    rb"|'(?:[^'\\\r\n]|\\.)*+'?"
    rb"|<[^<>\x00-\x20]*+>?"
    rb"|\\."
    rb"|#[^\r\n]*+"
    rb"|[\[\]()]"
)


def refuse_deep_turtle(data: bytes, file: str) -> None:
    """Raise :class:`ReadingError` when ``[`` and ``(`` are nested more than :data:`MAX_DEPTH` deep.

    >>> refuse_deep_turtle(b'<http://a.org/s> <http://a.org/p> ( 1 2 [] ) .', "x.ttl")
    """
    if data.count(b"[") - data.count(b"[]") + data.count(b"(") <= MAX_DEPTH:
        return  # not enough brackets in the whole file
    depth = 0
    for token in re.finditer(_TOKEN, data, re.DOTALL):
        first = data[token.start()]
        if first in b"[(":
            depth += 1
            if depth > MAX_DEPTH:
                line = data.count(b"\n", 0, token.start()) + 1
                raise ReadingError(
                    f"brackets are nested more than {MAX_DEPTH} deep",
                    code="E111",
                    hint="no ontology needs that",
                    span=Span(file, line),
                )
        elif first in b"])":
            depth -= 1
