"""Tables in the template format of ROBOT: what each column states of the individual that a row is about.

The first row names the columns, the second says what they state: ``ID``, ``TYPE SPLIT=|``, ``AL rdfs:label@en``
(a text in a language), ``A oboInOwl:hasDbXref`` (a plain text), ``AT p^^xsd:date``, ``AI p`` (an IRI), ``I p`` (a
fact); with ``>`` in front a column annotates the statements of the column before it.  Several values of a cell stand
apart by the mark after ``SPLIT=``.  http://robot.obolibrary.org/template
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reasoner.model.iris import DC, DCTERMS, OBO_IN_OWL, OWL, RDF, RDFS, SKOS
from reasoner.model.names import NAMESPACE, PREFIX
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Value, is_blank

PREFIXES = {
    PREFIX: NAMESPACE,
    "dc": DC,
    "dcterms": DCTERMS,
    "obo": "http://purl.obolibrary.org/obo/",
    "oboInOwl": OBO_IN_OWL,
    "owl": OWL,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "xsd": XSD,
}
ID, TYPES, TEXT, FACT = "ID", "TYPE", "A", "I"
#: Forms of texts besides the plain one (empty): ``@`` a language, ``^^`` a datatype, and an IRI.
LANGUAGE, DATATYPE, IRI = "@", "^^", "IRI"

#: What does not survive in a cell everywhere.
_CHANGED = re.compile(r"[\\\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[\w.-]*[\w-])?", re.ASCII)


def curie(iri: str) -> str:
    """An IRI as it stands in a table: prefixed where a prefix is known, else in full.

    >>> curie("https://w3id.org/dislodge#BCR-ABL1"), curie("http://example.org/a")
    ('dislodge:BCR-ABL1', 'http://example.org/a')
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri[len(namespace) :]):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expanded(text: str) -> str:
    """The IRI that a CURIE with a known prefix or a whole IRI means; empty for anything else.

    >>> expanded("dislodge:CXCR4"), expanded("CXCR4"), expanded("<http://example.org/a>")
    ('https://w3id.org/dislodge#CXCR4', '', 'http://example.org/a')
    """
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1]
    prefix, colon, rest = text.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + rest
    return text if "://" in text or text.startswith("urn:") else ""


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column: its header, what it states, and whether it stands beside the statements of the one before it.

    ``form`` is the form of a text, ``detail`` its language tag or the IRI of its datatype.
    """

    header: str
    kind: str
    prop: str = ""
    form: str = ""
    detail: str = ""
    split: str = ""
    beside: bool = False

    @property
    def template(self) -> str:
        """The template string of the second row."""
        before, after = ">" if self.beside else "", f" SPLIT={self.split}" if self.split else ""
        return before + self._bare() + after

    def _bare(self) -> str:
        if self.kind in (ID, TYPES):
            return self.kind
        name = curie(self.prop)
        if self.kind == FACT:
            return f"I {name}"
        match self.form:
            case "@":
                return f"AL {name}@{self.detail}"
            case "^^":
                return f"AT {name}^^{curie(self.detail)}"
            case "IRI":
                return f"AI {name}"
        return f"A {name}"

    def covers(self, value: Value) -> bool:
        """Whether a value of the property is one that this column can state."""
        if self.kind == TYPES:
            return isinstance(value, str) and not is_blank(value) and not value.startswith(OWL)
        if isinstance(value, str):
            return not is_blank(value) and (self.kind == FACT or self.form == IRI)
        if not _holdable(value.lexical):
            return False
        if self.kind == FACT:
            return not value.language and "^^" not in value.lexical
        return (self.form, self.detail) == form_of(value)


def form_of(value: Value) -> tuple[str, str]:
    """The form and detail of the text column that holds a value."""
    if isinstance(value, str):
        return IRI, ""
    if value.language:
        return LANGUAGE, value.language
    return ("", "") if value.datatype == XSD + "string" else (DATATYPE, value.datatype)


def _holdable(text: str) -> bool:
    """Cells are trimmed, programs that save tables rewrite line ends, and ROBOT takes a backslash for a mark."""
    return bool(text) and text == text.strip() and not _CHANGED.search(text)


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """The cells of one row, as many as there are columns, and the line of the file on which it begins."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """A table that was read or is to be written; ``line`` is that of the template strings."""

    file: str
    columns: tuple[TemplateColumn, ...]
    rows: tuple[TemplateRow, ...]
    line: int = 2


def shown(value: Value, range_: str = "") -> str:
    """A value as it stands in a cell of facts.

    A literal carries its datatype, as ROBOT wants it, unless it is a string and the property has no other ``range_``.

    >>> shown(Literal("true", XSD + "boolean")), shown(Literal("true"))
    ('true^^xsd:boolean', 'true')
    """
    if not isinstance(value, Literal):
        return curie(value)
    plain = value.datatype == XSD + "string" and range_ in ("", XSD + "string")
    return value.lexical if plain else f"{value.lexical}^^{curie(value.datatype)}"
