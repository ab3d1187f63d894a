"""Groups: statements about many individuals at once that stand for a fact on each two of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from reasoner.model.atom import DIFFERENT, Fact


@dataclass(frozen=True)
class AllDifferent:
    """No two of ``members``, each named once, are the same: for a fact on each two, the one that comes first first.

    ``file`` states it.  ``missing`` are facts on two members that the group does not state: they are stated by
    themselves, or supposed away.
    """

    members: tuple[str, ...]
    file: str = ""
    missing: frozenset[Fact] = frozenset()

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each member."""
        return {member: place for place, member in enumerate(self.members)}

    def __len__(self) -> int:
        return len(self.members) * (len(self.members) - 1) // 2 - len(self.missing)

    def __iter__(self) -> Iterator[Fact]:
        """The facts, one at a time."""
        for first, second in combinations(self.members, 2):
            fact = Fact(DIFFERENT, first, second)
            if fact not in self.missing:
                yield fact

    def __contains__(self, fact: object) -> bool:
        if not isinstance(fact, Fact) or fact.predicate != DIFFERENT or fact in self.missing:
            return False
        first, second = self.places.get(fact.subject), self.places.get(str(fact.object))
        return first is not None and second is not None and first < second

    def about(self, name: str) -> Iterator[Fact]:
        """The facts in which a name stands."""
        place = self.places.get(name)
        if place is None:
            return
        pairs = [
            *((other, name) for other in self.members[:place]),
            *((name, other) for other in self.members[place + 1 :]),
        ]
        yield from (fact for pair in pairs if (fact := Fact(DIFFERENT, *pair)) not in self.missing)

    @property
    def outline(self) -> list[Fact]:
        """As many facts as name every member."""
        return [Fact(DIFFERENT, self.members[0], member) for member in self.members[1:]]

    def without(self, facts: frozenset[Fact]) -> AllDifferent:
        """The group without these facts."""
        gone = frozenset(fact for fact in facts if fact in self)
        return AllDifferent(self.members, self.file, self.missing | gone) if gone else self
