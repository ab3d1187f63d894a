"""How names and numbers are spelt in rule text: what may stand bare and what needs quotes or brackets."""

from __future__ import annotations

import re

from reasoner.model.names import is_iri

#: Names that may stand in the logic of a rule, so that other tools can read it too.
RULE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
#: Words of rule text: a hyphen belongs to a word unless an arrow begins there.
WORD = r"(?:[\w.+:/]|-(?!>))+"
#: The longest word, in characters: no name is longer, and messages stay readable.
MAX_WORD = 200

_BARE = re.compile(WORD)
_NUMBERS = (
    ("integer", re.compile(r"[+-]?[0-9]+")),
    ("decimal", re.compile(r"[+-]?[0-9]*\.[0-9]+")),
    ("double", re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+")),
)


def literal_type(word: str) -> str:
    """The XSD type of a word that is a number or a boolean as it stands, else empty.

    >>> literal_type("12"), literal_type("3.5"), literal_type("1e3"), literal_type("true"), literal_type("CXCR4")
    ('integer', 'decimal', 'double', 'boolean', '')
    """
    if word in ("true", "false"):
        return "boolean"
    return next((name for name, pattern in _NUMBERS if pattern.fullmatch(word)), "")


def is_bare_name(word: str) -> bool:
    """Whether a name of an individual can be written as it is.

    >>> is_bare_name("BCR-ABL1"), is_bare_name("17"), is_bare_name("http://example.org/a b")
    (True, False, False)
    """
    return len(word) <= MAX_WORD and _BARE.fullmatch(word) is not None and not literal_type(word) and not is_iri(word)
