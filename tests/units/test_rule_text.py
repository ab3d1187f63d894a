"""Rule text: what is read, what is refused and where, and that writing gives back what was read."""

from __future__ import annotations

import pytest

from reasoner.curating.rule_examples import failing_examples
from reasoner.errors import Faults, RuleError
from reasoner.model.atom import Atom, Fact
from reasoner.model.rule import Example, Rule
from reasoner.model.term import XSD, Literal, Variable
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.rules.text import MAX_FAULTS, read_atoms, read_rules
from reasoner.resources import shipped_rules
from reasoner.writing.rule_text import rule_text

X, Y = Variable("x"), Variable("y")

GOOD = """\
# A family of rules.
rule R-OUT-001 "breaking a route that retains a cell dislodges it"
    status   curated
    source   CHO-177, CHO-185  CHO-186
    because  "{x} breaks {r}, a route that retains {c}"

    breaksRoute(?x, ?r) ^ retains(?r, ?c)   # the route must retain the cell
    -> dislodges(?x, ?c)

    fires    breaksRoute(reg-1, routeA) ^ retains(routeA, cellA) -> dislodges(reg-1, cellA)
    silent   opensRoute(reg1, routeA) ^
             retains(routeA, cellA)
"""


def rule_with(**changed: str) -> str:
    """A rule with some of its lines changed; empty leaves one out."""
    parts = {
        "opening": 'rule R-1 "a rule"',
        "status": "    status   curated",
        "source": "    source   S-1",
        "because": '    because  "{x} is {y}"',
        "blank": "",
        "logic": "    Agent(?x) ^ hits(?x, ?y) -> reaches(?x, ?y)",
        "end": " ",
        "fires": "    fires    Agent(a) ^ hits(a, b) -> reaches(a, b)",
        "silent": "    silent   Agent(a)",
    } | changed
    return "\n".join(line for name, line in parts.items() if line or name == "blank") + "\n"


VOCABULARY = Vocabulary(
    classes=frozenset({"Agent", "Cell", "Molecule", "Ligand", "Therapy"}),
    object_properties=frozenset({"hits", "reaches", "holds", "within"}),
    data_properties=frozenset({"phase"}),
    annotation_properties=frozenset({"label"}),
    individuals=frozenset({"block", "lower", "someCell"}),
    domains={"hits": frozenset({"Agent"}), "holds": frozenset({"Cell"}), "within": frozenset({"Ligand", "Cell"})},
    ranges={"hits": frozenset({"Molecule", "Cell"}), "holds": frozenset({"Molecule"})},
    superclasses={
        "Agent": frozenset({"Agent", "Therapy"}),
        "Ligand": frozenset({"Ligand", "Molecule"}),
        "Cell": frozenset({"Cell"}),
        "Molecule": frozenset({"Molecule"}),
        "Therapy": frozenset({"Therapy"}),
    },
    disjoint=frozenset(
        {frozenset({"Cell", "Molecule"}), frozenset({"Therapy", "Cell"}), frozenset({"Therapy", "Molecule"})}
    ),
)


def faults_of(text: str, vocabulary: Vocabulary | None = None) -> list[RuleError]:
    with pytest.raises(Faults) as caught:
        read_rules(text, "f.swrl", vocabulary)
    return [fault for fault in caught.value.faults if isinstance(fault, RuleError)]


def test_a_rule_is_read_with_all_its_parts() -> None:
    (rule,) = read_rules(GOOD, "good.swrl")
    r, c = Variable("r"), Variable("c")
    assert rule == Rule(
        id="R-OUT-001",
        label="breaking a route that retains a cell dislodges it",
        status="curated",
        source=("CHO-177", "CHO-185", "CHO-186"),
        because="{x} breaks {r}, a route that retains {c}",
        body=(Atom("breaksRoute", (X, r)), Atom("retains", (r, c))),
        head=(Atom("dislodges", (X, c)),),
        fires=(
            Example(
                (Fact("breaksRoute", "reg-1", "routeA"), Fact("retains", "routeA", "cellA")),
                (Fact("dislodges", "reg-1", "cellA"),),
            ),
        ),
        silent=(Example((Fact("opensRoute", "reg1", "routeA"), Fact("retains", "routeA", "cellA"))),),
    )
    assert str(rule.span) == "good.swrl:2:6"
    assert str(rule.fires[0].span) == "good.swrl:10:5"


def test_windows_line_ends_tabs_and_a_byte_order_mark_make_no_difference() -> None:
    changed = "\ufeff" + GOOD.replace("\n", "\r\n").replace("    ", "\t")
    assert read_rules(changed, "g") == read_rules(GOOD, "g")


@pytest.mark.parametrize(
    "logic",
    [
        "    Agent(?x)\n    ^ hits(?x, ?y)\n    -> reaches(?x, ?y)",
        "    Agent(?x) ^\n    hits(?x, ?y) ->\n    reaches(?x, ?y)",
        "    Agent(?x) ^\n\n    hits(?x,\n  ?y)\n\n    -> reaches(?x, ?y)",
        "  Agent( ?x )^hits(?x,?y)->reaches(?x,?y)",
    ],
)
def test_logic_may_span_lines(logic: str) -> None:
    assert read_rules(rule_with(logic=logic), "f") == read_rules(rule_with(), "f")


def test_literals_comparisons_and_prefixed_builtins_are_read() -> None:
    logic = (
        '    phase(?x, ?y) ^ swrlb:greaterThan(?y, 2) ^ lessThan(?y, 3.5) ^ p(?x, "a \\"b\\"") ^ q(?x, true) -> A(?x)'
    )
    (rule,) = read_rules(rule_with(logic=logic, fires=""), "f")
    assert rule.body[1:] == (
        Atom("greaterThan", (Y, Literal("2", XSD + "integer"))),
        Atom("lessThan", (Y, Literal("3.5", XSD + "decimal"))),
        Atom("p", (X, Literal('a "b"'))),
        Atom("q", (X, Literal("true", XSD + "boolean"))),
    )


def test_predicates_may_be_called_like_fields() -> None:
    logic = "    status(?x, ?y) ^ hits(?x, ?y)\n    -> source(?y, ?x)"
    (rule,) = read_rules(rule_with(logic=logic, fires=""), "f")
    assert [atom.predicate for atom in (*rule.body, *rule.head)] == ["status", "hits", "source"]


def test_a_rule_with_an_empty_head_is_a_constraint() -> None:
    text = rule_with(logic="    Agent(?x) ^ hits(?x, ?y) ->", fires="    fires    Agent(a) ^ hits(a, b)")
    (rule,) = read_rules(text, "f")
    assert rule.inconsistent
    assert read_rules(rule_text(rule), "f") == [rule]
    assert not list(failing_examples([rule]))


def test_a_draft_needs_no_source() -> None:
    (rule,) = read_rules(rule_with(status="    status draft", source=""), "f")
    assert rule.source == ()


def test_an_empty_file_has_no_rules() -> None:
    assert read_rules("", "f") == read_rules("# nothing\n\n", "f") == []


SYNTAX = {
    "a line outside a rule": ("    status curated\n", "E201", "1:5", "belongs to no rule"),
    "a word in the first column": ("ruel R-1 'x'\n", "E201", "1:10", "unexpected character"),
    "no keyword": ('R-1 "x"\n', "E201", "1:1", "expected 'rule'"),
    "no id": ('rule "x"\n', "E201", "1:1", "no id"),
    "no label": (rule_with(opening="rule R-1"), "E203", "1:1", "no label"),
    "an empty label": (rule_with(opening='rule R-1 " "'), "E203", "1:1", "no label"),
    "something after the label": (rule_with(opening='rule R-1 "x" y'), "E201", "1:14", "found 'y'"),
    "no status": (rule_with(status=""), "E203", "1:6", "no status"),
    "a status that is none": (rule_with(status="    status curatd"), "E212", "2:12", "'curatd'"),
    "an empty status": (rule_with(status="    status"), "E212", "2:5", "no such status"),
    "no source": (rule_with(source=""), "E203", "1:6", "curated and has no source"),
    "an empty source": (rule_with(source="    source"), "E203", "1:6", "curated and has no source"),
    "a source that is a text": (rule_with(source='    source "x"'), "E201", "3:12", "expected the id of a source"),
    "no because": (rule_with(because=""), "E203", "1:6", "no because"),
    "a because without quotes": (rule_with(because="    because x"), "E201", "4:13", "one sentence in quotes"),
    "no logic": (rule_with(logic="", fires=""), "E203", "1:6", "no logic"),
    "two statuses": (rule_with(status="    status draft\n    status draft"), "E201", "3:5", "second status"),
    "two logics": (rule_with(end="\n    p(?x, ?y) -> q(?x, ?y)\n"), "E201", "8:5", "second logic"),
    "no arrow": (rule_with(logic="    hits(?x, ?y)"), "E201", "6:16", "found the end"),
    "two arrows": (rule_with(logic="    hits(?x, ?y) -> p(?x) -> q(?x)"), "E201", "6:27", "found '->'"),
    "an open parenthesis": (rule_with(logic="    hits(?x, ?y -> p(?x)"), "E201", "6:17", "',' or ')'"),
    "a comma between atoms": (rule_with(logic="    A(?x), hits(?x, ?y) -> p(?x)"), "E201", "6:10", "found ','"),
    "an empty body": (rule_with(logic="    -> p(?x)"), "E201", "6:5", "found '->'"),
    "a variable without name": (rule_with(logic="    hits(?, ?y) -> p(?x)"), "E201", "6:10", "'?'"),
    "a text without end": (rule_with(logic='    hits(?x, "a) -> p(?x)'), "E201", "6:14", "no closing quote"),
    "a name with a hyphen in logic": (rule_with(logic="    hits(?x, ?y) -> p(?x, a-b)"), "E201", "6:27", "'a-b'"),
    "a number as predicate": (rule_with(logic="    hits(?x, ?y) -> 7(?x)"), "E201", "6:21", "'7'"),
    "a slot that is no variable": (rule_with(because='    because "{z} is"'), "E204", "1:6", "{z}"),
    "an open brace": (rule_with(because='    because "{x is"'), "E204", "1:6", "{ in the because"),
    "an unbound head variable": (rule_with(logic="    hits(?x, ?y) -> p(?z)"), "E205", "6:21", "?z of the head"),
    "a comparison alone": (
        rule_with(logic="    hits(?x, ?y) ^ lessThan(?n, 3) -> p(?x)"),
        "E205",
        "6:20",
        "?n of the comparison lessThan",
    ),
    "a comparison in the head": (rule_with(logic="    hits(?x, ?y) -> equal(?x, ?y)"), "E215", "6:21", "in the head"),
    "no argument": (rule_with(logic="    hits(?x, ?y) -> p()"), "E208", "6:21", "0 arguments"),
    "three arguments": (rule_with(logic="    hits(?x, ?y) -> p(?x, ?y, ?y)"), "E208", "6:21", "3 arguments"),
    "one argument of a comparison": (
        rule_with(logic="    hits(?x, ?y) ^ equal(?x) -> p(?x)"),
        "E208",
        "6:20",
        "1 argument",
    ),
    "a literal as subject": (rule_with(logic="    hits(?x, ?y) -> p(3, ?y)"), "E210", "6:21", "3 in p(3, ?y)"),
    "an individual compared": (
        rule_with(logic="    hits(?x, ?y) ^ equal(?y, a) -> p(?x)"),
        "E210",
        "6:20",
        "is an individual",
    ),
    "a variable of two kinds": (
        rule_with(logic="    hits(?x, ?y) ^ A(?y) ^ notEqual(?y, 3) -> p(?x)"),
        "E209",
        "6:28",
        "?y is an individual in A(?y)",
    ),
    "a variable in an example": (rule_with(silent="    silent hits(?x, b)"), "E214", "9:12", "holds a variable"),
    "an example that concludes nothing": (rule_with(fires="    fires Agent(a)"), "E214", "1:6", "concludes nothing"),
    "a silent example that concludes": (rule_with(silent="    silent p(a) -> q(a)"), "E201", "9:17", "found '->'"),
    "a malformed number": (rule_with(silent='    silent p(a, "x"^^xsd:integer)'), "E201", "9:22", "is no xsd:integer"),
    "too many variables": (
        rule_with(
            logic="    " + " ^ ".join(f"hits(?x{n}, ?x{n + 1})" for n in range(19)) + " -> A(?x1)",
            because='    because "x"',
        ),
        "E211",
        "1:6",
        "20 variables",
    ),
    "a word without measure": (rule_with(silent=f"    silent p({'a' * 300})"), "E211", "9:14", "more than 200"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_a_fault_is_named_with_its_place(name: str) -> None:
    text, code, place, words = SYNTAX[name]
    fault = faults_of(text)[0]
    assert (fault.code, str(fault.span), words in fault.message) == (code, f"f.swrl:{place}", True), str(fault)


LOGIC = {
    "an unknown class": ("Agnt(?x) ^ hits(?x, ?y)", "reaches(?x, ?y)", "E207", "Agent"),
    "an unknown property": ("hist(?x, ?y)", "reaches(?x, ?y)", "E207", "hits"),
    "an annotation property": ("label(?x, ?y)", "Agent(?x)", "E207", "annotations"),
    "a class with two arguments": ("Agent(?x, ?y)", "reaches(?x, ?y)", "E208", "needs one"),
    "a property with one argument": ("hits(?x) ^ hits(?x, ?y)", "reaches(?x, ?y)", "E208", "needs two"),
    "an unknown individual": ("hits(?x, ?y) ^ reaches(?x, blok)", "reaches(?x, ?y)", "E207", "block"),
    "a literal for an individual": ("hits(?x, ?y) ^ reaches(?x, 3)", "reaches(?x, ?y)", "E210", ""),
    "an individual for a literal": ("hits(?x, ?y) ^ phase(?x, block)", "reaches(?x, ?y)", "E210", ""),
    "a value used as individual": ("phase(?x, ?y) ^ hits(?x, ?y)", "reaches(?x, ?y)", "E209", ""),
    "two disjoint classes": ("Agent(?x) ^ Cell(?x) ^ hits(?x, ?y)", "reaches(?x, ?y)", "E209", ""),
    "a class disjoint with the domain": ("Cell(?x) ^ hits(?x, ?y)", "reaches(?x, ?y)", "E209", ""),
    "a class disjoint with the whole range": ("Agent(?y) ^ hits(?x, ?y)", "reaches(?x, ?y)", "E209", ""),
    "a range disjoint with a domain": ("holds(?x, ?y) ^ hits(?y, ?x)", "reaches(?x, ?y)", "E209", ""),
    "a head against the body": ("hits(?x, ?y)", "holds(?x, ?y)", "E209", ""),
    "a constant in two disjoint classes": (
        "hits(?x, ?y) ^ Cell(someCell) ^ Agent(someCell)",
        "reaches(?x, ?y)",
        "E209",
        "",
    ),
    "unions that leave nothing": ("within(?x, ?y) ^ hits(?z, ?x) ^ Therapy(?x)", "reaches(?x, ?y)", "E209", ""),
}


@pytest.mark.parametrize("name", LOGIC)
def test_a_vocabulary_refuses_what_cannot_be_meant(name: str) -> None:
    body, head, code, hint = LOGIC[name]
    faults = faults_of(rule_with(logic=f"    {body} -> {head}", fires=""), VOCABULARY)
    assert [fault.code for fault in faults] == [code], [str(fault) for fault in faults]
    assert hint in faults[0].hint


@pytest.mark.parametrize(
    "body",
    [
        "hits(?x, ?y) ^ Cell(?y)",
        "hits(?x, ?y) ^ Ligand(?y)",
        "hits(?x, ?y) ^ within(?y, ?z) ^ Molecule(?y)",
        "hits(?x, ?y) ^ Therapy(?x) ^ differentFrom(?x, ?y) ^ phase(?x, ?n) ^ greaterThan(?n, 2)",
        "hits(?x, ?y) ^ sameAs(?x, ?z) ^ reaches(?x, block)",
    ],
)
def test_a_vocabulary_lets_pass_what_can_be_meant(body: str) -> None:
    assert read_rules(rule_with(logic=f"    {body} -> reaches(?x, ?y)", fires=""), "f", VOCABULARY)


def test_unions_are_followed_through_more_than_two_atoms() -> None:
    union = {"p": frozenset({"A", "B"}), "q": frozenset({"A", "C"}), "r": frozenset({"B", "C"})}
    pairs = frozenset(frozenset(pair) for pair in (("A", "B"), ("A", "C"), ("B", "C")))
    vocabulary = Vocabulary(object_properties=frozenset("pqr"), domains=union, disjoint=pairs)
    logic = "    p(?x, ?y) ^ q(?x, ?y) ^ r(?x, ?y) -> p(?x, ?y)"
    assert faults_of(rule_with(logic=logic, fires="", silent=""), vocabulary)[0].code == "E209"


def test_all_faults_of_a_file_come_together_in_its_order() -> None:
    bad = rule_with(logic="    hits(?x, ?y) ^ equal(?q, 1) -> p(?z)", status="    status no")
    text = bad + "\njunk\n" + rule_with() + "\n" + rule_with(opening='rule R-2 "other"', because="")
    faults = faults_of(text)
    assert [fault.code for fault in faults] == ["E212", "E205", "E205", "E201", "E202", "E203"]
    lines = [fault.span.line for fault in faults if fault.span]
    assert lines == sorted(lines)


def test_a_second_rule_of_one_id_is_refused_with_the_place_of_the_first() -> None:
    (fault,) = faults_of(rule_with() + rule_with())
    assert (fault.code, fault.hint) == ("E202", "first at f.swrl:1:6")


def test_reading_stops_at_a_hundred_faults() -> None:
    assert len(faults_of("junk\n" * 5000)) == MAX_FAULTS


def test_a_file_without_measure_is_refused() -> None:
    assert faults_of("#" * 2_000_001)[0].code == "E211"


@pytest.mark.parametrize(
    "text",
    ["(" * 100_000, "?" * 100_000, '"' * 99_999, "p(" * 50_000, "p(?x) ^ " * 50_000, "\\" * 100_000, "^" * 100_000],
)
def test_hostile_lengths_are_refused_at_once(text: str) -> None:
    for whole in (text, rule_with(logic="    " + text), rule_with(fires="    fires " + text)):
        with pytest.raises(Faults):
            read_rules(whole, "f", VOCABULARY)
    with pytest.raises(RuleError):
        read_atoms(text)


def test_atoms_of_a_question_may_use_any_name() -> None:
    text = 'dislodges(drug-a+drug-b, BCR-ABL1) ^ p(17-AAG, "some name") ^ q(<http://example.org/x>, ?v)'
    atoms = read_atoms(text)
    assert atoms == (
        Atom("dislodges", ("drug-a+drug-b", "BCR-ABL1")),
        Atom("p", ("17-AAG", Literal("some name"))),
        Atom("q", ("http://example.org/x", Variable("v"))),
    )


@pytest.mark.parametrize(
    "text", ["", "p", "p(", "p(a", "p(a) q(b)", "p(a) ^", "p(a))", "p(a, b, c)", "p()", "? ", "p(a)->q(a)"]
)
def test_what_is_no_conjunction_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as caught:
        read_atoms(text)
    assert caught.value.span is not None


def test_shipped_rules_read_back_equal_and_do_what_their_examples_say() -> None:
    found = [rule for path in shipped_rules() for rule in read_rules(path.read_text(), path.name)]
    assert found
    assert read_rules("\n".join(map(rule_text, found)), "all") == found
    assert [str(fault) for fault in failing_examples(found)] == []
    for rule in found:
        assert rule.fires, f"{rule.id} has no example on which it fires"
        assert rule.silent, f"{rule.id} has no example on which it stays silent"


@pytest.mark.parametrize(
    ("fires", "silent", "words"),
    [
        ("    fires Agent(a) -> reaches(a, b)", "    silent Agent(a)", "does not"),
        ("    fires hits(a, b) ^ Agent(a) -> reaches(a, b)", "    silent hits(a, b) ^ Agent(a)", "stay silent"),
        ("    fires reaches(a, b) -> reaches(a, b)", "    silent Agent(a)", "does not"),
    ],
)
def test_an_example_that_comes_out_otherwise_is_a_fault(fires: str, silent: str, words: str) -> None:
    (fault,) = failing_examples(read_rules(rule_with(fires=fires, silent=silent), "f"))
    assert fault.code == "E216"
    assert words in fault.message
    assert fault.span is not None
