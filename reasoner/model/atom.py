"""Atoms and facts: unary atoms are class membership, binary atoms are properties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from reasoner.model.term import Ground, Term, Variable

#: Comparison built-ins of rules, with the test that each makes on two values.
BUILTINS = frozenset({"greaterThan", "greaterThanOrEqual", "lessThan", "lessThanOrEqual", "equal", "notEqual"})
#: The test that two values are not one, by which axioms count: zero and minus zero of a float are equal, and two.
DISTINCT = "≠"
#: Atoms about identity, as SWRL writes them.
SAME, DIFFERENT = "sameAs", "differentFrom"


class Fact(NamedTuple):
    """A ground atom, asserted or derived; ``object`` is None for class membership.

    >>> str(Fact("Agent", "drugA")), str(Fact("retains", "routeA", "cellA"))
    ('Agent(drugA)', 'retains(routeA, cellA)')
    """

    predicate: str
    subject: str
    object: Ground | None = None

    def __str__(self) -> str:
        """Render in rule form."""
        inner = self.subject if self.object is None else f"{self.subject}, {self.object}"
        return f"{self.predicate}({inner})"


@dataclass(frozen=True, slots=True)
class Atom:
    """A predicate applied to one or two terms."""

    predicate: str
    args: tuple[Term, ...]

    @property
    def variables(self) -> frozenset[Variable]:
        """The variables that occur in the atom."""
        return frozenset(arg for arg in self.args if isinstance(arg, Variable))

    @property
    def is_builtin(self) -> bool:
        """Whether the atom tests two values instead of matching facts."""
        return self.predicate in BUILTINS or self.predicate == DISTINCT

    def __str__(self) -> str:
        """Render in rule form."""
        return f"{self.predicate}({', '.join(str(arg) for arg in self.args)})"
