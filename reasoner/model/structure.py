"""OWL's structural form: axioms and expressions as the functional syntax writes them.

A leaf is an IRI in full, a blank node ``_:label``, a literal or a number.  An axiom's annotations are its first parts.
"""

from __future__ import annotations

from typing import NamedTuple

from reasoner.model.term import Literal


class Form(NamedTuple):
    """A constructor with its parts, such as ``SubClassOf(a b)``."""

    head: str
    parts: tuple[FormPart, ...]


#: A part of a constructor: a constructor itself, or a leaf.
FormPart = Form | str | Literal | int

#: What each part of a constructor is, by letter; the last letter repeats before ``*``.  C class, P object property,
#: D data property, A annotation property, I individual, R data range, L literal, N number, V annotation value,
#: U bare IRI, X argument of a rule, B any form.
GRAMMAR = {
    "Annotation": "AV",
    "SubClassOf": "CC", "EquivalentClasses": "C*", "DisjointClasses": "C*", "DisjointUnion": "C*",
    "SubObjectPropertyOf": "PP", "ObjectPropertyChain": "P*", "EquivalentObjectProperties": "P*",
    "DisjointObjectProperties": "P*", "InverseObjectProperties": "PP", "ObjectPropertyDomain": "PC",
    "ObjectPropertyRange": "PC", "FunctionalObjectProperty": "P", "InverseFunctionalObjectProperty": "P",
    "ReflexiveObjectProperty": "P", "IrreflexiveObjectProperty": "P", "SymmetricObjectProperty": "P",
    "AsymmetricObjectProperty": "P", "TransitiveObjectProperty": "P",
    "SubDataPropertyOf": "DD", "EquivalentDataProperties": "D*", "DisjointDataProperties": "D*",
    "DataPropertyDomain": "DC", "DataPropertyRange": "DR", "FunctionalDataProperty": "D", "DatatypeDefinition": "RR",
    "SameIndividual": "I*", "DifferentIndividuals": "I*", "ClassAssertion": "CI", "ObjectPropertyAssertion": "PII",
    "NegativeObjectPropertyAssertion": "PII", "DataPropertyAssertion": "DIL", "NegativeDataPropertyAssertion": "DIL",
    "AnnotationAssertion": "AVV", "SubAnnotationPropertyOf": "AA", "AnnotationPropertyDomain": "AU",
    "AnnotationPropertyRange": "AU",
    "ObjectIntersectionOf": "C*", "ObjectUnionOf": "C*", "ObjectComplementOf": "C", "ObjectOneOf": "I*",
    "ObjectSomeValuesFrom": "PC", "ObjectAllValuesFrom": "PC", "ObjectHasValue": "PI", "ObjectHasSelf": "P",
    "ObjectMinCardinality": "NPC", "ObjectMaxCardinality": "NPC", "ObjectExactCardinality": "NPC",
    "ObjectInverseOf": "P",
    "DataSomeValuesFrom": "DR", "DataAllValuesFrom": "DR", "DataHasValue": "DL", "DataMinCardinality": "NDR",
    "DataMaxCardinality": "NDR", "DataExactCardinality": "NDR",
    "DataIntersectionOf": "R*", "DataUnionOf": "R*", "DataComplementOf": "R", "DataOneOf": "L*",
    "DatatypeRestriction": "RB*", "FacetRestriction": "UL",
    "DLSafeRule": "BB", "Body": "B*", "Head": "B*", "Variable": "U",
    "ClassAtom": "CX", "DataRangeAtom": "RX", "ObjectPropertyAtom": "PXX", "DataPropertyAtom": "DXX",
    "SameIndividualAtom": "XX", "DifferentIndividualsAtom": "XX", "BuiltInAtom": "UX*",
    "Class": "U", "ObjectProperty": "U", "DataProperty": "U", "AnnotationProperty": "U", "NamedIndividual": "U",
    "Datatype": "U", "Declaration": "B", "Import": "U",
}  # fmt: skip


def letter(head: str, place: int) -> str:
    """The letter of a part, annotations not counted; empty where the constructor takes none.

    >>> letter("SubClassOf", 1), letter("ObjectUnionOf", 7), letter("SubClassOf", 2)
    ('C', 'C', '')
    """
    letters = GRAMMAR.get(head, "")
    if letters.endswith("*"):
        letters = letters[:-1]
        return letters[min(place, len(letters) - 1)]
    return letters[place] if place < len(letters) else ""


class OntologyForm(NamedTuple):
    """A whole ontology in structural form."""

    iri: str = ""
    version: str = ""
    imports: tuple[str, ...] = ()
    annotations: tuple[Form, ...] = ()
    axioms: tuple[Form, ...] = ()
