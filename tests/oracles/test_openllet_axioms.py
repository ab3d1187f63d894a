"""Random axioms of OWL 2 RL and facts, read from a file, against Openllet: all members of classes, all pairs.

What Openllet concludes by the direct semantics of OWL 2 DL is for axioms of the RL profile what the rules conclude.
Axioms that leave OWL 2 DL (see ``check --dl``) are not asked about.  Needs a JDK and the jars (see ``owl_api.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from owl_api import OwlApi, skip_unless_here

from reasoner.closure.saturate import Closure
from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.names import iri, local
from reasoner.owl.compile_axioms import compile_axioms
from reasoner.owl.owl_dl import breaches
from reasoner.reading.owl.ontology import read_ontology
from tests.oracles.as_turtle import turtle
from tests.properties.generated import CLASSES, EXAMPLES, PROPERTIES, Knowledge, knowledge

pytestmark = pytest.mark.java
#: The OWL API keeps the members of these as sets, so that a thing and itself are one member.
_SETS = frozenset({"DisjointClasses", "DisjointProperties", "EquivalentProperties", "InverseOf"})


skip_unless_here()


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("openllet")
    names = (*CLASSES, *PROPERTIES)
    (folder / "predicates.txt").write_text("".join(f"{iri(name)}\n" for name in names))
    return folder


@pytest.fixture(scope="module")
def api(work: Path) -> Iterator[OwlApi]:
    running = OwlApi(5, work)
    yield running
    running.close()


def openllets(api: OwlApi, work: Path, file: Path) -> set[Fact] | None:
    """What Openllet concludes; None for a contradiction."""
    api.ask("load", file, "ttl")
    if api.ask("refusal", "openllet")["consistent"] != ["true"]:
        return None
    api.ask("reason", "openllet", work / "predicates.txt", work / "facts.txt")
    lines = (work / "facts.txt").read_text(encoding="utf-8").splitlines()
    return {Fact(*map(local, line.split("\t"))) for line in lines}


def check_against_openllet(api: OwlApi, work: Path, known: Knowledge) -> None:
    assume(not any(axiom.kind in _SETS and axiom.args[0] == axiom.args[-1] for axiom in known.axioms))
    assume(not any(f.predicate in (SAME, DIFFERENT) and f.subject == f.object for f in known.facts))
    file = work / "random.ttl"
    file.write_text(turtle(known), encoding="utf-8")
    ontology = read_ontology([file])
    members = {Fact(str(a.args[0]), str(a.args[1])) for a in known.axioms if a.kind == "ClassAssertion"}
    assert set(known.facts) <= set(ontology.facts) <= {*known.facts, *members} and not ontology.unread
    assume(not list(breaches(ontology)))
    compiled, outside = compile_axioms(ontology.axioms, ontology.facts)
    assert outside == []
    closure = Closure(compiled, ontology.facts)
    found = openllets(api, work, file)
    assert (found is None) == bool(closure.inconsistencies())
    if found is not None:
        assert {fact for fact in closure if fact.predicate in (*CLASSES, *PROPERTIES)} == found


_OPTIONS = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=100, derandomize=True, **_OPTIONS)
@given(known=knowledge(with_rules=False))
def test_axioms_and_facts_conclude_what_openllet_finds(api: OwlApi, work: Path, known: Knowledge) -> None:
    check_against_openllet(api, work, known)


@pytest.mark.slow
@settings(max_examples=EXAMPLES, print_blob=True, **_OPTIONS)
@given(known=knowledge(with_rules=False))
def test_thousands_of_them_conclude_what_openllet_finds(api: OwlApi, work: Path, known: Knowledge) -> None:
    check_against_openllet(api, work, known)
