"""Data values as rules (W3C table 8, and ranges of data properties).

The values that can occur are those of the facts and axioms, so each fault of a value is a constraint that names it.
That equal values stand for one another (dt-eq) needs no rule: the closure knows a value, not its spellings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.engine.compiled import Compiled, X, class_terms, term_text
from reasoner.engine.datatypes import in_range
from reasoner.model.atom import Atom, Fact
from reasoner.model.axiom import Axiom, ClassTerm, Expression
from reasoner.model.datatypes import ill_typed
from reasoner.model.term import Literal


def values_by_property(facts: Iterable[Fact], axioms: Iterable[Axiom]) -> dict[str, list[Literal]]:
    """The data values of each property, those of its subproperties included."""
    own: dict[str, dict[Literal, None]] = {}
    for fact in facts:
        if isinstance(fact.object, Literal):
            own.setdefault(fact.predicate, {}).setdefault(fact.object)
    inclusions: list[tuple[str, str]] = []
    for axiom in axioms:
        for prop, literal in _values_in(axiom.args):
            own.setdefault(prop, {}).setdefault(literal)
        if axiom.kind in ("SubPropertyOf", "EquivalentProperties"):
            first, second = map(str, axiom.args)
            inclusions.append((first, second))
            if axiom.kind == "EquivalentProperties":
                inclusions.append((second, first))
    changed = True
    while changed:
        changed = False
        for sub, sup in inclusions:
            missing = own.get(sub, {}).keys() - own.get(sup, {}).keys()
            if missing:
                own.setdefault(sup, {}).update({literal: None for literal in own[sub] if literal in missing})
                changed = True
    return {prop: list(values) for prop, values in own.items()}


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
