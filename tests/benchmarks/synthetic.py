"""Synthetic niche knowledge bases of any size, the same for everyone: a fixed seed, names without meaning.

A knowledge base of ``size`` triples has cells in a hierarchy, molecules that they express, interactions with a sender,
ligand, receptor and receiver, agents with targets and phases, routes over interactions, and evidence.  Over it run
14 rules of two to six atoms, one recursive, one with differentFrom, one with a comparison, and the rules of eight
subclass, subproperty and inverse axioms.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import XSD, Ground, Literal, Term, Variable

SEED = 20261124
SIZES = {"1k": 1_000, "10k": 10_000, "100k": 100_000, "1M": 1_000_000}

_RULES = {
    "R01": "subtypeOf(?x, ?y) ^ subtypeOf(?y, ?z) -> subtypeOf(?x, ?z)",
    "R02": "expresses(?c, ?m) ^ subtypeOf(?d, ?c) -> expresses(?d, ?m)",
    "R03": "hasLigand(?i, ?l) ^ hasSender(?i, ?c) -> secretes(?c, ?l)",
    "R04": "hasReceptor(?i, ?r) ^ hasReceiver(?i, ?c) ^ expresses(?c, ?r) -> answersTo(?c, ?i)",
    "R05": "hasSender(?i, ?c) ^ hasReceiver(?i, ?d) ^ hasLigand(?i, ?l) ^ hasReceptor(?i, ?r) ^ expresses(?d, ?r)"
    " -> signalsTo(?c, ?d)",
    "R06": "hasTarget(?a, ?m) ^ hasReceptor(?i, ?m) -> blocks(?a, ?i)",
    "R07": "hasTarget(?a, ?m) ^ hasLigand(?i, ?m) -> blocks(?a, ?i)",
    "R08": "blocks(?a, ?i) ^ hasStep(?r, ?i) -> touches(?a, ?r)",
    "R09": "touches(?a, ?r) ^ retains(?r, ?c) -> mobilises(?a, ?c)",
    "R10": "touches(?a, ?r) ^ protectsFrom(?r, ?k) ^ memberOf(?b, ?k) ^ hasTarget(?a, ?m) ^ hasTarget(?b, ?n)"
    " ^ differentFrom(?m, ?n) -> combinesWith(?a, ?b)",
    "R11": "Agent(?a) ^ hasPhase(?a, ?p) ^ greaterThan(?p, 2) -> Available(?a)",
    "R12": "Available(?a) ^ touches(?a, ?r) -> reachedBy(?r, ?a)",
    "R13": "hasStep(?r, ?i) ^ supportedBy(?i, ?e) -> restsOn(?r, ?e)",
    "R14": "Route(?r) ^ hasStep(?r, ?i) ^ hasReceiver(?i, ?c) ^ retains(?r, ?c) -> holds(?r, ?c)",
}
_AXIOMS = {
    "A1": "Ligand(?x) -> Molecule(?x)",
    "A2": "Receptor(?x) -> Molecule(?x)",
    "A3": "Agent(?x) -> Therapy(?x)",
    "A4": "blocks(?x, ?y) -> influences(?x, ?y)",
    "A5": "touches(?x, ?y) -> influences(?x, ?y)",
    "A6": "hasTarget(?x, ?y) -> targetOf(?y, ?x)",
    "A7": "retains(?x, ?y) -> retainedBy(?y, ?x)",
    "A8": "signalsTo(?x, ?y) -> hearsFrom(?y, ?x)",
}


def rules() -> list[Rule]:
    """The 14 rules and the rules of the eight axioms."""
    return [_rule(name, text) for name, text in {**_RULES, **_AXIOMS}.items()]


def _rule(name: str, text: str) -> Rule:
    body, head = ([_atom(part) for part in side.split(" ^ ")] for side in text.split(" -> "))
    return Rule(name, tuple(body), tuple(head))


def _atom(text: str) -> Atom:
    predicate, args = text.strip().removesuffix(")").split("(")
    return Atom(predicate, tuple(_term(arg) for arg in args.split(", ")))


def _term(text: str) -> Term:
    return Variable(text[1:]) if text.startswith("?") else Literal(text, XSD + "integer")


@dataclass
class SyntheticBase:
    """Facts as columns of positions in ``terms``."""

    size: int
    terms: list[Ground] = field(default_factory=list)
    members: dict[str, list[int]] = field(default_factory=dict)
    pairs: dict[str, tuple[list[int], list[int]]] = field(default_factory=dict)

    @classmethod
    def of(cls, size: int) -> SyntheticBase:
        """The knowledge base of about ``size`` triples."""
        base = cls(size)
        _Filler(base).fill()
        return base

    def facts(self) -> Iterator[Fact]:
        """The same as facts."""
        for name, subjects in self.members.items():
            for subject in subjects:
                yield Fact(name, str(self.terms[subject]))
        for name, (subjects, objects) in self.pairs.items():
            for subject, object_ in zip(subjects, objects, strict=True):
                yield Fact(name, str(self.terms[subject]), self.terms[object_])

    @cached_property
    def triples(self) -> int:
        """How many facts there are."""
        return sum(map(len, self.members.values())) + sum(len(subjects) for subjects, _ in self.pairs.values())


class _Filler:
    """Draws the facts of one knowledge base."""

    def __init__(self, base: SyntheticBase) -> None:
        self.base = base
        self.random = random.Random(SEED + base.size)
        self.seen: set[tuple[str, int, int]] = set()

    def make(self, kind: str, count: float, *classes: str) -> list[int]:
        """New individuals, members of classes."""
        start = len(self.base.terms)
        made = list(range(start, start + max(3, round(count))))
        self.base.terms.extend(f"{kind}{number}" for number in range(len(made)))
        for name in classes:
            self.base.members.setdefault(name, []).extend(made)
        return made

    def state(self, prop: str, subject: int, object_: int) -> None:
        """One fact, unless it is there."""
        if (prop, subject, object_) not in self.seen:
            self.seen.add((prop, subject, object_))
            subjects, objects = self.base.pairs.setdefault(prop, ([], []))
            subjects.append(subject)
            objects.append(object_)

    def each(self, prop: str, subjects: list[int], objects: list[int], count: int = 1) -> None:
        """``count`` facts for each subject, with random objects."""
        for subject in subjects:
            for _ in range(count):
                self.state(prop, subject, self.random.choice(objects))

    def fill(self) -> None:
        """All facts."""
        n = self.base.size
        cells = self.make("cell", n * 0.01, "Cell")
        ligands = self.make("ligand", n * 0.02, "Ligand")
        receptors = self.make("receptor", n * 0.02, "Receptor")
        evidence = self.make("claim", n * 0.01)
        interactions = self.make("interaction", n * 0.07, "Interaction")
        agents = self.make("agent", n * 0.03, "Agent")
        kinds = self.make("kind", n * 0.006)
        routes = self.make("route", n * 0.02, "Route")
        phases = [len(self.base.terms) + number for number in range(5)]
        self.base.terms.extend(Literal(str(number), XSD + "integer") for number in range(5))
        for place, cell in enumerate(cells[1:], 1):
            if place % 8:  # a forest of small binary trees
                self.state("subtypeOf", cell, cells[place - place % 8 + (place % 8 - 1) // 2])
        self.each("expresses", cells, receptors, 12)
        self.each("hasSender", interactions, cells)
        self.each("hasLigand", interactions, ligands)
        self.each("hasReceptor", interactions, receptors)
        self.receivers(interactions, cells)
        self.each("supportedBy", interactions, evidence)
        common = [*ligands[::20], *receptors[::20]][:60]
        self.each("hasTarget", agents, [*ligands, *receptors])
        self.each("hasTarget", agents, common)
        self.each("memberOf", agents, kinds)
        self.each("hasPhase", agents, phases)
        self.each("hasStep", routes, interactions, 4)
        self.retained(routes)
        self.each("protectsFrom", routes, kinds)
        for place, one in enumerate(common):
            for other in common[:place]:
                self.state("differentFrom", one, other)

    def receivers(self, interactions: list[int], cells: list[int]) -> None:
        """A receiver for each interaction; two of three express the receptor."""
        expressing: dict[int, list[int]] = {}
        for cell, receptor in zip(*self.base.pairs["expresses"], strict=True):
            expressing.setdefault(receptor, []).append(cell)
        for interaction, receptor in zip(*self.base.pairs["hasReceptor"], strict=True):
            fitting = expressing.get(receptor) if self.random.random() < 2 / 3 else None
            self.state("hasReceiver", interaction, self.random.choice(fitting or cells))

    def retained(self, routes: list[int]) -> None:
        """A cell for each route: the receiver of its first step."""
        receiver = dict(zip(*self.base.pairs["hasReceiver"], strict=True))
        first = dict(zip(*(reversed(column) for column in self.base.pairs["hasStep"]), strict=True))
        for route in routes:
            self.state("retains", route, receiver[first[route]])
