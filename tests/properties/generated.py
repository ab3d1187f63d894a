"""Random programs for every oracle: rules with long bodies and values of all kinds, and axioms of OWL 2 RL.

One generator, several judges: the evaluator from first principles (``rule_programs.py``), clingo (``tests/oracles``),
and where Java is there Openllet.  All are strategies of Hypothesis, so that a failing example shrinks and is printed;
``DISLODGE_EXAMPLES`` says how many the long runs draw.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from reasoner.model.atom import DIFFERENT, SAME, Atom, Fact
from reasoner.model.axiom import THING, Axiom, ClassTerm, Expression
from reasoner.model.rule import Rule
from reasoner.model.term import XSD, Literal, Term, Variable
from tests.properties import rule_programs
from tests.properties.rule_programs import TESTS

#: How many examples a long run draws.
EXAMPLES = int(os.environ.get("DISLODGE_EXAMPLES", "3000"))

Program = tuple[list[Rule], list[Fact]]

INDIVIDUALS = tuple("abcde")
CLASSES, PROPERTIES, DATA = ("A", "B", "C"), ("p", "q", "r"), "d"

# --- values -----------------------------------------------------------------------------------------------------------

#: Numbers of every type, each value in one spelling; those that are not exact can be told from every other.
_NUMBER_FORMS = (
    ("0", "integer"), ("2", "integer"), ("10", "integer"), ("-7", "byte"), ("9", "unsignedInt"), ("3", "short"),
    ("-3", "negativeInteger"), ("1.5", "decimal"), ("-0.25", "decimal"), ("100", "long"), ("11", "nonNegativeInteger"),
    ("4", "unsignedByte"), ("2.5E0", "double"), ("-1.0E1", "double"), ("1.0E3", "double"), ("9.5", "float"),
)  # fmt: skip
NUMBERS = tuple(Literal(text, XSD + kind) for text, kind in _NUMBER_FORMS)
#: Times on one line: all with a zone, so that each is before, at or after any other.
TIMES = tuple(
    Literal(text, XSD + "dateTime")
    for text in (
        "2024-02-29T12:00:00Z", "2024-02-29T13:30:00+02:00", "2024-02-29T23:59:59Z", "2025-01-01T00:30:00+01:00",
        "1999-12-31T23:00:00Z",
    )
)  # fmt: skip
#: Their order: minutes after the beginning of 2024-02-28, or some number of them before it.
_MINUTES = dict(zip(TIMES, (2160, 2130, 2880, 443_490, -9_000_000), strict=True))


def ordinal(value: Literal) -> Fraction:
    """Where a value of one of these kinds stands among the others of its kind."""
    if value in _MINUTES:
        return Fraction(_MINUTES[value])
    return Fraction(float(value.lexical) if value.datatype in (XSD + "double", XSD + "float") else value.lexical)


def compares(test: str, left: object, right: object) -> bool:
    """Whether a comparison holds between two values of one kind; of anything else it does not."""
    return rule_programs.compares(test, left, right, ordinal)


# --- rules with long bodies -------------------------------------------------------------------------------------------

SHAPES = ("chain", "tree", "cycle", "star", "loose")
_N = st.integers(0, 59)
_Link = tuple[int, int, int]
_DrawnRule = tuple[str, list[_Link], list[_Link], list[_Link]]


def _joined(shape: str, place: int, drawn: int) -> int:
    """Which earlier variable the variable number ``place + 1`` hangs on."""
    if shape in ("chain", "cycle"):
        return place
    return 0 if shape == "star" else drawn % (place + 1)


def _long_rule(drawn: _DrawnRule, number: int, values: Sequence[Literal]) -> Rule:
    """A rule whose body is a chain, a tree, a cycle or a star of links, with a class or a value here and there."""
    shape, links, tests, heads = drawn
    body: list[Atom] = []
    last = 0
    for place, (kind, turned, other) in enumerate(links):
        end = 0 if shape == "cycle" and place == len(links) - 1 and place else place + 1
        ends = (Variable(f"v{_joined(shape, place, other)}"), Variable(f"v{end}"))
        if shape == "loose" and kind % 7 == 0:
            ends = (Variable(f"w{place}"), ends[1])
        prop = (*PROPERTIES, *PROPERTIES, DIFFERENT, SAME)[kind % 8]
        body.append(Atom(prop, ends if turned % 3 else ends[::-1]))
        last = max(last, end)
        if kind % 5 == 0:
            body.append(Atom(CLASSES[other % 3], (ends[turned % 2],)))
        if kind % 6 == 5:
            value: Term = Variable(f"n{place % 3}") if other % 4 else values[other % len(values)]
            body.append(Atom(DATA, (ends[0], value)))
        if kind == 59:
            body.append(Atom(prop, (ends[0], INDIVIDUALS[other % 5])))
    body = body[:10]
    things: list[Term] = sorted({v for atom in body for v in atom.variables if not v.name.startswith("n")})
    bound: list[Term] = sorted({v for atom in body for v in atom.variables if v.name.startswith("n")})

    def thing(drawn: int) -> Term:
        return things[(0, -1, drawn)[drawn % 3] % len(things)] if things and drawn < 54 else INDIVIDUALS[drawn % 5]

    def value_of(drawn: int) -> Term:
        return bound[drawn % len(bound)] if bound and drawn < 45 else values[drawn % len(values)]

    def head(drawn: _Link) -> Atom:
        kind, one, other = drawn
        if kind < 20:
            return Atom(CLASSES[kind % 3], (thing(one),))
        if kind < 28:
            return Atom(DATA, (thing(one), value_of(other)))
        return Atom((*PROPERTIES, *PROPERTIES, SAME, DIFFERENT)[kind % 8], (thing(one), thing(other)))

    compared = [Atom(TESTS[kind % 6], (value_of(one), value_of(other))) for kind, one, other in tests] if bound else []
    return Rule(f"L{number}", tuple([*body, *compared]), tuple(map(head, heads)))


def _fact(drawn: _Link, values: Sequence[Literal]) -> Fact:
    kind, one, other = drawn
    subject = INDIVIDUALS[one % 5]
    if kind < 14:
        return Fact(CLASSES[kind % 3], subject)
    if kind < 24:
        return Fact(DATA, subject, values[other % len(values)])
    if kind < 28:
        return Fact((SAME, DIFFERENT)[kind % 2], subject, INDIVIDUALS[other % 5])
    return Fact(PROPERTIES[kind % 3], subject, INDIVIDUALS[other % 5])


_LINK = st.tuples(_N, _N, _N)


@st.composite
def long_programs(draw: st.DrawFn, most_rules: int = 4, most_facts: int = 18) -> Program:
    """A few rules with bodies of up to ten atoms, recursive or not, over few individuals and values of one kind."""
    values = draw(st.sampled_from([NUMBERS, NUMBERS, TIMES]))
    rules = []
    for number in range(draw(st.integers(1, most_rules))):
        links = draw(st.lists(_LINK, min_size=1, max_size=draw(st.sampled_from([3, 6, 10]))))
        tests = draw(st.lists(_LINK, max_size=2))
        heads = draw(st.lists(_LINK, min_size=1, max_size=2))
        rules.append(_long_rule((draw(st.sampled_from(SHAPES)), links, tests, heads), number, values))
    facts = draw(st.lists(_LINK, min_size=most_facts // 3, max_size=most_facts))
    return rules, [_fact(one, values) for one in facts]


# --- axioms of OWL 2 RL -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Knowledge:
    """Axioms of OWL 2 RL, facts and rules over the same names."""

    axioms: tuple[Axiom, ...]
    facts: tuple[Fact, ...]
    rules: tuple[Rule, ...] = ()


_CLASS = st.sampled_from(CLASSES)
_NAMED_PROPERTY = st.sampled_from(PROPERTIES)
_INDIVIDUAL = st.sampled_from(INDIVIDUALS)
_PROPERTY: st.SearchStrategy[ClassTerm] = st.one_of(
    _NAMED_PROPERTY, _NAMED_PROPERTY, _NAMED_PROPERTY.map(lambda name: Expression("inverseOf", (name,)))
)


def _made(constructor: str, *parts: st.SearchStrategy[object]) -> st.SearchStrategy[Expression]:
    return st.tuples(*parts).map(lambda args: Expression(constructor, args))  # type: ignore[arg-type]


_PLAIN: st.SearchStrategy[ClassTerm] = st.one_of(_CLASS, _CLASS, _CLASS, st.just(THING))
#: What may stand on the left of an inclusion, and on the right of one.
_LEFT: st.SearchStrategy[ClassTerm] = st.recursive(
    _CLASS,
    lambda inner: st.one_of(
        _made("intersectionOf", inner, inner),
        _made("unionOf", inner, inner),
        _made("someValuesFrom", _PROPERTY, st.one_of(inner, st.just(THING))),
        _made("hasValue", _PROPERTY, _INDIVIDUAL),
        _made("oneOf", _INDIVIDUAL, _INDIVIDUAL),
        _made("minCardinality", st.just(1), _PROPERTY, inner),
    ),
    max_leaves=4,
)
_RIGHT: st.SearchStrategy[ClassTerm] = st.recursive(
    _CLASS,
    lambda inner: st.one_of(
        _made("intersectionOf", inner, inner),
        _made("allValuesFrom", _PROPERTY, inner),
        _made("hasValue", _PROPERTY, _INDIVIDUAL),
        _made("complementOf", _CLASS),
        _made("maxCardinality", st.sampled_from([0, 1, 1]), _PROPERTY, _PLAIN),
        _made("maxCardinality", st.sampled_from([0, 1, 1]), _PROPERTY),
    ),
    max_leaves=3,
)
_KINDS = ("Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Irreflexive", "Transitive")


def _axiom(kind: str, *parts: st.SearchStrategy[object]) -> st.SearchStrategy[Axiom]:
    return st.tuples(*parts).map(lambda args: Axiom(kind, args))  # type: ignore[arg-type]


#: Kinds of axioms.  An example draws from a few of them, so that none is drowned by what the others conclude.
AXIOMS: tuple[st.SearchStrategy[Axiom], ...] = (
    _axiom("SubClassOf", _LEFT, _RIGHT),
    _axiom("SubClassOf", _LEFT, _CLASS),
    _axiom("SubClassOf", _CLASS, _RIGHT),
    _axiom("SubClassOf", _made("intersectionOf", _LEFT, _LEFT), _CLASS),
    _axiom("SubClassOf", _made("someValuesFrom", _PROPERTY, _CLASS), _CLASS),
    _axiom("EquivalentClasses", _CLASS, _made("intersectionOf", _CLASS, _made("hasValue", _PROPERTY, _INDIVIDUAL))),
    _axiom("DisjointClasses", _CLASS, _CLASS),
    st.permutations(CLASSES).map(lambda names: Axiom("AllDisjointClasses", tuple(names))),
    _axiom("SubPropertyOf", _PROPERTY, _PROPERTY),
    _axiom("EquivalentProperties", _NAMED_PROPERTY, _NAMED_PROPERTY),
    _axiom("InverseOf", _NAMED_PROPERTY, _NAMED_PROPERTY),
    _axiom("DisjointProperties", _NAMED_PROPERTY, _NAMED_PROPERTY),
    _axiom("AllDisjointProperties", *(st.just(name) for name in PROPERTIES)),
    _axiom("PropertyChain", _NAMED_PROPERTY, st.lists(_PROPERTY, min_size=2, max_size=3).map(tuple)),
    *(_axiom(f"{kind}Property", _NAMED_PROPERTY) for kind in _KINDS),
    _axiom("Domain", _NAMED_PROPERTY, _RIGHT),
    _axiom("Range", _NAMED_PROPERTY, _RIGHT),
    _axiom("HasKey", _CLASS, _NAMED_PROPERTY.map(lambda name: (name,)), st.sampled_from([(), (DATA,)])),
    _axiom("NegativePropertyAssertion", _NAMED_PROPERTY, _INDIVIDUAL, _INDIVIDUAL),
    _axiom("ClassAssertion", _RIGHT, _INDIVIDUAL),
)


@st.composite
def knowledge(draw: st.DrawFn, most_axioms: int = 5, most_facts: int = 22, with_rules: bool = True) -> Knowledge:
    """Some axioms and facts, perhaps with a rule or two; in every third example individuals are the same or differ."""
    kinds = draw(st.lists(st.sampled_from(AXIOMS), min_size=1, max_size=3))
    axioms = draw(st.lists(st.one_of(kinds), min_size=1, max_size=most_axioms))
    facts = [_fact(one, NUMBERS[:2]) for one in draw(st.lists(_LINK, min_size=6, max_size=most_facts))]
    if draw(st.integers(0, 2)):
        facts = [fact for fact in facts if fact.predicate not in (SAME, DIFFERENT)]
    rules: list[Rule] = []
    for number in range(draw(st.integers(0, 2)) if with_rules else 0):
        links, heads = draw(st.lists(_LINK, min_size=1, max_size=4)), draw(st.lists(_LINK, min_size=1, max_size=2))
        rules.append(_long_rule((draw(st.sampled_from(SHAPES)), links, [], heads), number, NUMBERS[:6]))
    return Knowledge(tuple(dict.fromkeys(axioms)), tuple(dict.fromkeys(facts)), tuple(rules))
