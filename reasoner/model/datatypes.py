"""The table of datatypes: what a literal means, which literals mean the same, and how values compare.

Rules, axioms, queries and files read it alike.  A value lies in a *space*; two values are *identical* if they have the
same key in the same space, as OWL 2 has it: decimals and all integer types share one space, ``xsd:double`` and
``xsd:float`` have one each.  Comparing is another matter: it asks where two values lie on a *line*.  The two zeros of
``xsd:float`` are equal and not identical, and so is one moment by the clocks of two places; what is not a number is
identical with itself, and unequal to every number.  A time with a zone and one without stand on two lines: which is
earlier is not determined.

Sources: OWL 2 Structural Specification, section 4; XML Schema 1.1, part 2; of numbers of several types, the promotion
of XPath, which Pellet and Openllet follow too.
"""

from __future__ import annotations

import base64
import math
import re
import struct
from collections.abc import Callable, Hashable
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from typing import Any, NamedTuple

from reasoner.model.term import XSD, Ground, Literal, Term
from reasoner.model.timeline import Time, form, read_duration, read_time

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OWL = "http://www.w3.org/2002/07/owl#"
PLAIN_LITERAL, LANG_STRING = RDF + "PlainLiteral", RDF + "langString"

REAL, DOUBLE, FLOAT, TEXT, BINARY = "real", "double", "float", "text", "binary"
#: Lines without an order: their values are equal or not, and none is less than another.
UNORDERED = frozenset({"boolean", "duration"})
#: The numeric lines, from the one that is exact to the one to which XPath promotes the others.
PROMOTED = (REAL, FLOAT, DOUBLE)

Exact = int | Decimal | Fraction


class DataValue(NamedTuple):
    """The value of a literal: ``key`` tells it apart within its space; ``point`` is where it stands on its line.

    Without a line a value compares with nothing.
    """

    space: str
    key: Hashable
    line: str = ""
    point: Any = None


class Datatype(NamedTuple):
    """One row of the table: the space of a datatype, how its lexical forms are read, which values it takes in.

    ``trims``: white space around a form does not count.  ``read`` raises :class:`ValueError` for a text that is no
    lexical form, and gives None for a value with too many digits to reckon with; ``holds`` is asked of values of the
    space, whatever they were written as.
    """

    space: str
    read: Callable[[str], DataValue | None]
    holds: Callable[[DataValue], bool] = lambda value: True
    trims: bool = True


# --- numbers ----------------------------------------------------------------------------------------------------------

_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_RATIONAL = re.compile(r"([+-]?[0-9]+)/([0-9]*[1-9][0-9]*)")
_FLOATING = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
#: Digits up to which an integer is one of Python, and a fraction is reckoned with; Python refuses to read many more.
_SHORT, _MAX_DIGITS = 300, 4000


def _exact(number: Exact) -> DataValue:
    return DataValue(REAL, number, REAL, number)


def _integer(low: int | None, high: int | None, text: str) -> DataValue:
    if not _INTEGER.fullmatch(text):
        raise ValueError(f"{text!r} is no integer")
    value = _exact(int(text) if len(text) <= _SHORT else Decimal(text))
    if not _within(low, high, value):
        raise ValueError(f"{text!r} is out of bounds")
    return value


def _decimal(text: str) -> DataValue:
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{text!r} is no decimal")
    return _exact(Decimal(text))


def _rational(text: str) -> DataValue | None:
    found = _RATIONAL.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no fraction")
    return _exact(Fraction(int(found[1]), int(found[2]))) if len(text) <= _MAX_DIGITS else None


def _floating(space: str, text: str) -> DataValue:
    if not _FLOATING.fullmatch(text):
        raise ValueError(f"{text!r} is no {space}")
    number = float(text.replace("INF", "inf"))
    if math.isnan(number):
        return DataValue(space, "NaN")
    if space == FLOAT:
        number = _rounded(number, partial(Decimal, text))
    return DataValue(space, (number, math.copysign(1.0, number)), space, number)


def _rounded(number: float, exact: Callable[[], Exact]) -> float:
    """The float that is nearest to an exact number, of which ``number`` is the nearest double.

    Only where the double lies half-way between two floats does it matter on which side of it the exact number lies.
    """
    found = _as_float(number)
    if math.isfinite(found) and found != number and _as_float(other := 2 * number - found) == other:
        side = exact()
        if side != number:
            found = max(found, other) if side > number else min(found, other)
    return found


def _as_float(number: float) -> float:
    try:
        found: float = struct.unpack("f", struct.pack("f", number))[0]
    except OverflowError:
        return math.copysign(math.inf, number)
    return found


def _as_double(number: Exact) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _is_whole(number: Exact) -> bool:
    return number == number.to_integral_value() if isinstance(number, Decimal) else number.denominator == 1


def _is_decimal(value: DataValue) -> bool:
    """Whether the digits of a number come to an end: nothing but twos and fives divides it."""
    rest = value.point.denominator if isinstance(value.point, Fraction) else 1
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _within(low: int | None, high: int | None, value: DataValue) -> bool:
    number = value.point
    return _is_whole(number) and (low is None or number >= low) and (high is None or number <= high)


# --- texts, binary values, truth values -------------------------------------------------------------------------------

#: Forms of the texts that XML knows.
_TEXT_FORMS = {
    "string": re.compile(r".*", re.DOTALL),
    "normalizedString": re.compile(r"[^\t\r\n]*"),
    "token": re.compile(r"|[^\s]+(?: [^\s]+)*"),
    "language": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"),
    "Name": re.compile(r"[^\W\d][\w.:-]*|[:_][\w.:-]*"),
    "NCName": re.compile(r"(?:[^\W\d]|_)[\w.-]*"),
    "NMTOKEN": re.compile(r"[\w.:-]+"),
}
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2})*")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?")
_SPACE = re.compile(r"[ \t\r\n]+")


def _text(pattern: re.Pattern[str], text: str) -> DataValue:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} has not the form of such a text")
    return DataValue(TEXT, text, TEXT, text)


def _tagged(text: str, language: str) -> DataValue:
    return DataValue(TEXT, (text, language.lower()), f"{TEXT}@{language.lower()}", text)


def _plain_literal(text: str) -> DataValue:
    words, _, language = text.rpartition("@") if "@" in text else (text, "", "")
    return _tagged(words, language) if language else DataValue(TEXT, words, TEXT, words)


def _none(text: str) -> DataValue:
    raise ValueError(f"{text!r}: the datatype has no lexical forms")


def _uri(text: str) -> DataValue:
    return DataValue("anyURI", text, "anyURI", text)


def _boolean(text: str) -> DataValue:
    if text not in ("true", "false", "1", "0"):
        raise ValueError(f"{text!r} is no boolean")
    holds = text in ("true", "1")
    return DataValue("boolean", holds, "boolean", holds)


def _binary(space: str, pattern: re.Pattern[str], decode: Callable[[str], bytes], text: str) -> DataValue:
    plain = _SPACE.sub("", text) if decode is base64.b64decode else text
    if not pattern.fullmatch(plain):
        raise ValueError(f"{text!r} is no {space}")
    octets = decode(plain)
    return DataValue(space, octets, space, octets)


# --- times ------------------------------------------------------------------------------------------------------------

#: The parts of the forms of times, which are put together when the first one is read.
_TIME_PARTS = {
    "dateTime": ("year", "-", "month", "-", "day", "T", "clock"),
    "date": ("year", "-", "month", "-", "day"),
    "time": ("clock",),
    "gYearMonth": ("year", "-", "month"),
    "gYear": ("year",),
    "gMonthDay": ("--", "month", "-", "day"),
    "gMonth": ("--", "month"),
    "gDay": ("---", "day"),
}


@cache
def _time_form(space: str) -> re.Pattern[str]:
    return form(*_TIME_PARTS[space])


def _time(space: str, text: str) -> DataValue | None:
    found = read_time(_time_form(space), text)
    if found is None:
        return None
    return DataValue(space, found, space if found.zone is None else f"{space} by UTC", found.moment)


def _stamp(text: str) -> DataValue | None:
    value = _time("dateTime", text)
    if value is not None and not _has_zone(value):
        raise ValueError(f"{text!r} has no zone")
    return value


def _has_zone(value: DataValue) -> bool:
    return isinstance(value.key, Time) and value.key.zone is not None


def _duration(text: str) -> DataValue | None:
    found = read_duration(text)
    return None if found is None else DataValue("duration", found, "duration", found)


# --- the table --------------------------------------------------------------------------------------------------------

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


def _is_text_of(pattern: re.Pattern[str], value: DataValue) -> bool:
    return isinstance(value.key, str) and pattern.fullmatch(value.key) is not None


DATATYPES: dict[str, Datatype] = {
    OWL + "real": Datatype(REAL, _none),
    OWL + "rational": Datatype(REAL, _rational),
    XSD + "decimal": Datatype(REAL, _decimal, _is_decimal),
    **{
        XSD + name: Datatype(REAL, partial(_integer, *bounds), partial(_within, *bounds))
        for name, bounds in _INTEGERS.items()
    },
    XSD + "double": Datatype(DOUBLE, partial(_floating, DOUBLE)),
    XSD + "float": Datatype(FLOAT, partial(_floating, FLOAT)),
    **{
        XSD + name: Datatype(TEXT, partial(_text, form_), partial(_is_text_of, form_), trims="tring" not in name)
        for name, form_ in _TEXT_FORMS.items()
    },
    PLAIN_LITERAL: Datatype(TEXT, _plain_literal, trims=False),
    LANG_STRING: Datatype(TEXT, _none, lambda value: isinstance(value.key, tuple)),
    XSD + "anyURI": Datatype("anyURI", _uri),
    XSD + "boolean": Datatype("boolean", _boolean),
    XSD + "hexBinary": Datatype("hexBinary", partial(_binary, "hexBinary", _HEX, bytes.fromhex)),
    XSD + "base64Binary": Datatype("base64Binary", partial(_binary, "base64Binary", _BASE64, base64.b64decode)),
    **{XSD + name: Datatype(name, partial(_time, name)) for name in _TIME_PARTS},
    XSD + "dateTimeStamp": Datatype("dateTime", _stamp, _has_zone),
    XSD + "duration": Datatype("duration", _duration),
}

# --- what a literal means ---------------------------------------------------------------------------------------------


def value_of(literal: Literal) -> DataValue | None:
    """The value of a literal; None where the datatype is not in the table, or the value is beyond reckoning.

    Raises :class:`ValueError` when the lexical form does not belong to the datatype.

    >>> value_of(Literal("007", XSD + "byte")) == value_of(Literal("7.0", XSD + "decimal"))
    True
    """
    lexical = literal.lexical
    if literal.language:
        return _tagged(lexical, literal.language)
    if literal.datatype == _STRING:
        return DataValue(TEXT, lexical, TEXT, lexical)
    row = DATATYPES.get(literal.datatype)
    if row is None:
        return None
    return row.read(lexical.strip(" \t\r\n") if row.trims else lexical)


_STRING = XSD + "string"


def known_value(literal: Literal) -> DataValue | None:
    """The value of a literal; None also where the lexical form does not belong to the datatype."""
    try:
        return value_of(literal)
    except ValueError:
        return None


def ill_typed(literal: Literal) -> bool:
    """Whether the lexical form does not belong to the datatype (W3C rule dt-not-type).

    >>> ill_typed(Literal("three", XSD + "integer")), ill_typed(Literal("3", XSD + "integer"))
    (True, False)
    """
    try:
        value_of(literal)
    except ValueError:
        return True
    return False


def is_true(literal: Literal) -> bool:
    """Whether a literal is the boolean that is true, in either spelling."""
    return identity(literal) == ("boolean", True)


def is_false(literal: Literal) -> bool:
    """Whether a literal is the boolean that is false, in either spelling."""
    return identity(literal) == ("boolean", False)


# --- sameness and order -----------------------------------------------------------------------------------------------


def identity(term: Ground) -> Hashable:
    """What two terms share if and only if they are known to be one thing: a value, else the term itself.

    >>> identity(Literal("0.0", XSD + "float")) == identity(Literal("-0.0", XSD + "float"))
    False
    """
    value = known_value(term) if isinstance(term, Literal) else None
    return term if value is None else value[:2]


def alike(one: Term, other: Term) -> bool:
    """Whether two terms are known to be one thing."""
    return one == other or (
        isinstance(one, Literal) and isinstance(other, Literal) and identity(one) == identity(other)
    )


def equal(left: DataValue | None, right: DataValue | None) -> bool | None:
    """Whether two values are equal; None: undetermined, and then they are not unequal either.

    What is not a number is unequal to every number and to itself, as in XPath.
    """
    points = _on_one_line(left, right)
    if points is None:
        numbers = left is not None and right is not None and left.space in PROMOTED and right.space in PROMOTED
        return False if numbers else None
    return bool(points[0] == points[1])


def compare(left: DataValue | None, right: DataValue | None) -> int | None:
    """Whether the left value is less than, equal to or greater than the right one: -1, 0, 1; None: undetermined.

    >>> compare(known_value(Literal("0.1", XSD + "decimal")), known_value(Literal("1e-1", XSD + "double")))
    0
    """
    points = _on_one_line(left, right)
    if points is None or (left is not None and left.line in UNORDERED):
        return None
    one, other = points
    return 0 if one == other else 1 if one > other else -1


def _on_one_line(left: DataValue | None, right: DataValue | None) -> tuple[Any, Any] | None:
    """Where two values lie on a line that holds both; None if there is none."""
    if left is None or right is None or not left.line:
        return None
    if left.line == right.line:
        return left.point, right.point
    if left.line not in PROMOTED or right.line not in PROMOTED:
        return None
    line = max(left.line, right.line, key=PROMOTED.index)
    return _promoted(left, line), _promoted(right, line)


def _promoted(value: DataValue, line: str) -> float:
    """A number as one of ``xsd:float`` or ``xsd:double``."""
    if value.line != REAL:
        return float(value.point)
    number = _as_double(value.point)
    return _rounded(number, lambda: value.point) if line == FLOAT else number


def differ(left: DataValue | None, right: DataValue | None) -> bool:
    """Whether two values are known not to be identical: equal ones may differ, and those that do not compare."""
    return left is not None and right is not None and left[:2] != right[:2]
