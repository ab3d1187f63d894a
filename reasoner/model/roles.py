"""The part that each property plays, as the vocabulary states it: what relates routes to cells, what needs a claim."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from reasoner.model.names import local
from reasoner.model.ontology import Ontology

#: What every relation of a route to a cell is a kind of.
_CONCERNS = "concerns"


class Roles:
    """The parts of the properties of an ontology; each is worked out when it is first asked for."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    @cached_property
    def route_relations(self) -> tuple[str, ...]:
        """The properties that relate a route to a cell that it is about, by name."""
        narrower: dict[str, set[str]] = defaultdict(set)
        for axiom in self._ontology.axioms:
            if axiom.kind == "SubPropertyOf" and all(isinstance(name, str) for name in axiom.args):
                narrower[str(axiom.args[1])].add(str(axiom.args[0]))
        found: set[str] = set()
        todo = {_CONCERNS}
        while todo:
            todo = set().union(*(narrower[name] for name in todo)) - found
            found |= todo
        return tuple(sorted(found - {_CONCERNS}))

    @cached_property
    def needing_claim(self) -> frozenset[str]:
        """The properties whose facts are more than a definition: a claim stands beside each."""
        return frozenset(self.route_relations) | self.marked("needsClaim")

    @cached_property
    def goal_words(self) -> dict[str, str]:
        """What people call all routes that stand in a relation to a cell, with that relation."""
        return {word: name for name, words in self._valued("goalWord").items() for word in words}

    def telling(self, respect: str) -> tuple[str, ...]:
        """The properties that tell what a statement speaks of in one respect, such as the disease, by name."""
        return tuple(name for name, values in self._valued("tellsOf").items() if respect in map(local, values))

    def marked(self, mark: str) -> frozenset[str]:
        """The properties that carry a mark."""
        return frozenset(name for name, values in self._valued(mark).items() if "true" in values)

    def _valued(self, mark: str) -> dict[str, list[str]]:
        """The values of an annotation by the properties that carry it."""
        return self._annotations.get(mark, {})

    @cached_property
    def _annotations(self) -> dict[str, dict[str, list[str]]]:
        vocabulary = self._ontology.vocabulary
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for name in sorted(vocabulary.object_properties | vocabulary.data_properties):
            for mark, literal in self._ontology.texts.get(name, ()):
                found[mark][name].append(literal.lexical)
        return found
