"""OWL/XML to structural form.  The data has passed :mod:`reasoner.reading.rdf.xml_guard` before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from urllib.parse import urljoin
from xml.parsers import expat

from reasoner.errors import ReadingError, Span
from reasoner.model.iris import OWL, RDF
from reasoner.model.structure import Form, FormPart, OntologyForm
from reasoner.model.term import XSD, Literal

_ENTITIES = frozenset({"Class", "ObjectProperty", "DataProperty", "AnnotationProperty", "NamedIndividual", "Datatype"})
_XML = "http://www.w3.org/XML/1998/namespace "
#: Elements whose text counts.
_WITH_TEXT = frozenset({"IRI", "AbbreviatedIRI", "Literal", "Import"})


@dataclass
class _Element:
    name: str
    attributes: dict[str, str]
    base: str
    place: Span
    parts: list[tuple[str, FormPart]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


def owl_xml_form(data: bytes, file: str) -> OntologyForm:
    """The ontology of a file; raises :class:`ReadingError` (E107) with its line."""
    return _Parser(file).read(data)


class _Parser:
    def __init__(self, file: str) -> None:
        self.file = file
        self.prefixes: dict[str, str] = {}
        self.stack: list[_Element] = []
        self.found: OntologyForm | None = None
        self.expat = expat.ParserCreate("utf-8", " ")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._data

    def read(self, data: bytes) -> OntologyForm:
        try:
            self.expat.Parse(data, True)
        except expat.ExpatError as error:
            message = expat.errors.messages[error.code]
            self._fail(f"the XML is not well-formed: {message}", Span(self.file, error.lineno, error.offset + 1))
        if self.found is None:
            self._fail("the file holds no Ontology element", Span(self.file))
        return self.found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        span = Span(self.file, self.expat.CurrentLineNumber, self.expat.CurrentColumnNumber + 1)
        namespace, _, local = name.rpartition(" ")
        if namespace + "#" != OWL and namespace != OWL:
            self._fail(f"{name} is no element of OWL/XML", span)
        outer = self.stack[-1].base if self.stack else attributes.get("ontologyIRI", "")
        base = attributes.get(_XML + "base", outer)
        self.stack.append(_Element(local, attributes, base, span))
        if local == "Prefix":
            self.prefixes[attributes.get("name", "")] = attributes.get("IRI", "")

    def _data(self, text: str) -> None:
        if self.stack and self.stack[-1].name in _WITH_TEXT:
            self.stack[-1].text.append(text)
        elif text.strip():
            span = Span(self.file, self.expat.CurrentLineNumber)
            self._fail(f"text stands where none belongs: {text.strip()[:40]!r}", span)

    def _end(self, _: str) -> None:
        element = self.stack.pop()
        if element.name == "Ontology":
            self.found = self._ontology(element)
        elif not self.stack:
            self._fail("the file holds no Ontology element", element.place)
        elif element.name != "Prefix":
            self.stack[-1].parts.append((element.name, self._part(element)))

    def _part(self, element: _Element) -> FormPart:
        name, attributes = element.name, element.attributes
        text = "".join(element.text)
        if name in ("IRI", "Import"):
            return self._resolved(text.strip(), element)
        if name == "AbbreviatedIRI":
            return self._abbreviated(text.strip(), element)
        if name == "Literal":
            return self._literal(text, element)
        if name == "AnonymousIndividual":
            node = attributes.get("nodeID", "")
            return node if node.startswith("_:") else f"_:{node}"
        if name in _ENTITIES and not element.parts:
            return self._named(element)
        parts = [part for _, part in element.parts]
        if name == "Variable":
            return Form(name, (self._named(element),))
        if name == "BuiltInAtom":
            return Form(name, (self._named(element), *parts))
        if name == "FacetRestriction":
            return Form(name, (self._resolved(attributes.get("facet", ""), element), *parts))
        if "cardinality" in attributes:
            count = attributes["cardinality"]
            if not count.isdecimal() or len(count) > 9:
                self._fail(f"{count!r} is no cardinality", element.place)
            return Form(name, (*_notes(parts), int(count), *_rest(parts)))
        if name == "HasKey":
            return self._key(element)
        if name == "Declaration":
            kinds = [Form(kind, (part,)) if kind != "Annotation" else part for kind, part in element.parts]
            return Form(name, tuple(kinds))
        return Form(name, tuple(parts))

    def _key(self, element: _Element) -> Form:
        notes = [part for kind, part in element.parts if kind == "Annotation"]
        first, *keys = [entry for entry in element.parts if entry[0] != "Annotation"] or [("", "")]
        data = tuple(part for kind, part in keys if kind == "DataProperty")
        objects = tuple(part for kind, part in keys if kind != "DataProperty")
        return Form("HasKey", (*notes, first[1], Form("", objects), Form("", data)))

    def _literal(self, text: str, element: _Element) -> Literal:
        language = element.attributes.get(_XML + "lang", "")
        datatype = element.attributes.get("datatypeIRI", "")
        if language:
            return Literal(text, XSD + "string", language.lower())
        if not datatype or datatype == RDF + "PlainLiteral":
            return Literal(text)
        return Literal(text, self._resolved(datatype, element))

    def _named(self, element: _Element) -> str:
        if "IRI" in element.attributes:
            return self._resolved(element.attributes["IRI"], element)
        if "abbreviatedIRI" in element.attributes:
            return self._abbreviated(element.attributes["abbreviatedIRI"], element)
        self._fail(f"{element.name} has no IRI", element.place)

    def _resolved(self, iri: str, element: _Element) -> str:
        if iri.startswith("#"):
            return element.base.partition("#")[0] + iri
        return iri if ":" in iri.partition("/")[0] else urljoin(element.base, iri)

    def _abbreviated(self, name: str, element: _Element) -> str:
        prefix, colon, local = name.partition(":")
        if not colon or prefix not in self.prefixes:
            self._fail(f"the prefix of {name!r} is not declared", element.place)
        return self.prefixes[prefix] + local

    def _ontology(self, element: _Element) -> OntologyForm:
        forms = [(kind, part) for kind, part in element.parts if isinstance(part, Form)]
        loose = next((kind for kind, part in element.parts if not isinstance(part, Form) and kind != "Import"), "")
        if loose:
            self._fail(f"{loose} stands where an axiom is needed", element.place)
        return OntologyForm(
            iri=element.attributes.get("ontologyIRI", ""),
            version=element.attributes.get("versionIRI", ""),
            imports=tuple(str(part) for kind, part in element.parts if kind == "Import"),
            annotations=tuple(part for kind, part in forms if kind == "Annotation"),
            axioms=tuple(part for kind, part in forms if kind != "Annotation"),
        )

    def _fail(self, message: str, span: Span) -> NoReturn:
        hint = "the file may be truncated, or hold a slip at this place"
        raise ReadingError(f"the file is malformed: {message}", code="E107", hint=hint, span=span)


def _notes(parts: list[FormPart]) -> list[FormPart]:
    return [part for part in parts if isinstance(part, Form) and part.head == "Annotation"]


def _rest(parts: list[FormPart]) -> list[FormPart]:
    return [part for part in parts if not (isinstance(part, Form) and part.head == "Annotation")]
