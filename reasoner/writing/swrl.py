"""Rules as the triples that Protégé, owlready2 and the OWL API read as SWRL.

A rule is a blank node (a rule with an IRI loses it, and in Turtle its body), its variables are ``urn:swrl:var#x``, and
it carries exactly one label, which begins with its id and is its identity in every editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from reasoner.model.atom import DIFFERENT, SAME, Atom
from reasoner.model.iris import DCTERMS, FIRST, NIL, OWL, RDFS, REST, SWRL, SWRLB, TYPE
from reasoner.model.names import NAMESPACE, iri
from reasoner.model.rule import Rule
from reasoner.model.term import Literal, Term, Variable
from reasoner.model.triple import Node, Triple, Value

VARIABLE = "urn:swrl:var#"
SOURCE = DCTERMS + "source"
STATUS = NAMESPACE + "ruleStatus"
_IDENTITY = {SAME: "SameIndividualAtom", DIFFERENT: "DifferentIndividualsAtom"}


def rule_label(rule: Rule) -> str:
    """The one label of a rule: its id, then what it says."""
    return f"{rule.id}: {rule.label}" if rule.label else rule.id


def rule_triples(rules: Iterable[Rule], data_properties: Set[str]) -> list[Triple]:
    """The rules as triples.

    Sources are texts: an IRI as the value of a rule's annotation is moved elsewhere by the OWL API.
    """
    writer = _Writer(data_properties)
    for rule in rules:
        writer.rule(rule)
    variables = sorted(writer.variables)
    return [*writer.triples, *((variable, TYPE, SWRL + "Variable") for variable in variables)]


class _Writer:
    def __init__(self, data_properties: Set[str]) -> None:
        self.data_properties = data_properties
        self.triples: list[Triple] = []
        self.variables: set[Node] = set()
        self.blanks = 0

    def rule(self, rule: Rule) -> None:
        node = self._blank()
        remarks: list[tuple[str, Value]] = [
            (TYPE, SWRL + "Imp"),
            (RDFS + "label", Literal(rule_label(rule), language="en")),
            (RDFS + "comment", Literal(rule.because, language="en")),
            (STATUS, Literal(rule.status)),
        ]
        remarks += [(SOURCE, Literal(name)) for name in rule.source]
        self.triples += [
            (node, predicate, value) for predicate, value in remarks if value != Literal("", language="en")
        ]
        for role, atoms in (("body", rule.body), ("head", rule.head)):
            self.triples.append((node, SWRL + role, self._list([self._atom(atom) for atom in atoms])))

    def _blank(self) -> Node:
        self.blanks += 1
        return f"_:rule{self.blanks}"

    def _list(self, members: list[Value]) -> Node:
        head = NIL
        for member in reversed(members):
            cell = self._blank()
            self.triples += [(cell, FIRST, member), (cell, REST, head)]
            head = cell
        return head

    def _atom(self, atom: Atom) -> Node:
        node = self._blank()
        self.triples += [(node, predicate, value) for predicate, value in self._parts(atom)]
        return node

    def _parts(self, atom: Atom) -> Iterator[tuple[str, Value]]:
        arguments = [self._argument(term) for term in atom.args]
        if atom.is_builtin:
            yield TYPE, SWRL + "BuiltinAtom"
            yield SWRL + "builtin", SWRLB + atom.predicate
            yield SWRL + "arguments", self._list(arguments)
            return
        if len(arguments) == 1:
            yield TYPE, SWRL + "ClassAtom"
            yield SWRL + "classPredicate", iri(atom.predicate)
        elif atom.predicate in _IDENTITY:
            yield TYPE, SWRL + _IDENTITY[atom.predicate]
        else:
            data = atom.predicate in self.data_properties
            yield TYPE, SWRL + ("DatavaluedPropertyAtom" if data else "IndividualPropertyAtom")
            yield SWRL + "propertyPredicate", iri(atom.predicate)
        for number, argument in enumerate(arguments, 1):
            yield f"{SWRL}argument{number}", argument

    def _argument(self, term: Term) -> Value:
        if isinstance(term, Variable):
            self.variables.add(VARIABLE + term.name)
            return VARIABLE + term.name
        return term if isinstance(term, Literal) else iri(term)


def declarations() -> list[Triple]:
    """What the annotations of rules need to be declared."""
    return [
        (STATUS, TYPE, OWL + "AnnotationProperty"),
        (STATUS, RDFS + "label", Literal("rule status", language="en")),
        (SOURCE, TYPE, OWL + "AnnotationProperty"),
    ]
