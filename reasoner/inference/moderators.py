"""Conditions under which observations were made, and what decides where they contradict each other.

A condition (low dose, one model, a disease under control) belongs to a kind of difference.  A scenario fixes one by
a state, a disease or an agent; an observation that was made under another condition of that kind then does not speak
of the scenario.  While nothing fixes it, all observations count, and a kind whose conditions differ between those for
and those against is what decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from reasoner.model.term import Ground


class ModeratorFacts(Protocol):
    """What moderators need of a closure."""

    def objects(self, prop: str, subject: str) -> list[Ground]:
        """The objects of a property of one subject."""


class Deciding(NamedTuple):
    """A kind of difference with the conditions on either side."""

    kind: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]


class Moderators:
    """The conditions of a knowledge base."""

    def __init__(self, facts: ModeratorFacts) -> None:
        self._facts = facts

    def kinds(self, condition: str) -> frozenset[str]:
        """The kinds of difference that a condition belongs to."""
        return frozenset(map(str, self._facts.objects("ofModerator", condition)))

    def fixed(self, given: Iterable[str]) -> frozenset[str]:
        """The conditions that the states, diseases and agents of a scenario fix."""
        return frozenset(str(c) for name in given for c in self._facts.objects("fixesModerator", name))

    def excludes(self, fixed: frozenset[str], conditions: Iterable[str]) -> bool:
        """Whether an observation under these conditions does not speak of a scenario that fixes ``fixed``."""
        return any(
            condition not in fixed and any(self.kinds(condition) & self.kinds(other) for other in fixed)
            for condition in conditions
        )

    def deciding(self, supporting: Iterable[str], opposing: Iterable[str]) -> list[Deciding]:
        """The kinds whose conditions differ altogether between those of one side and those of the other."""
        sides = (set(supporting), set(opposing))
        found = []
        for kind in sorted({kind for side in sides for condition in side for kind in self.kinds(condition)}):
            yes, no = (tuple(sorted(c for c in side if kind in self.kinds(c))) for side in sides)
            if yes and no and not set(yes) & set(no):
                found.append(Deciding(kind, yes, no))
        return found
