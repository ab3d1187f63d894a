"""Class expressions, data ranges and property expressions: structural nodes to values of the model.

Constructors keep their OWL names: ``intersectionOf``, ``unionOf``, ``complementOf``, ``oneOf``, ``someValuesFrom``,
``allValuesFrom``, ``hasValue`` (property, filler), ``hasSelf`` (property), ``minCardinality``, ``maxCardinality``,
``cardinality`` (number, property[, filler]), ``inverseOf`` (property).  Over a data property they begin with ``data``
(``dataSomeValuesFrom`` …), and so do data ranges: ``dataOneOf``, ``dataUnionOf``, ``dataIntersectionOf``,
``dataComplementOf``, ``datatypeRestriction`` (datatype, facet, value, facet, value …).
"""

from __future__ import annotations

import re

from reasoner.model.axiom import ClassTerm, Expression
from reasoner.model.iris import OWL, RDFS, TYPE
from reasoner.model.term import XSD, Ground, Literal
from reasoner.model.triple import Node, Value
from reasoner.reading.owl.declarations import Declarations
from reasoner.reading.owl.sorted_triples import SortedTriples

MAX_DEPTH = 100

_DATA_TYPES = frozenset({RDFS + "Datatype", OWL + "DataRange"})
_BOOLEAN = {OWL + "intersectionOf": "intersectionOf", OWL + "unionOf": "unionOf", OWL + "oneOf": "oneOf"}
_COUNTS = {
    OWL + "minCardinality": "minCardinality",
    OWL + "maxCardinality": "maxCardinality",
    OWL + "cardinality": "cardinality",
    OWL + "minQualifiedCardinality": "minCardinality",
    OWL + "maxQualifiedCardinality": "maxCardinality",
    OWL + "qualifiedCardinality": "cardinality",
}
_COUNT_TYPES = frozenset(XSD + n for n in ("nonNegativeInteger", "integer", "int", "positiveInteger", "long", "short"))


class Malformed(Exception):
    """An expression that cannot be read; the fault has been noted with its place."""


class Expressions:
    """Reads the expressions among some triples; each node once."""

    def __init__(self, triples: SortedTriples, declared: Declarations) -> None:
        self.triples = triples
        self.declared = declared
        self._known: dict[Node, Expression] = {}
        self._open: list[Node] = []

    def class_term(self, value: Value) -> ClassTerm:
        """A class: its name, or an expression; raises :class:`Malformed`."""
        if isinstance(value, Literal):
            raise self._malformed(f"the literal {value} stands where a class is needed")
        if value not in self.triples.nodes:
            if not self.declared.is_class(value):
                raise Malformed
            return self.triples.name(value)
        return self._expression(value)

    def data_range(self, value: Value) -> ClassTerm:
        """A datatype: its IRI, or an expression; raises :class:`Malformed`."""
        if isinstance(value, Literal):
            raise self._malformed(f"the literal {value} stands where a datatype is needed")
        if value not in self.triples.nodes:
            if not self.declared.is_datatype(value):
                raise self._malformed(f"{self.triples.name(value)} is not a datatype", value)
            return self.triples.name(value)
        return self._expression(value, data=True)

    def property_term(self, value: Value) -> ClassTerm:
        """A property: its name, or ``inverseOf`` of one; raises :class:`Malformed`."""
        if isinstance(value, str) and value in self.triples.nodes:
            inverted = self.triples.take(value, OWL + "inverseOf")
            self.triples.take(value, TYPE)
            if len(inverted) != 1:
                raise self._malformed("an anonymous property must be the inverse of one property", value)
            return Expression("inverseOf", (self.property_name(inverted[0]),))
        return self.property_name(value)

    def property_name(self, value: Value) -> str:
        """A declared object or data property by name; raises :class:`Malformed`."""
        if isinstance(value, Literal):
            raise self._malformed(f"the literal {value} stands where a property is needed")
        if not (self.declared.is_object_property(value) or self.declared.is_data_property(value)):
            if self.declared.is_annotation_property(value):
                raise self._malformed(f"{self.triples.name(value)} is an annotation property and has no logic", value)
            self.declared.undeclared_property(value)
            raise Malformed
        return self.triples.name(value)

    def individual(self, value: Value, about: Node = "") -> str:
        """An individual by name; raises :class:`Malformed` for a literal, in what is said of ``about``."""
        if isinstance(value, Literal):
            raise self._malformed(f"the literal {value} stands where an individual is needed", about)
        return self.triples.name(value)

    def ground(self, value: Value) -> Ground:
        """An individual or literal as it stands in facts."""
        return value if isinstance(value, Literal) else self.triples.name(value)

    def _expression(self, node: Node, data: bool = False) -> Expression:
        known = self._known.get(node)
        if known is None:
            if node in self._open:
                raise self._malformed("a class expression contains itself", node)
            if len(self._open) >= MAX_DEPTH:
                raise self._malformed(f"class expressions are nested more than {MAX_DEPTH} deep", node)
            self._open.append(node)
            try:
                known = self._known[node] = self._read(node, data)
            finally:
                self._open.pop()
        return known

    def _read(self, node: Node, data: bool) -> Expression:
        content = self.triples.nodes[node]
        data = data or any(kind in _DATA_TYPES for kind in content.get(TYPE, ()))
        self.triples.take(node, TYPE)
        for predicate, constructor in _BOOLEAN.items():
            if predicate in content:
                return self.boolean(constructor, self._one(node, predicate), data)
        if OWL + "complementOf" in content:
            return Expression("complementOf", (self.class_term(self._one(node, OWL + "complementOf")),))
        if OWL + "datatypeComplementOf" in content:
            return Expression("dataComplementOf", (self.data_range(self._one(node, OWL + "datatypeComplementOf")),))
        if OWL + "onDatatype" in content:
            return self._facets(node)
        if OWL + "onProperty" in content:
            return self._restriction(node, content)
        raise self._malformed("a class expression has no constructor that is known", node)

    def boolean(self, constructor: str, head: Value, data: bool = False) -> Expression:
        """``intersectionOf``, ``unionOf`` or ``oneOf`` over an RDF list."""
        members = self.triples.items(head)
        if constructor == "oneOf":
            if data or (members and all(isinstance(member, Literal) for member in members)):
                return Expression("dataOneOf", tuple(m for m in members if isinstance(m, Literal)))
            return Expression("oneOf", tuple(self.individual(member) for member in members))
        if data:
            return Expression(_over(constructor, data), tuple(self.data_range(member) for member in members))
        return Expression(constructor, tuple(self.class_term(member) for member in members))

    def _facets(self, node: Node) -> Expression:
        arguments: list[ClassTerm | Ground | int] = [self.data_range(self._one(node, OWL + "onDatatype"))]
        for facet_node in self.triples.items(self._one(node, OWL + "withRestrictions")):
            if not isinstance(facet_node, str):
                raise self._malformed("a datatype restriction is malformed", node)
            self.triples.take(facet_node, TYPE)
            for facet in self.triples.nodes.get(facet_node, {}):
                if facet != TYPE:
                    value = self._one(facet_node, facet)
                    if not isinstance(value, Literal):
                        raise self._malformed("a facet needs a literal", node)
                    arguments += [facet.removeprefix(XSD), value]
        return Expression("datatypeRestriction", tuple(arguments))

    def _restriction(self, node: Node, content: dict[str, list[Value]]) -> Expression:
        prop = self.property_term(self._one(node, OWL + "onProperty"))
        data = isinstance(prop, str) and self._is_data(node)
        fill = self.data_range if data else self.class_term
        for name in ("someValuesFrom", "allValuesFrom"):
            if OWL + name in content:
                return Expression(_over(name, data), (prop, fill(self._one(node, OWL + name))))
        if OWL + "hasValue" in content:
            value = self._one(node, OWL + "hasValue")
            if data != isinstance(value, Literal):
                raise self._malformed(f"hasValue of {prop} needs {'a literal' if data else 'an individual'}", node)
            return Expression(_over("hasValue", data), (prop, self.ground(value)))
        if OWL + "hasSelf" in content:
            if self._one(node, OWL + "hasSelf") not in (
                Literal("true", XSD + "boolean"),
                Literal("1", XSD + "boolean"),
            ):
                raise self._malformed("hasSelf takes the value true only", node)
            return Expression("hasSelf", (prop,))
        for predicate, name in _COUNTS.items():
            if predicate in content:
                count = self._count(node, self._one(node, predicate))
                filler = OWL + ("onDataRange" if data else "onClass")
                if filler in content:
                    return Expression(_over(name, data), (count, prop, fill(self._one(node, filler))))
                return Expression(_over(name, data), (count, prop))
        raise self._malformed(f"the restriction of {prop} states nothing that is known", node)

    def _is_data(self, node: Node) -> bool:
        value = self.triples.nodes[node][OWL + "onProperty"][0]
        return isinstance(value, str) and self.declared.is_data_property(value)

    def _count(self, node: Node, value: Value) -> int:
        if isinstance(value, Literal) and value.datatype in _COUNT_TYPES and re.fullmatch("[0-9]{1,9}", value.lexical):
            return int(value.lexical)
        raise self._malformed(f"{value} is no cardinality", node)

    def _one(self, node: Node, predicate: str) -> Value:
        values = self.triples.take(node, predicate)
        if len(set(values)) != 1:
            raise self._malformed(f"a class expression needs exactly one owl:{predicate.removeprefix(OWL)}", node)
        return values[0]

    def _malformed(self, message: str, about: Node = "") -> Malformed:
        self.triples.fault(message, code="E304", hint="mend the expression", about=about or (self._open or [""])[0])
        return Malformed()


def _over(name: str, data: bool) -> str:
    return "data" + name[0].upper() + name[1:] if data else name
