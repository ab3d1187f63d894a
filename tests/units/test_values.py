"""Values in the closure: all spellings of one value are one, and a stated fact keeps its spelling."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from reasoner.closure.saturate import Closure
from reasoner.closure.symbols import TESTS
from reasoner.knowledge import StatedKnowledge
from reasoner.model.atom import SAME, Atom, Fact
from reasoner.model.axiom import Axiom, Expression
from reasoner.model.datatypes import DATATYPES, alike, compare, identity, ill_typed, known_value
from reasoner.model.ontology import Ontology
from reasoner.model.rule import Rule
from reasoner.model.term import XSD, Literal, Variable
from reasoner.owl.compile_axioms import compile_axioms
from reasoner.owl.datatypes import in_range
from tests.effort import effort

X, Y, V = Variable("x"), Variable("y"), Variable("v")
ONE, PLUS_ONE, ONE_POINT = Literal("1", XSD + "int"), Literal("+1", XSD + "byte"), Literal("1.0", XSD + "decimal")


def lit(kind: str, text: str) -> Literal:
    return Literal(text, XSD + kind)


def clashes(axioms: Iterable[Axiom], facts: Iterable[Fact]) -> list[str]:
    facts = list(facts)
    rules, _ = compile_axioms(axioms, facts)
    return [str(found.rule.origin) for found in Closure(rules, facts).inconsistencies() if found.rule]


# --- what is one value ------------------------------------------------------------------------------------------------

FUNCTIONAL = [Axiom("FunctionalDataProperty", ("p",))]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (lit("byte", "5"), lit("short", "05"), True),
        (lit("decimal", "1.0"), lit("decimal", "1.00"), True),
        (lit("float", "0.1"), lit("float", "0.10000000149"), True),
        (lit("float", "0.0"), lit("float", "-0.0"), False),
        (lit("double", "NaN"), lit("double", "NaN"), True),
        (lit("integer", "5"), lit("double", "5"), False),
        (lit("integer", "5"), lit("string", "5"), False),
        (lit("string", "a"), lit("token", "a"), True),
        (lit("string", "a"), Literal("a", language="en"), False),
        (Literal("a", language="en"), Literal("a", language="EN"), True),
        (lit("hexBinary", "0a"), lit("hexBinary", "0A"), True),
        (lit("base64Binary", "Cg=="), lit("base64Binary", "C g = ="), True),
        (lit("boolean", "1"), lit("boolean", "true"), True),
        (lit("dateTime", "2026-01-11T12:00:00Z"), lit("dateTimeStamp", "2026-01-11T12:00:00.000-00:00"), True),
        (lit("dateTime", "2026-01-11T12:00:00Z"), lit("dateTime", "2026-01-11T13:00:00+01:00"), False),
        (lit("dateTime", "2026-12-31T24:00:00"), lit("dateTime", "2027-01-01T00:00:00"), True),
        (lit("dateTime", "2026-01-11T12:00:00"), lit("dateTime", "2026-01-11T12:00:00Z"), False),
        (lit("date", "2026-01-11Z"), lit("date", "2026-01-11+00:00"), True),
        (lit("time", "24:00:00"), lit("time", "00:00:00"), True),
        (lit("duration", "P1Y"), lit("duration", "P12M"), True),
        (lit("duration", "P1M"), lit("duration", "P30D"), False),
    ],
)
def test_one_value_is_no_second_value_of_a_functional_property(one: Literal, other: Literal, same: bool) -> None:
    assert alike(one, other) is same
    assert clashes(FUNCTIONAL, [Fact("p", "a", one), Fact("p", "a", other)]) == ([] if same else ["prp-fp"])


def test_nothing_is_known_of_values_of_an_unknown_or_a_broken_datatype() -> None:
    facts = [Fact("p", "a", Literal(text, "http://example.org/t")) for text in ("x", "y")]
    assert clashes(FUNCTIONAL, facts) == []
    assert "prp-fp" not in clashes(FUNCTIONAL, [Fact("p", "a", lit("integer", "x")), Fact("p", "a", ONE)])


def test_axioms_find_a_value_in_another_spelling() -> None:
    negative = Axiom("NegativePropertyAssertion", ("p", "a", ONE_POINT))
    assert clashes([negative], [Fact("p", "a", PLUS_ONE)]) == ["prp-npa2"]
    disjoint = Axiom("DisjointProperties", ("p", "q"))
    assert clashes([disjoint], [Fact("p", "a", ONE), Fact("q", "a", ONE_POINT)]) == ["prp-pdw"]
    assert clashes([disjoint], [Fact("p", "a", ONE), Fact("q", "a", lit("double", "1"))]) == []
    facts = [Fact("C", "a"), Fact("C", "b"), Fact("C", "c"), Fact("p", "a", ONE), Fact("p", "b", ONE_POINT)]
    rules, _ = compile_axioms([Axiom("HasKey", ("C", (), ("p",)))], facts)
    closure = Closure(rules, [*facts, Fact("p", "c", lit("integer", "2"))])
    assert Fact(SAME, "a", "b") in closure and Fact(SAME, "a", "c") not in closure
    valued = Axiom("EquivalentClasses", ("One", Expression("dataHasValue", ("p", PLUS_ONE))))
    assert Closure(compile_axioms([valued], facts)[0], facts).members("One") == ["a", "b"]


def test_a_join_and_a_constant_of_a_rule_find_a_value_in_another_spelling() -> None:
    shared = Rule("R", (Atom("p", (X, V)), Atom("q", (Y, V))), (Atom("r", (X, Y)),))
    constant = Rule("S", (Atom("p", (X, ONE_POINT)),), (Atom("One", (X,)),))
    closure = Closure([shared, constant], [Fact("p", "a", ONE), Fact("q", "b", PLUS_ONE)])
    assert Fact("r", "a", "b") in closure and closure.members("One") == ["a"]
    assert [str(miss.fails) for miss in closure.near_misses(Fact("r", "a", "a"))] == ["q(a, 1)"]


# --- spellings --------------------------------------------------------------------------------------------------------

SUB = [Rule("S", (Atom("p", (X, V)),), (Atom("q", (X, V)),))]


def test_a_fact_keeps_its_spelling_and_is_known_by_all() -> None:
    stated = [Fact("p", "a", ONE), Fact("p", "b", PLUS_ONE), Fact("p", "b", ONE_POINT)]
    closure = Closure(SUB, stated)
    shown = [Fact("p", "a", ONE), Fact("p", "b", PLUS_ONE), Fact("q", "a", ONE), Fact("q", "b", PLUS_ONE)]
    assert list(closure) == shown
    assert closure.pairs("q") == [("a", ONE), ("b", PLUS_ONE)]
    assert closure.objects("p", "b") == [PLUS_ONE] and closure.subjects("p", ONE_POINT) == ["a", "b"]
    for spelling in (ONE, PLUS_ONE, ONE_POINT, lit("unsignedByte", "0001")):
        assert Fact("q", "b", spelling) in closure and closure.is_asserted(Fact("p", "b", spelling))
        assert closure.as_stated(Fact("p", "b", spelling)) == Fact("p", "b", PLUS_ONE)
        derivation = closure.derivation(Fact("q", "b", spelling))
        assert derivation is not None and derivation.support() == {Fact("p", "b", PLUS_ONE)}
        assert closure.justifications(Fact("q", "b", spelling)) == [frozenset({Fact("p", "b", PLUS_ONE)})]


def test_a_stated_fact_keeps_its_spelling_though_the_same_value_is_concluded() -> None:
    closure = Closure(SUB, [Fact("p", "a", ONE)])
    with closure.assume([Fact("q", "a", ONE_POINT), Fact("p", "a", ONE_POINT)]):
        assert list(closure) == [Fact("p", "a", ONE), Fact("q", "a", ONE_POINT)]
        assert closure.is_asserted(Fact("q", "a", PLUS_ONE))
    assert list(closure) == [Fact("p", "a", ONE), Fact("q", "a", ONE)]
    assert not closure.is_asserted(Fact("q", "a", PLUS_ONE))


def test_a_kept_closure_comes_back_with_its_spellings() -> None:
    closure = Closure(SUB, [Fact("p", "a", ONE), Fact("p", "b", ONE_POINT)])
    resumed = Closure.resumed(SUB, closure.state())
    assert list(resumed) == list(closure) and resumed.state() == closure.state()
    assert Fact("q", "b", PLUS_ONE) in resumed


def test_what_is_left_out_is_left_out_in_every_spelling() -> None:
    base = StatedKnowledge(
        Ontology(facts=[Fact("p", "a", ONE), Fact("p", "a", ONE_POINT), Fact("p", "b", ONE)]), [], ""
    )
    smaller = base.without([Fact("p", "a", PLUS_ONE)])
    assert smaller.ontology.facts == [Fact("p", "b", ONE)]
    closure = Closure([], base.ontology.facts, smaller.kept_out)
    assert list(closure) == [Fact("p", "b", ONE)]


# --- order ------------------------------------------------------------------------------------------------------------


def test_a_time_with_a_zone_and_one_without_satisfy_no_comparison() -> None:
    for kind, text in (("dateTime", "2026-01-11T12:00:00"), ("date", "2026-01-11"), ("time", "12:00:00")):
        plain, zoned = known_value(lit(kind, text)), known_value(lit(kind, text + "Z"))
        assert not [test for test in ("equal", "notEqual", "lessThanOrEqual") if TESTS[test](plain, zoned)]
        assert TESTS["equal"](plain, plain) and TESTS["equal"](zoned, zoned)


@pytest.mark.parametrize(
    ("kind", "ordered"),
    [
        ("date", ["-0100-01-12", "0000-02-29", "0001-01-01", "2026-01-11", "2026-01-12", "12026-01-12"]),
        ("date", ["2026-01-11Z", "2026-01-12+14:00", "2026-01-11-12:00"]),
        ("time", ["24:00:00", "00:00:00.01", "00:00:00.1", "12:00:00", "23:59:59.9999999999999999"]),
        ("time", ["00:00:00+14:00", "00:30:00+01:00", "00:00:00Z", "23:00:00-05:00"]),
        ("gYear", ["-0001", "0000", "0001", "2026", "12026"]),
        ("gMonthDay", ["--01-31", "--02-29", "--03-01", "--12-31"]),
        ("decimal", ["-1" + "0" * 5000, "-0.1", "0", "0." + "0" * 5000 + "1", "0.1", "9" * 5000]),
        ("hexBinary", ["", "00", "0A", "0a00", "FF"]),
    ],
)
def test_values_of_a_datatype_are_in_order(kind: str, ordered: list[str]) -> None:
    values = [known_value(lit(kind, text)) for text in ordered]
    for place, one in enumerate(values):
        assert [compare(one, other) for other in values] == [(place > n) - (place < n) for n in range(len(values))]


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "2026-02-30"), ("date", "2100-02-29"), ("gMonthDay", "--02-30"), ("date", "026-01-01"),
        ("date", "02026-01-01"), ("dateTime", "2026-01-11T24:00:01"), ("dateTimeStamp", "2026-01-11T12:00:00"),
        ("date", "2026-01-11+14:01"), ("base64Binary", "Cg="), ("base64Binary", "Ch=="), ("hexBinary", "0"),
        ("integer", "٥"), ("double", "1_000"), ("float", "inf"), ("duration", "P"), ("duration", "P1YT"), ("real", "5"),
    ],
)  # fmt: skip
def test_what_means_nothing_is_ill_typed(kind: str, text: str) -> None:
    datatype = XSD + kind if XSD + kind in DATATYPES else "http://www.w3.org/2002/07/owl#" + kind
    assert ill_typed(Literal(text, datatype))


def test_values_with_very_many_digits_cost_no_time() -> None:
    assert effort(compare_very_many_digits) < 75


def compare_very_many_digits() -> None:
    digits = "9" * 1_000_000
    numbers = [
        lit("integer", digits),
        lit("decimal", f"0.{digits}"),
        lit("double", f"1E{digits}"),
        lit("float", digits),
    ]
    values = [known_value(number) for number in [*numbers, lit("double", f"1E-{digits}"), lit("integer", "5")]]
    assert None not in values
    assert [compare(value, values[0]) for value in values] == [0, -1, 0, 0, -1, -1]
    for text in (f"{digits}-01-01", f"-{digits}-01-01"):
        assert known_value(lit("date", text)) is None and not ill_typed(lit("date", text))
    assert len({identity(number) for number in numbers}) == len(numbers)


# --- data ranges ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "base", "facet", "limit", "inside"),
    [
        (lit("date", "2026-01-11"), "date", "minInclusive", lit("date", "2026-01-11"), True),
        (lit("date", "2026-01-11"), "date", "minExclusive", lit("date", "2026-01-11"), False),
        (lit("date", "12026-01-11"), "date", "maxExclusive", lit("date", "9999-12-31"), False),
        (lit("dateTime", "2026-01-11T12:00:00Z"), "dateTime", "minInclusive",
         lit("dateTime", "2026-01-11T13:00:00+01:00"), True),
        (lit("dateTime", "2026-01-11T12:00:00"), "dateTime", "minInclusive",
         lit("dateTime", "2026-01-11T12:00:00Z"), None),
        (lit("hexBinary", "0a0B"), "hexBinary", "length", lit("integer", "2"), True),
        (lit("base64Binary", "Cg=="), "base64Binary", "maxLength", lit("int", "01"), True),
        (lit("base64Binary", "Cgo="), "base64Binary", "maxLength", lit("int", "1"), False),
        (lit("string", "aé😀"), "string", "length", lit("integer", "3"), True),
        (lit("double", "NaN"), "double", "minInclusive", lit("double", "0"), False),
        (lit("float", "-0.0"), "float", "minInclusive", lit("float", "0.0"), True),
        (lit("string", "abc"), "string", "pattern", lit("string", "a.*"), None),
    ],
)  # fmt: skip
def test_facets_follow_the_order_of_the_table(
    value: Literal, base: str, facet: str, limit: Literal, inside: bool | None
) -> None:
    assert in_range(value, Expression("datatypeRestriction", (XSD + base, facet, limit))) is inside


def test_a_value_that_a_rule_hands_on_is_held_against_the_range_once_whatever_its_spellings() -> None:
    facts = [Fact("p", "a", ONE_POINT), Fact("p", "b", lit("int", "-7")), Fact("q", "c", lit("integer", "-07"))]
    handed_on = [Rule("R", (Atom("p", (X, V)),), (Atom("q", (X, V)),)), Rule("S", (), (Atom("r", ("d", PLUS_ONE)),))]
    axioms = [Axiom("DataRange", (prop, XSD + kind)) for prop, kind in (("q", "nonNegativeInteger"), ("r", "string"))]
    rules, _ = compile_axioms(axioms, facts, handed_on)
    found = Closure([*rules, *handed_on], facts).inconsistencies()
    assert sorted(str(step.premises[0].conclusion) for step in found) == ["q(b, -7)", "q(c, -07)", "r(d, 1.0)"]
