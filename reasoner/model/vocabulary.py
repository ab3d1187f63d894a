"""The vocabulary that rules and facts may use: classes, properties, their domains, ranges and disjointness."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Declared names by kind.

    ``domains`` and ``ranges`` map a property to named classes (any of several holds for a union); ``superclasses`` is
    the reflexive-transitive closure of named subclass axioms; ``disjoint`` holds unordered pairs of named classes.
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
