"""Evidence and derivations as RDF: reified statements with their claims, and PROV-O for what a rule concluded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from reasoner.model.atom import Fact
from reasoner.model.derivation import Derivation
from reasoner.model.rule import Rule
from reasoner.views.sparql import terms
from reasoner.views.sparql.graphs import DERIVATION, RULE, STATEMENT, part, statement_iri

if TYPE_CHECKING:
    from reasoner.inference.reasoned import Reasoned

_SUPPORTED, _OPPOSED = terms.property_node("supportedBy"), terms.property_node("opposedBy")
_SOURCE, _LOGIC = terms.property_node("supportedBy"), NamedNode("http://www.w3.org/2004/02/skos/core#notation")


def evidence_quads(reasoned: Reasoned, graph: NamedNode) -> Iterator[Quad]:
    """Each annotated fact as a statement, with the claims for and against it."""
    for fact, support in reasoned.base.annotated.items():
        statement = NamedNode(statement_iri(fact))
        yield from statement_quads(fact, statement, graph)
        for claim in support.supported:
            yield Quad(statement, _SUPPORTED, terms.node(claim), graph)
        for claim in support.opposed:
            yield Quad(statement, _OPPOSED, terms.node(claim), graph)


def statement_quads(fact: Fact, statement: NamedNode, graph: NamedNode) -> Iterator[Quad]:
    """A fact as an ``rdf:Statement``."""
    triple = terms.quad(fact, graph)
    yield Quad(statement, terms.TYPE, terms.STATEMENT, graph)
    yield Quad(statement, terms.SUBJECT, triple.subject, graph)
    yield Quad(statement, terms.PREDICATE, triple.predicate, graph)
    yield Quad(statement, terms.OBJECT, triple.object, graph)


def derivation_quads(reasoned: Reasoned, graph: NamedNode) -> Iterator[Quad]:
    """For every inferred fact the last step of one derivation: the rule, and the statements of its premises.

    What follows from a group alone is left out: it is the same step, by the same rule, millions of times.
    """
    stated = set(reasoned.base.ontology.facts)
    rules: dict[str, Rule] = {}
    described: set[Fact] = set()
    for fact in reasoned.closure.singles:
        if fact in stated:
            continue
        derivation = reasoned.closure.derivation(fact)
        if derivation is not None and derivation.rule is not None:
            rules.setdefault(derivation.rule.id, derivation.rule)
            yield from _step(derivation, derivation.rule, graph)
            for told in (fact, *(premise.conclusion for premise in derivation.premises)):
                if told not in described:
                    described.add(told)
                    yield from statement_quads(told, NamedNode(statement_iri(told)), graph)
    for rule in rules.values():
        yield from _plan(reasoned, rule, graph)


def _step(derivation: Derivation, rule: Rule, graph: NamedNode) -> Iterator[Quad]:
    iri = statement_iri(derivation.conclusion)
    statement, step = NamedNode(iri), NamedNode(DERIVATION + iri[len(STATEMENT) :])
    yield Quad(statement, terms.TYPE, terms.ENTITY, graph)
    yield Quad(statement, terms.GENERATED, step, graph)
    yield Quad(step, terms.TYPE, terms.ACTIVITY, graph)
    yield Quad(step, terms.ASSOCIATED, _association(rule), graph)
    for premise in derivation.premises:
        used = NamedNode(statement_iri(premise.conclusion))
        yield Quad(statement, terms.DERIVED, used, graph)
        yield Quad(step, terms.USED, used, graph)


def rule_node(rule: Rule) -> NamedNode:
    """The IRI of a rule."""
    return NamedNode(RULE + part(rule.id))


def _association(rule: Rule) -> NamedNode:
    """How every step by a rule is tied to it: PROV-O puts an association between a step and its plan."""
    return NamedNode(rule_node(rule).value + "#association")


def _plan(reasoned: Reasoned, rule: Rule, graph: NamedNode) -> Iterator[Quad]:
    plan = rule_node(rule)
    yield Quad(_association(rule), terms.TYPE, terms.ASSOCIATION, graph)
    yield Quad(_association(rule), terms.HAD_PLAN, plan, graph)
    yield Quad(plan, terms.TYPE, terms.PLAN, graph)
    yield Quad(plan, terms.LABEL, terms.text(rule.label or rule.id), graph)
    yield Quad(plan, _LOGIC, terms.text(rule.logic), graph)
    for claim in rule.source:
        if claim in reasoned.base.claims:
            yield Quad(plan, _SOURCE, terms.node(claim), graph)
