"""OWL axioms as values: what compiles to rules, and what is kept only to be named as unsupported."""

from __future__ import annotations

from dataclasses import dataclass

from reasoner.errors import Span
from reasoner.model.term import Ground

#: The class of everything and the class of nothing, as class terms and as predicates of facts.
THING, NOTHING = "http://www.w3.org/2002/07/owl#Thing", "http://www.w3.org/2002/07/owl#Nothing"


@dataclass(frozen=True, slots=True)
class Expression:
    """An OWL class expression: a constructor (``someValuesFrom``, ``intersectionOf`` …) with its arguments.

    A named class is a plain ``str``.
    """

    constructor: str
    args: tuple[ClassTerm | Ground | int, ...]


ClassTerm = str | Expression


@dataclass(frozen=True, slots=True)
class Axiom:
    """A terminological OWL statement: its kind (``SubClassOf``, ``TransitiveProperty`` …) and its arguments."""

    kind: str
    args: tuple[ClassTerm | Ground | tuple[ClassTerm, ...] | int, ...]
    span: Span | None = None
