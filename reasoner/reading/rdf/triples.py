"""Bytes to triples: the one way by which RDF enters the program.

Turtle, N-Triples, RDF/XML, OWL/XML and functional syntax, told apart by what the file holds first and by its name
second.  Nothing is fetched, nothing is executed, nothing is rewritten: literals keep the form in which they stand in
the file (only language tags become lower case).  Every fault is a :class:`ReadingError` with a place as exact as the
parser knows it.
"""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reasoner.errors import ReadingError, Span
from reasoner.files.moment import note_read, settle_beside
from reasoner.model.iris import BAD_IRI
from reasoner.model.term import XSD, Literal
from reasoner.model.triple import Triple, Value
from reasoner.reading.rdf.turtle_guard import refuse_deep_turtle

if TYPE_CHECKING:
    from pyoxigraph import RdfFormat

MAX_BYTES = 64 * 1024 * 1024

#: Syntaxes that are made of axioms, not of triples.
STRUCTURAL = frozenset({"owx", "ofn"})
#: Patterns of what comes first in a file; compiled when one is needed, as most files begin with none of them.
_XML_START = rb"<(?:\?xml\b|!DOCTYPE\b|!--|[A-Za-z_][\w.-]*:RDF\b|RDF\b|[A-Za-z_:]*Ontology\b)"
_OWL_XML = rb"<(?:[A-Za-z_][\w.-]*:)?Ontology\b"
_RDF_ROOT = rb"<(?:[A-Za-z_][\w.-]*:)?RDF\b"
_FUNCTIONAL = rb"(?:#[^\n]*\n\s*)*+(?:Prefix\s*\(|Ontology\s*\()"
_OTHER_FORMATS = (
    (rb"(?:Prefix:|Ontology:)", "Manchester syntax"),
    (rb"format-version:", "OBO format"),
    (rb"(?:\{\s*[\"}]|\[\s*\{)", "JSON"),
    (rb"(?i:<(?:html|!doctype html)\b)", "HTML"),
)


def read_bytes(path: Path) -> bytes:
    """The content of a regular file of at most :data:`MAX_BYTES`; raises :class:`ReadingError` otherwise.

    What an interrupted run left half written beside it is brought to its end first (:mod:`reasoner.files.moment`).
    """
    file = str(path)
    settle_beside(path)
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise ReadingError(
                "this is a folder, not a file", code="E102", hint="name the files inside it", span=Span(file)
            )
        if not stat.S_ISREG(status.st_mode):
            raise ReadingError("this is not a regular file", code="E102", hint="copy it to a file", span=Span(file))
        if status.st_size > MAX_BYTES:
            raise _too_large(file)
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
            note_read(path, os.fstat(stream.fileno()))
    except FileNotFoundError:
        raise ReadingError(
            "there is no such file", code="E101", hint="check the path for a slip", span=Span(file)
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadingError(f"the file cannot be opened: {reason}", code="E101", span=Span(file)) from None
    if len(data) > MAX_BYTES:
        raise _too_large(file)
    return data


def _too_large(file: str) -> ReadingError:
    limit = MAX_BYTES // (1024 * 1024)
    return ReadingError(f"the file is larger than {limit} MB", code="E103", hint="split it", span=Span(file))


def read_triples(path: Path) -> list[Triple]:
    """The triples of one file, in the order of the file."""
    return parse_triples(read_bytes(path), str(path))


def parse_triples(
    data: bytes, file: str, *, base: str | None = None, blank: str = "", allow_empty: bool = False
) -> list[Triple]:
    """The triples of ``data``; ``file`` names it in messages and its ending helps to tell the format.

    ``base`` resolves relative IRIs (none: they are refused); ``blank`` goes in front of every blank node label, which
    are numbered in order of appearance, so that several files can be joined.  A file that states nothing is refused
    unless ``allow_empty``.
    """
    if allow_empty and not data.strip():
        return []
    form, data = harmless(data, file)
    triples = structural(data, form, file, blank) if form in STRUCTURAL else _parsed(data, form, file, base, blank)
    if not triples and not allow_empty:
        raise ReadingError(
            "the file holds no statement",
            code="E104",
            hint="is it the right file, and was it saved whole?",
            span=Span(file),
        )
    return triples


def harmless(data: bytes, file: str) -> tuple[str, bytes]:
    """The syntax of a file (``ttl``, ``nt``, ``xml``, ``owx``, ``ofn``) and its content, if parsing it does no harm.

    Raises :class:`ReadingError` for what is dangerous, not UTF-8, or of a syntax that is not read.
    """
    form = detected_format(data, file)
    if form == "xml":
        from reasoner.reading.rdf.xml_guard import guarded  # expat is needed for XML alone

        data = guarded(data, file)
        return ("owx" if not re.search(_RDF_ROOT, data) and re.search(_OWL_XML, data) else form), data
    data = utf8_data(data, file)
    if form != "ofn":
        refuse_deep_turtle(data, file)
    return form, data


def content_format(data: bytes, file: str) -> str:
    """The syntax of a file by its usual ending: ``owl`` (RDF/XML), ``owx``, ``ofn``, ``nt`` or ``ttl``."""
    form = detected_format(data, file)
    if form != "xml":
        return form
    return "owx" if not re.search(_RDF_ROOT, data) and re.search(_OWL_XML, data) else "owl"


def structural(data: bytes, form: str, file: str, blank: str) -> list[Triple]:
    """The triples of the two syntaxes that are not made of triples; every IRI is checked as in the others."""
    from reasoner.reading.rdf.structural_triples import structural_triples

    if form == "owx":
        from reasoner.reading.rdf.owl_xml import owl_xml_form

        ontology = owl_xml_form(data, file)
    else:
        from reasoner.reading.rdf.functional_syntax import functional_form

        ontology = functional_form(data.decode("utf-8"), file)
    iris, labels = _Checked(file), _Numbered(blank)
    triples: list[Triple] = []
    for subject, predicate, value in structural_triples(ontology, file):
        node = labels[subject] if subject.startswith("_:") else iris[_absolute(subject, file)]
        if isinstance(value, Literal):
            iris[_absolute(value.datatype, file)]
        else:
            value = labels[value] if value.startswith("_:") else iris[_absolute(value, file)]
        triples.append((node, iris[_absolute(predicate, file)], value))
    return triples


def _absolute(iri: str, file: str) -> str:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", iri):
        raise _relative(Span(file))
    return iri


def _relative(span: Span) -> ReadingError:
    return ReadingError(
        "the file holds a relative IRI and states no base for it",
        code="E109",
        hint="write IRIs in full or add @base (Turtle) or xml:base (XML)",
        span=span,
    )


def detected_format(data: bytes, file: str) -> str:
    """``xml`` (RDF/XML or OWL/XML), ``ofn``, ``nt`` or ``ttl``.

    Raises :class:`ReadingError` for what is empty, binary or another syntax.
    """
    if not data.strip():
        raise ReadingError("the file is empty", code="E104", hint="was it saved whole?", span=Span(file))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        head = data[:2000].decode("utf-16", "ignore").encode("utf-8", "ignore")
        if re.match(_XML_START, head.lstrip()):
            return "xml"
        raise ReadingError(
            "Turtle must be UTF-8, this file is UTF-16 or UTF-32", code="E105", hint="save as UTF-8", span=Span(file)
        )
    head = data.removeprefix(codecs.BOM_UTF8)[:4000].lstrip()
    if head.count(b"\x00") * 8 > len(head):  # a few may stand inside texts
        raise ReadingError(
            "the file is binary or in a wide encoding",
            code="E105",
            hint="save the ontology as Turtle or RDF/XML in UTF-8",
            span=Span(file),
        )
    if re.match(_FUNCTIONAL, head):
        return "ofn"
    if head[:1] in (b"<", b"P", b"O", b"f", b"{", b"["):
        for pattern, name in _OTHER_FORMATS:
            if re.match(pattern, head):
                raise _unread_format(name, file)
        if re.match(_XML_START, head):
            return "xml"
    return "nt" if file.lower().endswith(".nt") else "ttl"


def _unread_format(name: str, file: str) -> ReadingError:
    return ReadingError(f"{name} is not read", code="E106", hint="save as Turtle or RDF/XML", span=Span(file))


def utf8_data(data: bytes, file: str) -> bytes:
    """UTF-8 without byte order mark; raises :class:`ReadingError` (E105) with the line of bad bytes."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ReadingError(
            "the file is not valid UTF-8",
            code="E105",
            hint="is it a text file? save it as UTF-8",
            span=Span(file, data[: error.start].count(b"\n") + 1),
        ) from None
    return data


def parser_format(form: str) -> RdfFormat:
    """What the parser calls a syntax that is made of triples."""
    from pyoxigraph import RdfFormat  # about 10 ms: only when something is read

    return {"xml": RdfFormat.RDF_XML, "nt": RdfFormat.N_TRIPLES, "ttl": RdfFormat.TURTLE}[form]


def _parsed(data: bytes, form: str, file: str, base: str | None, blank: str) -> list[Triple]:
    from pyoxigraph import parse

    try:
        return _converted(parse(data, format=parser_format(form), base_iri=base), file, blank)
    except SyntaxError as error:
        raise _syntax_error(error, file) from None
    except MemoryError:
        raise ReadingError(
            "one text or name in the file is longer than 16 MB",
            code="E103",
            hint="a quote may be left open; else keep long texts elsewhere",
            span=Span(file),
        ) from None
    except (ValueError, OSError) as error:
        raise ReadingError(f"the file cannot be read: {error}", code="E107", span=Span(file)) from None


def _converted(quads: Iterable[Any], file: str, blank: str) -> list[Triple]:
    """Plain Python values instead of the parser's objects; each IRI is checked once."""
    from pyoxigraph import BlankNode, NamedNode

    iris = _Checked(file)
    labels = _Numbered(blank)
    triples: list[Triple] = []
    value: Value
    for subject, predicate, term, _ in quads:
        if type(subject) is NamedNode:
            node = iris[subject.value]
        elif type(subject) is BlankNode:
            node = labels[subject.value]
        else:
            raise _beyond_rdf(file)
        kind = type(term)
        if kind is NamedNode:
            value = iris[term.value]
        elif kind is BlankNode:
            value = labels[term.value]
        else:
            value = _literal(term, file)
        triples.append((node, iris[predicate.value], value))
    return triples


class _Checked(dict[str, str]):
    """IRIs that were seen, each checked when it first appears."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __missing__(self, iri: str) -> str:
        self[iri] = _checked(iri, self.file)
        return iri


class _Numbered(dict[str, str]):
    """Labels of blank nodes, numbered in order of appearance."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def __missing__(self, label: str) -> str:
        number = self[label] = f"_:{self.prefix}{len(self)}"
        return number


def _literal(term: Any, file: str) -> Literal:
    language = getattr(term, "language", None)
    if language:
        if getattr(term, "direction", None) is not None:
            raise _beyond_rdf(file)
        return Literal(term.value, XSD + "string", language)
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        raise _beyond_rdf(file)
    return Literal(term.value, datatype.value)


def _beyond_rdf(file: str) -> ReadingError:
    return ReadingError(
        "the file uses statements about statements or text directions of RDF 1.2",
        code="E115",
        hint="annotate with owl:Axiom instead",
        span=Span(file),
    )


def _checked(iri: str, file: str) -> str:
    """The IRI itself, if the OWL tools can carry it and it does not ask for code to be run."""
    if BAD_IRI.search(iri):
        raise _iri_error(repr(iri), file)
    if "python_module" in iri.lower() and "owlready_ontology" in iri.lower():
        raise ReadingError(
            "the file asks the reader to import a Python module (owlready_ontology#python_module)",
            code="E112",
            hint="nothing in a file is executed; remove that annotation",
            span=Span(file),
        )
    return iri


def _iri_error(what: str, file: str, line: int = 0, column: int = 0) -> ReadingError:
    return ReadingError(
        f"illegal IRI: {what}",
        code="E108",
        hint="no spaces, { } | ^ ` < >, no bare %, one # at most: such an IRI makes Protégé show an empty ontology",
        span=Span(file, line, column),
    )


_PLACE = r"Parser error (?:at line \d+ (?:between|at) columns? \d+(?: and \d+)?|between line .*? and line .*?): "


def _syntax_error(error: SyntaxError, file: str) -> ReadingError:
    line, column = error.lineno or 0, error.offset or 0
    message = re.sub(_PLACE, "", str(error.msg))
    if "No scheme found" in message or "relative IRI" in message.lower():
        return ReadingError(
            "the file holds a relative IRI and states no base for it",
            code="E109",
            hint="write IRIs in full or add @base (Turtle) or xml:base (RDF/XML)",
            span=Span(file, line, column),
        )
    if "IRI" in message:
        return _iri_error(message, file, line, column)
    return ReadingError(
        f"the file is malformed: {message}",
        code="E107",
        hint="the file may be truncated, or hold a slip at this place",
        span=Span(file, line, column),
    )
