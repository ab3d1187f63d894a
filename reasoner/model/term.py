"""Terms of atoms: individuals, literals, variables.

An individual is a plain ``str``: its local name in the project's namespace, or a whole foreign IRI.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """A variable of a rule, written ``?name``."""

    name: str

    def __str__(self) -> str:
        """Render with its question mark."""
        return f"?{self.name}"


@dataclass(frozen=True, slots=True)
class Literal:
    """An RDF literal: lexical form, datatype IRI, language tag."""

    lexical: str
    datatype: str = XSD + "string"
    language: str = ""

    @property
    def value(self) -> bool | Decimal | str:
        """The comparable value: a boolean, a number (exact, as :class:`~decimal.Decimal`) or the text itself."""
        kind = self.datatype.removeprefix(XSD)
        if kind == "boolean":
            return self.lexical in ("true", "1")
        if kind in _NUMERIC:
            return Decimal(self.lexical)
        return self.lexical

    def __str__(self) -> str:
        """Render as rule text: numbers and booleans bare, texts in quotes."""
        if self.datatype.removeprefix(XSD) in (_NUMERIC | {"boolean"}):
            return self.lexical
        escaped = self.lexical.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'


_NUMERIC = frozenset(
    {"integer", "decimal", "double", "float", "int", "long", "short", "nonNegativeInteger", "positiveInteger"}
)

Ground = str | Literal
Term = str | Literal | Variable
