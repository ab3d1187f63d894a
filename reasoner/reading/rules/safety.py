"""What is wrong with a well-formed rule: unbound variables, unknown names, numbers of arguments, impossible classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reasoner.errors import RuleError, Span
from reasoner.model.atom import BUILTINS, DIFFERENT, SAME
from reasoner.model.names import did_you_mean, nearest
from reasoner.model.rule import MAX_VARIABLES, Rule
from reasoner.model.term import Literal, Variable
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.rules.atoms import Placed
from reasoner.reading.rules.domains import impossible_terms

_SLOT = re.compile(r"\{([^{}]*)\}|[{}]")


class PlacedRule(NamedTuple):
    """A rule with the places of its atoms."""

    rule: Rule
    body: tuple[Placed, ...]
    head: tuple[Placed, ...]


def check_rule(written: PlacedRule, vocabulary: Vocabulary | None) -> Iterator[RuleError]:
    """All faults of a rule; names, arguments and classes only with a vocabulary."""
    if written.body:
        yield from _unbound(written)
        yield from _slots(written)
    for placed in written.head:
        if placed.atom.is_builtin:
            yield RuleError(f"{placed.atom} is a comparison and stands in the head", code="E215", span=placed.span)
    atoms = [*written.body, *written.head]
    faults = [fault for placed in atoms for fault in _predicate(placed, vocabulary)]
    yield from faults
    yield from _constants(atoms, vocabulary)
    if not faults:
        yield from impossible_terms(atoms, vocabulary or Vocabulary())


def check_example(atoms: Iterable[Placed], vocabulary: Vocabulary | None) -> Iterator[RuleError]:
    """Faults in the predicates of an example."""
    for placed in atoms:
        yield from _predicate(placed, vocabulary)


def _unbound(written: PlacedRule) -> Iterator[RuleError]:
    bound = {v for placed in written.body if not placed.atom.is_builtin for v in placed.atom.variables}
    if len(bound) > MAX_VARIABLES:
        message = f"rule {written.rule.id} has {len(bound)} variables; {MAX_VARIABLES} is the most"
        yield RuleError(message, code="E211", hint="split the rule", span=written.rule.span)
    for placed in written.head:
        for variable in sorted(placed.atom.variables - bound):
            yield _unsafe(variable, "the head", placed.span, bound)
    for placed in written.body:
        if placed.atom.is_builtin:
            for variable in sorted(placed.atom.variables - bound):
                yield _unsafe(variable, f"the comparison {placed.atom.predicate}", placed.span, bound)


def _unsafe(variable: Variable, where: str, span: Span, bound: Iterable[Variable]) -> RuleError:
    close = nearest(variable.name, sorted(known.name for known in bound), 1)
    hint = f"did you mean ?{close[0]}?" if close else "bind it in a class or property atom of the body"
    return RuleError(f"{variable} of {where} is bound by no atom of the body", code="E205", hint=hint, span=span)


def _slots(written: PlacedRule) -> Iterator[RuleError]:
    names = sorted({v.name for placed in written.body for v in placed.atom.variables})
    for slot in _SLOT.finditer(written.rule.because):
        if slot[1] not in names:
            close = nearest(slot[1] or "", names, 1)
            hint = f"did you mean {{{close[0]}}}?" if close else f"variables are {', '.join(names)}"
            yield RuleError(
                f"{slot[0]} in the because of rule {written.rule.id} is no variable of the rule",
                code="E204",
                hint=hint,
                span=written.rule.span,
            )


def _predicate(placed: Placed, vocabulary: Vocabulary | None) -> Iterator[RuleError]:
    """Faults in the name and the number of arguments of an atom."""
    name, count = placed.atom.predicate, len(placed.atom.args)
    if name in BUILTINS or name in (SAME, DIFFERENT):
        if count != 2:
            yield RuleError(f"{name} has {count} argument", code="E208", hint="it needs two", span=placed.span)
        return
    if vocabulary is None:
        return
    properties = vocabulary.object_properties | vocabulary.data_properties
    if name in (vocabulary.classes if count == 1 else properties):
        return
    if name in (properties if count == 1 else vocabulary.classes):
        kind, needs = ("property", "two") if count == 1 else ("class", "one")
        message = f"the {kind} {name} has {count} argument{'s' * (count > 1)}"
        yield RuleError(message, code="E208", hint=f"it needs {needs}", span=placed.span)
        return
    yield _unknown(placed, vocabulary, properties)


def _unknown(placed: Placed, vocabulary: Vocabulary, properties: frozenset[str]) -> RuleError:
    name, unary = placed.atom.predicate, len(placed.atom.args) == 1
    if name in vocabulary.annotation_properties:
        hint = "annotations are no facts: rules cannot use them"
    else:
        close = nearest(name, sorted(vocabulary.classes if unary else properties))
        hint = did_you_mean(close, "declare it in the ontology")
    return RuleError(f"unknown {'class' if unary else 'property'} {name}", code="E207", hint=hint, span=placed.span)


def _constants(atoms: Sequence[Placed], vocabulary: Vocabulary | None) -> Iterator[RuleError]:
    """Faults in the constants of a rule: unknown individuals, literals and individuals in each other's place."""
    for placed in atoms:
        name = placed.atom.predicate
        for place, arg in enumerate(placed.atom.args):
            if isinstance(arg, Variable):
                continue
            literal = isinstance(arg, Literal)
            if placed.atom.is_builtin:
                wrong = not literal
            elif place == 0 or name in (SAME, DIFFERENT):
                wrong = literal
            elif vocabulary and name in vocabulary.object_properties | vocabulary.data_properties:
                wrong = literal == (name in vocabulary.object_properties)
            else:
                wrong = False
            if wrong:
                is_a, should = ("a literal", "an individual") if literal else ("an individual", "a literal")
                yield RuleError(f"{arg} in {placed.atom} is {is_a}, not {should}", code="E210", span=placed.span)
            elif isinstance(arg, str) and vocabulary and vocabulary.individuals and arg not in vocabulary.individuals:
                hint = did_you_mean(nearest(arg, sorted(vocabulary.individuals)), "declare it in the ontology")
                yield RuleError(f"unknown individual {arg}", code="E207", hint=hint, span=placed.span)
