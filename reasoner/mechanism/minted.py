"""What minting adds to the facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from reasoner.model.atom import Fact


@dataclass(slots=True)
class Minted:
    """New facts, and for each that rests on an asserted fact, which one (its evidence carries over)."""

    facts: list[Fact] = field(default_factory=list)
    origins: dict[Fact, Fact] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
