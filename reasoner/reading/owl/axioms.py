"""Statements of OWL's own vocabulary to axioms.

Kinds, with their arguments (C a class term, p a property term, names as in facts):

``SubClassOf`` C C, ``EquivalentClasses`` C C, ``DisjointClasses`` C C, ``AllDisjointClasses`` C…,
``DisjointUnion`` C C…, ``HasKey`` C (p…) (data p…), ``ClassAssertion`` C individual (of expressions; named classes
give facts),
``SubPropertyOf`` p p, ``PropertyChain`` p (p…), ``EquivalentProperties`` p p, ``DisjointProperties`` p p,
``AllDisjointProperties`` p…, ``InverseOf`` p p, ``Domain`` p C, ``Range`` p C, ``DataRange`` p datatype,
``FunctionalProperty``, ``FunctionalDataProperty``, ``InverseFunctionalProperty``, ``SymmetricProperty``,
``AsymmetricProperty``, ``ReflexiveProperty``, ``IrreflexiveProperty``, ``TransitiveProperty`` p,
``NegativePropertyAssertion`` p individual value, ``DatatypeDefinition`` datatype range, and without logical meaning
``SubAnnotationPropertyOf``, ``AnnotationDomain``, ``AnnotationRange``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reasoner.errors import Span
from reasoner.model.axiom import Axiom, ClassTerm, Expression
from reasoner.model.iris import DOMAIN, OWL, RANGE, SUB_CLASS, SUB_PROPERTY, TYPE
from reasoner.model.term import Literal
from reasoner.model.triple import Node, Triple, Value
from reasoner.reading.owl.declarations import OBJECT_CHARACTERISTICS, Declarations
from reasoner.reading.owl.expressions import Expressions, Malformed
from reasoner.reading.owl.sorted_triples import SortedTriples

_PROPERTY_PAIRS = {
    SUB_PROPERTY: "SubPropertyOf",
    OWL + "equivalentProperty": "EquivalentProperties",
    OWL + "propertyDisjointWith": "DisjointProperties",
    OWL + "inverseOf": "InverseOf",
}
_CLASS_PAIRS = {SUB_CLASS: "SubClassOf", OWL + "disjointWith": "DisjointClasses"}
#: What is stated of a class without a name, and of the inverse of a property.
_OF_EXPRESSIONS = (SUB_CLASS, OWL + "equivalentClass", OWL + "disjointWith")
_OF_INVERSES = (SUB_PROPERTY, OWL + "equivalentProperty", OWL + "propertyDisjointWith", OWL + "propertyChainAxiom",
                DOMAIN, RANGE)  # fmt: skip
_DEFINITIONS = ("unionOf", "intersectionOf", "oneOf")


class Axioms:
    """Collects the axioms of the triples in the order of its statements."""

    def __init__(self, triples: SortedTriples, declared: Declarations, expressions: Expressions) -> None:
        self.triples = triples
        self.declared = declared
        self.expressions = expressions
        self.found: dict[Axiom, None] = {}
        self.distinct: list[tuple[Node, tuple[str, ...]]] = []
        self._statement: Triple | None = None
        self._spans: dict[str, Span] = {}

    def readers(self) -> dict[str, Callable[[Node, Value], None]]:
        """A reader for each predicate that states an axiom."""
        table: dict[str, Callable[[Node, Value], None]] = {
            OWL + "equivalentClass": self._equivalent_class,
            OWL + "complementOf": self._complement,
            OWL + "disjointUnionOf": self._disjoint_union,
            OWL + "propertyChainAxiom": self._chain,
            OWL + "hasKey": self._key,
            DOMAIN: self._domain,
            RANGE: self._range,
        }
        for predicate, kind in _CLASS_PAIRS.items():
            table[predicate] = self._pair(kind, self.expressions.class_term)
        for predicate, kind in _PROPERTY_PAIRS.items():
            table[predicate] = self._pair(kind, self.expressions.property_term)
        table[SUB_PROPERTY] = self._sub_property
        for name in _DEFINITIONS:
            table[OWL + name] = self._definition(name)
        return {predicate: self._safely(reader, predicate) for predicate, reader in table.items()}

    def add(self, about: Node, kind: str, *args: Any) -> None:
        """Note an axiom with the file that states it."""
        file = self.triples.homes.stating(self._statement) if self._statement else self.triples.file_of(about)
        span = self._spans.setdefault(file, Span(file))
        self.found.setdefault(Axiom(kind, args, span))

    def read_characteristics(self) -> None:
        """Functional, transitive … properties, which are stated as types."""
        for node, kinds in self.triples.kinds.items():
            for kind in sorted(kinds):
                self._statement = node, TYPE, kind
                if kind in OBJECT_CHARACTERISTICS:
                    self.add(node, kind.removeprefix(OWL), self.triples.name(node))
                elif kind == OWL + "FunctionalProperty":
                    self._functional(node)

    def read_nodes(self) -> None:
        """Axioms that have a node of their own, and axioms about anonymous classes and inverses."""
        readers = self.readers()
        handlers = {
            OWL + "AllDisjointClasses": self._all_disjoint_classes,
            OWL + "AllDisjointProperties": self._all_disjoint_properties,
            OWL + "AllDifferent": self._all_different,
            OWL + "NegativePropertyAssertion": self._negative,
        }
        for node, content in self.triples.nodes.items():
            for kind in content.get(TYPE, ()):
                handler = handlers.get(kind) if isinstance(kind, str) else None
                if handler:
                    self.triples.take(node, TYPE)
                    self._safely(handler)(node, node)
            inverse = OWL + "inverseOf" in content
            for predicate in _OF_INVERSES if inverse else _OF_EXPRESSIONS:
                if predicate in content:
                    for value in self.triples.take(node, predicate):
                        readers[predicate](node, value)
            if inverse:
                self._safely(self._characteristics)(node, node)

    def _characteristics(self, node: Node, _: Value) -> None:
        """An inverse that is functional, transitive …; that it is an object property goes without saying."""
        for kind in self.triples.nodes[node].get(TYPE, ()):
            if kind in OBJECT_CHARACTERISTICS or kind == OWL + "FunctionalProperty":
                self.add(node, str(kind).removeprefix(OWL), self.expressions.property_term(node))

    def assert_type(self, node: Node, value: Value) -> None:
        """``node`` is a member of an anonymous class."""
        self._statement = node, TYPE, value
        try:
            self.add(node, "ClassAssertion", self.expressions.class_term(value), self.triples.name(node))
        except Malformed:
            return

    def _safely(self, reader: Callable[[Any, Any], None], predicate: str = "") -> Callable[[Node, Value], None]:
        def read(node: Node, value: Value) -> None:
            self._statement = (node, predicate, value) if predicate else None
            try:
                reader(node, value)
            except Malformed:
                return  # the fault is noted

        return read

    def _pair(self, kind: str, term: Callable[[Value], ClassTerm]) -> Callable[[Node, Value], None]:
        def read(node: Node, value: Value) -> None:
            self.add(node, kind, term(node), term(value))

        return read

    def _definition(self, constructor: str) -> Callable[[Node, Value], None]:
        def read(node: Node, value: Value) -> None:
            data = node in self.declared.datatypes
            self._define(node, self.expressions.boolean(constructor, value, data))

        return read

    def _define(self, node: Node, expression: ClassTerm) -> None:
        if node in self.declared.datatypes:
            self.add(node, "DatatypeDefinition", self.triples.name(node), expression)
        else:
            self.add(node, "EquivalentClasses", self.expressions.class_term(node), expression)

    def _equivalent_class(self, node: Node, value: Value) -> None:
        data = node in self.declared.datatypes
        self._define(node, self.expressions.data_range(value) if data else self.expressions.class_term(value))

    def _complement(self, node: Node, value: Value) -> None:
        self._define(node, Expression("complementOf", (self.expressions.class_term(value),)))

    def _disjoint_union(self, node: Node, value: Value) -> None:
        members = [self.expressions.class_term(member) for member in self.triples.items(value)]
        self.add(node, "DisjointUnion", self.expressions.class_term(node), *members)

    def _sub_property(self, node: Node, value: Value) -> None:
        if isinstance(value, str) and self.declared.is_annotation_property(node):
            self.add(node, "SubAnnotationPropertyOf", self.triples.name(node), self.triples.name(value))
        else:
            self.add(node, "SubPropertyOf", self.expressions.property_term(node), self.expressions.property_term(value))

    def _chain(self, node: Node, value: Value) -> None:
        links = tuple(self.expressions.property_term(link) for link in self.triples.items(value))
        self.add(node, "PropertyChain", self.expressions.property_term(node), links)

    def _key(self, node: Node, value: Value) -> None:
        keys = self.triples.items(value)
        data = [self.declared.is_data_property(key) for key in keys if isinstance(key, str)]
        terms = [self.expressions.property_term(key) for key in keys]
        self.add(
            node,
            "HasKey",
            self.expressions.class_term(node),
            tuple(term for term, is_data in zip(terms, data, strict=True) if not is_data),
            tuple(term for term, is_data in zip(terms, data, strict=True) if is_data),
        )

    def _domain(self, node: Node, value: Value) -> None:
        if self.declared.is_annotation_property(node):
            if isinstance(value, str):
                self.add(node, "AnnotationDomain", self.triples.name(node), self.triples.name(value))
        else:
            self.add(node, "Domain", self.expressions.property_term(node), self.expressions.class_term(value))

    def _range(self, node: Node, value: Value) -> None:
        if self.declared.is_annotation_property(node):
            if isinstance(value, str):
                self.add(node, "AnnotationRange", self.triples.name(node), self.triples.name(value))
        elif self.declared.is_data_property(node):
            self.add(node, "DataRange", self.triples.name(node), self.expressions.data_range(value))
        else:
            self.add(node, "Range", self.expressions.property_term(node), self.expressions.class_term(value))

    def _functional(self, node: Node) -> None:
        if self.declared.is_data_property(node):
            self.add(node, "FunctionalDataProperty", self.triples.name(node))
        elif self.declared.is_object_property(node):
            self.add(node, "FunctionalProperty", self.triples.name(node))
        else:
            self.declared.undeclared_property(node)

    def _members(self, node: Node, *predicates: str) -> list[Value]:
        heads = [head for predicate in predicates for head in self.triples.take(node, predicate)]
        if len(heads) != 1:
            self.triples.fault("an axiom needs one list of members", code="E304", hint="add owl:members", about=node)
            raise Malformed
        return self.triples.items(heads[0])

    def _all_disjoint_classes(self, node: Node, _: Value) -> None:
        members = [self.expressions.class_term(member) for member in self._members(node, OWL + "members")]
        self.add(node, "AllDisjointClasses", *members)

    def _all_disjoint_properties(self, node: Node, _: Value) -> None:
        members = [self.expressions.property_term(member) for member in self._members(node, OWL + "members")]
        self.add(node, "AllDisjointProperties", *members)

    def _all_different(self, node: Node, _: Value) -> None:
        members = self._members(node, OWL + "members", OWL + "distinctMembers")
        self.distinct.append((node, tuple(self.expressions.individual(member, node) for member in members)))

    def _negative(self, node: Node, _: Value) -> None:
        parts = [self.triples.take(node, OWL + name) for name in ("sourceIndividual", "assertionProperty")]
        values = [*self.triples.take(node, OWL + "targetIndividual"), *self.triples.take(node, OWL + "targetValue")]
        if [len(part) for part in parts] != [1, 1] or len(values) != 1:
            self.triples.fault(
                "a negative property assertion needs one source, one property and one target",
                code="E304",
                hint="use owl:sourceIndividual, owl:assertionProperty, owl:targetIndividual or owl:targetValue",
                about=node,
            )
            raise Malformed
        source, prop, value = parts[0][0], parts[1][0], values[0]
        term = self.expressions.property_term(prop)
        if isinstance(prop, str) and isinstance(value, Literal) != self.declared.is_data_property(prop):
            self.triples.fault(f"a negative assertion of {term} has the wrong kind of target", code="E306", about=node)
            raise Malformed
        self.add(
            node,
            "NegativePropertyAssertion",
            term,
            self.expressions.individual(source, node),
            self.expressions.ground(value),
        )
