"""OWL/XML: the structural form as elements, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reasoner.errors import WritingError
from reasoner.model.structure import Form, FormPart, letter
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Triple, is_blank
from reasoner.writing.functional import axiom_rank
from reasoner.writing.prefixed_names import PREFIXES, checked
from reasoner.writing.rdf_xml import attribute, character_data
from reasoner.writing.structural import structural

_LEAVES = {
    "C": "Class",
    "P": "ObjectProperty",
    "D": "DataProperty",
    "A": "AnnotationProperty",
    "I": "NamedIndividual",
    "X": "NamedIndividual",
    "R": "Datatype",
}
_ENTITIES = frozenset({*_LEAVES.values(), "Variable"})
_COUNTED = ("Min", "Max", "Exact")


def owl_xml(triples: Iterable[Triple]) -> str:
    """The triples as OWL/XML; raises :class:`~reasoner.errors.WritingError` for what it cannot hold."""
    ontology = structural(triples)
    axioms = sorted({(axiom_rank(axiom), tuple(_element(axiom, 1))) for axiom in ontology.axioms})
    attributes = [f"xmlns={attribute('http://www.w3.org/2002/07/owl#')}"]
    if ontology.iri:
        attributes += [f"xml:base={attribute(ontology.iri)}", f"ontologyIRI={attribute(checked(ontology.iri))}"]
    if ontology.version:
        attributes.append(f"versionIRI={attribute(checked(ontology.version))}")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append("<Ontology " + "\n          ".join(attributes) + ">")
    lines += [f"    <Prefix name={attribute(p)} IRI={attribute(iri)}/>" for p, iri in PREFIXES.items()]
    lines += [f"    <Import>{character_data(checked(iri))}</Import>" for iri in sorted(ontology.imports)]
    for note in sorted(tuple(_element(note, 1)) for note in ontology.annotations):
        lines += note
    for _, axiom in axioms:
        lines += axiom
    return "\n".join([*lines, "</Ontology>", ""])


def _element(form: Form, depth: int) -> Iterator[str]:
    lead = "    " * depth
    head, parts = form.head, list(form.parts)
    if head in _ENTITIES:
        yield f"{lead}<{head} IRI={_iri(parts[0])}/>"
        return
    attributes = ""
    if any(head.endswith(f"{name}Cardinality") for name in _COUNTED):
        attributes = f' cardinality="{parts.pop(0)}"'
    elif head == "FacetRestriction":
        attributes = f" facet={_iri(parts.pop(0))}"
    elif head == "BuiltInAtom":
        attributes = f" IRI={_iri(parts.pop(0))}"
    if not parts:
        yield f"{lead}<{head}{attributes}/>"
        return
    yield f"{lead}<{head}{attributes}>"
    skipped = len(form.parts) - len(parts)
    notes = (
        sum(isinstance(part, Form) and part.head == "Annotation" for part in parts)
        if head != "Annotation"
        else (sum(isinstance(part, Form) for part in parts))
    )
    for place, part in enumerate(parts):
        yield from _part(head, part, place - notes + skipped, depth + 1)
    yield f"{lead}</{head}>"


def _part(head: str, part: FormPart, place: int, depth: int) -> Iterator[str]:
    lead = "    " * depth
    if isinstance(part, Form):
        if part.head:
            yield from _element(part, depth)
        else:  # the two lists of a key
            for member in part.parts:
                yield from _part("ObjectPropertyChain" if place == 1 else "EquivalentDataProperties", member, 0, depth)
    elif isinstance(part, Literal):
        yield f"{lead}<Literal{_literal_attributes(part)}>{character_data(part.lexical)}</Literal>"
    elif isinstance(part, int):
        raise WritingError(f"a number stands in {head}", code="E604")
    elif is_blank(part):
        yield f"{lead}<AnonymousIndividual nodeID={attribute(part)}/>"
    else:
        kind = "C" if head == "HasKey" else letter(head, place)
        if kind in _LEAVES:
            yield f"{lead}<{_LEAVES[kind]} IRI={_iri(part)}/>"
        else:
            yield f"{lead}<IRI>{character_data(checked(part))}</IRI>"


def _iri(part: FormPart) -> str:
    return attribute(checked(str(part)))


def _literal_attributes(literal: Literal) -> str:
    if literal.language:
        return f" xml:lang={attribute(literal.language)}"
    return "" if literal.datatype == XSD + "string" else f" datatypeIRI={attribute(checked(literal.datatype))}"
