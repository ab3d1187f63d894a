"""Where files state things: looked for only when somebody must be sent there, as reading keeps no lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from reasoner.errors import DislodgeError, Span
from reasoner.model.atom import Fact
from reasoner.reading.rdf.ontology_files import OntologyFile
from reasoner.reading.rdf.triples import read_bytes

#: What stands before the subject of a statement: a prefix, the head of an IRI, the opening of an element.
_LEADS = re.compile(r"\s*(?:<[^<>]*[\s#/\"]|[\w.-]*:)?$")


def places(stating: Mapping[Fact, str]) -> dict[Fact, Span]:
    """The place of each fact in the file that states it.

    The line is the best known, 0 where there is none or where the file can no longer be read.
    """
    found: dict[Fact, Span] = {}
    for file in dict.fromkeys(stating.values()):
        lines: list[str] = []
        with suppress(DislodgeError):
            lines = read_bytes(Path(file)).decode("utf-8", "replace").splitlines()
        found.update({fact: Span(file, _line(lines, fact)) for fact, other in stating.items() if other == file})
    return found


def place_of(words: Sequence[str], file: str, loaded: Sequence[OntologyFile]) -> Span:
    """The best known place of names that stand together: the first line that holds all of them.

    In Turtle a statement may begin on an earlier line: below one of ``file`` that begins with the first word, the line
    of the second is taken, and a line of ``file`` that holds all but the first word before one of another file.
    """
    wanted = [_named(word) for word in words if word and word[:2] != "_:"]
    if not wanted:
        return Span(file)
    own = [ontology_file for ontology_file in loaded if str(ontology_file.path) == file]
    others = [ontology_file for ontology_file in loaded if str(ontology_file.path) != file]
    if found := _holding(own, wanted) or (_within_statement(own, *wanted[:2]) if len(wanted) > 1 else None):
        return found
    tries = [(own, wanted[1:]), (others, wanted), (own, wanted[:1])]
    return next((found for where, all_ in tries if all_ and (found := _holding(where, all_))), Span(file))


def _within_statement(loaded: Iterable[OntologyFile], subject: re.Pattern[str], word: re.Pattern[str]) -> Span | None:
    """The first line that holds a word in a statement which begins with a subject."""
    for ontology_file in loaded:
        lines = ontology_file.data.decode("utf-8", "replace").splitlines()
        for number in (below for above in _leading(lines, subject) for below in _below(lines, above, word)):
            match = word.search(lines[number])
            return Span(str(ontology_file.path), number + 1, match.start() + 1 if match else 0)
    return None


def _holding(loaded: Iterable[OntologyFile], words: Sequence[re.Pattern[str]]) -> Span | None:
    """The first line that holds all the words."""
    for ontology_file in loaded:
        for number, line in enumerate(ontology_file.data.decode("utf-8", "replace").splitlines(), 1):
            if all(word.search(line) for word in words):
                match = words[0].search(line)
                return Span(str(ontology_file.path), number, match.start() + 1 if match else 0)
    return None


def _word(name: str) -> str:
    return re.split(r"[#/]", name)[-1]


def _line(lines: list[str], fact: Fact) -> int:
    """The line of the object, or of the class, nearest below the subject in one statement; else that of the subject."""
    subject, value = _named(fact.subject), _named(fact.predicate if fact.object is None else str(fact.object))
    about = [number for number, line in enumerate(lines) if subject.search(line)]
    leading = _leading(lines, subject)
    told = [(below - above, below) for above in leading or about for below in _below(lines, above, value)]
    return 1 + (min(told)[1] if told else next(iter(leading or about), -1))


def _leading(lines: list[str], subject: re.Pattern[str]) -> list[int]:
    """The lines that begin with a subject, after nothing but what may stand before one."""
    found = ((number, subject.search(line)) for number, line in enumerate(lines))
    return [number for number, match in found if match and _LEADS.match(lines[number][: match.start()])]


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
