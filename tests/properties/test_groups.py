"""Groups of different individuals against the same facts one by one: closures, undoing, proofs, files, queries."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.model.atom import DIFFERENT, Atom, Fact
from reasoner.model.groups import AllDifferent
from reasoner.model.ontology import Ontology
from reasoner.model.rule import Rule, each_rule
from reasoner.model.term import Variable
from reasoner.owl.compile_axioms import compile_axioms
from tests.properties.rule_programs import replay
from tests.properties.same_closures import justified, same
from tests.properties.test_resumed import taken_up

NAMES = "abcde"
names = st.sampled_from(NAMES)
members = st.lists(names, min_size=2, max_size=5, unique=True).map(tuple)
differences = st.builds(Fact, st.just(DIFFERENT), names, names)
facts = st.lists(
    st.one_of(differences, st.builds(Fact, st.sampled_from("pq"), names, names), st.builds(Fact, st.just("A"), names)),
    max_size=6,
)
W, X, Y, Z = map(Variable, "wxyz")
#: Rules that read differences by subject, by object, row by row and in cycles, and that conclude them.
RULES = [
    Rule("R1", (Atom("p", (X, Y)), Atom(DIFFERENT, (X, Y))), (Atom("q", (X, Y)),)),
    Rule("R2", (Atom("A", (X,)), Atom(DIFFERENT, (X, Y))), (Atom("A", (Y,)),)),
    Rule("R3", (Atom("A", (Y,)), Atom(DIFFERENT, (X, Y))), (Atom("p", (X, Y)),)),
    Rule("R4", (Atom("q", (X, Y)),), (Atom(DIFFERENT, (X, Y)),)),
    Rule("R5", (Atom(DIFFERENT, (X, Y)), Atom(DIFFERENT, (Y, Z)), Atom("p", (X, Z))), (Atom(DIFFERENT, (X, Z)),)),
    Rule("R6", (Atom(DIFFERENT, (X, Y)),), (Atom("p", (X, Y)),)),
    Rule(
        "R9",
        (Atom("p", (X, Y)), Atom(DIFFERENT, (Y, Z)), Atom("q", (Z, W)), Atom(DIFFERENT, (W, X))),
        (Atom(DIFFERENT, (X, Z)),),
    ),
    Rule("R7", (Atom(DIFFERENT, (X, X)),), ()),
    Rule("R8", (Atom(DIFFERENT, (X, Y)), Atom("p", (X, Y))), ()),
]
rules = st.lists(st.sampled_from(RULES), max_size=5, unique=True)


@st.composite
def ontologies(draw: st.DrawFn) -> Ontology:
    """Facts and overlapping groups, some without facts that are stated by themselves."""
    stated = list(dict.fromkeys(draw(facts)))
    alone = frozenset(fact for fact in stated if fact.predicate == DIFFERENT)
    groups = [AllDifferent(group, "f").without(alone) for group in draw(st.lists(members, min_size=1, max_size=3))]
    return Ontology(facts=stated, groups=tuple(groups))


def both(ontology: Ontology, program: list[Rule], without: list[Fact]) -> tuple[Closure, Closure]:
    """The closure with groups, and the one with the same facts one by one."""
    kept_out = [fact for fact in without if fact not in ontology.facts]
    return (
        Closure(program, ontology.facts, kept_out, groups=ontology.groups),
        Closure(program, list(ontology.stated), kept_out),
    )


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ontologies(), rules, st.lists(differences, max_size=2))
def test_a_group_says_what_its_facts_say(ontology: Ontology, program: list[Rule], without: list[Fact]) -> None:
    one, other = both(ontology, program, without)
    same(one, other, DIFFERENT, NAMES)
    for fact in list(one):
        derivation = one.derivation(fact)
        assert derivation is not None
        replay(derivation, list(ontology.stated), program)
    for fact in list(one)[:6]:
        assert justified(one, fact) == justified(other, fact)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ontologies(), rules, facts, rules)
def test_what_is_assumed_beside_a_group_goes_without_a_trace(
    ontology: Ontology, program: list[Rule], more: list[Fact], extra: list[Rule]
) -> None:
    one, other = both(ontology, program, [])
    before = [(fact, one._store.stored(fact)[0].epoch(one._store.stored(fact)[1])) for fact in one]  # type: ignore[index]
    with one.assume(more, extra), other.assume(more, extra):
        same(one, other, DIFFERENT, NAMES)
        with one.assume(more[::-1]), other.assume(more[::-1]):
            same(one, other, DIFFERENT, NAMES)
    same(one, other, DIFFERENT, NAMES)
    after = [(fact, one._store.stored(fact)[0].epoch(one._store.stored(fact)[1])) for fact in one]  # type: ignore[index]
    assert after == before


@settings(max_examples=60, deadline=None, derandomize=True)
@given(ontologies(), rules, facts)
def test_a_closure_with_groups_can_be_taken_up_again(ontology: Ontology, program: list[Rule], more: list[Fact]) -> None:
    one, _ = both(ontology, program, [])
    again = taken_up(one, program)
    assert sorted(again, key=str) == sorted(one, key=str)
    with one.assume(more), again.assume(more):
        assert sorted(again, key=str) == sorted(one, key=str)
        for fact in list(again)[:10]:
            derivation = again.derivation(fact)
            assert derivation is not None
            replay(derivation, [*ontology.stated, *more], program)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(ontologies(), differences)
def test_an_ontology_knows_the_facts_of_its_groups(ontology: Ontology, asked: Fact) -> None:
    pairs = [Fact(DIFFERENT, *pair) for group in ontology.groups for pair in combinations(group.members, 2)]
    expected = list(dict.fromkeys([*ontology.facts, *pairs]))
    assert sorted(ontology.stated, key=str) == sorted(expected, key=str)
    assert ontology.size == len(expected)
    assert (ontology.is_grouped(asked) or asked in ontology.facts) == (asked in expected)
    assert ontology.is_grouped(asked) == (asked in set(expected) - set(ontology.facts))
    for name in NAMES:
        wanted = {fact for fact in expected if name in (fact.subject, fact.object)} - set(ontology.facts)
        assert ontology.in_groups(name) == wanted
    assert {f.subject for f in ontology.outline} | {f.object for f in ontology.outline} == {
        f.subject for f in expected
    } | {f.object for f in expected}


def test_rules_about_what_cannot_be_the_same_need_no_pairs() -> None:
    program, _ = compile_axioms([], [Fact(DIFFERENT, "a", "a")])
    assert [rule.id for rule in each_rule(program)] == ["eq-diff1:self"]
