"""Which classes the terms of a rule must be in, from class atoms, domains and ranges; and where that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reasoner.errors import RuleError, Span
from reasoner.model.atom import DIFFERENT, SAME
from reasoner.model.term import Literal, Term, Variable
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.rules.atoms import Placed

#: The most combinations of union members that are followed for one term; beyond it the term is given the benefit.
_MAX_CHOICES = 64


class _Demand(NamedTuple):
    """That a term is in one of some classes, because of one atom."""

    classes: frozenset[str]
    placed: Placed


class _Uses(NamedTuple):
    """How a term is used: atoms that need an individual, atoms that need a value, and classes asked for."""

    individual: list[Placed]
    value: list[Placed]
    demands: list[_Demand]


def impossible_terms(atoms: Sequence[Placed], vocabulary: Vocabulary) -> Iterator[RuleError]:
    """A fault for each term that would have to be in disjoint classes, or both an individual and a value."""
    uses: dict[Term, _Uses] = {}
    for placed in atoms:
        for place, arg in enumerate(placed.atom.args):
            if not isinstance(arg, Literal):
                _note(uses.setdefault(arg, _Uses([], [], [])), placed, place, vocabulary)
    for term, use in uses.items():
        if isinstance(term, Variable) and use.individual and use.value:
            one, other = use.individual[0], use.value[0]
            yield RuleError(
                f"{term} is an individual in {one.atom} and a value in {other.atom}",
                code="E209",
                hint="individuals are told apart by differentFrom" if other.atom.is_builtin else "",
                span=_later(one, other),
            )
        clash = _clash(use.demands, vocabulary)
        if clash:
            before, after = clash
            yield RuleError(
                f"{term} is {_words(before.classes)} by {before.placed.atom} and {_words(after.classes)} by "
                f"{after.placed.atom}, which are disjoint",
                code="E209",
                hint="check the property or the variable",
                span=_later(before.placed, after.placed),
            )


def _note(use: _Uses, placed: Placed, place: int, vocabulary: Vocabulary) -> None:
    """Note what one atom asks of its argument."""
    name = placed.atom.predicate
    if placed.atom.is_builtin or (place == 1 and name in vocabulary.data_properties):
        use.value.append(placed)
        return
    if place == 0 or name in vocabulary.object_properties or name in (SAME, DIFFERENT):
        use.individual.append(placed)
    if len(placed.atom.args) == 1:
        classes = frozenset({name})
    else:
        classes = (vocabulary.ranges if place else vocabulary.domains).get(name, frozenset())
    if classes:
        use.demands.append(_Demand(classes, placed))


def _clash(demands: Sequence[_Demand], vocabulary: Vocabulary) -> tuple[_Demand, _Demand] | None:
    """Two demands that, with those before them, leave the term no class."""
    choices: list[frozenset[str]] = [frozenset()]
    for place, demand in enumerate(demands):
        further = list(
            dict.fromkeys(
                chosen | {name}
                for chosen in choices
                for name in sorted(demand.classes)
                if not any(vocabulary.are_disjoint(name, other) for other in chosen)
            )
        )
        if not further:
            return _rival(demands[:place], demand, vocabulary), demand
        if len(further) > _MAX_CHOICES:
            return None
        choices = further
    return None


def _rival(before: Sequence[_Demand], demand: _Demand, vocabulary: Vocabulary) -> _Demand:
    """The earlier demand that alone contradicts this one, else the last."""
    for other in before:
        if all(vocabulary.are_disjoint(a, b) for a in other.classes for b in demand.classes):
            return other
    return before[-1] if before else demand


def _later(one: Placed, other: Placed) -> Span:
    return max(one.span, other.span, key=lambda span: (span.line, span.column))


def _words(classes: frozenset[str]) -> str:
    return " or ".join(sorted(classes))
