"""One tiny ontology for each rule of OWL 2 RL that is supported: what must follow, and what must not.

A case is ``cases/<W3C id>.ttl``.  Its first comments say what is expected: ``follows`` and ``never`` are facts,
``contradiction`` and ``consistent`` are individuals that some, or no, contradiction is about, ``schema`` and
``no schema`` are axioms of the schema closure.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from naive import plain, saturate

from reasoner.closure.saturate import Closure
from reasoner.model.rule import each_rule
from reasoner.owl.compile_axioms import compile_axioms
from reasoner.owl.compiled import axiom_text
from reasoner.owl.schema_closure import schema_closure
from reasoner.reading.owl.ontology import read_ontology
from tests.owlrl.rl_status import RL_STATUS, status_table

CASES = Path(__file__).parent / "cases"
SUPPORTED = sorted(name for name, (status, _) in RL_STATUS.items() if status == "supported")
#: Rules that are read as another one.
READ_AS = {"eq-diff2": "eq-diff1", "eq-diff3": "eq-diff1"}
#: Rules that hold without one: the closure knows values, not their spellings.
BY_CONSTRUCTION = {"dt-eq"}


class Case:
    """One ontology, compiled, with what its comments expect."""

    def __init__(self, name):
        path = CASES / f"{name}.ttl"
        self.expected = re.findall(
            r"^# (follows|never|contradiction|consistent|schema|no schema): (.+)$", path.read_text(), re.MULTILINE
        )
        self.ontology = read_ontology([path])
        program, self.unsupported = compile_axioms(self.ontology.axioms, self.ontology.outline)
        self.rules = list(each_rule(program))
        self.closure = Closure(program, self.ontology.facts, groups=self.ontology.groups)
        self.known, self.clashes = saturate(self.rules, self.ontology.stated)

    def wanted(self, key):
        return [value for found, value in self.expected if found == key]


@cache
def case(name):
    return Case(name)


def test_every_supported_rule_has_a_case_and_every_case_is_of_a_supported_rule():
    assert sorted(path.stem for path in CASES.glob("*.ttl")) == SUPPORTED


def test_the_status_names_all_rules_of_the_w3c_tables():
    assert len(RL_STATUS) == 78
    assert {status for status, _ in RL_STATUS.values()} <= {"supported", "partial", "not"}
    assert all(note for status, note in RL_STATUS.values() if status != "supported")
    assert all(f"`{name}`" in status_table() for name in RL_STATUS)


@pytest.mark.parametrize("name", SUPPORTED)
def test_what_must_follow_follows_and_nothing_else_does(name):
    facts = set(map(str, case(name).closure))
    schema = set(map(axiom_text, schema_closure(case(name).ontology.axioms)))
    assert case(name).expected, "a case without expectations proves nothing"
    assert set(case(name).wanted("follows")) <= facts
    assert not set(case(name).wanted("never")) & facts
    assert set(case(name).wanted("schema")) <= schema
    assert not set(case(name).wanted("no schema")) & schema
    assert case(name).wanted("never") or case(name).wanted("consistent") or case(name).wanted("no schema")


@pytest.mark.parametrize("name", SUPPORTED)
def test_contradictions_are_about_the_individuals_that_they_should_be_about(name):
    about = {
        value
        for derivation in case(name).closure.inconsistencies()
        for premise in derivation.premises
        for value in premise.conclusion[1:]
    }
    assert set(case(name).wanted("contradiction")) <= about
    assert not set(case(name).wanted("consistent")) & about
    assert bool(about) == bool(case(name).wanted("contradiction"))


@pytest.mark.parametrize("name", SUPPORTED)
def test_the_rule_is_among_the_compiled_ones_and_nothing_is_outside(name):
    if not name.startswith("scm-") and name not in BY_CONSTRUCTION:
        assert READ_AS.get(name, name) in {rule.origin for rule in case(name).rules}
    assert not case(name).ontology.unread
    assert not case(name).ontology.warnings
    ids = [rule.id for rule in case(name).rules]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", SUPPORTED)
def test_a_second_engine_finds_the_same_facts_and_the_same_contradictions(name):
    assert set(map(plain, case(name).closure)) == case(name).known
    ours = {
        (derivation.rule.id, frozenset(plain(premise.conclusion) for premise in derivation.premises))
        for derivation in case(name).closure.inconsistencies()
    }
    assert ours == {(rule.id, frozenset(facts)) for rule, facts in case(name).clashes}
