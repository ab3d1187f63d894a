"""OWL's structural form to triples, by the mapping of the OWL 2 recommendation; SWRL rules as Protégé writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise

from reasoner.model.iris import (
    DOMAIN,
    OWL,
    PROPERTY,
    RANGE,
    RDFS,
    SOURCE,
    SUB_CLASS,
    SUB_PROPERTY,
    SWRL,
    TARGET,
    TYPE,
)
from reasoner.model.structure import Form, FormPart, OntologyForm
from reasoner.model.term import Literal
from reasoner.model.triple import Node, Triple, Value
from reasoner.reading.rdf.structural_nodes import Nodes

#: Axioms that are one triple between their two parts.
_PAIRS = {
    "SubClassOf": SUB_CLASS,
    "SubDataPropertyOf": SUB_PROPERTY,
    "SubAnnotationPropertyOf": SUB_PROPERTY,
    "InverseObjectProperties": OWL + "inverseOf",
    "ObjectPropertyDomain": DOMAIN,
    "DataPropertyDomain": DOMAIN,
    "AnnotationPropertyDomain": DOMAIN,
    "ObjectPropertyRange": RANGE,
    "DataPropertyRange": RANGE,
    "AnnotationPropertyRange": RANGE,
    "DatatypeDefinition": OWL + "equivalentClass",
}
#: Axioms over any number of parts that are a chain of triples.
_CHAINS = {
    "EquivalentClasses": OWL + "equivalentClass",
    "EquivalentObjectProperties": OWL + "equivalentProperty",
    "EquivalentDataProperties": OWL + "equivalentProperty",
    "SameIndividual": OWL + "sameAs",
}
#: Axioms that are one triple over two parts, and a node of their own over more: predicate, type, property of the list.
_GROUPS = {
    "DisjointClasses": (OWL + "disjointWith", OWL + "AllDisjointClasses"),
    "DisjointObjectProperties": (OWL + "propertyDisjointWith", OWL + "AllDisjointProperties"),
    "DisjointDataProperties": (OWL + "propertyDisjointWith", OWL + "AllDisjointProperties"),
    "DifferentIndividuals": (OWL + "differentFrom", OWL + "AllDifferent"),
}
_CHARACTERISTICS = {
    f"{name}ObjectProperty": OWL + f"{name}Property"
    for name in ("Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Reflexive", "Irreflexive", "Transitive")
} | {"FunctionalDataProperty": OWL + "FunctionalProperty"}
_ENTITIES = {
    "Class": OWL + "Class",
    "ObjectProperty": OWL + "ObjectProperty",
    "DataProperty": OWL + "DatatypeProperty",
    "AnnotationProperty": OWL + "AnnotationProperty",
    "NamedIndividual": OWL + "NamedIndividual",
    "Datatype": RDFS + "Datatype",
}


def structural_triples(ontology: OntologyForm, file: str) -> list[Triple]:
    """The triples of an ontology; raises :class:`ReadingError` (E107) for a form that OWL does not have."""
    writer = _Writer(file)
    writer.header(ontology)
    for axiom in ontology.axioms:
        writer.axiom(axiom)
    return writer.nodes.triples


class _Writer:
    def __init__(self, file: str) -> None:
        self.nodes = Nodes(file)

    def header(self, ontology: OntologyForm) -> None:
        node = ontology.iri or self.nodes.blank()
        self.nodes.add(node, TYPE, OWL + "Ontology")
        if ontology.version:
            self.nodes.add(node, OWL + "versionIRI", ontology.version)
        for iri in ontology.imports:
            self.nodes.add(node, OWL + "imports", iri)
        self._annotate_node(node, ontology.annotations)

    def axiom(self, axiom: Form) -> None:
        """Write one axiom with its annotations."""
        notes = [part for part in axiom.parts if isinstance(part, Form) and part.head == "Annotation"]
        parts = [part for part in axiom.parts if part not in notes]
        head, term = axiom.head, self.nodes.term
        if head in _PAIRS:
            first, second = self._exactly(axiom, parts, 2)
            self._statement(term(first), _PAIRS[head], term(second), notes)
        elif head in _CHAINS:
            nodes = [term(part) for part in parts]
            for left, right in pairwise(nodes):
                self._statement(left, _CHAINS[head], right, notes)
        elif head in _GROUPS:
            self._group(axiom, parts, notes)
        elif head in _CHARACTERISTICS:
            self._statement(term(self._exactly(axiom, parts, 1)[0]), TYPE, _CHARACTERISTICS[head], notes)
        else:
            self._other(axiom, parts, notes)

    def _other(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        handlers: dict[str, Callable[[Form, list[FormPart], list[Form]], None]] = {
            "Declaration": self._declaration,
            "SubObjectPropertyOf": self._sub_property,
            "DisjointUnion": self._disjoint_union,
            "HasKey": self._key,
            "ClassAssertion": self._class_assertion,
            "ObjectPropertyAssertion": self._assertion,
            "DataPropertyAssertion": self._assertion,
            "AnnotationAssertion": self._assertion,
            "NegativeObjectPropertyAssertion": self._negative,
            "NegativeDataPropertyAssertion": self._negative,
            "DLSafeRule": self._rule,
        }
        if axiom.head not in handlers:
            self.nodes.fail(f"{axiom.head or 'a bare list'} is no axiom that is known")
        handlers[axiom.head](axiom, parts, notes)

    def _declaration(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        entity = self._exactly(axiom, parts, 1)[0]
        if not isinstance(entity, Form) or entity.head not in _ENTITIES or len(entity.parts) != 1:
            self.nodes.fail("a declaration names no entity")
        self._statement(self.nodes.term(entity.parts[0]), TYPE, _ENTITIES[entity.head], notes)

    def _sub_property(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        first, second = self._exactly(axiom, parts, 2)
        if isinstance(first, Form) and first.head == "ObjectPropertyChain":
            chain = self.nodes.list([self.nodes.term(link) for link in first.parts])
            self._statement(self.nodes.term(second), OWL + "propertyChainAxiom", chain, notes)
        else:
            self._statement(self.nodes.term(first), SUB_PROPERTY, self.nodes.term(second), notes)

    def _disjoint_union(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        nodes = [self.nodes.term(part) for part in parts]
        self._statement(nodes[0], OWL + "disjointUnionOf", self.nodes.list(nodes[1:]), notes)

    def _key(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        cls, *groups = parts
        keys = [key for group in groups if isinstance(group, Form) for key in group.parts]
        self._statement(
            self.nodes.term(cls), OWL + "hasKey", self.nodes.list([self.nodes.term(key) for key in keys]), notes
        )

    def _class_assertion(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        cls, individual = self._exactly(axiom, parts, 2)
        self._statement(self.nodes.term(individual), TYPE, self.nodes.term(cls), notes)

    def _assertion(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        prop, subject, value = self._exactly(axiom, parts, 3)
        if isinstance(prop, Form) and prop.head == "ObjectInverseOf" and len(prop.parts) == 1:
            prop, subject, value = prop.parts[0], value, subject
        self._statement(self.nodes.term(subject), str(self.nodes.term(prop)), self.nodes.term(value), notes)

    def _negative(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        prop, subject, value = (self.nodes.term(part) for part in self._exactly(axiom, parts, 3))
        node = self.nodes.blank()
        target = "targetValue" if axiom.head == "NegativeDataPropertyAssertion" else "targetIndividual"
        self.nodes.add(node, TYPE, OWL + "NegativePropertyAssertion")
        for role, part in (("sourceIndividual", subject), ("assertionProperty", prop), (target, value)):
            self.nodes.add(node, OWL + role, part)
        self._annotate_node(node, notes)

    def _group(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        nodes = [self.nodes.term(part) for part in parts]
        predicate, kind = _GROUPS[axiom.head]
        if len(nodes) == 2:
            self._statement(nodes[0], predicate, nodes[1], notes)
            return
        node = self.nodes.blank()
        self.nodes.add(node, TYPE, kind)
        self.nodes.add(node, OWL + "members", self.nodes.list(nodes))
        self._annotate_node(node, notes)

    # --- rules -------------------------------------------------------------------------------------------------------

    def _rule(self, axiom: Form, parts: list[FormPart], notes: list[Form]) -> None:
        node = self.nodes.blank()
        self.nodes.add(node, TYPE, SWRL + "Imp")
        self._annotate_node(node, notes)
        for side in ("Body", "Head"):
            found = [part for part in parts if isinstance(part, Form) and part.head == side]
            atoms: list[Value] = [self._atom(atom) for form in found for atom in form.parts]
            self.nodes.add(node, SWRL + side.lower(), self.nodes.list(atoms))

    def _atom(self, atom: FormPart) -> Node:
        if not isinstance(atom, Form):
            self.nodes.fail("a rule holds something that is no atom")
        head, parts = atom.head, list(atom.parts)
        node = self.nodes.blank()
        kinds = {
            "ClassAtom": ("ClassAtom", "classPredicate"),
            "DataRangeAtom": ("DataRangeAtom", "dataRange"),
            "ObjectPropertyAtom": ("IndividualPropertyAtom", "propertyPredicate"),
            "DataPropertyAtom": ("DatavaluedPropertyAtom", "propertyPredicate"),
            "SameIndividualAtom": ("SameIndividualAtom", ""),
            "DifferentIndividualsAtom": ("DifferentIndividualsAtom", ""),
            "BuiltInAtom": ("BuiltinAtom", "builtin"),
        }
        if head not in kinds:
            self.nodes.fail(f"{head} is no atom of a rule")
        kind, role = kinds[head]
        self.nodes.add(node, TYPE, SWRL + kind)
        if role:
            if not parts:
                self.nodes.fail(f"{head} has no parts")
            self.nodes.add(node, SWRL + role, self.nodes.term(parts.pop(0)))
        arguments = [self._argument(part) for part in parts]
        if head == "BuiltInAtom":
            self.nodes.add(node, SWRL + "arguments", self.nodes.list(arguments))
        else:
            for number, argument in enumerate(arguments, 1):
                self.nodes.add(node, f"{SWRL}argument{number}", argument)
        return node

    def _argument(self, part: FormPart) -> Value:
        if isinstance(part, Form) and part.head == "Variable" and len(part.parts) == 1:
            variable = str(part.parts[0])
            self.nodes.add(variable, TYPE, SWRL + "Variable")
            return variable
        return self.nodes.term(part)

    # --- statements and annotations ----------------------------------------------------------------------------------

    def _statement(self, subject: Value, predicate: str, value: Value, notes: Iterable[Form]) -> None:
        if isinstance(subject, Literal):
            self.nodes.fail("a literal stands where a subject is needed")
        self.nodes.add(subject, predicate, value)
        notes = list(notes)
        if notes:
            self._remark(OWL + "Axiom", subject, predicate, value, notes)

    def _remark(self, kind: str, subject: Node, predicate: str, value: Value, notes: Iterable[Form]) -> None:
        """An ``owl:Axiom``, or an ``owl:Annotation`` for what annotates an annotation."""
        node = self.nodes.blank()
        for part, filler in ((TYPE, kind), (SOURCE, subject), (PROPERTY, predicate), (TARGET, value)):
            self.nodes.add(node, part, filler)
        self._annotate_node(node, notes)

    def _annotate_node(self, node: Node, notes: Iterable[Form]) -> None:
        for note in notes:
            inner = [part for part in note.parts if isinstance(part, Form)]
            rest = [part for part in note.parts if not isinstance(part, Form)]
            if len(rest) != 2 or isinstance(rest[0], Literal):
                self.nodes.fail("an annotation needs a property and a value")
            predicate, value = str(rest[0]), self.nodes.term(rest[1])
            self.nodes.add(node, predicate, value)
            if inner:
                self._remark(OWL + "Annotation", node, predicate, value, inner)

    def _exactly(self, axiom: Form, parts: list[FormPart], count: int) -> list[FormPart]:
        if len(parts) != count:
            self.nodes.fail(f"{axiom.head} needs {count} parts, it has {len(parts)}")
        return parts
