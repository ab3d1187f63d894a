"""Axioms about properties as rules (W3C table 5); those about disjoint ones are exclusions."""

from __future__ import annotations

from collections.abc import Callable

from reasoner.model.atom import DISTINCT, SAME, Atom
from reasoner.model.axiom import Axiom
from reasoner.model.term import Literal, Variable
from reasoner.owl.compiled import Compiled, Outside, X, Y, Z, holds, term_text


def _inclusion(compiled: Compiled, axiom: Axiom) -> None:
    sub, sup = axiom.args
    _imply(compiled, axiom, sub, sup, "prp-spo1")


def _equivalence(compiled: Compiled, axiom: Axiom) -> None:
    first, second = axiom.args
    _imply(compiled, axiom, first, second, "prp-eqp1")
    _imply(compiled, axiom, second, first, "prp-eqp2")


def _imply(compiled: Compiled, axiom: Axiom, sub: object, sup: object, origin: str) -> None:
    compiled.add(
        origin,
        f"{term_text(sub)}<{term_text(sup)}",
        (holds(sub, X, Y),),
        (holds(sup, X, Y),),
        axiom=axiom,
        because=f"{{x}} {term_text(sub)} {{y}}, and {term_text(sub)} is a kind of {term_text(sup)}",
    )


def _chain(compiled: Compiled, axiom: Axiom) -> None:
    whole, links = axiom.args
    if not isinstance(links, tuple) or not links:
        raise Outside("a chain without links")
    variables = [X, *(Variable(f"v{number}") for number in range(1, len(links))), Y]
    compiled.add(
        "prp-spo2",
        f"{term_text(links)}<{term_text(whole)}",
        [holds(link, variables[i], variables[i + 1]) for i, link in enumerate(links)],
        (holds(whole, X, Y),),
        axiom=axiom,
        because=f"{{x}} and {{y}} are joined by {' then '.join(map(term_text, links))}, which makes {term_text(whole)}",
    )


def _inverse(compiled: Compiled, axiom: Axiom) -> None:
    first, second = axiom.args
    for origin, a, b in (("prp-inv1", first, second), ("prp-inv2", second, first)):
        compiled.add(
            origin,
            f"{term_text(a)}~{term_text(b)}",
            (holds(a, X, Y),),
            (holds(b, Y, X),),
            axiom=axiom,
            because=f"{{x}} {term_text(a)} {{y}}, and {term_text(b)} is the inverse of {term_text(a)}",
        )


def _functional(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    because = f"{{x}} has one value of {term_text(prop)} only"
    body = (holds(prop, X, Y), holds(prop, X, Z))
    compiled.add("prp-fp", term_text(prop), body, (Atom(SAME, (Y, Z)),), axiom=axiom, because=because)


def _functional_data(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    body = (holds(prop, X, Y), holds(prop, X, Z), Atom(DISTINCT, (Y, Z)))
    because = f"{{x}} has two values of {term_text(prop)}, which may have one only"
    compiled.add("prp-fp", term_text(prop), body, (), axiom=axiom, because=because)


def _inverse_functional(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    because = f"only one thing {term_text(prop)} {{z}}"
    body = (holds(prop, X, Z), holds(prop, Y, Z))
    compiled.add("prp-ifp", term_text(prop), body, (Atom(SAME, (X, Y)),), axiom=axiom, because=because)


def _symmetric(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    because = f"{{x}} {term_text(prop)} {{y}}, and {term_text(prop)} goes both ways"
    compiled.add("prp-symp", term_text(prop), (holds(prop, X, Y),), (holds(prop, Y, X),), axiom=axiom, because=because)


def _asymmetric(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    because = f"{term_text(prop)} never goes both ways"
    compiled.add("prp-asyp", term_text(prop), (holds(prop, X, Y), holds(prop, Y, X)), (), axiom=axiom, because=because)


def _irreflexive(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    because = f"nothing {term_text(prop)} itself"
    compiled.add("prp-irp", term_text(prop), (holds(prop, X, X),), (), axiom=axiom, because=because)


def _transitive(compiled: Compiled, axiom: Axiom) -> None:
    (prop,) = axiom.args
    name = term_text(prop)
    because = f"{{x}} {name} {{y}} and {{y}} {name} {{z}}, and {name} is transitive"
    compiled.add(
        "prp-trp", name, (holds(prop, X, Y), holds(prop, Y, Z)), (holds(prop, X, Z),), axiom=axiom, because=because
    )


def _reflexive(compiled: Compiled, axiom: Axiom) -> None:
    raise Outside("reflexive properties, which join everything to itself, are outside OWL 2 RL")


def _negative(compiled: Compiled, axiom: Axiom) -> None:
    prop, subject, value = axiom.args
    if not isinstance(subject, str) or not isinstance(value, str | Literal):
        raise Outside("a negative assertion without individuals")
    origin = "prp-npa2" if isinstance(value, Literal) else "prp-npa1"
    readable = f"{term_text(prop)}({subject},{value})"
    because = f"it is denied that {subject} {term_text(prop)} {value}"
    compiled.add(origin, readable, (holds(prop, subject, value),), (), axiom=axiom, because=because)


#: The compiler of each kind of axiom about properties; domains and ranges are conclusions about classes.
PROPERTY_AXIOMS: dict[str, Callable[[Compiled, Axiom], None]] = {
    "SubPropertyOf": _inclusion,
    "PropertyChain": _chain,
    "EquivalentProperties": _equivalence,
    "InverseOf": _inverse,
    "FunctionalProperty": _functional,
    "FunctionalDataProperty": _functional_data,
    "InverseFunctionalProperty": _inverse_functional,
    "SymmetricProperty": _symmetric,
    "AsymmetricProperty": _asymmetric,
    "IrreflexiveProperty": _irreflexive,
    "TransitiveProperty": _transitive,
    "ReflexiveProperty": _reflexive,
    "NegativePropertyAssertion": _negative,
}
