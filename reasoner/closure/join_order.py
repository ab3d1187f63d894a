"""The order in which a clause joins its atoms: greedy, by how many rows each step is expected to add."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reasoner.closure.grouped import FactTable

#: How a step reaches the rows of its atom.
SCAN, BY_SUBJECT, BY_OBJECT, DELTA = "scan", "by_subject", "by_object", "delta"

#: Arguments of an atom: the number of a variable (0, 1, …) or ``~number`` of a constant (-1, -2, …).
Args = tuple[int, ...]


#: Variables of a long body: with so many, what counts is how few of them live at the same time.
LONG = 7


class JoinStep(NamedTuple):
    """One loop of a join: over the rows of body atom ``atom``, reached by ``access``."""

    atom: int
    access: str


def join_order(
    body: Sequence[Args],
    tables: Sequence[FactTable],
    bound: frozenset[int],
    symbols: int,
    delta: int | None = None,
    lasting: frozenset[int] = frozenset(),
) -> tuple[JoinStep, ...]:
    """The loops that bind all variables; atoms whose variables are bound on the way need none.

    ``bound`` are variables that have a value beforehand; ``delta`` is an atom to begin with, whose new rows are looped
    over; ``symbols`` is the number of terms.  ``lasting`` variables live to the end; any other dies behind the last
    atom that holds it, and then the joins of long bodies no longer tell its values apart.
    """
    if delta is not None and len(body) == 1:
        return (JoinStep(delta, DELTA),)
    estimate = _Estimate(body, tables, symbols, lasting)
    if delta is not None:
        return estimate.greedy(bound, JoinStep(delta, DELTA))[1]
    if bound or len(body) < 2:
        return estimate.greedy(bound)[1]
    starts = [
        estimate.greedy(bound, JoinStep(atom, estimate.growth(atom, bound)[1]))
        for atom in range(len(body))
        if estimate.is_open(atom, bound)
    ]
    return min(starts, key=lambda start: start[0], default=(0.0, ()))[1]


class _Estimate:
    """Expected numbers of rows, from the sizes of tables and how many rows share a subject or an object."""

    def __init__(
        self, body: Sequence[Args], tables: Sequence[FactTable], symbols: int, lasting: frozenset[int]
    ) -> None:
        self.body = body
        self.variables = [frozenset(arg for arg in args if arg >= 0) for args in body]
        self.rows = [float(len(table)) for table in tables]
        self.fans = [table.fans() for table in tables]
        self.symbols = max(1, symbols)
        self.lasting = lasting
        self.is_long = len(frozenset().union(*self.variables)) >= LONG

    def is_open(self, atom: int, bound: frozenset[int]) -> bool:
        """Whether the atom has a variable without a value."""
        return not self.variables[atom] <= bound

    def growth(self, atom: int, bound: frozenset[int]) -> tuple[float, str]:
        """How many rows the atom is expected to match for one row so far, and how to reach them."""
        args, (out, back) = self.body[atom], self.fans[atom]
        by_subject = args[0] < 0 or args[0] in bound
        by_object = len(args) > 1 and (args[1] < 0 or args[1] in bound)
        if by_subject and len(args) == 1:
            return self.rows[atom] / self.symbols, BY_SUBJECT
        if by_subject and by_object:
            return out * back / max(1.0, self.rows[atom]), BY_SUBJECT
        if by_subject:
            return out, BY_SUBJECT
        if by_object:
            return back, BY_OBJECT
        return self.rows[atom], SCAN

    def greedy(self, bound: frozenset[int], first: JoinStep | None = None) -> tuple[float, tuple[JoinStep, ...]]:
        """The total of rows looped over, and the steps."""
        steps: list[JoinStep] = []
        rows, cost = 1.0, 0.0
        left = list(range(len(self.body)))
        step = first
        while True:
            if step is not None:
                steps.append(step)
                left.remove(step.atom)
                rows *= self.rows[step.atom] if step.access in (SCAN, DELTA) else self.growth(step.atom, bound)[0]
                bound = bound | self.variables[step.atom]
                cost += rows
            for atom in [atom for atom in left if not self.is_open(atom, bound)]:
                left.remove(atom)
                rows *= min(1.0, self.growth(atom, bound)[0])
            if not left:
                return cost, tuple(steps)
            step = self._cheapest(left, bound)

    def _cheapest(self, left: list[int], bound: frozenset[int]) -> JoinStep:
        """The step that loops least and leaves least to go on with, the first of equals.

        In a long body first of all one after which few variables live, and of these one that brings none that does.
        """
        best, chosen = ((len(self.body) * 2 + 1, 0), float("inf")), JoinStep(left[0], SCAN)
        for atom in left:
            rows, access = self.growth(atom, bound)
            after = bound | self.variables[atom]
            kept = 1.0
            for other in left:
                if other != atom and self.variables[other] <= after:
                    kept *= min(1.0, self.growth(other, after)[0])
            # What is looped over, and what of it later loops are multiplied by.
            weight = self._living(left, bound, after) if self.is_long else (0, 0), rows * (1.0 + kept)
            if weight < best:
                best, chosen = weight, JoinStep(atom, access)
        return chosen

    def _living(self, left: list[int], before: frozenset[int], after: frozenset[int]) -> tuple[int, int]:
        """How many variables that are bound stand in atoms that are still open, or last, and how many are new."""
        living = after & self.lasting.union(*(self.variables[atom] for atom in left if self.is_open(atom, after)))
        return len(living), len(living - before)
