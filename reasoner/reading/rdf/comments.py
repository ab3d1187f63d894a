"""Comments of a file that is about to be rewritten: kept where the canonical form has a place for them, else a fault.

A place is: the head of the file, a line of its own before a subject (Turtle), the foot of the file.  Banners
that programs write are no comments of anyone and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn
from urllib.parse import urljoin

from reasoner.errors import ReadingError, Span
from reasoner.reading.rdf.banners import Banners, without_entities

#: Keys of comments that belong to no subject.
HEAD, FOOT = "", "."

_TOKEN = re.compile(
    r'(?P<string>"""(?:[^"\\]|\\.|"(?!""))*+"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*+\'\'\''
    r'|"(?:[^"\\\n]|\\.)*+"|\'(?:[^\'\\\n]|\\.)*+\')'
    r"|(?P<iri><[^<>\s]*+>)"
    r"|(?P<comment>#[^\n]*+)"
    r"|(?P<open>[\[(])|(?P<close>[\])])|(?P<mark>[;,])"
    r"|(?P<word>(?:\\.|[^\s\[\](),;\"'<>#])++)"
    r"|(?P<space>\s+)",
    re.DOTALL,
)
_OF_FUNCTIONAL = re.compile(r'(?P<string>"(?:[^"\\]|\\.)*+")|(?P<iri><[^<>\s]*+>)|(?P<comment>#[^\n]*+)', re.DOTALL)
_OF_XML = re.compile(r"(?P<comment><!--.*?-->)|<!\[CDATA\[.*?\]\]>", re.DOTALL)
_TOKENS = {"ofn": _OF_FUNCTIONAL, "owl": _OF_XML, "owx": _OF_XML}
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HINT = "put it on a line of its own before a subject, or turn it into an rdfs:comment"


def turtle_comments(text: str, file: str) -> dict[str, list[str]]:
    """Comment lines by the IRI of the subject that they stand before; raises :class:`ReadingError` (E116)."""
    return _Turtle(text, file).run()


def refuse_comments(text: str, file: str, form: str) -> None:
    """Raise :class:`ReadingError` (E116) for a comment in a syntax whose canonical form has no place for it."""
    for number, comment in _comments(text, form):
        misplaced(comment, Span(file, number))


def string_tokens(text: str, form: str) -> Iterator[tuple[int, str]]:
    """The texts in quotes of Turtle, N-Triples or functional syntax as they are written, each with its line."""
    return _tokens(text, form, "string")


def _comments(text: str, form: str) -> Iterator[tuple[int, str]]:
    """Comments of persons in a syntax other than Turtle, each with its line."""
    banners = Banners(text)
    found = without_entities((line, token.strip()) for line, token in _tokens(text, form, "comment"))
    return ((line, comment) for line, comment in found if comment not in banners)


def _tokens(text: str, form: str, kind: str) -> Iterator[tuple[int, str]]:
    line, counted = 1, 0
    for match in _TOKENS.get(form, _TOKEN).finditer(text):
        if match.lastgroup == kind:
            line += text.count("\n", counted, match.start())
            counted = match.start()
            yield line, match.group()


def misplaced(comment: str, span: Span) -> NoReturn:
    """Raise :class:`ReadingError` (E116) for a comment that the canonical form has no place for."""
    shown = " ".join(comment.split())[:60]
    raise ReadingError(
        f"the canonical form has no place for this comment: {shown!r}", code="E116", hint=_HINT, span=span
    )


class _Turtle:
    def __init__(self, text: str, file: str) -> None:
        self.text = text
        self.file = file
        self.banners = Banners(text)
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.found: dict[str, list[str]] = {}
        self.pending: list[str] = []
        self.statement: list[str] = []

    def run(self) -> dict[str, list[str]]:
        if not any(match.lastgroup == "comment" for match in _TOKEN.finditer(self.text)):
            return {}
        depth, line, line_of_last, began = 0, 1, -1, False
        for match in _TOKEN.finditer(self.text):
            kind, token = match.lastgroup, match.group()
            lines = token.count("\n") if kind in ("space", "string") else 0
            if kind == "comment":
                self._comment(token.strip(), line, alone=line != line_of_last and not self.statement)
                if not began and self._blank_line_after(match.end()):
                    self._attach(HEAD)
            if kind in ("comment", "space"):
                line += lines
                continue
            line += lines
            began, line_of_last = True, line
            depth += (kind == "open") - (kind == "close")
            if not self.statement:
                self._subject(str(kind), token, line)
            self.statement.append(token)
            if depth == 0 and ((kind == "word" and token.endswith(".")) or self._is_sparql_directive()):
                self._end()
        self._attach(FOOT)
        return {key: lines for key, lines in self.found.items() if lines}

    def _blank_line_after(self, place: int) -> bool:
        return re.match(r"\n[ \t\r]*\n", self.text[place : place + 200]) is not None

    def _comment(self, token: str, line: int, alone: bool) -> None:
        if token in self.banners:
            return
        if not alone:
            misplaced(token, Span(self.file, line))
        self.pending.append(token)

    def _attach(self, key: str) -> None:
        self.found.setdefault(key, []).extend(self.pending)
        self.pending = []

    def _subject(self, kind: str, token: str, line: int) -> None:
        if token.lower() in ("@prefix", "@base", "prefix", "base"):
            self._attach(HEAD)
        elif self.pending:
            iri = self._iri(kind, token)
            if not iri:
                misplaced(self.pending[0], Span(self.file, line))
            self._attach(iri)

    def _iri(self, kind: str, token: str) -> str:
        if kind == "iri":
            return self._resolved(token)
        prefix, colon, name = token.partition(":")
        return self.prefixes[prefix] + name.replace("\\", "") if colon and prefix in self.prefixes else ""

    def _is_sparql_directive(self) -> bool:
        first = self.statement[0].lower()
        return (first == "prefix" and len(self.statement) == 3) or (first == "base" and len(self.statement) == 2)

    def _end(self) -> None:
        first = self.statement[0].lower().lstrip("@")
        if first == "prefix" and len(self.statement) >= 3:
            self.prefixes[self.statement[1].rstrip(":")] = self._resolved(self.statement[2])
        elif first == "base" and len(self.statement) >= 2:
            self.base = self._resolved(self.statement[1])
        self.statement = []

    def _resolved(self, token: str) -> str:
        """An IRI in full; empty where there is no base for it."""
        iri = token[1:-1]
        if _ABSOLUTE.match(iri):
            return iri
        return urljoin(self.base, iri) + "#" * iri.endswith("#") if self.base else ""
