"""Interning: every individual and every value of a closure is one small integer."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

from reasoner.model.atom import DISTINCT
from reasoner.model.datatypes import PROMOTED, DataValue, compare, differ, equal, known_value
from reasoner.model.term import Ground, Literal


class Symbols:
    """Individuals and values, numbered in order of first appearance: all spellings of one value have one number.

    ``terms`` are the first spellings.  ``values`` holds an entry for each literal (and for no individual): its value,
    None where that is not known.
    """

    __slots__ = ("_numbers", "_spellings", "ids", "terms", "values")

    def __init__(self, terms: Iterable[Ground] = ()) -> None:
        self.ids: dict[Ground, int] = {}
        self.terms: list[Ground] = []
        self.values: dict[int, DataValue | None] = {}
        self._numbers: dict[tuple[str, object], int] = {}
        self._spellings: list[Ground] = []
        for term in terms:
            self.intern(term)

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def extent(self) -> int:
        """How many spellings are known, for :meth:`truncate`."""
        return len(self._spellings)

    def intern(self, term: Ground) -> int:
        """The number of a term, new if neither it nor another spelling of its value is known."""
        number = self.ids.get(term)
        if number is not None:
            return number
        number = fresh = len(self.terms)
        if isinstance(term, Literal):
            value = known_value(term)
            if value is not None:
                number = self._numbers.setdefault(value[:2], fresh)
            if number == fresh:
                self.values[number] = value
        if number == fresh:
            self.terms.append(term)
        self.ids[term] = number
        self._spellings.append(term)
        return number

    def find(self, term: Ground) -> int:
        """The number of a term, or -1, which is the number of no term."""
        number = self.ids.get(term)
        if number is None and isinstance(term, Literal):
            value = known_value(term)
            number = None if value is None else self._numbers.get(value[:2])
        return -1 if number is None else number

    def truncate(self, extent: int) -> None:
        """Forget every spelling that came when ``extent`` of them were known."""
        while len(self._spellings) > extent:
            number = self.ids.pop(self._spellings.pop())
            if number == len(self.terms) - 1 and self.terms[number] not in self.ids:
                self.terms.pop()
                value = self.values.pop(number, None)
                if value is not None:
                    del self._numbers[value[:2]]


def _ordered(holds: Callable[[Any, Any], bool]) -> Callable[[DataValue | None, DataValue | None], bool]:
    def test(left: DataValue | None, right: DataValue | None) -> bool:
        if left is not None and right is not None and left[2] == right[2] in PROMOTED:  # numbers, nearly always
            return holds(left[3], right[3])
        sign = compare(left, right)
        return sign is not None and holds(sign, 0)

    return test


#: The tests of rules on two values; where a comparison is not determined, none of them is satisfied.
TESTS: dict[str, Callable[[DataValue | None, DataValue | None], bool]] = {
    "greaterThan": _ordered(operator.gt),
    "greaterThanOrEqual": _ordered(operator.ge),
    "lessThan": _ordered(operator.lt),
    "lessThanOrEqual": _ordered(operator.le),
    "equal": lambda left, right: equal(left, right) is True,
    "notEqual": lambda left, right: equal(left, right) is False,
    DISTINCT: differ,
}
