"""What a mechanism graph is made of once it is read at a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from reasoner.engine.masks import union
from reasoner.engine.mechanism_graph import Activity, Arm, Statement
from reasoner.engine.place import Narrowness
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


class Condition(NamedTuple):
    """What a node cannot be on without: a subunit of it, or what a mechanism ``requiredFor`` it requires."""

    nodes: tuple[int, ...]
    weak: bool
    mechanism: LocatedMechanism | None = None
    fact: Fact | None = None


def mask_of(nodes: Iterable[int]) -> int:
    """The mask of some nodes."""
    return union(1 << node for node in nodes)


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
