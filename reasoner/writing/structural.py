"""Triples to OWL's structural form, for the syntaxes that are not made of triples.

Follows the mapping from RDF graphs of the OWL 2 recommendation.  A statement that the structural form has no place for
is refused (E604): nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from reasoner.errors import WritingError
from reasoner.model.iris import (
    ANNOTATION_NAMESPACES,
    BUILT_IN_ANNOTATIONS,
    DOMAIN,
    OWL,
    RANGE,
    RDFS,
    RESERVED,
    SUB_CLASS,
    SUB_PROPERTY,
    SWRL,
    TYPE,
)
from reasoner.model.structure import Form, OntologyForm
from reasoner.model.term import Literal
from reasoner.model.triple import Node, Triple, is_blank
from reasoner.writing.canonical import Canonical
from reasoner.writing.folded import Content, Item, Items
from reasoner.writing.layout import ABOUT
from reasoner.writing.structural_expressions import StructuralExpressions

_ENTITIES = {
    OWL + "Class": "Class",
    OWL + "ObjectProperty": "ObjectProperty",
    OWL + "DatatypeProperty": "DataProperty",
    OWL + "AnnotationProperty": "AnnotationProperty",
    OWL + "NamedIndividual": "NamedIndividual",
    RDFS + "Datatype": "Datatype",
}
_CHARACTERISTICS = {
    OWL + f"{name}Property": f"{name}ObjectProperty"
    for name in ("InverseFunctional", "Symmetric", "Asymmetric", "Reflexive", "Irreflexive", "Transitive")
}
_SKIPPED_TYPES = frozenset({OWL + "Ontology", OWL + "Axiom", OWL + "Annotation", SWRL + "Variable"})
_NODES = frozenset(
    OWL + name for name in ("AllDisjointClasses", "AllDisjointProperties", "AllDifferent", "NegativePropertyAssertion")
)


def structural(triples: Iterable[Triple]) -> OntologyForm:
    """The ontology that the triples state; raises :class:`WritingError` (E604) for what OWL 2 cannot say."""
    return _Reader(Canonical(triples)).ontology()


class _Reader:
    def __init__(self, graph: Canonical) -> None:
        self.graph = graph
        self.expressions = StructuralExpressions(graph)
        self.kinds = {
            kind: {node for node, content in graph.content.items() if iri in content.get(TYPE, ())}
            for iri, kind in _ENTITIES.items()
        }
        self.objects = self.kinds["ObjectProperty"] | {
            node
            for node, content in graph.content.items()
            if not _CHARACTERISTICS.keys().isdisjoint(map(str, content.get(TYPE, ())))
        }
        self.expressions.data_properties = self.kinds["DataProperty"]
        self.expressions.datatypes = self.kinds["Datatype"]
        self._tables: dict[str, dict[str, Callable[[Node, Item], Form]]] = {}
        self.notes: dict[tuple[str, str, str], list[Node]] = {}
        self._index_notes()

    def ontology(self) -> OntologyForm:
        """Everything, axioms sorted by the writers."""
        headers = [node for node in self.graph.content if OWL + "Ontology" in self.graph.content[node].get(TYPE, ())]
        if len(headers) > 1:
            raise _refused("the file describes several ontologies", headers[1])
        header: Content = self.graph.content[headers[0]] if headers else {}
        axioms = [
            axiom
            for node, content in self.graph.content.items()
            if node not in headers
            for axiom in self._node(node, content)
        ]
        known = (TYPE, OWL + "versionIRI", OWL + "imports")
        notes = [
            note
            for p, values in header.items()
            if p not in known
            for v in values
            for note in self._header_note(headers[0], p, v)
        ]
        return OntologyForm(
            iri="" if not headers or is_blank(headers[0]) else headers[0],
            version=next((str(v) for v in header.get(OWL + "versionIRI", ())), ""),
            imports=tuple(map(str, header.get(OWL + "imports", ()))),
            annotations=tuple(notes),
            axioms=tuple(axioms),
        )

    # --- annotations -------------------------------------------------------------------------------------------------

    def _index_notes(self) -> None:
        for node, content in self.graph.content.items():
            kinds = content.get(TYPE, [])
            if OWL + "Axiom" in kinds or OWL + "Annotation" in kinds:
                if any(len(content.get(part, ())) != 1 for part in ABOUT):
                    raise _refused("an owl:Axiom needs one source, one property and one target", node)
                source, prop, target = (content[part][0] for part in ABOUT)
                self.notes.setdefault((str(source), str(prop), self.graph.key(target)), []).append(node)

    def _header_note(self, node: Node, predicate: str, value: Item) -> Iterator[Form]:
        for notes in self._annotations(node, predicate, value):
            yield Form("Annotation", (*notes, predicate, self._annotation_value(value)))

    def _annotations(self, node: Node, predicate: str, value: Item) -> list[tuple[Form, ...]]:
        """The annotations of the axiom that a triple states; several ``owl:Axiom`` make several axioms."""
        found = self.notes.get((node, predicate, self.graph.key(value)), ())
        return [self._notes_of(note, (TYPE, *ABOUT)) for note in found] or [()]

    def _notes_of(self, node: Node, known: Iterable[str]) -> tuple[Form, ...]:
        skip = set(known)
        return tuple(
            Form("Annotation", (*inner, predicate, self._annotation_value(value)))
            for predicate, values in self.graph.content[node].items()
            if predicate not in skip
            for value in values
            for inner in self._annotations(node, predicate, value)
        )

    def _annotation_value(self, value: Item) -> str | Literal:
        if isinstance(value, Items):
            raise _refused("an annotation has a list as its value", "")
        return value

    # --- statements --------------------------------------------------------------------------------------------------

    def _node(self, node: Node, content: Content) -> Iterator[Form]:
        kinds = set(map(str, content.get(TYPE, ())))
        if kinds & {OWL + "Axiom", OWL + "Annotation"}:
            return
        if kinds & _NODES:
            yield self._axiom_node(node, content, kinds)
        elif SWRL + "Imp" in kinds:
            yield self._rule(node, content)
        elif not self.expressions.is_structure(node):
            yield from self._statements(node, content)
        else:
            yield from self._about_expression(node, content)

    def _statements(self, node: Node, content: Content) -> Iterator[Form]:
        for predicate, values in content.items():
            read = self._type if predicate == TYPE else self._reader(node, predicate)
            for value in values:
                for axiom in read(node, value):
                    if axiom:
                        for notes in self._annotations(node, predicate, value):
                            yield Form(axiom.head, (*notes, *axiom.parts))

    def _about_expression(self, node: Node, content: Content) -> Iterator[Form]:
        """General class axioms: statements about a class that has no name."""
        for predicate in (SUB_CLASS, OWL + "equivalentClass", OWL + "disjointWith"):
            for value in content.get(predicate, ()):
                for axiom in self._reader(node, predicate)(node, value):
                    for notes in self._annotations(node, predicate, value):
                        yield Form(axiom.head, (*notes, *axiom.parts))
        if predicate := next((p for p in content if not self.expressions.is_part(p)), ""):
            raise _refused(f"{predicate} is stated of a class expression", node)

    def _type(self, node: Node, value: Item) -> Iterator[Form]:
        kind = str(value)
        if kind in _ENTITIES and not is_blank(node):
            yield Form("Declaration", (Form(_ENTITIES[kind], (node,)),))
        elif kind in _CHARACTERISTICS:
            yield Form(_CHARACTERISTICS[kind], (self.expressions.property(node),))
        elif kind == OWL + "FunctionalProperty":
            data = node in self.kinds["DataProperty"]
            yield Form("FunctionalDataProperty" if data else "FunctionalObjectProperty", (node,))
        elif isinstance(value, str) and (kind == OWL + "Thing" or not kind.startswith(RESERVED)):
            yield Form("ClassAssertion", (self.expressions.class_(value), node))
        elif kind not in _SKIPPED_TYPES and kind not in (RDFS + "Class", OWL + "NamedIndividual"):
            raise _refused(f"the type {kind} has no place in OWL", node)

    def _reader(self, node: Node, predicate: str) -> Callable[[Node, Item], Iterator[Form]]:
        annotation = node in self.kinds["AnnotationProperty"]
        kind = "Annotation" if annotation else "Data" if node in self.kinds["DataProperty"] else "Object"
        if kind not in self._tables:
            self._tables[kind] = {**self._class_axioms(), **self._property_axioms(kind)}
        made = self._tables[kind].get(predicate) or self._assertion(predicate)
        return lambda n, v: iter((made(n, v),))

    def _class_axioms(self) -> dict[str, Callable[[Node, Item], Form]]:
        e = self.expressions
        return {
            SUB_CLASS: lambda n, v: Form("SubClassOf", (e.class_(n), e.class_(v))),
            OWL + "equivalentClass": self._equivalent,
            OWL + "disjointWith": lambda n, v: Form("DisjointClasses", (e.class_(n), e.class_(v))),
            OWL + "disjointUnionOf": lambda n, v: Form("DisjointUnion", (n, *map(e.class_, e.members(v)))),
            OWL + "hasKey": self._key,
            OWL + "sameAs": lambda n, v: Form("SameIndividual", (n, str(v))),
            OWL + "differentFrom": lambda n, v: Form("DifferentIndividuals", (n, str(v))),
        }

    def _property_axioms(self, kind: str) -> dict[str, Callable[[Node, Item], Form]]:
        """Readers for properties of a kind: ``Object``, ``Data`` or ``Annotation``."""
        e = self.expressions

        def pair(head: str) -> Callable[[Node, Item], Form]:
            return lambda n, v: Form(head, (e.property(n), e.property(v)))

        def filler(value: Item) -> Form | str:
            return str(value) if kind == "Annotation" else e.range(value) if kind == "Data" else e.class_(value)

        def domain(n: Node, v: Item) -> Form:
            return Form(f"{kind}PropertyDomain", (e.property(n), str(v) if kind == "Annotation" else e.class_(v)))

        def chain(n: Node, v: Item) -> Form:
            return Form("SubObjectPropertyOf", (Form("ObjectPropertyChain", tuple(map(e.property, e.members(v)))), n))

        return {
            SUB_PROPERTY: pair(f"Sub{kind}PropertyOf"),
            OWL + "equivalentProperty": pair(f"Equivalent{kind}Properties"),
            OWL + "propertyDisjointWith": pair(f"Disjoint{kind}Properties"),
            OWL + "inverseOf": pair("InverseObjectProperties"),
            OWL + "propertyChainAxiom": chain,
            DOMAIN: domain,
            RANGE: lambda n, v: Form(f"{kind}PropertyRange", (e.property(n), filler(v))),
        }

    def _assertion(self, predicate: str) -> Callable[[Node, Item], Form]:
        if predicate in self.objects:
            return lambda n, v: Form("ObjectPropertyAssertion", (predicate, n, self._one(v, n)))
        if predicate in self.kinds["DataProperty"]:
            return lambda n, v: Form("DataPropertyAssertion", (predicate, n, self._one(v, n)))
        if (
            predicate in self.kinds["AnnotationProperty"]
            or predicate in BUILT_IN_ANNOTATIONS
            or predicate.startswith(ANNOTATION_NAMESPACES)
        ):
            return lambda n, v: Form("AnnotationAssertion", (predicate, n, self._one(v, n)))
        raise _refused(f"the property {predicate} is not declared", predicate)

    def _one(self, value: Item, node: Node) -> str | Literal:
        if isinstance(value, Items):
            raise _refused("a list stands where a value is needed", node)
        return value

    def _equivalent(self, node: Node, value: Item) -> Form:
        if node in self.kinds["Datatype"]:
            return Form("DatatypeDefinition", (node, self.expressions.range(value)))
        return Form("EquivalentClasses", (self.expressions.class_(node), self.expressions.class_(value)))

    def _key(self, node: Node, value: Item) -> Form:
        found = [
            (member in self.kinds["DataProperty"], self.expressions.property(member))
            for member in self.expressions.members(value)
        ]
        groups = (Form("", tuple(p for data, p in found if data == wanted)) for wanted in (False, True))
        return Form("HasKey", (self.expressions.class_(node), *groups))

    # --- axioms with a node of their own -----------------------------------------------------------------------------

    def _axiom_node(self, node: Node, content: Content, kinds: set[str]) -> Form:
        e = self.expressions
        parts = (
            "members",
            "distinctMembers",
            "sourceIndividual",
            "assertionProperty",
            "targetIndividual",
            "targetValue",
        )
        notes = self._notes_of(node, [TYPE, *(OWL + part for part in parts)])
        lists = [*content.get(OWL + "members", ()), *content.get(OWL + "distinctMembers", ())]
        members = [member for found in lists for member in e.members(found)]
        if OWL + "AllDisjointClasses" in kinds:
            return Form("DisjointClasses", (*notes, *map(e.class_, members)))
        if OWL + "AllDisjointProperties" in kinds:
            kind = "Data" if any(member in self.kinds["DataProperty"] for member in members) else "Object"
            return Form(f"Disjoint{kind}Properties", (*notes, *map(e.property, members)))
        if OWL + "AllDifferent" in kinds:
            return Form("DifferentIndividuals", (*notes, *map(str, members)))
        try:
            source, prop = content[OWL + "sourceIndividual"][0], content[OWL + "assertionProperty"][0]
            data = OWL + "targetValue" in content
            value = content[OWL + ("targetValue" if data else "targetIndividual")][0]
        except (KeyError, IndexError):
            raise _refused("a negative assertion lacks a part", node) from None
        head = f"Negative{'Data' if data else 'Object'}PropertyAssertion"
        return Form(head, (*notes, e.property(prop), str(source), self._one(value, node)))

    # --- rules -------------------------------------------------------------------------------------------------------

    def _rule(self, node: Node, content: Content) -> Form:
        notes = self._notes_of(node, (TYPE, SWRL + "body", SWRL + "head"))
        sides = []
        for side in ("body", "head"):
            values = content.get(SWRL + side, [Items(())])
            atoms = tuple(self._atom(atom) for value in values for atom in self.expressions.members(value))
            sides.append(Form(side.capitalize(), atoms))
        return Form("DLSafeRule", (*notes, *sides))

    def _atom(self, atom: Item) -> Form:
        e = self.expressions
        content: Content = self.graph.content.get(atom, {}) if isinstance(atom, str) else {}
        kind = next((str(k).removeprefix(SWRL) for k in content.get(TYPE, ())), "")

        def value(role: str) -> Item:
            found = content.get(SWRL + role, ())
            if len(found) != 1:
                raise _refused(f"an atom of a rule lacks its {role}", str(atom))
            return found[0]

        if kind == "ClassAtom":
            return Form(kind, (e.class_(value("classPredicate")), self._argument(value("argument1"))))
        if kind == "DataRangeAtom":
            return Form(kind, (e.range(value("dataRange")), self._argument(value("argument1"))))
        if kind == "BuiltinAtom":
            arguments = map(self._argument, e.members(value("arguments")))
            return Form("BuiltInAtom", (str(value("builtin")), *arguments))
        pair = (self._argument(value("argument1")), self._argument(value("argument2"))) if kind else ()
        if kind == "IndividualPropertyAtom":
            return Form("ObjectPropertyAtom", (e.property(value("propertyPredicate")), *pair))
        if kind == "DatavaluedPropertyAtom":
            return Form("DataPropertyAtom", (e.property(value("propertyPredicate")), *pair))
        if kind in ("SameIndividualAtom", "DifferentIndividualsAtom"):
            return Form(kind, pair)
        raise _refused(f"a rule holds an atom of the kind {kind or 'none'}", str(atom))

    def _argument(self, value: Item) -> Form | str | Literal:
        if isinstance(value, str) and SWRL + "Variable" in self.graph.content.get(value, {}).get(TYPE, ()):
            return Form("Variable", (value,))
        return self._one(value, "")


def _refused(what: str, node: Node) -> WritingError:
    about = f" ({node})" if node and not is_blank(node) else ""
    return WritingError(f"{what}{about}", code="E604", hint="mend it, or write Turtle or RDF/XML")
