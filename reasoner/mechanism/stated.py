"""What files state, by predicate and subject: the view of the facts that minting and its fault finders need."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from reasoner.model.atom import Fact
from reasoner.model.axiom import Axiom
from reasoner.model.term import Ground

#: The roles of an interaction: exactly one of each.
ROLES = ("hasSender", "hasLigand", "hasReceptor", "hasReceiver")
#: The roles of each kind of activity: what is at work, and where.
ACTIVITY_ROLES = {
    "MoleculeActivity": ("ofMolecule", "inCell"),
    "Supply": ("ofLigand", "fromSource"),
    "Availability": ("ofLigand", "fromSource"),
    "CellProcess": ("ofProcess", "ofCell"),
    "SiteProcess": ("ofProcess", "atSite"),
}
#: The kinds of a lesion.
LESION_KINDS = ("LossOfFunction", "GainOfFunction", "BindingChange")
#: The narrower classes that the vocabulary states; facts may come without it.
_BELOW = {
    "Cell": ("MalignantCell", "NicheCell", "NormalCell", "CellLine"),
    "Lesion": LESION_KINDS,
    "Route": ("NicheRoute", "IntrinsicRoute"),
}


class StatedFacts:
    """Facts by predicate and subject, with the classes below a class that ``axioms`` state."""

    def __init__(self, facts: Iterable[Fact], axioms: Iterable[Axiom] = ()) -> None:
        self.members: dict[str, dict[str, None]] = defaultdict(dict)
        self.values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for fact in facts:
            if fact.object is None:
                self.members[fact.predicate][fact.subject] = None
            elif isinstance(fact.object, str):
                self.values[fact.predicate][fact.subject].append(fact.object)
        self._below: dict[str, set[str]] = defaultdict(set, {cls: set(below) for cls, below in _BELOW.items()})
        for axiom in axioms:
            if axiom.kind == "SubClassOf" and len(axiom.args) == 2:
                lower, upper = axiom.args
                if isinstance(lower, str) and isinstance(upper, str):
                    self._below[upper].add(lower)

    def of(self, prop: str, subject: str) -> list[str]:
        """The individuals that a property relates ``subject`` to."""
        return self.values[prop].get(subject, [])

    def objects(self, prop: str, subject: str) -> list[Ground]:
        """As :meth:`of`: with the two below, what a hierarchy asks of facts."""
        return list(self.of(prop, subject))

    def pairs(self, prop: str) -> list[tuple[str, Ground]]:
        """All pairs of a property."""
        return [(subject, value) for subject, values in self.values[prop].items() for value in values]

    def all(self, cls: str) -> set[str]:
        """The individuals of a class and of every class below it."""
        return {name for found in self.below(cls) for name in self.members.get(found, ())}

    def below(self, cls: str) -> set[str]:
        """A class and every class below it."""
        seen, todo = {cls}, [cls]
        while todo:
            below = self._below.get(todo.pop(), set()) - seen
            seen |= below
            todo.extend(below)
        return seen

    def above(self, prop: str, name: str) -> set[str]:
        """``name`` and everything that a property leads to from it, at any distance."""
        seen, todo = {name}, [name]
        while todo:
            further = set(self.of(prop, todo.pop())) - seen
            seen |= further
            todo.extend(further)
        return seen
