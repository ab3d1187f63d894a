"""Joins begin where little is, follow what is bound, and are not led astray by a few crowded objects."""

from __future__ import annotations

from reasoner.closure.grouped import FactTable
from reasoner.closure.join_order import BY_OBJECT, BY_SUBJECT, DELTA, SCAN, JoinStep, join_order
from reasoner.closure.tables import Members, Pairs

NOTHING: frozenset[int] = frozenset()


def pairs(rows: list[tuple[int, int]]) -> Pairs:
    table = Pairs("p")
    for row in rows:
        table.add(row, 0)
    return table


def members(count: int) -> Members:
    table = Members("A")
    for number in range(count):
        table.add((number,), 0)
    return table


SMALL = pairs([(n, n + 1) for n in range(5)])
LARGE = pairs([(n, n % 997) for n in range(5000)])
CROWDED = pairs([(n, 9000) if n % 2 else (n, n) for n in range(4000)])


def order(body: list[tuple[int, ...]], tables: list[FactTable], bound: frozenset[int] = NOTHING) -> list[JoinStep]:
    return list(join_order(body, tables, bound, 10_000))


def test_a_join_begins_at_the_small_table() -> None:
    assert order([(0, 1), (1, 2)], [LARGE, SMALL]) == [JoinStep(1, SCAN), JoinStep(0, BY_OBJECT)]
    assert order([(0, 1), (1, 2)], [SMALL, LARGE]) == [JoinStep(0, SCAN), JoinStep(1, BY_SUBJECT)]


def test_what_is_bound_on_the_way_is_checked_and_not_looped_over() -> None:
    assert order([(0, 1), (0,), (1,)], [SMALL, members(3000), members(3000)]) == [JoinStep(0, SCAN)]
    assert order([(0, 1), (0, 1)], [LARGE, SMALL]) == [JoinStep(1, SCAN)]


def test_a_given_variable_is_followed() -> None:
    assert order([(0, 1), (1, 2)], [LARGE, LARGE], frozenset({0})) == [JoinStep(0, BY_SUBJECT), JoinStep(1, BY_SUBJECT)]
    assert order([(0, 1), (1, 2)], [LARGE, LARGE], frozenset({2})) == [JoinStep(1, BY_OBJECT), JoinStep(0, BY_OBJECT)]


def test_a_constant_counts_as_given() -> None:
    assert order([(0, 1), (1, ~0)], [LARGE, LARGE]) == [JoinStep(1, BY_OBJECT), JoinStep(0, BY_OBJECT)]


def test_new_rows_come_first() -> None:
    steps = join_order([(0, 1), (1, 2)], [SMALL, LARGE], NOTHING, 10_000, delta=1)
    assert steps == (JoinStep(1, DELTA), JoinStep(0, BY_OBJECT))
    assert join_order([(0, 1)], [SMALL], NOTHING, 10_000, delta=0) == (JoinStep(0, DELTA),)


def test_no_product_of_tables_while_something_is_connected() -> None:
    body = [(0, 1), (2, 3), (1, 2), (3, 4)]
    steps = order(body, [LARGE, LARGE, LARGE, LARGE])
    assert [step.access for step in steps].count(SCAN) == 1
    assert sorted(step.atom for step in steps) == [0, 1, 2, 3]


def test_objects_that_many_rows_share_are_reckoned_with() -> None:
    out, back = CROWDED.fans()
    assert out == 1
    assert 900 < back < 1100
    CROWDED.index_objects(len(CROWDED))
    assert order([(0, 1), (2, 1), (0, 3)], [SMALL, CROWDED, LARGE]) == [
        JoinStep(0, SCAN),
        JoinStep(2, BY_SUBJECT),
        JoinStep(1, BY_OBJECT),
    ]


def test_empty_tables_and_bodies_have_an_order_too() -> None:
    assert order([], []) == []
    assert order([(0, 1), (1,)], [pairs([]), members(0)])
