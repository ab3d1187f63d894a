"""What a set of files declares: names by kind, and what to say of a name that is not declared."""

from __future__ import annotations

from functools import cached_property

from reasoner.model.axiom import NOTHING, THING
from reasoner.model.iris import ANNOTATION_NAMESPACES, BUILT_IN_ANNOTATIONS, OWL, RDF, RDFS
from reasoner.model.names import nearest
from reasoner.model.term import XSD
from reasoner.model.triple import Node
from reasoner.reading.owl.sorted_triples import SortedTriples

_CLASS = frozenset({OWL + "Class", RDFS + "Class"})
_DATATYPE = frozenset({RDFS + "Datatype", OWL + "DataRange"})
#: Characteristics that only object properties have, so that they declare one.
OBJECT_CHARACTERISTICS = frozenset(
    OWL + f"{kind}Property"
    for kind in ("InverseFunctional", "Symmetric", "Asymmetric", "Reflexive", "Irreflexive", "Transitive")
)
_OBJECT = OBJECT_CHARACTERISTICS | {OWL + "ObjectProperty"}
_TOP_AND_BOTTOM_OBJECT = frozenset({OWL + "topObjectProperty", OWL + "bottomObjectProperty"})
_TOP_AND_BOTTOM_DATA = frozenset({OWL + "topDataProperty", OWL + "bottomDataProperty"})
_BUILT_IN_DATATYPES = frozenset({RDFS + "Literal", RDF + "langString", RDF + "PlainLiteral", RDF + "XMLLiteral"})


class Declarations:
    """Full IRIs by kind; one may be a class and an individual, but not a datatype too, and one kind of property."""

    def __init__(self, triples: SortedTriples) -> None:
        self.triples = triples
        self.classes: set[Node] = set()
        self.datatypes: set[Node] = set()
        self.object_properties: set[Node] = set()
        self.data_properties: set[Node] = set()
        self.annotation_properties: set[Node] = set()
        self.individuals: dict[Node, None] = {}
        self._reported: set[tuple[str, Node]] = set()

    def collect(self) -> None:
        """Sort the declared names; one for two kinds of property, or for class and datatype, is a fault."""
        for node, kinds in self.triples.kinds.items():
            if kinds & _CLASS and not kinds & _DATATYPE:
                self.classes.add(node)
            if kinds & _DATATYPE:
                self.datatypes.add(node)
                if OWL + "Class" in kinds:
                    self._twofold(node, "class and datatype", "give the class and the datatype names of their own")
            self._collect_property(node, kinds)
            if OWL + "NamedIndividual" in kinds or THING in kinds or NOTHING in kinds:
                self.individuals[node] = None
        for node, value in self.triples.types:
            if value not in self.classes or node not in self.classes:
                self.individuals[node] = None

    def _collect_property(self, node: Node, kinds: set[str]) -> None:
        found = [
            (kinds & _OBJECT, self.object_properties, "object"),
            (kinds & {OWL + "DatatypeProperty"}, self.data_properties, "data"),
            (kinds & {OWL + "AnnotationProperty"}, self.annotation_properties, "annotation"),
        ]
        named = [kind for hit, _, kind in found if hit]
        for hit, names, _ in found:
            if hit:
                names.add(node)
        if len(named) > 1:
            self._twofold(node, f"{' and '.join(named)} property", "give each kind of property its own name")

    def _twofold(self, node: Node, kinds: str, hint: str) -> None:
        self.triples.fault(f"{self.triples.name(node)} is declared as {kinds}", code="E305", hint=hint, about=node)

    def is_class(self, iri: Node) -> bool:
        """Whether the class is known; reports it once, with the nearest name, if not."""
        if iri in self.classes or iri in (THING, NOTHING):
            return True
        self._undeclared("class", "E302", iri, self.classes)
        return False

    def is_datatype(self, iri: Node) -> bool:
        """Whether the IRI names a datatype, declared or built in."""
        return iri.startswith(XSD) or iri in self.datatypes or iri in _BUILT_IN_DATATYPES or iri == OWL + "real"

    def is_object_property(self, iri: Node) -> bool:
        """Whether the IRI names an object property, declared or built in."""
        return iri in self.object_properties or iri in _TOP_AND_BOTTOM_OBJECT

    def is_data_property(self, iri: Node) -> bool:
        """Whether the IRI names a data property, declared or built in."""
        return iri in self.data_properties or iri in _TOP_AND_BOTTOM_DATA

    def is_annotation_property(self, iri: Node) -> bool:
        """Whether the IRI names an annotation property: declared, built in, or of a well-known vocabulary."""
        return iri in self.annotation_properties or iri in BUILT_IN_ANNOTATIONS or iri.startswith(ANNOTATION_NAMESPACES)

    def undeclared_property(self, iri: Node) -> None:
        """Report a property that no file declares, once, with the nearest known names."""
        known = self.object_properties | self.data_properties | self.annotation_properties
        self._undeclared("property", "E301", iri, known)

    def _undeclared(self, kind: str, code: str, iri: Node, known: set[Node]) -> None:
        if (code, iri) in self._reported:
            return
        self._reported.add((code, iri))
        name = self.triples.name(iri)
        near = nearest(name, sorted(self.triples.name(other) for other in known))
        declared = f"declare it, or did you mean {', '.join(near)}?" if near else f"declare it as a {kind}"
        file, subject = self._users.get(iri, ("", ""))
        message, words = f"the {kind} {name} is not declared", (subject, iri) if subject else (iri,)
        self.triples.fault(message, code=code, hint=declared, about=iri, words=words, file=file)

    @cached_property
    def _users(self) -> dict[str, tuple[str, Node]]:
        """For each name that is used the first file that uses it, and of which subject."""
        found: dict[str, tuple[str, Node]] = {}
        for ontology_file in self.triples.loaded:
            for subject, predicate, value in ontology_file.triples:
                for used in (predicate, value) if isinstance(value, str) else (predicate,):
                    found.setdefault(used, (str(ontology_file.path), subject))
        return found
