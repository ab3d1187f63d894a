"""IRIs of the standards that the readers look for."""

from __future__ import annotations

import re

from reasoner.model.term import XSD

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SWRL = "http://www.w3.org/2003/11/swrl#"
SWRLB = "http://www.w3.org/2003/11/swrlb#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
DC = "http://purl.org/dc/elements/1.1/"
OBO_IN_OWL = "http://www.geneontology.org/formats/oboInOwl#"

TYPE, FIRST, REST, NIL = RDF + "type", RDF + "first", RDF + "rest", RDF + "nil"
SUB_CLASS, SUB_PROPERTY, DOMAIN, RANGE = (
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
    RDFS + "domain",
    RDFS + "range",
)
SOURCE, PROPERTY, TARGET = OWL + "annotatedSource", OWL + "annotatedProperty", OWL + "annotatedTarget"

#: What things are called and described by.
LABEL, COMMENT = RDFS + "label", RDFS + "comment"
SYNONYM, DEFINITION = SKOS + "altLabel", SKOS + "definition"
IDENTIFIER = OBO_IN_OWL + "hasDbXref"

#: Namespaces whose terms mean something to OWL, so that none of them is an ordinary class or property.
RESERVED = (RDF, RDFS, OWL, XSD, SWRL, SWRLB)
#: Annotation properties that OWL 2 declares itself.
BUILT_IN_ANNOTATIONS = frozenset(
    [RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")]
    + [
        OWL + name
        for name in ("versionInfo", "deprecated", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
    ]
)
#: Namespaces of annotation vocabularies: a property of theirs that is not declared is taken for an annotation.
ANNOTATION_NAMESPACES = (SKOS, DCTERMS, DC, OBO_IN_OWL)

#: What no IRI may hold: the OWL tools cannot carry it, and one of them then shows an empty ontology.
BAD_IRI = re.compile(
    '[\\x00-\\x20<>"{}|\\\\^`\\x7f-\\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]|%(?![0-9A-Fa-f]{2})|#.*#'
)
