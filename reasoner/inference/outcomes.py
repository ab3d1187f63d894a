"""What a regimen may do to a cell, as the ontology states it: one record for each outcome that rules conclude."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from reasoner.closure.saturate import Closure
from reasoner.model.roles import Roles
from reasoner.model.term import Literal
from reasoner.model.vocabulary import Vocabulary

#: Where outcomes stand that state no rank.
_LAST = 1_000_000


class Outcome(NamedTuple):
    """One outcome: the property that concludes it, and what it takes away, harms, needs and reaches.

    ``relation`` is that of a route to a cell, with ``by_protection`` that of a protection by a route.  ``function`` is
    the class of functions of a normal cell whose harm it is.  ``process`` is the class of processes that are off in
    the state that it reaches.
    """

    predicate: str
    relation: str = ""
    by_protection: bool = False
    needs_killer: bool = False
    function: str = ""
    state: str = ""
    state_in_part: str = ""
    process: str = ""

    @property
    def is_harm(self) -> bool:
        """Whether it is one of a normal cell, whose functions are harmed."""
        return bool(self.function)


class GoalKind(NamedTuple):
    """The routes that people ask to close by one word: those that stand in a relation to the cell."""

    word: str
    relation: str
    by_protection: bool
    is_default: bool


class Outcomes:
    """The outcomes of a knowledge base, in the order in which they are listed."""

    def __init__(self, closure: Closure, roles: Roles, vocabulary: Vocabulary) -> None:
        self._closure = closure
        self._roles = roles
        self._vocabulary = vocabulary

    def __iter__(self) -> Iterator[Outcome]:
        return iter(self._by_predicate.values())

    def __contains__(self, predicate: object) -> bool:
        return predicate in self._by_predicate

    def get(self, predicate: str) -> Outcome | None:
        """The outcome that a property concludes; None for any other property."""
        return self._by_predicate.get(predicate)

    def __getitem__(self, predicate: str) -> Outcome:
        return self._by_predicate[predicate]

    @cached_property
    def _by_predicate(self) -> dict[str, Outcome]:
        found: dict[str, Outcome] = {}
        for _, outcome in sorted(self._ranked()):
            found.setdefault(outcome.predicate, outcome)
        return found

    def _ranked(self) -> Iterator[tuple[int, Outcome]]:
        """Each outcome with its rank; what takes nothing away is no outcome of a cell."""
        for name in self._closure.members("Outcome"):
            if self._one("takesAway", name) or self._one("harmsFunction", name):
                rank = self._one("outcomeRank", name)
                for predicate in self._values("concludedBy", name):
                    yield int(rank) if rank.isdecimal() else _LAST, self._outcome(name, predicate)

    def _outcome(self, name: str, predicate: str) -> Outcome:
        relation = self._one("takesAway", name)
        return Outcome(
            predicate,
            relation,
            self._is_of_protection(relation),
            self._one("needsKiller", name) == "true",
            self._one("harmsFunction", name),
            self._one("reachesState", name),
            self._one("reachesInPart", name),
            self._one("endsProcess", name),
        )

    def _values(self, prop: str, name: str) -> list[str]:
        values = self._closure.objects(prop, name)
        return sorted(value.lexical if isinstance(value, Literal) else value for value in values)

    def _one(self, prop: str, name: str) -> str:
        return next(iter(self._values(prop, name)), "")

    def _is_of_protection(self, relation: str) -> bool:
        return any("Protection" in self._vocabulary.above(cls) for cls in self._vocabulary.domains.get(relation, ()))

    @cached_property
    def of_routes(self) -> tuple[Outcome, ...]:
        """The outcomes of the cell of a scenario, which turn on routes."""
        return tuple(outcome for outcome in self if not outcome.is_harm)

    @cached_property
    def harms(self) -> tuple[Outcome, ...]:
        """The outcomes of normal cells, which turn on their functions."""
        return tuple(outcome for outcome in self if outcome.is_harm)

    @cached_property
    def foremost(self) -> tuple[Outcome, ...]:
        """The outcomes of the cell, what matters most first: that a killer reaches it."""
        return tuple(sorted(self.of_routes, key=lambda outcome: not outcome.needs_killer))

    @cached_property
    def reaching(self) -> tuple[Outcome, ...]:
        """The outcomes that leave the cell in a state which lasts to the next step of a regimen."""
        return tuple(outcome for outcome in self.of_routes if outcome.state)

    @cached_property
    def route_relations(self) -> tuple[str, ...]:
        """The properties that relate a route to a cell that it is about, by name."""
        taken = {outcome.relation for outcome in self.of_routes if not outcome.by_protection}
        return tuple(sorted(taken.union(self._roles.route_relations)))

    @cached_property
    def placing(self) -> frozenset[str]:
        """The properties that tell in which cell something is stated; senders and sources do not."""
        return frozenset((*self._roles.telling("by_cell"), *self.route_relations))

    @cached_property
    def goal_kinds(self) -> dict[str, GoalKind]:
        """The kinds of route that have a word: first what outcomes take away, in their order, then by word."""
        order = {outcome.relation: place for place, outcome in enumerate(self)}
        sought = self._roles.marked("soughtByDefault")
        found = [
            GoalKind(word, relation, self._is_of_protection(relation), relation in sought)
            for word, relation in self._roles.goal_words.items()
        ]
        found.sort(key=lambda kind: (order.get(kind.relation, _LAST), kind.word))
        return {kind.word: kind for kind in found}
