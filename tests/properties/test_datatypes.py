"""Laws of the table of datatypes, for any literals: one value is one, order is an order, and no text breaks it."""

from __future__ import annotations

import struct
from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.closure.symbols import TESTS
from reasoner.model.atom import Atom, Fact
from reasoner.model.datatypes import DATATYPES, alike, compare, equal, identity, known_value, value_of
from reasoner.model.rule import Rule
from reasoner.model.term import XSD, Literal, Variable

quick = settings(max_examples=300, deadline=None, derandomize=True)

NUMBERS = [name for name, row in DATATYPES.items() if row.space == "real" and name.startswith(XSD)]
_SIGNS, _DIGITS = st.sampled_from(["", "+", "-"]), st.text("0123456789", min_size=1, max_size=6)
_CLOCK = st.builds("{:02}:{:02}:{:02}{}".format, *[st.integers(0, 25), st.integers(0, 60), st.integers(0, 60)],
                   st.sampled_from(["", ".0", ".5", ".50", ".05"]))  # fmt: skip
_ZONES = st.sampled_from(["", "", "Z", "+00:00", "-00:00", "+01:00", "-14:00", "+14:00", "+15:00"])
_DATES = st.builds("{}-{:02}-{:02}".format, st.sampled_from(["2024", "2026", "-0001", "0000", "12026", "26"]),
                   st.integers(0, 13), st.integers(0, 32))  # fmt: skip
_FORMS = st.one_of(
    st.builds("{}{}{}".format, _SIGNS, _DIGITS, st.sampled_from(["", ".", ".0", ".50", "e1", "E-3"])),
    st.sampled_from(["INF", "-INF", "NaN", "0.0", "-0.0", "true", "false", "1", "0", "1/3", "2/6"]),
    st.sampled_from(["a", "a@en", "Cg==", "0A", "P1Y", "P12M", "-PT1.50S", "--02-29"]),
    st.builds("{}{}".format, _DATES, _ZONES),
    st.builds("{}{}".format, _CLOCK, _ZONES),
    st.builds("{}T{}{}".format, _DATES, _CLOCK, _ZONES),
    st.text(max_size=8),
)  # fmt: skip
LITERALS = st.one_of(
    st.builds(Literal, _FORMS, st.sampled_from([*DATATYPES, "http://example.org/t"])),
    st.builds(lambda text, language: Literal(text, language=language), _FORMS, st.sampled_from(["en", "EN", "de"])),
)
#: Well-formed ones, with their values.
VALUES = LITERALS.filter(lambda literal: known_value(literal) is not None)


@quick
@given(LITERALS)
def test_any_text_is_read_or_refused_with_a_value_error(literal: Literal) -> None:
    try:
        value = value_of(literal)
    except ValueError:
        return
    if value is not None and not literal.language:
        row = DATATYPES[literal.datatype]
        assert value.space == row.space and row.holds(value)
    assert alike(literal, literal) and hash(identity(literal)) == hash(identity(literal))


@quick
@given(LITERALS, LITERALS, LITERALS)
def test_identity_is_an_equivalence_and_entails_equality_wherever_values_compare(
    a: Literal, b: Literal, c: Literal
) -> None:
    assert alike(a, b) is alike(b, a) is (identity(a) == identity(b))
    assert alike(a, c) or not (alike(a, b) and alike(b, c))
    if alike(a, b):
        assert equal(known_value(a), known_value(b)) is not False


@quick
@given(st.sampled_from(sorted(DATATYPES)), st.lists(_FORMS, min_size=3, max_size=3))
def test_within_a_datatype_order_is_a_strict_partial_order_that_fits_equality(datatype: str, texts: list[str]) -> None:
    a, b, c = (known_value(Literal(text, datatype)) for text in texts)
    one, other = compare(a, b), compare(b, a)
    assert (one is None and other is None) or (one is not None and other is not None and one == -other)
    if one is not None:
        assert equal(a, b) is (one == 0)
        if compare(b, c) == one:
            assert compare(a, c) == one
    holding = {test for test, holds in TESTS.items() if test != "≠" and holds(a, b)}
    assert holding in (
        set(), {"equal"}, {"notEqual"}, {"equal", "lessThanOrEqual", "greaterThanOrEqual"},
        {"notEqual", "lessThan", "lessThanOrEqual"}, {"notEqual", "greaterThan", "greaterThanOrEqual"},
    )  # fmt: skip


@quick
@given(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS), st.integers(-300, 300), st.integers(-300, 300))
def test_exact_numbers_compare_as_numbers_whatever_their_types(one: str, other: str, a: int, b: int) -> None:
    left, right = known_value(Literal(str(a), one)), known_value(Literal(str(b), other))
    if left is not None and right is not None:
        assert compare(left, right) == (a > b) - (a < b)
        assert alike(Literal(str(a), one), Literal(f"{b:+05d}", other)) is (a == b)


@quick
@given(
    st.floats(width=32, allow_nan=False), st.floats(allow_nan=False), st.decimals(allow_nan=False, allow_infinity=False)
)
def test_floats_and_decimals_come_back_as_they_were_written(single: float, double: float, number: Decimal) -> None:
    def written(value: float) -> str:
        return repr(value).replace("inf", "INF")

    for kind, value in (("float", single), ("double", double)):
        found = known_value(Literal(written(value), XSD + kind))
        assert found is not None and found.point == value
    found = known_value(Literal(f"{number:f}", XSD + "decimal"))
    assert found is not None and found.point == number


@quick
@given(st.floats(2.0**-120, 2.0**120, width=32), st.sampled_from([-1, 0, 1]))
def test_a_number_close_to_the_middle_between_two_floats_becomes_the_nearer_one(below: float, side: int) -> None:
    """Rounding to a double first takes such a number for the middle itself, and then for the even of the two."""
    (bits,) = struct.unpack("I", struct.pack("f", below))
    (above,) = struct.unpack("f", struct.pack("I", bits + 1))
    with localcontext() as context:
        context.prec = 500
        number = (Decimal(below) + Decimal(above)) / 2 + side * Decimal(below).scaleb(-60)
        text = f"{number:f}"
    found = known_value(Literal(text, XSD + "float"))
    nearer = (above if side > 0 else below) if side else (below if bits % 2 == 0 else above)
    assert found is not None and found.point == nearer
    assert alike(Literal(text, XSD + "float"), Literal(repr(nearer), XSD + "float"))


@quick
@given(st.lists(st.tuples(st.sampled_from("ab"), VALUES), max_size=6))
def test_a_closure_holds_one_fact_for_each_value_in_a_spelling_that_was_stated(
    stated: list[tuple[str, Literal]],
) -> None:
    facts = [Fact("p", subject, value) for subject, value in stated]
    x, v = Variable("x"), Variable("v")
    closure = Closure([Rule("R", (Atom("p", (x, v)),), (Atom("q", (x, v)),))], facts)
    meant = {(subject, identity(value)) for subject, value in stated}
    for prop in "pq":
        pairs = closure.pairs(prop)
        assert set(pairs) <= set(stated) and len(pairs) == len(meant)
        assert {(subject, identity(value)) for subject, value in pairs} == meant
    assert all(fact in closure and closure.is_asserted(fact) for fact in facts)
    assert list(Closure.resumed(closure._clauses and [closure._clauses[-1].rule], closure.state())) == list(closure)
