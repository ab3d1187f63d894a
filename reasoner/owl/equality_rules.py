"""Equality of individuals as rules (W3C table 4), made only when something can conclude it."""

from __future__ import annotations

from collections.abc import Iterable

from reasoner.model.atom import DIFFERENT, SAME, Atom, Fact
from reasoner.model.rule import ProgramPart, Rule
from reasoner.owl.compiled import Compiled, X, Y, Z


def add_equality_rules(compiled: Compiled, facts: Iterable[Fact], given: Iterable[Rule]) -> None:
    """Symmetry, transitivity, replacement in every predicate in use, and the clash with ``differentFrom``.

    That ``differentFrom`` goes both ways is known to the closure itself.
    """
    facts = list(facts)
    rules: list[ProgramPart] = [*given, *compiled.rules]
    unary, binary = _predicates(facts, rules)
    if DIFFERENT in binary:
        compiled.add("eq-diff1", "self", (Atom(DIFFERENT, (X, X)),), (), because="nothing differs from itself")
    if SAME not in binary or not _can_arise(facts, rules):
        return
    same = Atom(SAME, (X, Y))
    compiled.add("eq-sym", "", (same,), (Atom(SAME, (Y, X)),), because="{x} is {y}")
    compiled.add("eq-trans", "", (same, Atom(SAME, (Y, Z))), (Atom(SAME, (X, Z)),), because="{x} is {y}, which is {z}")
    if DIFFERENT in binary:
        clash = "{x} and {y} are the same and different"
        compiled.add("eq-diff1", "", (same, Atom(DIFFERENT, (X, Y))), (), because=clash)
    for name in unary:
        compiled.add("eq-rep-s", name, (same, Atom(name, (X,))), (Atom(name, (Y,)),), because="{x} is {y}")
    for name in binary:
        if name != SAME:
            subject, value = Atom(name, (Y, Z)), Atom(name, (Z, Y))
            compiled.add("eq-rep-s", name, (same, Atom(name, (X, Z))), (subject,), because="{x} is {y}")
            compiled.add("eq-rep-o", name, (same, Atom(name, (Z, X))), (value,), because="{x} is {y}")


def _predicates(facts: Iterable[Fact], rules: Iterable[ProgramPart]) -> tuple[list[str], list[str]]:
    """Unary and binary predicates in use, in order of first appearance."""
    unary: dict[str, None] = {}
    binary: dict[str, None] = {}
    for fact in facts:
        (unary if fact.object is None else binary).setdefault(fact.predicate)
    for rule in rules:
        for atom in (*rule.body, *rule.head) if isinstance(rule, Rule) else rule.atoms:
            if not atom.is_builtin:
                (unary if len(atom.args) == 1 else binary).setdefault(atom.predicate)
    return list(unary), list(binary)


def _can_arise(facts: Iterable[Fact], rules: Iterable[ProgramPart]) -> bool:
    return any(fact.predicate == SAME for fact in facts) or any(
        atom.predicate == SAME for rule in rules if isinstance(rule, Rule) for atom in rule.head
    )
