"""Data ranges: whether a value lies in one, by the table of datatypes (:mod:`reasoner.model.datatypes`)."""

from __future__ import annotations

from collections.abc import Callable

from reasoner.model.axiom import ClassTerm, Expression
from reasoner.model.datatypes import DATATYPES, DataValue, alike, compare, ill_typed, known_value
from reasoner.model.term import Literal

RDFS_LITERAL = "http://www.w3.org/2000/01/rdf-schema#Literal"

_LENGTHS: dict[str, Callable[[int, int], bool]] = {
    "length": lambda size, bound: size == bound,
    "minLength": lambda size, bound: size >= bound,
    "maxLength": lambda size, bound: size <= bound,
}
_BOUNDS: dict[str, Callable[[int], bool]] = {
    "minInclusive": lambda sign: sign >= 0,
    "minExclusive": lambda sign: sign > 0,
    "maxInclusive": lambda sign: sign <= 0,
    "maxExclusive": lambda sign: sign < 0,
}


def in_range(literal: Literal, term: ClassTerm, definitions: dict[str, ClassTerm] | None = None) -> bool | None:
    """Whether the literal lies in a data range; None: undetermined, as of an unknown datatype."""
    definitions = definitions or {}
    if isinstance(term, str):
        if term in definitions:
            rest = {name: body for name, body in definitions.items() if name != term}
            return in_range(literal, definitions[term], rest)
        return _in_datatype(literal, term)
    name, args = term.constructor, term.args
    if name == "dataOneOf":
        return any(alike(literal, arg) for arg in args if isinstance(arg, Literal))
    parts = [in_range(literal, arg, definitions) for arg in args if isinstance(arg, str | Expression)]
    if name == "dataUnionOf":
        return True if True in parts else None if None in parts else False
    if name == "dataIntersectionOf":
        return False if False in parts else None if None in parts else True
    if name == "dataComplementOf":
        return None if parts[0] is None else not parts[0]
    if name == "datatypeRestriction":
        return _in_restriction(literal, parts[0], args[1:])
    return None


def _in_datatype(literal: Literal, datatype: str) -> bool | None:
    if datatype == RDFS_LITERAL:
        return True
    if ill_typed(literal):
        return False
    if datatype == literal.datatype and not literal.language:
        return True
    row, value = DATATYPES.get(datatype), known_value(literal)
    if row is None or value is None:
        return None
    return value.space == row.space and row.holds(value)


def _in_restriction(literal: Literal, base: bool | None, facets: tuple[object, ...]) -> bool | None:
    """Whether all facets let a value pass; one that does not settles it, also beside one that is not determined."""
    if base is not True:
        return base
    value = known_value(literal)
    tests = [
        _facet(value, str(facet), limit) if value is not None and isinstance(limit, Literal) else None
        for facet, limit in zip(facets[::2], facets[1::2], strict=True)
    ]
    return False if False in tests else None if None in tests else True


def _facet(value: DataValue, facet: str, limit: Literal) -> bool | None:
    if facet in _LENGTHS:
        size, bound = _length(value), known_value(limit)
        if size is None or bound is None or not isinstance(bound.point, int):
            return None
        return _LENGTHS[facet](size, bound.point)
    if facet not in _BOUNDS:
        return None
    other = known_value(limit)
    if other is None:
        return False if ill_typed(limit) else None
    if value.space != other.space or not value.line or not other.line:
        return False
    sign = compare(value, other)
    return None if sign is None else _BOUNDS[facet](sign)


def _length(value: DataValue) -> int | None:
    """The length of a text in characters, of binary data in octets; other values have none."""
    match value.key:
        case str() if value.line:
            return len(value.key)
        case bytes():
            return len(value.key)
        case (str() as words, str()):
            return len(words)
    return None
