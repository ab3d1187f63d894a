"""What a question takes of its budget: bindings and time.

Joins count their own bindings, and ask before they make many.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from reasoner.errors import BudgetError
from reasoner.model.budget import UNBOUNDED, Budget
from reasoner.model.rule import Rule

#: More bindings than anybody waits for.
_ENDLESS = 1 << 62
#: Bindings between two looks at the clock: some hundredths of a second.
_BETWEEN_LOOKS = 1 << 17

#: Told now and then which rule is at work, and how many bindings there were so far.
Watch = Callable[[str, int], None]


class Meter:
    """What one question has taken of its budget, over all its closures; the clock starts with the meter.

    Where nothing is bounded and nobody watches, nothing is counted.
    """

    __slots__ = ("_tallies", "_until", "_watch", "budget", "spent")

    def __init__(self, budget: Budget = UNBOUNDED, watch: Watch | None = None) -> None:
        self.budget = budget
        self._watch = watch
        self._tallies: dict[str, Tally] = {}
        self.renew()

    def renew(self) -> None:
        """Give the budget anew, to the next question."""
        self.spent = 0
        for tally in self._tallies.values():
            tally.spent = 0
        seconds = self.budget.seconds
        self._until = None if seconds is None else time.monotonic() + seconds

    @property
    def counting(self) -> bool:
        """Whether joins have to count."""
        return self.budget != UNBOUNDED or self._watch is not None

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
        return self.left if self._until is None and self._watch is None else min(self.left, _BETWEEN_LOOKS)

    def look(self, rule: Rule, bindings: int) -> int:
        """As :meth:`Tally.look`."""
        if bindings > self.left or self.late:
            raise self.error(rule, bindings)
        if self._watch is not None:
            self._watch(rule.id, self.spent + bindings)
        return min(self.left, bindings + _BETWEEN_LOOKS)

    def error(self, rule: Rule, bindings: int) -> BudgetError:
        """That the budget is used up, with the rule that took most of it; ``rule`` has just taken ``bindings``."""
        taken = {name: tally.spent for name, tally in self._tallies.items()}
        taken[rule.id] += bindings
        costly = max(taken, key=taken.__getitem__)
        return BudgetError(
            f"the budget of {self.budget} is used up: rule {costly} took {taken[costly]:,} of "
            f"{self.spent + bindings:,} bindings",
            code="E510",
            hint=f"give --budget more, or look at dislodge rules '{costly}'",
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
        return self._meter.look(self.rule, bindings)

    def add(self, bindings: int) -> None:
        """Note the bindings of a join that has ended."""
        self.spent += bindings
        self._meter.spent += bindings
