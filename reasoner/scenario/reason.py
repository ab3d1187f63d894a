"""A conclusion with what it rests on: trees that read as prose and end in claims."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from reasoner.model.atom import Fact

#: Rules at which a reason comes down to something in the world: an action, a denial, a gap.
_DECISIVE = frozenset({"action", "lesion", "denied", "opposed", "contested", "unstated", "feedback"})
#: The rule of what is off because it would itself be needed first.
LOOP = "loop"


@dataclass(slots=True)
class Reason:
    """A conclusion in words, what concluded it, its premises, and the claims that it rests on directly.

    ``facts`` are those of the closure that it rests on directly where neither conclusion nor rule names them.
    """

    conclusion: str
    text: str
    rule: str = ""
    premises: list[Reason] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    decisive: bool = False
    facts: tuple[Fact, ...] = ()

    def root(self) -> Reason:
        """The first decisive node: the action, denial, suppression or gap that the conclusion comes down to.

        A loop that never starts is one only where there is nothing else.
        """
        if not self.premises or self.decisive or self.rule in _DECISIVE:
            return self
        roots = (premise.root() for premise in self.premises)
        return next((root for root in roots if root.rule != LOOP), self.premises[0].root())

    def steps(self) -> Iterator[Reason]:
        """The node and all below it."""
        yield self
        for premise in self.premises:
            yield from premise.steps()

    def claims(self) -> list[str]:
        """All claims of the tree, each once, in order."""
        found = dict.fromkeys(self.evidence)
        for premise in self.premises:
            found.update(dict.fromkeys(premise.claims()))
        return list(found)
