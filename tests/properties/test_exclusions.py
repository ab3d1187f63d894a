"""Groups of disjoint classes and properties: the constraints that are looked at are those that are broken, by name."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.model.atom import Fact
from reasoner.model.axiom import THING, Axiom, ClassTerm, Expression
from reasoner.model.rule import each_rule
from reasoner.owl.compile_axioms import compile_axioms

pytestmark = pytest.mark.quick

CLASSES, PROPERTIES, THINGS = "ABCDEF", "pqrs", "abc"
named = st.sampled_from(CLASSES)
terms: st.SearchStrategy[ClassTerm] = st.one_of(
    named,
    named,
    st.just(THING),
    st.builds(lambda a, b: Expression("unionOf", (a, b)), named, named),
    st.builds(lambda a, b: Expression("intersectionOf", (a, b)), named, named),
    st.builds(
        lambda p, c: Expression("someValuesFrom", (p, c)), st.sampled_from(PROPERTIES), st.sampled_from((*"AB", THING))
    ),
    st.builds(lambda p: Expression("hasSelf", (p,)), st.sampled_from(PROPERTIES)),
    st.builds(lambda a: Expression("oneOf", (a,)), st.sampled_from(THINGS)),
)
properties = st.one_of(
    st.sampled_from(PROPERTIES), st.builds(lambda p: Expression("inverseOf", (p,)), st.sampled_from(PROPERTIES))
)
axioms = st.lists(
    st.one_of(
        st.builds(lambda args: Axiom("AllDisjointClasses", tuple(args)), st.lists(terms, min_size=2, max_size=5)),
        st.builds(lambda args: Axiom("DisjointUnion", tuple(args)), st.lists(named, min_size=3, max_size=5)),
        st.builds(lambda a, b: Axiom("DisjointClasses", (a, b)), terms, terms),
        st.builds(
            lambda args: Axiom("AllDisjointProperties", tuple(args)), st.lists(properties, min_size=2, max_size=4)
        ),
        st.builds(lambda a, b: Axiom("DisjointProperties", (a, b)), properties, properties),
    ),
    min_size=1,
    max_size=4,
    unique=True,
)
facts = st.lists(
    st.one_of(
        st.builds(Fact, named, st.sampled_from(THINGS)),
        st.builds(Fact, st.sampled_from(PROPERTIES), st.sampled_from(THINGS), st.sampled_from(THINGS)),
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(axioms, facts)
def test_a_group_finds_what_its_constraints_find_one_by_one(stated: list[Axiom], given_facts: list[Fact]) -> None:
    program, _ = compile_axioms(stated, given_facts)
    one_by_one = Closure(each_rule(program), given_facts).inconsistencies()
    together = Closure(program, given_facts).inconsistencies()
    assert Counter(together) == Counter(one_by_one)
    ids = [rule.id for rule in each_rule(program)]
    assert len(ids) == len(set(ids))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(named, min_size=2, max_size=6, unique=True), facts)
def test_a_group_of_classes_is_broken_by_what_is_in_two_of_them(group: list[str], given_facts: list[Fact]) -> None:
    program, _ = compile_axioms([Axiom("AllDisjointClasses", tuple(group))])
    known = set(given_facts)
    expected = {
        (f"cax-adc:{one}/{other}", thing)
        for one, other in combinations(group, 2)
        for thing in THINGS
        if {Fact(one, thing), Fact(other, thing)} <= known
    }
    found = Closure(program, given_facts).inconsistencies()
    assert {(d.conclusion.subject, d.premises[0].conclusion.subject) for d in found} == expected
