"""Tokens of rule text: words, variables, strings, IRIs, punctuation, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reasoner.errors import RuleError, Span
from reasoner.model.spelling import MAX_WORD, WORD

#: ``#`` begins a comment outside of strings and IRIs.
_TOKEN = re.compile(
    rf"""(?P<space>\s+|\#.*)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<arrow>->)
    |(?P<type>\^\^)
    |(?P<and>\^)
    |(?P<open>\()
    |(?P<close>\))
    |(?P<comma>,)
    |(?P<variable>\?[A-Za-z_][A-Za-z0-9_]*)
    |(?P<iri><[^<>"\s]+>)
    |(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    |(?P<word>{WORD})""",
    re.VERBOSE,
)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r"}


class Token(NamedTuple):
    """A piece of text of one kind; ``text`` is as written, without quotes, brackets and escapes."""

    kind: str
    text: str
    file: str
    line: int
    column: int

    @property
    def span(self) -> Span:
        """The place of the token."""
        return Span(self.file, self.line, self.column)

    def shown(self) -> str:
        """The token as messages name it."""
        return f"{self.text!r}" if len(self.text) <= 40 else f"{self.text[:40]!r}…"


def tokens(line: str, file: str, number: int) -> Iterator[Token]:
    """The tokens of one line.

    Raises :class:`RuleError` at a character that begins none, at a string without an end, at a word without measure.
    """
    place = 0
    while place < len(line):
        found = _TOKEN.match(line, place)
        if found is None:
            raise _unreadable(line[place], Span(file, number, place + 1))
        kind = str(found.lastgroup)
        if kind != "space":
            token = Token(kind, _content(kind, found.group()), file, number, place + 1)
            if kind != "string" and len(token.text) > MAX_WORD:
                raise RuleError(f"{token.shown()} has more than {MAX_WORD} characters", code="E211", span=token.span)
            yield token
        place = found.end()


def _unreadable(character: str, span: Span) -> RuleError:
    if character == '"':
        return RuleError(
            "a text has no closing quote on its line", code="E201", hint='write "…" on one line', span=span
        )
    hint = "a variable is ?name" if character == "?" else ""
    return RuleError(f"unexpected character {character!r}", code="E201", hint=hint, span=span)


def _content(kind: str, text: str) -> str:
    if kind == "string":
        return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), text[1:-1], flags=re.DOTALL)
    if kind == "iri":
        return text[1:-1]
    return text[1:] if kind in ("variable", "language") else text
