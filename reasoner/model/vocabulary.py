"""The vocabulary that rules and facts may use: classes, properties, their domains, ranges and disjointness."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Declared names by kind.

    ``domains`` and ``ranges`` map a property to named classes (any of several holds for a union); ``superclasses`` are
    the named classes that axioms state to be directly broader (see :meth:`above` for all of them); ``disjoint`` holds
    groups of named classes of which no two share a member.
    """

    classes: frozenset[str] = frozenset()
    object_properties: frozenset[str] = frozenset()
    data_properties: frozenset[str] = frozenset()
    annotation_properties: frozenset[str] = frozenset()
    individuals: frozenset[str] = frozenset()
    domains: dict[str, frozenset[str]] = field(default_factory=dict)
    ranges: dict[str, frozenset[str]] = field(default_factory=dict)
    superclasses: dict[str, frozenset[str]] = field(default_factory=dict)
    disjoint: frozenset[frozenset[str]] = frozenset()

    def above(self, cls: str) -> frozenset[str]:
        """A class and all that are broader, near or far: found when asked, for they are many in a long chain."""
        found, queue = {cls}, [cls]
        while queue:
            fresh = self.superclasses.get(queue.pop(), _NONE) - found
            found |= fresh
            queue.extend(fresh)
        return frozenset(found)

    def are_disjoint(self, one: str, other: str) -> bool:
        """Whether no individual can be in both classes, because a group excludes it of these or of broader ones."""
        groups = _by_member(self.disjoint)
        above, beside = self.above(one), self.above(other)
        return any(
            not group.isdisjoint(beside) and len(group & (above | beside)) > 1
            for cls in above
            for group in groups.get(cls, ())
        )


_NONE: frozenset[str] = frozenset()


@lru_cache(maxsize=8)
def _by_member(groups: frozenset[frozenset[str]]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for group in groups:
        for member in group:
            found.setdefault(member, []).append(group)
    return found
