"""Class expressions, data ranges and property expressions: nodes of a graph to OWL's structural form."""

from __future__ import annotations

from reasoner.errors import WritingError
from reasoner.model.iris import FIRST, NIL, OWL, RDF, RDFS, REST, SUB_CLASS, TYPE
from reasoner.model.structure import Form
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Node, is_blank
from reasoner.writing.canonical import Canonical
from reasoner.writing.folded import Content, Item, Items

_COUNTS = {
    OWL + prefix + suffix: name + "Cardinality"
    for prefix, name in (("min", "Min"), ("max", "Max"), ("", "Exact"))
    for suffix in (("Cardinality", "QualifiedCardinality") if prefix else ("cardinality", "qualifiedCardinality"))
}
_PARTS = frozenset(
    [TYPE, SUB_CLASS, OWL + "equivalentClass", OWL + "disjointWith", *_COUNTS]
    + [
        OWL + name
        for name in (
            "onProperty", "onClass", "onDataRange", "someValuesFrom", "allValuesFrom", "hasValue", "hasSelf",
            "unionOf", "intersectionOf", "complementOf", "oneOf", "datatypeComplementOf", "onDatatype",
            "withRestrictions", "inverseOf",
        )
    ]
)  # fmt: skip
_STRUCTURES = frozenset([OWL + "Class", OWL + "Restriction", RDFS + "Datatype", OWL + "DataRange"])
_MAX_DEPTH = 100


class StructuralExpressions:
    """Reads expressions of one graph."""

    def __init__(self, graph: Canonical) -> None:
        self.graph = graph
        self.data_properties: set[Node] = set()
        self.datatypes: set[Node] = set()
        self._depth = 0

    def is_structure(self, node: Node) -> bool:
        """Whether a node spells out an expression, part of a rule or a facet: it is no individual."""
        content = self.graph.content.get(node, {})
        if not is_blank(node):
            return False
        kinds = set(map(str, content.get(TYPE, ())))
        return bool(kinds & _STRUCTURES) or any(p in _PARTS and p != TYPE for p in content) or _is_inner(content, kinds)

    def is_part(self, predicate: str) -> bool:
        """Whether a predicate belongs to an expression or to what hangs below one."""
        return predicate in _PARTS or predicate.startswith((XSD, RDF, "http://www.w3.org/2003/11/swrl#"))

    def members(self, value: Item) -> tuple[Item, ...]:
        """The members of a list; raises :class:`WritingError` when the value is none."""
        found: list[Item] = []
        seen: set[str] = set()
        while isinstance(value, str) and is_blank(value) and value not in seen:
            # The first cells are shared with what annotates the axiom, so that they are not one value.
            seen.add(value)
            content = self.graph.content.get(value, {})
            first, rest = content.get(FIRST, ()), content.get(REST, ())
            if len(first) != 1 or len(rest) != 1:
                break
            found.append(first[0])
            value = rest[0]
        if isinstance(value, Items):
            return (*found, *value.members)
        if value == NIL:
            return tuple(found)
        raise _malformed("a list is broken")

    def property(self, value: Item) -> Form | str:
        """A property or the inverse of one."""
        if not isinstance(value, str):
            raise _malformed("a property has no name")
        if not is_blank(value):
            return value
        inverse = self.graph.content.get(value, {}).get(OWL + "inverseOf", [])
        if len(inverse) != 1:
            raise _malformed("an anonymous property must be the inverse of one property")
        return Form("ObjectInverseOf", (self.property(inverse[0]),))

    def class_(self, value: Item) -> Form | str:
        """A class by name or as an expression."""
        return self._read(value, data=False)

    def range(self, value: Item) -> Form | str:
        """A datatype by name or as an expression."""
        return self._read(value, data=True)

    def _read(self, value: Item, data: bool) -> Form | str:
        if not isinstance(value, str):
            raise _malformed("a literal or list stands where a class is needed")
        if not is_blank(value):
            return value
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise _malformed("class expressions are nested too deep or contain themselves")
        try:
            return self._expression(self.graph.content.get(value, {}), data)
        finally:
            self._depth -= 1

    def _expression(self, content: Content, data: bool) -> Form:
        data = data or RDFS + "Datatype" in content.get(TYPE, ())
        lead = "Data" if data else "Object"
        for name in ("intersectionOf", "unionOf"):
            if OWL + name in content:
                members = self.members(content[OWL + name][0])
                return Form(lead + name[0].upper() + name[1:], tuple(self._read(member, data) for member in members))
        if OWL + "oneOf" in content:
            found = self.members(content[OWL + "oneOf"][0])
            data = data or any(isinstance(member, Literal) for member in found)
            return Form("DataOneOf" if data else "ObjectOneOf", tuple(m for m in found if not isinstance(m, Items)))
        if OWL + "complementOf" in content:
            return Form("ObjectComplementOf", (self.class_(content[OWL + "complementOf"][0]),))
        if OWL + "datatypeComplementOf" in content:
            return Form("DataComplementOf", (self.range(content[OWL + "datatypeComplementOf"][0]),))
        if OWL + "onDatatype" in content:
            return self._facets(content)
        if OWL + "onProperty" in content:
            return self._restriction(content)
        raise _malformed("a class expression has no constructor that is known")

    def _facets(self, content: Content) -> Form:
        parts: list[Form | str] = [self.range(content[OWL + "onDatatype"][0])]
        for value in content.get(OWL + "withRestrictions", []):
            for node in self.members(value):
                for facet, limits in self.graph.content.get(node, {}).items() if isinstance(node, str) else ():
                    if isinstance(limits[0], Literal):
                        parts.append(Form("FacetRestriction", (facet, limits[0])))
        return Form("DatatypeRestriction", tuple(parts))

    def _restriction(self, content: Content) -> Form:
        prop = self.property(content[OWL + "onProperty"][0])
        data = isinstance(prop, str) and prop in self.data_properties
        lead = "Data" if data else "Object"
        for name in ("someValuesFrom", "allValuesFrom"):
            if OWL + name in content:
                return Form(lead + name[0].upper() + name[1:], (prop, self._read(content[OWL + name][0], data)))
        if OWL + "hasValue" in content:
            value = content[OWL + "hasValue"][0]
            if isinstance(value, Items):
                raise _malformed("a restriction has a list as its value")
            return Form("DataHasValue" if isinstance(value, Literal) else "ObjectHasValue", (prop, value))
        if OWL + "hasSelf" in content:
            return Form("ObjectHasSelf", (prop,))
        for predicate, name in _COUNTS.items():
            if predicate in content:
                count = content[predicate][0]
                if not isinstance(count, Literal) or not count.lexical.isdecimal():
                    raise _malformed(f"{count} is no cardinality")
                fillers = [*content.get(OWL + "onClass", ()), *content.get(OWL + "onDataRange", ())]
                return Form(lead + name, (int(count.lexical), prop, *(self._read(filler, data) for filler in fillers)))
        raise _malformed(f"the restriction of {prop} states nothing that is known")


def _is_inner(content: Content, kinds: set[str]) -> bool:
    """Whether a blank node is an atom of a rule, a list cell or a facet."""
    inner = (XSD, "http://www.w3.org/2003/11/swrl#", RDF)
    return any(kind.startswith(inner) for kind in kinds) or any(p.startswith(inner) and p != TYPE for p in content)


def _malformed(what: str) -> WritingError:
    return WritingError(what, code="E604", hint="mend it, or write Turtle or RDF/XML")
