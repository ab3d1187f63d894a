"""How much reasoning a question may take: bindings, which are the same on every machine, and time.

A binding is a row that a loop of a join goes over.  Joins count their own, and ask before they make many.
"""

from __future__ import annotations

import time
from typing import NamedTuple

from reasoner.errors import BudgetError
from reasoner.model.rule import Rule

#: More bindings than anybody waits for.
_ENDLESS = 1 << 62
#: Bindings between two looks at the clock: some hundredths of a second.
_BETWEEN_LOOKS = 1 << 17


class Budget(NamedTuple):
    """The most bindings and the most seconds of one question; None: as many as it takes."""

    bindings: int | None = None
    seconds: float | None = None

    def __str__(self) -> str:
        """Render in words: ``1,000 bindings``, ``30 s``, ``1,000 bindings or 30 s``."""
        parts = [] if self.bindings is None else [f"{self.bindings:,} bindings"]
        return " or ".join([*parts, *([] if self.seconds is None else [f"{self.seconds:g} s"])])


class Meter:
    """What one question has taken of its budget, over all its closures; the clock starts with the meter."""

    __slots__ = ("_tallies", "_until", "budget", "spent")

    def __init__(self, budget: Budget = Budget()) -> None:
        self.budget = budget
        self.spent = 0
        self._tallies: dict[str, Tally] = {}
        self._until = None if budget.seconds is None else time.monotonic() + budget.seconds

    def tally(self, rule: Rule) -> Tally:
        """Where the joins of a rule count."""
        found = self._tallies.get(rule.id)
        if found is None:
            found = self._tallies[rule.id] = Tally(self, rule)
        return found

    @property
    def left(self) -> int:
        """How many bindings may still be made."""
        return _ENDLESS if self.budget.bindings is None else self.budget.bindings - self.spent

    @property
    def late(self) -> bool:
        """Whether the time is over."""
        return self._until is not None and time.monotonic() > self._until

    def before_look(self) -> int:
        """How many bindings may be made before somebody has to look whether that is enough."""
        return self.left if self._until is None else min(self.left, _BETWEEN_LOOKS)

    def error(self, rule: Rule, bindings: int) -> BudgetError:
        """That the budget is used up, with the rule that took most of it; ``rule`` has just taken ``bindings``."""
        taken = {name: tally.spent for name, tally in self._tallies.items()}
        taken[rule.id] += bindings
        costly = max(taken, key=taken.__getitem__)
        return BudgetError(
            f"rule {costly} took {taken[costly]:,} of {self.spent + bindings:,} bindings; the budget is {self.budget}",
            code="E510",
            hint=f"give --budget more, or tie the atoms of {costly} together more closely",
            span=self._tallies[costly].rule.span,
            rule=costly,
            bindings=taken[costly],
        )


class Tally:
    """The bindings of one rule."""

    __slots__ = ("_meter", "rule", "spent")

    def __init__(self, meter: Meter, rule: Rule) -> None:
        self._meter = meter
        self.rule = rule
        self.spent = 0

    def before_look(self) -> int:
        """How many bindings a join may make before it asks with :meth:`look`."""
        return self._meter.before_look()

    def look(self, bindings: int) -> int:
        """Up to how many bindings a join that has made some may go on.

        Raises :class:`~reasoner.errors.BudgetError` where the budget is used up.
        """
        if bindings > self._meter.left or self._meter.late:
            raise self._meter.error(self.rule, bindings)
        return min(self._meter.left, bindings + _BETWEEN_LOOKS)

    def add(self, bindings: int) -> None:
        """Note the bindings of a join that has ended."""
        self.spent += bindings
        self._meter.spent += bindings
