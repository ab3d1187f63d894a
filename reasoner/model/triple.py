"""RDF triples as plain values."""

from __future__ import annotations

from reasoner.model.term import Literal

#: An IRI in full, or a blank node written ``_:label``.
Node = str
Value = str | Literal
Triple = tuple[Node, str, Value]


def is_blank(value: Value) -> bool:
    """Whether the value is a blank node.

    >>> is_blank("_:x"), is_blank("http://example.org/x")
    (True, False)
    """
    return isinstance(value, str) and value.startswith("_:")
