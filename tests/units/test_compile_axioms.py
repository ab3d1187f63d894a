"""OWL axioms to rules: nested expressions, what is outside, equality, data values."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.closure.saturate import Closure
from reasoner.model.atom import Fact
from reasoner.model.axiom import NOTHING, THING, Axiom, Expression
from reasoner.model.datatypes import ill_typed
from reasoner.model.rule import each_rule
from reasoner.model.term import XSD, Literal
from reasoner.owl.compile_axioms import compile_axioms
from reasoner.owl.datatypes import in_range
from reasoner.reading.owl.ontology import read_ontology
from reasoner.resources import shipped_ontology

sys.path.insert(0, str(Path(__file__).parents[1] / "owlrl"))
from naive import saturate


def some(prop, filler):
    return Expression("someValuesFrom", (prop, filler))


def only(prop, filler):
    return Expression("allValuesFrom", (prop, filler))


def both(*parts):
    return Expression("intersectionOf", parts)


def either(*parts):
    return Expression("unionOf", parts)


def includes(sub, sup):
    return Axiom("SubClassOf", (sub, sup))


def logic(*axioms, facts=(), rules=()):
    return [rule.logic for rule in each_rule(compile_axioms(axioms, facts, rules)[0])]


def reasons(*axioms):
    return [entry.reason for entry in compile_axioms(axioms)[1]]


def test_ids_are_readable_and_origins_are_ids_of_the_w3c():
    (rule,), _ = compile_axioms([includes("Drug", "Agent")])
    assert (rule.id, rule.origin) == ("cax-sco:Drug<Agent", "cax-sco")
    assert rule.label == "SubClassOf(Drug, Agent)"
    assert "{x}" in rule.because


def test_nested_conditions_become_one_body():
    axiom = includes(both("Drug", some("blocks", both("Kinase", some("inCell", "Cell")))), "Tki")
    assert logic(axiom) == ["Drug(?x) ^ blocks(?x, ?y) ^ Kinase(?y) ^ inCell(?y, ?z) ^ Cell(?z) -> Tki(?x)"]


def test_a_union_in_a_condition_becomes_several_rules_with_ids_of_their_own():
    rules, outside = compile_axioms([includes(either("A", both("B", either("C", "D"))), "E")])
    assert [rule.logic for rule in rules] == ["A(?x) -> E(?x)", "B(?x) ^ C(?x) -> E(?x)", "B(?x) ^ D(?x) -> E(?x)"]
    assert len({rule.id for rule in rules}) == 3
    assert not outside


def test_variables_of_condition_and_conclusion_stay_apart():
    axiom = includes(some("p", some("q", "A")), only("r", only("s", "B")))
    assert logic(axiom) == ["p(?x, ?y) ^ q(?y, ?z) ^ A(?z) ^ r(?x, ?v3) ^ s(?v3, ?v4) -> B(?v4)"]
    disjoint = Axiom("DisjointClasses", (some("p", "A"), some("q", "B")))
    assert logic(disjoint) == ["p(?x, ?y) ^ A(?y) ^ q(?x, ?z) ^ B(?z) -> "]


def test_inverse_properties_turn_their_atom_round():
    assert logic(includes("A", only(Expression("inverseOf", ("p",)), "B"))) == ["A(?x) ^ p(?y, ?x) -> B(?y)"]
    axiom = Axiom("PropertyChain", ("r", ("p", Expression("inverseOf", ("q",)))))
    assert logic(axiom) == ["p(?x, ?v1) ^ q(?y, ?v1) -> r(?x, ?y)"]


def test_nominals_name_their_individuals():
    assert logic(includes(Expression("oneOf", ("a", "b")), "A")) == [" -> A(a)", " -> A(b)"]
    assert logic(includes(some("p", Expression("oneOf", ("a",))), "A")) == ["p(?x, a) -> A(?x)"]
    assert logic(includes("A", some("p", Expression("oneOf", ("a",))))) == ["A(?x) -> p(?x, a)"]
    assert logic(includes("A", Expression("hasSelf", ("p",)))) == ["A(?x) -> p(?x, ?x)"]


def test_a_rule_without_body_holds_at_once_and_a_ground_contradiction_is_found():
    rules, _ = compile_axioms([includes(Expression("oneOf", ("a",)), "A"), includes("A", "B")])
    assert Fact("B", "a") in Closure(rules, [])
    rules, _ = compile_axioms([Axiom("ClassAssertion", (Expression("complementOf", ("A",)), "a"))])
    assert len(Closure(rules, [Fact("A", "a")]).inconsistencies()) == 1
    assert not Closure(rules, [Fact("A", "b")]).inconsistencies()


def test_members_of_anonymous_classes_get_what_the_class_says():
    assert logic(Axiom("ClassAssertion", (both("A", Expression("hasValue", ("p", "b"))), "a"))) == [
        " -> A(a)",
        " -> p(a, b)",
    ]
    assert logic(Axiom("ClassAssertion", (only("p", "B"), "a"))) == ["p(a, ?y) -> B(?y)"]


def test_statements_about_everything_count_where_a_relation_names_the_individual():
    assert logic(includes(THING, only("p", "A"))) == ["p(?x, ?y) -> A(?y)"]
    assert reasons(includes(THING, "A")) == ["a statement about everything that there is"]


@pytest.mark.parametrize(
    ("axiom", "why"),
    [
        (includes("A", some("p", "B")), "without naming it"),
        (includes("A", Expression("minCardinality", (1, "p"))), "without naming it"),
        (includes("A", Expression("cardinality", (1, "p"))), "without naming it"),
        (includes("A", either("B", "C")), "alternatives"),
        (includes("A", Expression("oneOf", ("a", "b"))), "alternatives"),
        (includes("A", Expression("maxCardinality", (2, "p"))), "counts beyond one"),
        (includes(Expression("complementOf", ("A",)), "B"), "closed world"),
        (includes(only("p", "A"), "B"), "closed world"),
        (includes(Expression("maxCardinality", (1, "p")), "B"), "closed world"),
        (includes(Expression("dataSomeValuesFrom", ("d", XSD + "integer")), "B"), "datatype"),
        (Axiom("Domain", ("p", either("A", "B"))), "alternatives"),
        (Axiom("ReflexiveProperty", ("p",)), "outside OWL 2 RL"),
        (Axiom("DisjointUnion", ("A", "B", "C")), "alternative"),
        (includes("A", some("http://www.w3.org/2002/07/owl#topObjectProperty", "B")), "without naming it"),
        (Axiom("SomethingNew", ("A",)), "no rule is known"),
    ],
)
def test_what_no_rule_can_say_is_listed_with_its_reason(axiom, why):
    _, outside = compile_axioms([axiom])
    assert [entry.axiom for entry in outside] == [axiom]
    assert why in outside[0].reason
    assert axiom.kind in str(outside[0])


def test_one_part_that_is_outside_does_not_take_the_others_with_it():
    axiom = includes("A", both("B", some("p", "C"), only("q", "D")))
    rules, outside = compile_axioms([axiom])
    assert [rule.logic for rule in rules] == ["A(?x) -> B(?x)", "A(?x) ^ q(?x, ?y) -> D(?y)"]
    assert len(outside) == 1
    exact = includes("A", Expression("cardinality", (1, "p")))
    assert logic(exact) == ["A(?x) ^ p(?x, ?y) ^ p(?x, ?z) -> sameAs(?y, ?z)", *logic_of_equality("A", "p")]


def logic_of_equality(unary, binary):
    return [
        "sameAs(?x, ?y) -> sameAs(?y, ?x)",
        "sameAs(?x, ?y) ^ sameAs(?y, ?z) -> sameAs(?x, ?z)",
        f"sameAs(?x, ?y) ^ {unary}(?x) -> {unary}(?y)",
        f"sameAs(?x, ?y) ^ {binary}(?x, ?z) -> {binary}(?y, ?z)",
        f"sameAs(?x, ?y) ^ {binary}(?z, ?x) -> {binary}(?z, ?y)",
    ]


def test_rules_about_equality_are_made_only_when_something_can_conclude_it():
    transitive = Axiom("TransitiveProperty", ("p",))
    assert not any("sameAs" in text for text in logic(transitive, facts=[Fact("p", "a", "b"), Fact("A", "a")]))
    texts = logic(transitive, facts=[Fact("sameAs", "a", "b"), Fact("A", "a")])
    assert texts[1:] == logic_of_equality("A", "p")


def test_rules_about_equality_cover_the_predicates_of_other_rules():
    mechanism, _ = compile_axioms([includes("Q", "R")])
    texts = logic(Axiom("FunctionalProperty", ("p",)), rules=mechanism)
    assert "sameAs(?x, ?y) ^ R(?x) -> R(?y)" in texts


def test_the_same_axioms_give_the_same_rules():
    ontology = read_ontology(shipped_ontology())
    first, second = (compile_axioms(ontology.axioms, ontology.facts) for _ in range(2))
    assert first == second
    ids = [rule.id for rule in each_rule(first[0])]
    assert len(ids) == len(set(ids))


def test_the_shipped_axioms_compile_but_for_unions_in_domains_and_ranges():
    ontology = read_ontology(shipped_ontology())
    _, outside = compile_axioms(ontology.axioms, ontology.facts)
    assert {entry.axiom.kind for entry in outside} <= {"Domain", "Range"}
    assert all("alternatives" in entry.reason for entry in outside)


def test_the_shipped_facts_hold_no_ill_typed_value():
    ontology = read_ontology(shipped_ontology())
    rules = list(each_rule(compile_axioms(ontology.axioms, ontology.facts)[0]))
    assert [rule.id for rule in rules if rule.origin in ("dt-not-type", "dt-eq")] == []
    assert [rule.id for rule in rules if rule.origin == "prp-rng" and rule.inconsistent] == []


INTEGER_FROM_FIVE = Expression("datatypeRestriction", (XSD + "integer", "minInclusive", Literal("5", XSD + "integer")))


@pytest.mark.parametrize(
    ("lexical", "kind", "term", "inside"),
    [
        ("5", "integer", XSD + "integer", True),
        ("5", "int", XSD + "nonNegativeInteger", True),
        ("5.0", "decimal", XSD + "integer", True),
        ("5.5", "decimal", XSD + "integer", False),
        ("5", "integer", XSD + "decimal", True),
        ("5", "integer", XSD + "double", False),
        ("5", "integer", XSD + "string", False),
        ("300", "integer", XSD + "byte", False),
        ("five", "integer", XSD + "integer", False),
        ("five", "string", XSD + "token", True),
        ("a  b", "string", XSD + "token", False),
        ("true", "boolean", XSD + "boolean", True),
        ("2024-02-28T00:00:00Z", "dateTime", XSD + "dateTimeStamp", True),
        ("2024-02-01T00:00:00", "dateTime", XSD + "dateTimeStamp", False),
        ("x", "string", "http://www.w3.org/2000/01/rdf-schema#Literal", True),
        ("x", "string", "http://e.org/unknown", None),
        ("7", "integer", INTEGER_FROM_FIVE, True),
        ("4", "integer", INTEGER_FROM_FIVE, False),
        ("7", "string", INTEGER_FROM_FIVE, False),
        ("4", "integer", Expression("dataComplementOf", (INTEGER_FROM_FIVE,)), True),
        ("5", "integer", Expression("dataOneOf", (Literal("5.0", XSD + "decimal"),)), True),
        ("x", "string", Expression("dataUnionOf", (XSD + "integer", XSD + "string")), True),
        ("x", "string", Expression("dataIntersectionOf", (XSD + "integer", XSD + "string")), False),
        ("INF", "double", XSD + "double", True),
        ("1e400", "double", XSD + "double", True),
        (
            "abc",
            "string",
            Expression("datatypeRestriction", (XSD + "string", "maxLength", Literal("2", XSD + "int"))),
            False,
        ),
        ("5", "integer", Expression("datatypeRestriction", (XSD + "integer", "odd", Literal("x"))), None),
    ],
)
def test_values_lie_in_ranges_by_their_value(lexical, kind, term, inside):
    assert in_range(Literal(lexical, XSD + kind), term) is inside


def test_a_defined_datatype_is_looked_up_and_a_circle_of_definitions_ends():
    five = Literal("5", XSD + "integer")
    assert in_range(five, "Large", {"Large": INTEGER_FROM_FIVE}) is True
    assert in_range(five, "A", {"A": "B", "B": "A"}) is None


@pytest.mark.parametrize(
    ("lexical", "kind", "wrong"),
    [
        ("x", "integer", True),
        ("-1", "nonNegativeInteger", True),
        ("128", "byte", True),
        ("yes", "boolean", True),
        ("1e5", "decimal", True),
        ("25:00:00", "time", True),
        ("abc", "hexBinary", True),
        ("+07", "integer", False),
        (" 5 ", "integer", False),
        ("-INF", "float", False),
        ("anything", "anyURI", False),
        ("anything", "unheardOf", False),
    ],
)
def test_lexical_forms_are_checked_against_their_datatype(lexical, kind, wrong):
    assert ill_typed(Literal(lexical, XSD + kind)) is wrong


NAMES, PROPS, THINGS = st.sampled_from("ABCD"), st.sampled_from("pqr"), st.sampled_from("abcde")
CLASSES = st.recursive(
    NAMES | st.sampled_from([THING, NOTHING]),
    lambda inner: st.one_of(
        st.builds(both, inner, inner),
        st.builds(either, inner, inner),
        st.builds(some, PROPS, inner),
        st.builds(only, PROPS, inner),
        st.builds(lambda c: Expression("complementOf", (c,)), inner),
        st.builds(lambda p, a: Expression("hasValue", (p, a)), PROPS, THINGS),
        st.builds(lambda p: Expression("maxCardinality", (1, p)), PROPS),
        st.builds(lambda *a: Expression("oneOf", a), THINGS, THINGS),
    ),
    max_leaves=4,
)
AXIOMS = st.one_of(
    st.builds(includes, CLASSES, CLASSES),
    st.builds(lambda a, b: Axiom("EquivalentClasses", (a, b)), CLASSES, CLASSES),
    st.builds(lambda a, b: Axiom("DisjointClasses", (a, b)), CLASSES, CLASSES),
    st.builds(lambda p, q: Axiom("SubPropertyOf", (p, q)), PROPS, PROPS),
    st.builds(lambda p, q: Axiom("InverseOf", (p, q)), PROPS, PROPS),
    st.builds(lambda p, q, r: Axiom("PropertyChain", (p, (q, r))), PROPS, PROPS, PROPS),
    st.builds(
        lambda k, p: Axiom(k + "Property", (p,)), st.sampled_from(["Functional", "Transitive", "Asymmetric"]), PROPS
    ),
    st.builds(lambda k, p, c: Axiom(k, (p, c)), st.sampled_from(["Domain", "Range"]), PROPS, CLASSES),
    st.builds(
        lambda c, a: Axiom("ClassAssertion", (c, a)), CLASSES.filter(lambda c: isinstance(c, Expression)), THINGS
    ),
)
FACTS = st.lists(st.builds(Fact, NAMES, THINGS) | st.builds(Fact, PROPS, THINGS, THINGS), max_size=8)


@pytest.mark.ci
@settings(max_examples=60, deadline=None)
@given(st.lists(AXIOMS, max_size=5), FACTS)
def test_two_engines_agree_on_random_ontologies(axioms, facts):
    rules, _ = compile_axioms(axioms, facts)
    closure = Closure(rules, facts)
    known, clashes = saturate(list(each_rule(rules)), facts)
    assert set(closure) == known
    assert bool(closure.inconsistencies()) == bool(clashes)
