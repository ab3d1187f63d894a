"""OWL functional syntax to structural form.

A hand-written reader: it keeps every literal as it stands, has a limit on depth, and names the place of every fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from reasoner.errors import ReadingError, Span
from reasoner.model.iris import OWL, RDF, RDFS
from reasoner.model.structure import Form, FormPart, OntologyForm
from reasoner.model.term import XSD, Literal

MAX_DEPTH = 200

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+|\#[^\n]*)"
    r'|(?P<string>"(?:[^"\\]|\\.)*+")'
    r"|(?P<iri><[^<>\s]*+>)"
    r"|(?P<type>\^\^)"
    r"|(?P<tag>@[A-Za-z0-9-]+)"
    r"|(?P<punct>[()=])"
    r"|(?P<word>[^\s()<>\"=@^#]+)",
    re.DOTALL,
)
_BUILT_IN = {"owl": OWL, "rdf": RDF, "rdfs": RDFS, "xsd": XSD}
_NUMBER = re.compile(r"[0-9]{1,9}")


class _Lexeme(NamedTuple):
    kind: str
    text: str
    place: int


def functional_form(text: str, file: str) -> OntologyForm:
    """The ontology of a file; raises :class:`ReadingError` (E107, E111) with line and column."""
    return _Parser(text, file).ontology()


class _Parser:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.prefixes = dict(_BUILT_IN)
        self.tokens = list(self._tokens())
        self.place = 0

    def ontology(self) -> OntologyForm:
        while self._peek("Prefix"):
            self._prefix()
        self._word("Ontology")
        self._punct("(")
        iris = []
        while self._next().kind in ("iri", "word") and not self._is_form():
            iris.append(self._iri(self._take()))
        if len(iris) > 2:
            self._fail("an ontology has at most an IRI and a version IRI")
        forms = [self._as_form(part) for part in self._parts(1)]
        if self.place < len(self.tokens):
            self._fail("something stands after the end of the ontology")
        return OntologyForm(
            iri=iris[0] if iris else "",
            version=iris[1] if len(iris) > 1 else "",
            imports=tuple(str(form.parts[0]) for form in forms if form.head == "Import" and form.parts),
            annotations=tuple(form for form in forms if form.head == "Annotation"),
            axioms=tuple(form for form in forms if form.head not in ("Import", "Annotation")),
        )

    def _prefix(self) -> None:
        self._word("Prefix")
        self._punct("(")
        name = self._take()
        if name.kind != "word" or not name.text.endswith(":"):
            self._fail("a prefix ends with a colon", name)
        self._punct("=")
        value = self._take()
        if value.kind != "iri":
            self._fail("a prefix stands for an IRI in < >", value)
        self.prefixes[name.text[:-1]] = value.text[1:-1]
        self._punct(")")

    def _parts(self, depth: int) -> tuple[FormPart, ...]:
        """The parts of a form up to its closing bracket."""
        if depth > MAX_DEPTH:
            raise ReadingError(
                f"brackets are nested more than {MAX_DEPTH} deep",
                code="E111",
                hint="no ontology needs that",
                span=self._span(self._next().place),
            )
        found: list[FormPart] = []
        while not self._peek(")"):
            found.append(self._part(depth))
        self._punct(")")
        return tuple(found)

    def _part(self, depth: int) -> FormPart:
        token = self._take()
        if token.kind == "string":
            return self._literal(token)
        if token.text == "(":
            return Form("", self._parts(depth + 1))
        if token.kind == "word" and ":" not in token.text and self._peek("("):
            self.place += 1
            return Form(token.text, self._parts(depth + 1))
        if token.kind == "word" and _NUMBER.fullmatch(token.text):
            return int(token.text)
        return self._iri(token)

    def _literal(self, token: _Lexeme) -> Literal:
        text = re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
        if self._next().kind == "tag":
            return Literal(text, XSD + "string", self._take().text[1:].lower())
        if self._next().kind == "type":
            self._take()
            datatype = self._iri(self._take())
            if datatype == RDF + "PlainLiteral":
                lexical, _, language = text.rpartition("@")
                return Literal(lexical, XSD + "string", language.lower())
            return Literal(text, datatype)
        return Literal(text)

    def _iri(self, token: _Lexeme) -> str:
        if token.kind == "iri":
            return token.text[1:-1]
        if token.kind != "word" or ":" not in token.text:
            self._fail(f"expected an IRI, found {token.text[:40]!r}", token)
        prefix, _, name = token.text.partition(":")
        if prefix == "_":
            return token.text
        if prefix not in self.prefixes:
            self._fail(f"the prefix {prefix}: is not declared", token)
        return self.prefixes[prefix] + name

    def _is_form(self) -> bool:
        following = self.tokens[self.place + 1] if self.place + 1 < len(self.tokens) else None
        return self._next().kind == "word" and following is not None and following.text == "("

    def _as_form(self, part: FormPart) -> Form:
        if not isinstance(part, Form):
            self._fail("an axiom or annotation is needed here")
        return part

    def _tokens(self) -> Iterator[_Lexeme]:
        place = 0
        while place < len(self.text):
            match = _TOKEN.match(self.text, place)
            if match is None:
                self._fail_at(f"cannot be read: {self.text[place : place + 20]!r}", place)
            if match.lastgroup != "space":
                yield _Lexeme(str(match.lastgroup), match.group(), place)
            place = match.end()

    def _next(self) -> _Lexeme:
        if self.place >= len(self.tokens):
            self._fail_at("the file ends too early", len(self.text))
        return self.tokens[self.place]

    def _take(self) -> _Lexeme:
        token = self._next()
        self.place += 1
        return token

    def _peek(self, text: str) -> bool:
        token = self._next()
        return token.text == text and token.kind in ("punct", "word")

    def _word(self, text: str) -> None:
        if not self._peek(text):
            self._fail(f"expected {text}, found {self._next().text[:40]!r}", self._next())
        self.place += 1

    _punct = _word

    def _fail(self, message: str, token: _Lexeme | None = None) -> NoReturn:
        self._fail_at(message, (token or self.tokens[min(self.place, len(self.tokens) - 1)]).place)

    def _fail_at(self, message: str, place: int) -> NoReturn:
        hint = "the file may be truncated, or hold a slip at this place"
        raise ReadingError(f"the file is malformed: {message}", code="E107", hint=hint, span=self._span(place))

    def _span(self, place: int) -> Span:
        start = self.text.rfind("\n", 0, place) + 1
        return Span(self.file, self.text.count("\n", 0, place) + 1, place - start + 1)
