"""Derivations: why a fact holds; firings and near misses of single rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Rule
from reasoner.model.term import Ground, Variable

#: Predicate of the conclusion of a constraint; its subject is the id of the rule.
INCONSISTENT = "inconsistent"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A fact with the rule that concluded it and the derivations of its premises; an asserted fact has no rule.

    Premises stand in the order of the rule's body (comparisons are not premises).  A sub-derivation that is used
    twice is one shared object, so a derivation is a graph: walk it with :meth:`steps` where it may be large.
    """

    conclusion: Fact
    rule: Rule | None = None
    premises: tuple[Derivation, ...] = ()

    def leaves(self) -> Iterator[Fact]:
        """The asserted facts that the derivation rests on, left to right, with repetitions."""
        stack = [self]
        while stack:
            step = stack.pop()
            if step.rule is None:
                yield step.conclusion
            stack.extend(reversed(step.premises))

    def steps(self) -> Iterator[Derivation]:
        """Every distinct sub-derivation once, premises before the conclusions that rest on them."""
        done: set[int] = set()
        stack: list[tuple[Derivation, bool]] = [(self, False)]
        while stack:
            step, expanded = stack.pop()
            if expanded:
                yield step
            elif id(step) not in done:
                done.add(id(step))
                stack.append((step, True))
                stack.extend((premise, False) for premise in reversed(step.premises) if id(premise) not in done)

    @property
    def substitution(self) -> dict[str, Ground]:
        """What the variables of the concluding rule stand for, by name."""
        found: dict[str, Ground] = {}
        premises = iter(self.premises)
        for atom in self.rule.body if self.rule else ():
            if atom.is_builtin:
                continue
            fact = next(premises).conclusion
            for term, value in zip(atom.args, (fact.subject, fact.object), strict=False):
                if isinstance(term, Variable) and value is not None:
                    found[term.name] = value
        return found

    def support(self) -> frozenset[Fact]:
        """The asserted facts that the derivation rests on, as a set; linear in the number of distinct steps."""
        return frozenset(step.conclusion for step in self.steps() if step.rule is None)


@dataclass(frozen=True, slots=True)
class Firing:
    """One way in which a rule concludes a fact: the rule and the facts that its body matches, in body order."""

    rule: Rule
    premises: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A rule that could have concluded a fact, under the substitution that makes most of its body hold.

    ``holds`` are the facts of the body that hold; ``missing`` the atoms that do not, in body order, with what the
    substitution binds filled in (a variable that is left is one that nothing binds).
    """

    rule: Rule
    holds: tuple[Fact, ...]
    missing: tuple[Atom, ...]

    @property
    def fails(self) -> Atom:
        """The first atom of the body that does not hold."""
        return self.missing[0]
