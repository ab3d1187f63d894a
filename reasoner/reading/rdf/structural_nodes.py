"""Expressions of OWL's structural form as nodes of a graph."""

from __future__ import annotations

from typing import NoReturn

from reasoner.errors import ReadingError, Span
from reasoner.model.iris import FIRST, NIL, OWL, RDFS, REST, TYPE
from reasoner.model.structure import Form, FormPart
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Node, Triple, Value

MAX_DEPTH = 100

_LISTS = {
    "ObjectIntersectionOf": ("intersectionOf", False),
    "ObjectUnionOf": ("unionOf", False),
    "ObjectOneOf": ("oneOf", False),
    "DataIntersectionOf": ("intersectionOf", True),
    "DataUnionOf": ("unionOf", True),
    "DataOneOf": ("oneOf", True),
}
_FILLED = {
    f"{lead}{name[0].upper()}{name[1:]}": name
    for lead in ("Object", "Data")
    for name in ("someValuesFrom", "allValuesFrom", "hasValue")
}
_COUNTS = {
    f"{lead}{word}Cardinality": (stem, lead == "Data")
    for lead in ("Object", "Data")
    for word, stem in (("Min", "min"), ("Max", "max"), ("Exact", ""))
}


class Nodes:
    """Triples in the making."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.triples: list[Triple] = []
        self._blanks = 0
        self._depth = 0

    def add(self, subject: Node, predicate: str, value: Value) -> None:
        """State one triple of the mapping from the structural form."""
        self.triples.append((subject, predicate, value))

    def blank(self) -> Node:
        """A new blank node; its label cannot meet one of the file."""
        self._blanks += 1
        return f"_:structure {self._blanks}"

    def list(self, members: list[Value]) -> Node:
        """The head of an RDF list of the members, in their order; ``rdf:nil`` for none."""
        head = NIL
        for member in reversed(members):
            cell = self.blank()
            self.add(cell, FIRST, member)
            self.add(cell, REST, head)
            head = cell
        return head

    def term(self, part: FormPart) -> Value:
        """The node of a part: itself for a name or literal, else a new node that spells it out."""
        if isinstance(part, int):
            self.fail(f"the number {part} stands where a name is needed")
        if not isinstance(part, Form):
            return part
        self._depth += 1
        if self._depth > MAX_DEPTH:
            hint = "no ontology needs that"
            span = Span(self.file)
            raise ReadingError(f"expressions are nested more than {MAX_DEPTH} deep", code="E111", hint=hint, span=span)
        try:
            return self._expression(part)
        finally:
            self._depth -= 1

    def _expression(self, form: Form) -> Node:
        head, parts = form.head, form.parts
        node = self.blank()
        if head in _LISTS:
            name, data = _LISTS[head]
            self.add(node, TYPE, (RDFS + "Datatype") if data else (OWL + "Class"))
            self.add(node, OWL + name, self.list([self.term(part) for part in parts]))
        elif head == "ObjectComplementOf" and len(parts) == 1:
            self.add(node, TYPE, OWL + "Class")
            self.add(node, OWL + "complementOf", self.term(parts[0]))
        elif head == "DataComplementOf" and len(parts) == 1:
            self.add(node, TYPE, RDFS + "Datatype")
            self.add(node, OWL + "datatypeComplementOf", self.term(parts[0]))
        elif head == "ObjectInverseOf" and len(parts) == 1:
            self.add(node, OWL + "inverseOf", self.term(parts[0]))
        elif head == "DatatypeRestriction" and parts:
            self._facets(node, parts)
        else:
            self._restriction(node, form)
        return node

    def _restriction(self, node: Node, form: Form) -> None:
        head, parts = form.head, form.parts
        self.add(node, TYPE, OWL + "Restriction")
        if head in _FILLED and len(parts) == 2:
            self.add(node, OWL + "onProperty", self.term(parts[0]))
            self.add(node, OWL + _FILLED[head], self.term(parts[1]))
        elif head == "ObjectHasSelf" and len(parts) == 1:
            self.add(node, OWL + "onProperty", self.term(parts[0]))
            self.add(node, OWL + "hasSelf", Literal("true", XSD + "boolean"))
        elif head in _COUNTS and len(parts) in (2, 3) and isinstance(parts[0], int):
            stem, data = _COUNTS[head]
            qualified = "ualifiedCardinality" if len(parts) == 3 else "ardinality"
            first = {"ualifiedCardinality": "q", "ardinality": "c"}[qualified]
            name = stem + (first.upper() if stem else first) + qualified
            self.add(node, OWL + "onProperty", self.term(parts[1]))
            self.add(node, OWL + name, Literal(str(parts[0]), XSD + "nonNegativeInteger"))
            if len(parts) == 3:
                self.add(node, OWL + ("onDataRange" if data else "onClass"), self.term(parts[2]))
        else:
            self.fail(f"{head or 'a bare list'} is no expression with {len(parts)} parts")

    def _facets(self, node: Node, parts: tuple[FormPart, ...]) -> None:
        self.add(node, TYPE, RDFS + "Datatype")
        self.add(node, OWL + "onDatatype", self.term(parts[0]))
        flat: list[FormPart] = []
        for part in parts[1:]:
            flat += part.parts if isinstance(part, Form) and part.head == "FacetRestriction" else [part]
        if len(flat) % 2:
            self.fail("a datatype restriction has a facet without a value")
        cells: list[Value] = []
        for facet, value in zip(flat[::2], flat[1::2], strict=True):
            cells.append(cell := self.blank())
            self.add(cell, str(self.term(facet)), self.term(value))
        self.add(node, OWL + "withRestrictions", self.list(cells))

    def fail(self, message: str) -> NoReturn:
        """Refuse a form that OWL does not have (E107)."""
        hint = "mend the axiom, or save as Turtle or RDF/XML"
        raise ReadingError(f"the file is malformed: {message}", code="E107", hint=hint, span=Span(self.file))
