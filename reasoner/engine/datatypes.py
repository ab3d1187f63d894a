"""Data values: whether a literal is well-formed, which value it has, whether it lies in a data range.

Covers the datatypes of the OWL 2 RL profile.  Value spaces follow OWL 2: decimals and the integer types derived from
them share one space; ``xsd:double``, ``xsd:float``, texts, times and binary values have spaces of their own.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from reasoner.model.axiom import ClassTerm, Expression
from reasoner.model.term import XSD, Literal

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS_LITERAL = "http://www.w3.org/2000/01/rdf-schema#Literal"
OWL_REAL = "http://www.w3.org/2002/07/owl#real"

#: Lower and upper bounds of the integer types; None: unbounded.
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?"
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)"
_DATE = r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_FORMS = {
    "string": re.compile(r".*", re.DOTALL),
    "normalizedString": re.compile(r"[^\t\r\n]*"),
    "token": re.compile(r"|[^\s]+(?: [^\s]+)*"),
    "language": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "Name": re.compile(r"[^\W\d][\w.:-]*|[:_][\w.:-]*"),
    "NCName": re.compile(r"(?:[^\W\d]|_)[\w.-]*"),
    "NMTOKEN": re.compile(r"[\w.:-]+"),
    "anyURI": re.compile(r".*", re.DOTALL),
    "boolean": re.compile(r"true|false|1|0"),
    "decimal": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    "double": re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*"),
    "base64Binary": re.compile(r"(?:[A-Za-z0-9+/ ]*={0,2})"),
    "dateTime": re.compile(rf"{_DATE}T(?:{_TIME}){_ZONE}?"),
    "dateTimeStamp": re.compile(rf"{_DATE}T(?:{_TIME}){_ZONE}"),
    "date": re.compile(rf"{_DATE}{_ZONE}?"),
    "time": re.compile(rf"(?:{_TIME}){_ZONE}?"),
}
_FORMS["float"] = _FORMS["double"]
_TEXTS = frozenset({"string", "normalizedString", "token", "language", "Name", "NCName", "NMTOKEN"})
_KEEPS_SPACE = frozenset({"string", "normalizedString"})

_LENGTHS = frozenset({"length", "minLength", "maxLength"})
_BOUNDS = frozenset({"minInclusive", "minExclusive", "maxInclusive", "maxExclusive"})

DataValue = tuple[str, object]


def data_value(literal: Literal) -> DataValue | None:
    """Value space and value of a literal; None for a datatype that is not known.

    Raises ValueError when the lexical form does not belong to the datatype.
    """
    if literal.language:
        return "language", (literal.lexical, literal.language.lower())
    if literal.datatype == RDF + "PlainLiteral":
        return "text", literal.lexical
    if not literal.datatype.startswith(XSD):
        return None
    kind = literal.datatype.removeprefix(XSD)
    lexical = literal.lexical if kind in _KEEPS_SPACE else literal.lexical.strip(" \t\r\n")
    if kind in _INTEGERS:
        return "number", _integer(kind, lexical)
    form = _FORMS.get(kind)
    if form is None:
        return None
    if not form.fullmatch(lexical):
        raise ValueError(f"{lexical!r} is no xsd:{kind}")
    if kind in _TEXTS:
        return "text", lexical
    if kind == "boolean":
        return "boolean", lexical in ("true", "1")
    if kind == "decimal":
        return "number", Decimal(lexical)
    if kind in ("double", "float"):
        return kind, _float(lexical)
    if kind in ("dateTime", "dateTimeStamp"):
        return "dateTime", re.sub(r"[+-]00:00$", "Z", lexical)
    return kind, lexical.lower() if kind == "hexBinary" else lexical


def _integer(kind: str, lexical: str) -> Decimal:
    if not re.fullmatch(r"[+-]?\d+", lexical):
        raise ValueError(f"{lexical!r} is no xsd:{kind}")
    value = Decimal(lexical)
    low, high = _INTEGERS[kind]
    if (low is not None and value < low) or (high is not None and value > high):
        raise ValueError(f"{lexical!r} is no xsd:{kind}")
    return value


def _float(lexical: str) -> object:
    return "NaN" if lexical == "NaN" else float(lexical.replace("INF", "inf"))


def ill_typed(literal: Literal) -> bool:
    """Whether the lexical form does not belong to the datatype (W3C rule dt-not-type).

    >>> ill_typed(Literal("three", XSD + "integer")), ill_typed(Literal("3", XSD + "integer"))
    (True, False)
    """
    try:
        data_value(literal)
    except ValueError:
        return True
    return False


def in_range(literal: Literal, term: ClassTerm, definitions: dict[str, ClassTerm] | None = None) -> bool | None:
    """Whether the literal lies in a data range; None when a datatype is not known."""
    definitions = definitions or {}
    if isinstance(term, str):
        if term in definitions:
            rest = {name: body for name, body in definitions.items() if name != term}
            return in_range(literal, definitions[term], rest)
        return _in_datatype(literal, term)
    name, args = term.constructor, term.args
    if name == "dataOneOf":
        return any(_same_value(literal, arg) for arg in args if isinstance(arg, Literal))
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
    if datatype == literal.datatype and not literal.language:
        return not ill_typed(literal)
    try:
        value = data_value(literal)
    except ValueError:
        return False
    if datatype == RDF + "PlainLiteral":
        return value is not None and value[0] in ("text", "language")
    if datatype == RDF + "langString":
        return value is not None and value[0] == "language"
    if datatype == OWL_REAL:
        return value is not None and value[0] == "number"
    kind = datatype.removeprefix(XSD)
    if not datatype.startswith(XSD) or (kind not in _INTEGERS and kind not in _FORMS) or value is None:
        return None
    if kind in _INTEGERS:
        low, high = _INTEGERS[kind]
        number = value[1]
        return (
            isinstance(number, Decimal)
            and number == number.to_integral_value()
            and (low is None or number >= low)
            and (high is None or number <= high)
        )
    if kind in _TEXTS:
        return value[0] == "text" and bool(_FORMS[kind].fullmatch(str(value[1])))
    if kind == "dateTimeStamp":
        return value[0] == "dateTime" and bool(_FORMS[kind].fullmatch(str(value[1])))
    return value[0] == {"decimal": "number"}.get(kind, kind)


def _in_restriction(literal: Literal, base: bool | None, facets: tuple[object, ...]) -> bool | None:
    if base is not True:
        return base
    for facet, limit in zip(facets[::2], facets[1::2], strict=True):
        if not isinstance(limit, Literal):
            return None
        test = _facet(literal, str(facet), limit)
        if test is not True:
            return test
    return True


def _facet(literal: Literal, facet: str, limit: Literal) -> bool | None:
    if facet in _LENGTHS:
        if not re.fullmatch(r"\d{1,9}", limit.lexical):
            return None
        size, bound = len(literal.lexical), int(limit.lexical)
        return size == bound if facet == "length" else size >= bound if facet == "minLength" else size <= bound
    if facet not in _BOUNDS:
        return None
    try:
        value, other = data_value(literal), data_value(limit)
    except ValueError:
        return False
    if value is None or other is None:
        return None
    if value[0] != other[0]:
        return False
    a, b = value[1], other[1]
    if not (isinstance(a, Decimal | float) and isinstance(b, Decimal | float)):
        return None
    try:
        comparisons = {
            "minInclusive": a >= b,
            "minExclusive": a > b,
            "maxInclusive": a <= b,
            "maxExclusive": a < b,
        }
    except InvalidOperation:
        return False
    return comparisons.get(facet)


def _same_value(a: Literal, b: Literal) -> bool:
    if a == b:
        return True
    try:
        value = data_value(a)
        return value is not None and value == data_value(b)
    except ValueError:
        return False
