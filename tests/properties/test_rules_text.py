"""Rule text: writing and reading are inverse, and no text does more harm than to be refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reasoner.errors import Faults, RuleError
from reasoner.model.atom import BUILTINS, Atom, Fact
from reasoner.model.rule import Example, Rule
from reasoner.model.term import XSD, Literal, Variable
from reasoner.model.vocabulary import Vocabulary
from reasoner.reading.rules.text import read_atoms, read_rules
from reasoner.resources import shipped_rules
from reasoner.writing.rule_text import atoms_text, rule_text

pytestmark = pytest.mark.quick

name = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,6}", fullmatch=True).filter(lambda word: word not in ("true", "false"))
label = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12).filter(str.strip)
variable = st.sampled_from([Variable(letter) for letter in "xyzw"])
literal = st.one_of(
    st.text(max_size=8).map(Literal),
    st.text(max_size=4).map(lambda text: Literal(text, language="en")),
    st.text(max_size=4).map(lambda text: Literal(text, "http://example.org/type")),
    st.integers(-99, 99).map(lambda number: Literal(str(number), XSD + "integer")),
    st.integers(0, 99).map(lambda number: Literal(str(number), XSD + "decimal")),
    st.decimals(-9, 9, places=2).map(lambda number: Literal(str(number), XSD + "decimal")),
    st.floats(allow_nan=False).map(lambda number: Literal(str(number).replace("inf", "INF"), XSD + "double")),
    st.sampled_from([Literal(word, XSD + "boolean") for word in ("true", "false", "0", "1")]),
    st.dates().map(lambda day: Literal(day.isoformat(), XSD + "date")),
)
odd = ["BCR-ABL1", "17-AAG", "é", "http://example.org/a#b", "a/b", "12", "urn:x", "p(x)", "a,b"]
individual = st.one_of(name, st.sampled_from(odd))


def args(term: st.SearchStrategy[object], last: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.one_of(st.tuples(term), st.tuples(term, last))


predicate = name.filter(lambda word: word not in BUILTINS and word not in ("sameAs", "differentFrom"))
fact = st.builds(lambda p, a: Fact(p, *a), predicate, args(individual, st.one_of(individual, literal)))
atom = st.builds(Atom, predicate, args(variable, st.one_of(variable, name, literal)))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    everything = Atom("all", (Variable("x"), Variable("y"))), Atom("all", (Variable("z"), Variable("w")))
    body = (*everything, *draw(st.lists(atom, max_size=6)))
    head = tuple(draw(st.lists(atom, min_size=1, max_size=2)))
    examples = st.lists(fact, min_size=1, max_size=3).map(tuple)
    return Rule(
        id=draw(st.from_regex(r"R-[A-Z]{3}-[0-9]{3}", fullmatch=True)),
        body=body,
        head=head,
        label=draw(label),
        status=draw(st.sampled_from(["curated", "draft", "definition"])),
        source=tuple(draw(st.lists(st.sampled_from(["CHO-177", "BOR-ref43"]), min_size=1, max_size=3))),
        because=draw(label).replace("{", "").replace("}", "") + "{x}",
        fires=tuple(draw(st.lists(st.builds(Example, examples, examples), max_size=2))),
        silent=tuple(draw(st.lists(st.builds(Example, examples), max_size=2))),
    )


@settings(max_examples=60, deadline=None, derandomize=True)
@given(rules())
def test_a_rule_reads_back_equal_and_is_written_the_same_again(rule: Rule) -> None:
    text = rule_text(rule)
    try:
        found = read_rules(text, "f")
    except Faults as faults:
        # What is no individual and value at once is refused, whoever wrote it.
        assert {fault.code for fault in faults.faults} == {"E209"}
        return
    assert found == [rule]
    assert rule_text(found[0]) == text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.one_of(fact, atom), min_size=1, max_size=4))
def test_a_conjunction_reads_back_equal(atoms: list[Atom | Fact]) -> None:
    expected = [
        a if isinstance(a, Atom) else Atom(a.predicate, (a.subject,) if a.object is None else (a.subject, a.object))
        for a in atoms
    ]
    assert list(read_atoms(atoms_text(atoms))) == expected


PIECES = ["rule ", '"', "(", ")", "?", "^", "->", ",", "#", "\n", "\n\n", "    ", "?x", "\\", "\x00", "é", "\u202e"]
PIECES += ["because ", "fires ", "silent ", "status ", "source ", "^^", "@en", "<a>", "1e9", "-", "true", "{", "}"]
PIECES += ["\r", "\t", "\u2028"]


def vocabulary_of(rules: list[Rule]) -> Vocabulary:
    atoms = [atom for rule in rules for atom in (*rule.body, *rule.head)]
    return Vocabulary(
        classes=frozenset(atom.predicate for atom in atoms if len(atom.args) == 1),
        object_properties=frozenset(atom.predicate for atom in atoms if len(atom.args) == 2),
        domains={"hasTarget": frozenset({"Action"}), "actsOn": frozenset({"Action"})},
        ranges={"hasTarget": frozenset({"Molecule", "Activity"})},
        disjoint=frozenset({frozenset({"Action", "Molecule"}), frozenset({"Action", "Route"})}),
    )


def mutated(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(text))
        kind = chance.randint(0, 4)
        end = place + chance.choice((1, 1, 3, 20, 200))
        if kind == 0:
            text = text[:place] + chance.choice(PIECES) + text[place:]
        elif kind == 1:
            text = text[:place] + text[end:]
        elif kind == 2:
            text = text[:place] + chr(chance.choice((chance.randint(0, 127), chance.randint(0, 0xD7FF)))) + text[place:]
        elif kind == 3:
            text = text[:end] + text[place:]
        else:
            other = chance.randint(0, len(text))
            text = text[:place] + text[other : other + 30] + text[place:]
    return text


def check_hostile_texts(count: int) -> None:
    chance = random.Random(20261124)
    originals = [path.read_text()[:2000] for path in shipped_rules()]
    vocabulary = vocabulary_of([rule for path in shipped_rules() for rule in read_rules(path.read_text(), "f")])
    refused = 0
    for number in range(count):
        text = mutated(chance.choice(originals), chance)
        try:
            for rule in read_rules(text, "f", vocabulary if number % 2 else None):
                assert read_rules(rule_text(rule), "f") == [rule]
        except Faults as faults:
            refused += 1
            assert all(isinstance(f, RuleError) and f.code.startswith("E2") and f.span for f in faults.faults)
    assert refused > count // 4


def test_mutated_texts_are_read_or_refused() -> None:
    check_hostile_texts(500)


@pytest.mark.slow
def test_ten_thousand_mutated_texts_are_read_or_refused() -> None:
    check_hostile_texts(10_000)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (lambda: read_rules(text, "f"), lambda: read_rules(f'rule R "x"\n {text}', "f")):
        try:
            read()
        except Faults as faults:
            assert faults.faults
    try:
        read_atoms(text)
    except RuleError as error:
        assert error.code in ("E201", "E208", "E211")
