"""No rule and no line of the engine names a particular cell, molecule, drug, disease, route, claim or outcome."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import reasoner
from reasoner.model.roles import Roles
from reasoner.model.rule import Rule
from reasoner.model.term import Literal
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped, shipped_ontology, shipped_rules

#: What an outcome is stated by.
STATING = ("concludedBy", "takesAway", "harmsFunction", "endsProcess", "reachesState", "reachesInPart")
#: What is only shown: examples and help texts, hints.
SHOWN = {"EPILOG", "EXAMPLES", "examples", "HELP", "help", "hint"}
SOURCES = sorted(Path(reasoner.__file__).parent.rglob("*.py"))
WORD = re.compile(r"[A-Za-z0-9][\w-]*")


@cache
def particular() -> frozenset[str]:
    """The individuals that facts describe and the vocabulary does not."""
    described = {fact.subject for fact in read_ontology(shipped_ontology()).facts if fact.object is None}
    vocabulary = {fact.subject for fact in read_ontology(sorted(shipped("ontology").glob("modules/*.ttl"))).facts}
    return frozenset(described - vocabulary)


@cache
def rules() -> tuple[Rule, ...]:
    """The shipped rules."""
    return tuple(
        rule for path in shipped_rules() for rule in read_rules(path.read_text(encoding="utf-8"), path.name, None)
    )


@cache
def plain_words() -> frozenset[str]:
    """Processes whose id is a word of everyday language, such as retention: sentences use the word, not the name."""
    facts = read_ontology(shipped_ontology()).facts
    return frozenset(f.subject for f in facts if f.predicate.endswith("Process") and re.fullmatch("[a-z]+", f.subject))


@cache
def of_outcomes() -> frozenset[str]:
    """What concludes an outcome, and what it takes away, harms, ends and reaches; relations of routes to cells."""
    ontology = read_ontology(shipped_ontology())
    outcomes = {fact.subject for fact in ontology.facts if fact.predicate in ("takesAway", "harmsFunction")}
    said = {
        value.lexical if isinstance(value := fact.object, Literal) else str(value)
        for fact in ontology.facts
        if fact.subject in outcomes and fact.predicate in STATING
    }
    return frozenset(said | outcomes | set(Roles(ontology).route_relations))


def names_in(text: str, but: frozenset[str] = frozenset()) -> set[str]:
    """The particular names that stand in a text as words."""
    return set(particular().intersection(WORD.findall(text)) - but)


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a source file that the program uses: no docstring, no example in a help text or a hint."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    left_out = {id(node) for top in ast.walk(tree) for node in _shown_only(top)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.lineno, node.value


def _shown_only(node: ast.AST) -> Iterator[ast.AST]:
    """The strings under a node that are documentation, or examples in a help text or a hint."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.Assign | ast.keyword) and _called(node) & SHOWN:
        yield from ast.walk(node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "dislodge " in node.value:
        yield node


def _called(node: ast.Assign | ast.keyword) -> set[str | None]:
    """The names that a value is given."""
    return {node.arg} if isinstance(node, ast.keyword) else {t.id for t in node.targets if isinstance(t, ast.Name)}


@pytest.mark.parametrize("path", SOURCES, ids=[str(p.relative_to(Path(reasoner.__file__).parent)) for p in SOURCES])
def test_no_source_file_names_a_particular_thing(path: Path) -> None:
    assert [(line, names) for line, text in texts_of(path) if (names := names_in(text, plain_words()))] == []


@pytest.mark.parametrize("path", SOURCES, ids=[str(p.relative_to(Path(reasoner.__file__).parent)) for p in SOURCES])
def test_no_source_file_names_a_particular_outcome(path: Path) -> None:
    found = {line: of_outcomes().intersection(WORD.findall(text)) for line, text in texts_of(path)}
    assert {line: names for line, names in found.items() if names} == {}


@pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])
def test_no_rule_names_a_particular_thing(rule: Rule) -> None:
    assert names_in(rule.logic) == set()
    assert names_in(rule.because, plain_words()) == set()
    assert names_in(rule.label, plain_words()) == set()


def test_a_name_would_be_found(tmp_path: Path) -> None:
    guilty = tmp_path / "guilty.py"
    guilty.write_text('"""On imatinib."""\nEPILOG = "imatinib"\nif agent == "imatinib":\n    pass  # imatinib\n')
    assert [(line, names_in(text)) for line, text in texts_of(guilty)] == [(3, {"imatinib"})]
    assert {
        "dislodges",
        "shields",
        "keepsQuiescent",
        "RetentionProcess",
        "awakened_in_part",
        "dislodgement",
    } <= of_outcomes()
    assert len(particular()) > 1_500
    assert {"CXCR4", "CML_LSC", "RP06", "CHO-126", "T315I"} <= particular() - plain_words()
