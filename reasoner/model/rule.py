"""Rules: what follows from what, with the words that make a derivation readable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from reasoner.errors import Span
from reasoner.model.atom import Atom, Fact

#: The most variables of a rule: a join nests a loop for each, and Python nests at most 20 blocks.
MAX_VARIABLES = 18


@dataclass(frozen=True, slots=True)
class Example:
    """Facts on which a rule fires (``conclusions`` follow) or stays silent (no ``conclusions``)."""

    premises: tuple[Fact, ...]
    conclusions: tuple[Fact, ...] = ()
    span: Span | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """A Horn rule: when every atom of ``body`` holds, every atom of ``head`` holds.

    ``source`` lists evidence ids; ``because`` is a sentence with ``{variable}`` slots; ``origin`` is the W3C rule id
    when the rule was compiled from an OWL axiom, else empty.  A rule without head atoms (``inconsistent`` True) states
    that its body must never hold.
    """

    id: str
    body: tuple[Atom, ...]
    head: tuple[Atom, ...]
    label: str = ""
    status: str = "curated"
    source: tuple[str, ...] = ()
    because: str = ""
    fires: tuple[Example, ...] = ()
    silent: tuple[Example, ...] = ()
    origin: str = ""
    span: Span | None = field(default=None, compare=False)

    @property
    def inconsistent(self) -> bool:
        """Whether the rule is a constraint: its body is a contradiction."""
        return not self.head

    @property
    def logic(self) -> str:
        """The rule as SWRL text, ``body -> head``."""
        return f"{' ^ '.join(map(str, self.body))} -> {' ^ '.join(map(str, self.head))}"


#: The rows that stand under the predicate of an atom, as numbers of individuals.
RowsOf = Callable[[Atom], Iterable[tuple[int, ...]]]


class RuleFamily(Protocol):
    """Constraints that one axiom stands for, too many to be made before somebody asks."""

    @property
    def rules(self) -> Iterator[Rule]:
        """All of them."""

    @property
    def atoms(self) -> Iterator[Atom]:
        """Their atoms, without what is repeated."""

    def clashing(self, rows: RowsOf) -> Iterator[Rule]:
        """Those that may be broken by what holds."""


#: What a program consists of.
ProgramPart: TypeAlias = Rule | RuleFamily


def each_rule(program: Iterable[ProgramPart]) -> Iterator[Rule]:
    """The rules of a program one by one, those included that families stand for."""
    for part in program:
        if isinstance(part, Rule):
            yield part
        else:
            yield from part.rules
