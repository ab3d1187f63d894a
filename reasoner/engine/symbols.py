"""Interning: every individual and literal of a closure is one small integer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from reasoner.model.term import Ground, Literal

#: A literal as something to compare: its kind (only equal kinds compare) and its value; None compares with nothing.
Comparable = tuple[str, "bool | Decimal | str"] | None


def comparable(literal: Literal) -> Comparable:
    """The kind and value by which rules compare a literal; None for a malformed number and for NaN.

    >>> comparable(Literal("3.50", "http://www.w3.org/2001/XMLSchema#decimal"))
    ('number', Decimal('3.50'))
    """
    try:
        value = literal.value
    except InvalidOperation:
        return None
    if isinstance(value, Decimal):
        return None if value.is_nan() else ("number", value)
    if isinstance(value, bool):
        return ("boolean", value)
    return (f"{literal.datatype}@{literal.language}", value)


class Symbols:
    """Ground terms numbered in order of first appearance.

    ``values`` holds an entry for each literal (and for no individual): what it compares as.
    """

    __slots__ = ("ids", "terms", "values")

    def __init__(self, terms: Iterable[Ground] = ()) -> None:
        self.ids: dict[Ground, int] = {}
        self.terms: list[Ground] = []
        self.values: dict[int, Comparable] = {}
        for term in terms:
            self.intern(term)

    def __len__(self) -> int:
        return len(self.terms)

    def intern(self, term: Ground) -> int:
        """The number of a term, new if the term is."""
        number = self.ids.get(term)
        if number is None:
            number = self.ids[term] = len(self.terms)
            self.terms.append(term)
            if isinstance(term, Literal):
                self.values[number] = comparable(term)
        return number

    def find(self, term: Ground) -> int:
        """The number of a term, or -1, which is the number of no term."""
        return self.ids.get(term, -1)

    def truncate(self, length: int) -> None:
        """Forget every term whose number is ``length`` or more."""
        while len(self.terms) > length:
            self.values.pop(len(self.terms) - 1, None)
            del self.ids[self.terms.pop()]


def _same_kind(left: Comparable, right: Comparable) -> bool:
    return left is not None and right is not None and left[0] == right[0]


def _ordered(holds: Callable[[object, object], bool]) -> Callable[[Comparable, Comparable], bool]:
    def test(left: Comparable, right: Comparable) -> bool:
        return _same_kind(left, right) and holds(left[1], right[1])  # type: ignore[index]

    return test


#: The comparisons of rules on two comparable values; values of different kinds satisfy none of them.
TESTS: dict[str, Callable[[Comparable, Comparable], bool]] = {
    "greaterThan": _ordered(lambda left, right: left > right),  # type: ignore[operator]
    "greaterThanOrEqual": _ordered(lambda left, right: left >= right),  # type: ignore[operator]
    "lessThan": _ordered(lambda left, right: left < right),  # type: ignore[operator]
    "lessThanOrEqual": _ordered(lambda left, right: left <= right),  # type: ignore[operator]
    "equal": _ordered(lambda left, right: left == right),
    "notEqual": _ordered(lambda left, right: left != right),
}
