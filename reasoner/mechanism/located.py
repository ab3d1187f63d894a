"""What a mechanism graph is made of once it is read at a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reasoner.mechanism.mechanism_graph import Activity, Arm, Statement
from reasoner.mechanism.place import Narrowness, narrowest
from reasoner.model.atom import Fact


class Implied(NamedTuple):
    """That a part is there because of something stated: how narrow that is, what states it, and as which part."""

    width: Narrowness
    by: str
    fact: Fact


@dataclass(slots=True)
class LocatedNode:
    """A node at the place: its name, its roles, the activities that it stands for, and what is said of it."""

    name: str
    activity: Activity
    origins: set[str] = field(default_factory=set)
    statements: list[tuple[Narrowness, Statement]] = field(default_factory=list)
    unstated: list[Statement | str] = field(default_factory=list)
    implied: list[Implied] = field(default_factory=list)

    @property
    def says(self) -> bool | None:
        """What the narrowest statements say: given, denied, or None for a tie; False when there are none."""
        return narrowest((width, s.holds) for width, s in self.statements) if self.statements else False

    @property
    def base_statements(self) -> list[Statement]:
        """The narrowest statements."""
        return [s for w, s in self.statements if not any(other.narrower_than(w) for other, _ in self.statements)]

    @property
    def denials(self) -> list[Narrowness]:
        """How narrow the denials are."""
        return [width for width, statement in self.statements if not statement.holds]


class LocatedMechanism(NamedTuple):
    """A mechanism at the place, with its nodes as indexes."""

    name: str
    requires: tuple[int, ...]
    effect: int
    sign: str
    widths: tuple[Narrowness, ...]
    weak: bool
    copied: bool

    @property
    def needed(self) -> int:
        """The mask of the nodes that it requires."""
        return mask_of(self.requires)

    def renumbered(self, number: Mapping[int, int]) -> LocatedMechanism:
        """The same mechanism with new numbers of its nodes."""
        requires = tuple(number[index] for index in self.requires)
        return LocatedMechanism(self.name, requires, number[self.effect], *self[3:])


class Prerequisite(NamedTuple):
    """What a node cannot be on without: a subunit of it, or what a mechanism ``requiredFor`` it requires."""

    nodes: tuple[int, ...]
    weak: bool
    mechanism: LocatedMechanism | None = None
    fact: Fact | None = None


def mask_of(nodes: Iterable[int]) -> int:
    """The mask of some nodes."""
    mask = 0
    for node in nodes:
        mask |= 1 << node
    return mask


class LocatedArm(NamedTuple):
    """An arm at the place: its needs as indexes, once for each niche in which it is read, and the mask it rests on.

    The copies are one arm, on if one is: the mask is that of the needs, or of a node of its own that any copy turns on
    (with doubt, if the arm is contested).
    """

    arm: Arm
    copies: tuple[tuple[int, ...], ...]
    mask: int

    @property
    def needs(self) -> tuple[int, ...]:
        """The needs of all copies."""
        return tuple(dict.fromkeys(index for copy in self.copies for index in copy))


class ReadArm(NamedTuple):
    """An arm as read, before the program knows what it rests on."""

    arm: Arm
    copies: tuple[tuple[int, ...], ...]
    is_contested: bool

    def renumbered(self, number: Mapping[int, int]) -> ReadArm:
        """The same arm with new numbers of its nodes."""
        copies = tuple(tuple(number[index] for index in copy) for copy in self.copies)
        return ReadArm(self.arm, copies, self.is_contested)
