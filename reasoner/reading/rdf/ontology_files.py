"""The files of an ontology, with those that their imports bring in."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from reasoner.errors import DislodgeError, ReadingError, Span, raise_all
from reasoner.model.ontology import Ontology
from reasoner.model.triple import Triple
from reasoner.reading.rdf.catalog import header_of, resolve
from reasoner.reading.rdf.triples import parse_triples, read_bytes


class OntologyFile(NamedTuple):
    """One file that was read: where, its content and its triples."""

    path: Path
    data: bytes
    triples: list[Triple]


def read_again(ontology: Ontology) -> Iterator[tuple[str, bytes, str]]:
    """Each file of an ontology that was read before, its content, and what its labels of blank nodes begin with.

    Raises :class:`~reasoner.errors.ReadingError` for a file that is gone, and E123 for one that has changed meanwhile.
    """
    for number, (file, sha256) in enumerate(ontology.files):
        data = read_bytes(Path(file))
        if hashlib.sha256(data).hexdigest() != sha256:
            hint = "ask again, so that everything is answered from the same file"
            raise ReadingError("the file has changed since it was read", code="E123", hint=hint, span=Span(file))
        yield file, data, _prefix(number)


def _prefix(number: int) -> str:
    """What goes in front of the labels of blank nodes of a file, so that files can be joined."""
    return f"{number}."


def read_ontology_files(paths: Iterable[Path]) -> list[OntologyFile]:
    """The files of ``paths`` in order, then those that imports bring in."""
    loaded: list[OntologyFile] = []
    faults: list[DislodgeError] = []
    seen: set[str] = set()

    def load(path: Path) -> None:
        data = read_bytes(path)
        real = os.path.realpath(path)
        if real not in seen:
            seen.add(real)
            loaded.append(OntologyFile(path, data, parse_triples(data, str(path), blank=_prefix(len(loaded)))))

    for path in paths:
        try:
            load(Path(path))
        except ReadingError as fault:
            faults.append(fault)
    headers = [header_of(ontology_file.triples) for ontology_file in loaded]
    known = {iri for iris, _ in headers for iri in iris}
    for number, ontology_file in enumerate(loaded):  # grows while it is walked
        for iri in headers[number][1]:
            if iri not in known:
                known.add(iri)
                try:
                    load(resolve(iri, ontology_file.path))
                except ReadingError as fault:
                    faults.append(fault)
                else:
                    headers += [header_of(new.triples) for new in loaded[len(headers) :]]
                    known.update(headers[-1][0])
    raise_all(faults)
    return loaded
