"""The facts and claims for what a located graph consists of: mechanisms, prerequisites, lesions, parts, deeds."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.located import Implied, LocatedMechanism, Prerequisite
from reasoner.mechanism.located_graph import LocatedGraph
from reasoner.mechanism.mechanism_graph import Lesion
from reasoner.mechanism.stated import LESION_KINDS
from reasoner.model.atom import Fact
from reasoner.scenario.solidity import engaged_facts, mechanism_facts

#: Claims, and the facts that they stand beside.
Backing = tuple[list[str], tuple[Fact, ...]]


class Grounds:
    """What is stated of the parts of one located graph."""

    def __init__(self, reasoned: Reasoned, located: LocatedGraph) -> None:
        self.reasoned = reasoned
        self.located = located

    def support(self, facts: Iterable[Fact]) -> list[str]:
        """The claims for some facts, each once; of a fact that follows, those for the facts that it follows from."""
        found: dict[str, None] = {}
        for fact in facts:
            for stated in self._stated(fact):
                found.update(dict.fromkeys(self.reasoned.support(stated).supported))
        return list(found)

    def _stated(self, fact: Fact) -> Iterable[Fact]:
        closure = self.reasoned.closure
        if closure.is_asserted(fact) or (derivation := closure.derivation(fact)) is None:
            return (fact,)
        return derivation.leaves()

    def of_mechanism(self, mechanism: LocatedMechanism) -> list[str]:
        """The claims for what a mechanism consists of."""
        return self.support(mechanism_facts(self.located, mechanism))

    def named(self, mechanism: LocatedMechanism) -> tuple[Fact, ...]:
        """The facts of a mechanism, where no rule names it."""
        return tuple(mechanism_facts(self.located, mechanism))

    def of_prerequisite(self, prerequisite: Prerequisite) -> Backing:
        """What says that something is needed."""
        if prerequisite.mechanism is not None:
            return self.of_mechanism(prerequisite.mechanism), ()
        facts = () if prerequisite.fact is None else (prerequisite.fact,)
        return self.support(facts), facts

    def of_dependency(self, agent: str) -> Backing:
        """What says that an agent, or a class of it, depends on activities."""
        graph = self.reasoned.graph
        facts = tuple(
            Fact("dependsOnActivity", name, activity)
            for name in sorted(graph.classes_of(agent))
            for activity in graph.depends.get(name, ())
        )
        return self.support(facts), facts

    def of_lesion(self, lesion: Lesion) -> Backing:
        """What says what a lesion changes, and how."""
        closure = self.reasoned.closure
        facts = [Fact("lesionOf", lesion.name, molecule) for molecule in sorted(lesion.molecules)]
        facts += [fact for kind in LESION_KINDS if (fact := Fact(kind, lesion.name)) in closure]
        return self.support(facts), tuple(facts)

    def implying(self, index: int) -> Implied | None:
        """What implies that a node is there: something narrower than each denial."""
        denials = [width for width, statement in self.located.nodes[index].statements if not statement.holds]
        found = self.located.implied(index)
        return next((i for i in found if all(i.width.narrower_than(denial) for denial in denials)), None)

    def of_implied(self, implied: Implied) -> tuple[Fact, ...]:
        """What says that a part is needed: roles of an interaction, or a subunit and what is said of its complex."""
        if implied.by in self.reasoned.graph.engaged.values():
            return tuple(engaged_facts(self.reasoned.closure, implied.by))
        complex_ = next((i for i, node in enumerate(self.located.nodes) if node.name == implied.by), None)
        more: tuple[Fact, ...] = ()
        if complex_ is not None:
            more = tuple(s.fact for s in self.located.nodes[complex_].base_statements if s.holds)
            further = self.located.nodes[complex_].implied
            more = more or (self.of_implied(further[0]) if further else ())
        return (implied.fact, *more)

    def denials(self, index: int) -> tuple[Fact, ...]:
        """The narrowest denials of a node."""
        return tuple(s.fact for s in self.located.nodes[index].base_statements if not s.holds)
