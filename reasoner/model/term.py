"""Terms of atoms: individuals, literals, variables.

An individual is a plain ``str``: its local name in the project's namespace, or a whole foreign IRI.
"""

from __future__ import annotations

from dataclasses import dataclass

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
