"""Literals as text of Turtle, N-Triples and OWL functional syntax."""

from __future__ import annotations

import re

from reasoner.model.term import XSD, Literal
from reasoner.writing.prefixed_names import PrefixedNames

_BARE = (
    (XSD + "integer", re.compile(r"-?[0-9]+")),
    (XSD + "decimal", re.compile(r"-?[0-9]+\.[0-9]+")),
    (XSD + "boolean", re.compile(r"true|false")),
)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_ESCAPED = re.compile(r'[\\"\n\r\t\x00-\x1f\x7f\u2028\u2029\ufeff]')


def quoted(text: str) -> str:
    """The text in double quotes on one line.

    >>> len(quoted('a "b"'))
    9
    """
    return f'"{_ESCAPED.sub(lambda match: _escape(match.group()), text)}"'


def turtle_literal(literal: Literal, names: PrefixedNames) -> str:
    """A literal of Turtle: numbers and booleans bare where the form allows it, so that the form is kept."""
    if literal.language:
        return f"{quoted(literal.lexical)}@{literal.language}"
    if literal.datatype == XSD + "string":
        return quoted(literal.lexical)
    if any(literal.datatype == datatype and form.fullmatch(literal.lexical) for datatype, form in _BARE):
        return literal.lexical
    return f"{quoted(literal.lexical)}^^{names(literal.datatype)}"


def _escape(character: str) -> str:
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
