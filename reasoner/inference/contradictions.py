"""Where the knowledge contradicts itself, and what is made of the things that it contradicts itself about.

OWL concludes everything from a contradiction; here nothing is concluded from one, and every answer that rests on it is
told apart.  A fact is *contradicted* where it is about a contradicted individual: a subject of facts that cannot all
hold (an individual in two disjoint classes, a thing that differs from itself).  What is said by roles rests on what
stands in them (:data:`~reasoner.model.statements.KEEPS_ONE`): an activity on its molecule and its cell, an action on
its target, an arm on what it needs.  An answer rests on the individuals that its derivation names and, through their
roles, on what these are made of; that a thing is merely near another one in the graph makes no answer rest on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from reasoner.closure.saturate import Closure
from reasoner.errors import BudgetError, LimitError, Span
from reasoner.knowledge import StatedKnowledge
from reasoner.mechanism.minted import Minted
from reasoner.model.atom import Fact
from reasoner.model.derivation import Derivation
from reasoner.model.statements import KEEPS_ONE
from reasoner.resources import is_shipped

#: The role by which a route or function is made of arms: at one place only the arms that are read there count.
_ARMS = "hasArm"
#: Ways to come to a fact that are looked through for the one told.
_MOST_WAYS = 1000


class Contradiction(NamedTuple):
    """Facts that cannot all hold, by which rule or axiom and why, and the stated facts that they rest on.

    ``spans`` are the places of the stated facts, ``span`` the one to look at first, of a fact or of an axiom: outside
    the shipped knowledge where that can be.  A fact that is supposed stands in no file.
    """

    rule: str
    because: str
    subjects: tuple[str, ...]
    facts: tuple[Fact, ...]
    stated: tuple[Fact, ...]
    spans: tuple[Span, ...]
    span: Span


class Contradictions:
    """The contradictions of one knowledge base, by subject; false where there are none."""

    def __init__(self, found: Iterable[Contradiction], closure: Closure) -> None:
        self.found = tuple(found)
        self._closure = closure
        self._of_fact: dict[Fact, set[str]] = {}

    @classmethod
    def of(cls, base: StatedKnowledge, closure: Closure, minted: Minted) -> Contradictions:
        """Those of a closure, in an order that does not follow the files."""
        clashes = [(derivation, _stated(closure, minted, derivation)) for derivation in closure.inconsistencies()]
        places = base.places(dict.fromkeys(fact for _, stated in clashes for fact in stated))
        found = {_contradiction(derivation, stated, places) for derivation, stated in clashes}
        return cls(sorted(found, key=lambda c: (c.subjects, c.rule, list(map(str, c.facts)))), closure)

    def __bool__(self) -> bool:
        return bool(self.found)

    def __iter__(self) -> Iterator[Contradiction]:
        return iter(self.found)

    @property
    def subjects(self) -> frozenset[str]:
        """The contradicted individuals."""
        return frozenset(name for one in self.found for name in one.subjects)

    def under(self, names: Iterable[str], *, here: bool = False) -> set[str]:
        """The contradicted individuals that what is named so rests on.

        ``here`` is for names in a derivation at one place: a route does not rest on arms that are not read there.
        """
        table = self._here if here else self._anywhere
        found: set[str] = set()
        for name in names:
            found |= table.get(name, _NONE)
        return found

    def of_facts(self, facts: Iterable[Fact]) -> set[str]:
        """The contradicted individuals that facts of the closure rest on, by what a proof of each names."""
        found: set[str] = set()
        for fact in facts:
            if fact not in self._of_fact:
                proof = self._closure.derivation(fact)
                steps = [step.conclusion for step in proof.steps()] if proof else [fact]
                named = [term for step in steps for term in (step.subject, step.object) if isinstance(term, str)]
                self._of_fact[fact] = self.under(named, here=True)
            found |= self._of_fact[fact]
        return found

    @cached_property
    def _here(self) -> dict[str, set[str]]:
        return self._resting(KEEPS_ONE - {_ARMS})

    @cached_property
    def _anywhere(self) -> dict[str, set[str]]:
        return self._resting(KEEPS_ONE)

    def _resting(self, roles: Iterable[str]) -> dict[str, set[str]]:
        """Every name that rests on a contradicted one, with those that it rests on."""
        standing: dict[str, set[str]] = defaultdict(set)
        for role in roles:
            for statement, value in self._closure.pairs(role):
                standing[str(value)].add(statement)
        found: dict[str, set[str]] = defaultdict(set)
        for subject in self.subjects:
            todo = [subject]
            while todo:
                name = todo.pop()
                if subject not in found[name]:
                    found[name].add(subject)
                    todo.extend(standing.get(name, ()))
        return dict(found)


_NONE: frozenset[str] = frozenset()
_EXCLUDED = "an axiom excludes that all of them hold"


def _contradiction(derivation: Derivation, stated: tuple[Fact, ...], places: Mapping[Fact, Span]) -> Contradiction:
    rule = derivation.rule
    assert rule is not None, "a contradiction is found by a constraint"
    names = {name: str(value) for name, value in derivation.substitution.items()}
    try:
        because = rule.because.format(**names)
    except (KeyError, IndexError, ValueError):
        because = rule.because
    facts = _facts(derivation)
    subjects = tuple(sorted({fact.subject for fact in facts}))
    spans = tuple(places[fact] for fact in stated)
    looked_at = sorted((*spans, *_axioms(derivation)), key=lambda span: (not span.file, is_shipped(span.file)))
    return Contradiction(rule.id, because or _EXCLUDED, subjects, facts, stated, spans, next(iter(looked_at), Span("")))


def _axioms(derivation: Derivation) -> Iterator[Span]:
    """The places of the axioms and rules by which the facts exclude each other, in the order of the proof."""
    for step in derivation.steps():
        if step.rule is not None and step.rule.span is not None:
            yield step.rule.span


def _facts(derivation: Derivation) -> tuple[Fact, ...]:
    return tuple(sorted({premise.conclusion for premise in derivation.premises}, key=str))


def _stated(closure: Closure, minted: Minted, derivation: Derivation) -> tuple[Fact, ...]:
    leaves = {leaf for fact in _facts(derivation) for leaf in _rests_on(closure, fact)}
    return tuple(sorted({minted.origins.get(leaf, leaf) for leaf in leaves}, key=_clearest))


def _rests_on(closure: Closure, fact: Fact) -> Iterable[Fact]:
    """The stated facts of the plainest way to come to a fact: few of them, classes before properties."""
    try:
        ways = closure.justifications(fact, _MOST_WAYS)
    except BudgetError:
        raise
    except LimitError:
        proof = closure.derivation(fact)
        return proof.support() if proof else ()
    return min(ways, key=lambda way: (len(way), sorted(map(_clearest, way))), default=())


def _clearest(fact: Fact) -> tuple[bool, str]:
    return fact.object is not None, str(fact)
