"""XML made safe before a parser of RDF sees it.

A small file may unfold to gigabytes through entities, name files and hosts through external entities, or exhaust a
parser by depth.  :func:`guarded` checks all of that with the standard library's expat and plain arithmetic, and hands
back UTF-8 text *without* a document type: the entities that Protégé writes (short prefixes of IRIs) are already
replaced, so that no later parser has to know about entities at all.  CDATA sections become ordinary text.
"""

from __future__ import annotations

import codecs
import re
from typing import NoReturn
from xml.parsers import expat

from reasoner.errors import ReadingError, Span

MAX_DEPTH = 2_000
MAX_ENTITIES = 500
MAX_ENTITY_LENGTH = 2_000
MAX_EXPANSION = 16 * 1024 * 1024

_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*?\?>")
_ENCODING = re.compile(rb"""<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""")
_ENCODINGS = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1", "latin-1"})
_REFERENCE = re.compile(r"&([^#&;\s<>\"']+);")
_IN_CONTENT = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|&([^#&;\s<>\"']+);", re.DOTALL)
_PREDEFINED = frozenset({"amp", "lt", "gt", "apos", "quot"})


def guarded(data: bytes, file: str) -> bytes:
    """The document as UTF-8 without XML declaration and document type, its entities replaced.

    Line numbers stay as they were.  Raises :class:`ReadingError` for what is unsafe or not well-formed.
    """
    text = _decoded(data, file)
    declaration = _DECLARATION.match(text)
    if declaration:
        text = "\n" * declaration.group().count("\n") + text[declaration.end() :]
    guard = _Guard(text.encode("utf-8"), file)
    guard.run()
    return guard.without_doctype()


def _decoded(data: bytes, file: str) -> str:
    """Decode by byte order mark, else by the declared encoding, else as UTF-8; only exact, plain encodings."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _encoding_error("UTF-32", file)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    else:
        declared = _ENCODING.match(data.lstrip()[:400])
        encoding = declared.group(1).decode("ascii").lower() if declared else "utf-8"
        if encoding not in _ENCODINGS:
            raise _encoding_error(encoding, file)
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise ReadingError(
            f"the file is not valid {encoding.removesuffix('-sig').upper()}",
            code="E105",
            hint="save it as UTF-8",
            span=Span(file, data[: getattr(error, "start", 0)].count(b"\n") + 1),
        ) from None


def _encoding_error(encoding: str, file: str) -> ReadingError:
    return ReadingError(
        f"the encoding {encoding} is not read", code="E105", hint="save the file as UTF-8", span=Span(file)
    )


class _Guard:
    """One pass of expat over one document."""

    def __init__(self, data: bytes, file: str) -> None:
        self.data = data
        self.file = file
        self.entities: dict[str, str] = {}
        self.doctype: tuple[int, int] | None = None
        self._start = 0
        self._depth = 0
        parser = self._parser = expat.ParserCreate("utf-8")
        parser.StartDoctypeDeclHandler = self._doctype_starts
        parser.EndDoctypeDeclHandler = self._doctype_ends
        parser.EntityDeclHandler = self._entity
        parser.ElementDeclHandler = self._declaration
        parser.AttlistDeclHandler = self._declaration
        parser.NotationDeclHandler = self._declaration
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler = self._element_starts
        parser.EndElementHandler = self._element_ends

    def run(self) -> None:
        """Read the whole document; raise at the first thing that is unsafe or malformed."""
        try:
            self._parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise ReadingError(
                f"the XML is not well-formed: {expat.errors.messages[error.code]}",
                code="E107",
                hint="the file may be truncated or edited by hand; write it again from its editor",
                span=Span(self.file, error.lineno, error.offset + 1),
            ) from None

    def without_doctype(self) -> bytes:
        """The document after the pass: no document type, entities and CDATA sections replaced."""
        if self.doctype is None and b"<![CDATA[" not in self.data:
            return self.data
        start, end = self.doctype or (0, 0)
        lines = b"\n" * self.data.count(b"\n", start, end)
        body = _IN_CONTENT.sub(self._replaced, self.data[end:].decode("utf-8")).encode("utf-8")
        clean = self.data[:start] + lines + body
        if b"<!DOCTYPE" in clean or b"<!ENTITY" in clean:
            self._refuse("the file mentions document types after its own", "remove them, also from comments")
        return clean

    def _replaced(self, match: re.Match[str]) -> str:
        """Entities and CDATA sections as plain text; comments and instructions as they are."""
        name, found = match.group(1), match.group()
        if found.startswith("<![CDATA["):
            return found[9:-3].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return self.entities.get(name, found) if name else found

    def _refuse(self, message: str, hint: str, code: str = "E110") -> NoReturn:
        span = Span(self.file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        raise ReadingError(message, code=code, hint=hint, span=span)

    def _doctype_starts(self, name: str, system: str | None, public: str | None, internal: bool) -> None:
        if system or public:
            self._refuse("the document type names another file", "remove the DOCTYPE line; nothing is fetched")
        self._start = self._parser.CurrentByteIndex

    def _doctype_ends(self) -> None:
        end = self.data.index(b">", self._parser.CurrentByteIndex) + 1
        self._start = self.data.rindex(b"<!DOCTYPE", 0, self._start + len(b"<!DOCTYPE"))
        self.doctype = (self._start, end)
        total = 0
        for reference in _REFERENCE.finditer(self.data[end:].decode("utf-8")) if self.entities else ():
            total += len(self.entities.get(reference.group(1), ""))
            if total > MAX_EXPANSION:
                self._refuse("the entities of the file unfold to too much text", "write the file without entities")

    def _entity(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: str | None,
        system: str | None,
        public: str | None,
        notation: str | None,
    ) -> None:
        if is_parameter:
            self._refuse(f"the file defines the parameter entity {name!r}", "write the file without a DTD")
        if value is None or system or public or notation:
            self._refuse(f"the entity {name!r} points to another file", "nothing is fetched; write its text instead")
        if len(self.entities) >= MAX_ENTITIES:
            self._refuse(f"the file defines more than {MAX_ENTITIES} entities", "write the file without entities")
        if "<" in value:
            self._refuse(f"the entity {name!r} holds markup", "entities may only shorten IRIs")
        if name not in self.entities and name not in _PREDEFINED:  # the first definition counts
            self.entities[name] = self._expanded(name, value)

    def _expanded(self, name: str, value: str) -> str:
        """The text of an entity with earlier entities replaced, written so that it fits text and attributes."""
        if value.count("&") > MAX_ENTITY_LENGTH:
            self._refuse(f"the entity {name!r} is too long", "entities may only shorten IRIs")
        parts: list[str] = []
        length = position = 0
        for match in _REFERENCE.finditer(value):
            parts.append(self._plain(name, value[position : match.start()]))
            known = match.group() if match.group(1) in _PREDEFINED else self.entities.get(match.group(1))
            if known is None:
                self._refuse(
                    f"the entity {name!r} uses {match.group()}, which is not defined before it", "define it earlier"
                )
            parts.append(known)
            position = match.end()
            length += len(known)
            if length > MAX_ENTITY_LENGTH:
                break
        text = "".join(parts) + self._plain(name, value[position:])
        if length > MAX_ENTITY_LENGTH or len(text) > MAX_ENTITY_LENGTH:
            self._refuse(f"the entity {name!r} unfolds to too much text", "entities may only shorten IRIs")
        return text

    def _plain(self, name: str, text: str) -> str:
        if "&" in text:
            self._refuse(f"the entity {name!r} holds a bare &", "entities may only shorten IRIs")
        return text.replace('"', "&quot;").replace("'", "&apos;")

    def _declaration(self, *_: object) -> None:
        self._refuse("the file declares elements, attributes or notations", "remove the DOCTYPE; RDF needs none")

    def _skipped(self, name: str, is_parameter: bool) -> None:
        self._refuse(f"the entity {name!r} is not defined in the file", "write its text instead")

    def _element_starts(self, name: str, attributes: object) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._refuse(f"elements are nested more than {MAX_DEPTH} deep", "no ontology needs that", code="E111")

    def _element_ends(self, name: str) -> None:
        self._depth -= 1
