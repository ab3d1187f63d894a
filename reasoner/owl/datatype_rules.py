"""Data values as rules (W3C table 8, and ranges of data properties).

The values that can occur are those of facts, axioms and rules, so each fault of a value is a constraint that names it.
That equal values stand for one another (dt-eq) needs no rule: the closure knows a value, not its spellings.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from reasoner.model.atom import Atom, Fact
from reasoner.model.axiom import Axiom, ClassTerm, Expression
from reasoner.model.datatypes import identity, ill_typed
from reasoner.model.rule import Rule
from reasoner.model.term import Literal
from reasoner.owl.compiled import Compiled, X, class_terms, term_text
from reasoner.owl.datatypes import in_range


def values_by_property(
    facts: Iterable[Fact], axioms: Iterable[Axiom], rules: Iterable[Rule]
) -> dict[str, list[Literal]]:
    """The data values that each property may have: stated, named by an axiom or rule, or handed on from another one.

    Of one value there is one spelling.
    """
    own: dict[str, dict[Hashable, Literal]] = {}
    flows: list[tuple[str, str]] = []
    for prop, value in (*_stated(facts), *(named for axiom in axioms for named in _values_in(axiom.args))):
        own.setdefault(prop, {}).setdefault(identity(value), value)
    for axiom in axioms:
        if axiom.kind in ("SubPropertyOf", "EquivalentProperties"):
            first, second = map(str, axiom.args)
            flows += [(first, second), (second, first)][: 1 if axiom.kind == "SubPropertyOf" else 2]
    for rule in rules:
        for head in rule.head:
            if isinstance(head.args[-1], Literal):
                own.setdefault(head.predicate, {}).setdefault(identity(head.args[-1]), head.args[-1])
            else:
                flows += [(atom.predicate, head.predicate) for atom in rule.body if _ends_alike(atom, head)]
    return {prop: list(values.values()) for prop, values in _spread(own, flows).items()}


def _stated(facts: Iterable[Fact]) -> Iterator[tuple[str, Literal]]:
    return ((fact.predicate, fact.object) for fact in facts if isinstance(fact.object, Literal))


def _ends_alike(atom: Atom, head: Atom) -> bool:
    """Whether the value of an atom of a body is that of the head."""
    return not atom.is_builtin and len(atom.args) == len(head.args) == 2 and atom.args[1] == head.args[1]


def _spread(
    own: dict[str, dict[Hashable, Literal]], flows: Iterable[tuple[str, str]]
) -> dict[str, dict[Hashable, Literal]]:
    """The values of each property with those that flow into it."""
    leaving: dict[str, list[str]] = {}
    for source, target in dict.fromkeys(flows):
        leaving.setdefault(source, []).append(target)
    waiting = list(own)
    while waiting:
        source = waiting.pop()
        for target in leaving.get(source, ()):
            known = own.setdefault(target, {})
            missing = own[source].keys() - known.keys()
            if missing:
                known.update({key: value for key, value in own[source].items() if key in missing})
                waiting.append(target)
    return own


def _values_in(args: Iterable[object]) -> Iterator[tuple[str, Literal]]:
    """Properties and values of the ``hasValue`` restrictions inside an axiom."""
    for arg in args:
        if isinstance(arg, Expression):
            if arg.constructor == "dataHasValue" and isinstance(arg.args[1], Literal):
                yield str(arg.args[0]), arg.args[1]
            yield from _values_in(arg.args)


def add_datatype_rules(
    compiled: Compiled,
    axioms: Iterable[Axiom],
    values: dict[str, list[Literal]],
    definitions: dict[str, ClassTerm],
) -> None:
    """Constraints for values that are ill-typed or out of range."""
    for prop, literals in values.items():
        for literal in literals:
            if ill_typed(literal):
                reason = f"{literal.lexical!r} is no {term_text(literal.datatype)}"
                body = (Atom(prop, (X, literal)),)
                compiled.add("dt-not-type", f"{prop}[{literal.lexical}]", body, (), because=reason)
    for axiom in axioms:
        if axiom.kind == "DataRange":
            ranged, limit = class_terms(axiom.args)
            _range(compiled, axiom, limit, values.get(str(ranged), []), definitions)


def _range(
    compiled: Compiled, axiom: Axiom, term: ClassTerm, literals: Iterable[Literal], definitions: dict[str, ClassTerm]
) -> None:
    prop = str(axiom.args[0])
    for literal in literals:
        inside = in_range(literal, term, definitions)
        if inside is None:
            compiled.refuse(axiom, f"the datatype of {literal} or of the range is not known")
        elif not inside and not ill_typed(literal):
            compiled.add(
                "prp-rng",
                f"{prop}[{literal.lexical}]",
                (Atom(prop, (X, literal)),),
                (),
                axiom=axiom,
                because=f"{literal} is outside the range {term_text(term)} of {prop}",
            )
