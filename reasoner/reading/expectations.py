"""Questions with the answers that curators expect, from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reasoner.errors import ReadingError, Span
from reasoner.reading.rdf.triples import read_bytes

_HINT = "write [[question]] with id, text, asks and holds; about, cell, disease, states, given where they are needed"
_TEXTS, _LISTS = ("id", "text", "asks"), ("about", "states", "given")


@dataclass(frozen=True, slots=True)
class Expectation:
    """A conclusion at a place, and whether it is to hold; it is asked where what it is ``about`` is described."""

    id: str
    text: str
    asks: str
    holds: bool
    about: tuple[str, ...] = ()
    cell: str | None = None
    disease: str | None = None
    states: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    line: int = 0


def read_expectations(path: Path) -> list[Expectation]:
    """The questions of a file; raises :class:`ReadingError` (E122) for one that cannot be read."""
    text = read_bytes(path).decode("utf-8", "replace")
    try:
        entries = tomllib.loads(text).get("question", [])
    except tomllib.TOMLDecodeError as error:
        raise ReadingError(f"the file is no TOML: {error}", code="E122", hint=_HINT, span=Span(str(path))) from None
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[question]]"]
    return [_question(entry, Span(str(path), line)) for entry, line in zip(entries, lines, strict=False)]


def _question(entry: dict[str, Any], span: Span) -> Expectation:
    known = Expectation.__slots__
    wrong = [key for key in entry if key not in known]
    wrong += [key for key in _TEXTS if not isinstance(entry.get(key), str)]
    wrong += [key for key in ("cell", "disease") if not isinstance(entry.get(key, ""), str)]
    wrong += [key for key in _LISTS if not isinstance(entry.get(key, []), list)]
    if not isinstance(entry.get("holds"), bool):
        wrong.append("holds")
    if wrong:
        raise ReadingError(f"the question has a wrong or missing {wrong[0]}", code="E122", hint=_HINT, span=span)
    lists = {key: tuple(map(str, entry.get(key, ()))) for key in _LISTS}
    return Expectation(**{**entry, **lists, "line": span.line})
