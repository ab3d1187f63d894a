"""Where files state facts: looked for only when somebody must be sent there, as reading keeps no lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from reasoner.errors import DislodgeError, Span
from reasoner.model.atom import DIFFERENT, SAME, Fact
from reasoner.model.iris import OWL, TYPE
from reasoner.model.names import local
from reasoner.model.term import Literal
from reasoner.model.triple import Triple
from reasoner.reading.rdf import parse_triples, read_bytes

#: What stands before the subject of a statement: a prefix, the head of an IRI, the opening of an element.
_LEADS = re.compile(r"\s*(?:<[^<>]*[\s#/\"]|[\w.-]*:)?$")
_IDENTITY = {OWL + name: name for name in (SAME, DIFFERENT)}


def places(files: Iterable[str], facts: Collection[Fact]) -> dict[Fact, Span]:
    """The place of each fact that one of the files states, in the first that does.

    The line is the best known, 0 where there is none.  A file that can no longer be read states nothing.
    """
    found: dict[Fact, Span] = {}
    for file in files:
        with suppress(DislodgeError):
            data = read_bytes(Path(file))
            if any(_word(fact.subject).encode() in data for fact in facts):
                stated = set(_facts(parse_triples(data, file, allow_empty=True)))
                lines = data.decode("utf-8", "replace").splitlines()
                for fact in facts:
                    if fact in stated:
                        found.setdefault(fact, Span(file, _line(lines, fact)))
    return found


def _facts(triples: Iterable[Triple]) -> Iterator[Fact]:
    name = cache(local)
    for subject, predicate, value in triples:
        if predicate == TYPE and isinstance(value, str):
            yield Fact(name(value), name(subject))
        else:
            prop = _IDENTITY.get(predicate) or name(predicate)
            yield Fact(prop, name(subject), value if isinstance(value, Literal) else name(value))


def _word(name: str) -> str:
    return re.split(r"[#/]", name)[-1]


def _line(lines: list[str], fact: Fact) -> int:
    """The line of the object, or of the class, nearest below the subject in one statement; else that of the subject."""
    subject, value = _named(fact.subject), _named(fact.predicate if fact.object is None else str(fact.object))
    about = [number for number, line in enumerate(lines) if subject.search(line)]
    leading = [number for number in about if _LEADS.match(subject.split(lines[number], 1)[0])]
    told = [(below - above, below) for above in leading or about for below in _below(lines, above, value)]
    return 1 + (min(told)[1] if told else next(iter(leading or about), -1))


def _below(lines: list[str], above: int, value: re.Pattern[str]) -> Iterator[int]:
    """The first line of a statement that holds a value; where one ends, a line begins without a blank."""
    for number in range(above, len(lines)):
        if number > above and lines[number][:1].strip():
            return
        if value.search(lines[number]):
            yield number
            return


def _named(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(_word(name))}(?![\w-])")
