"""Characters in texts that no XML document can hold, each with its place in the file.

A NUL may stand in a literal of Turtle, raw or as an escape, and RDF/XML and OWL/XML have no way to write it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from reasoner.model.characters import NO_XML
from reasoner.model.iris import SOURCE
from reasoner.model.names import local
from reasoner.model.term import Literal
from reasoner.model.triple import is_blank
from reasoner.reading.rdf.comments import string_tokens
from reasoner.reading.rdf.ontology_files import OntologyFile
from reasoner.reading.rdf.triples import content_format

_WRITTEN = re.compile(
    rf"\\u(?P<short>[0-9A-Fa-f]{{4}})|\\U(?P<long>[0-9A-Fa-f]{{8}})|\\(?P<letter>.)|(?P<raw>{NO_XML.pattern})",
    re.DOTALL,
)
_LETTERS = {"b": "\b", "f": "\f"}


class Forbidden(NamedTuple):
    """A text of a subject (empty for a nameless one), and the line of its first such character; 0 where not known."""

    subject: str
    text: str
    line: int


def forbidden(ontology_file: OntologyFile) -> Iterator[Forbidden]:
    """The literals of an ontology file that no XML document can hold, in its order."""
    found = [(s, v.lexical) for s, _, v in ontology_file.triples if isinstance(v, Literal) and NO_XML.search(v.lexical)]
    if not found:
        return
    about = {s: local(str(v)) for s, p, v in ontology_file.triples if p == SOURCE}
    # A parser gives literals in the order of the file, so that the n-th of these characters is the n-th there.
    told = [character for _, text in found for character in NO_XML.findall(text)]
    places = list(_places(ontology_file))
    lines = [line for _, line in places] if [c for c, _ in places] == told else [0] * len(told)
    number = 0
    for subject, text in found:
        yield Forbidden(about.get(subject) or ("" if is_blank(subject) else local(subject)), text, lines[number])
        number += len(NO_XML.findall(text))


def _places(ontology_file: OntologyFile) -> Iterator[tuple[str, int]]:
    """Each such character of the texts in a file, and its line."""
    form = content_format(ontology_file.data, str(ontology_file.path))
    for line, token in string_tokens(ontology_file.data.decode("utf-8", "replace"), form):
        for match in _WRITTEN.finditer(token):
            code = match["short"] or match["long"]
            character = chr(int(code, 16)) if code else _LETTERS.get(match["letter"] or "") or match["raw"]
            if character and NO_XML.match(character):
                yield character, line + token.count("\n", 0, match.start())
