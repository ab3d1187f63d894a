"""``owl:imports`` without a network: by the files that are loaded anyway, or by an OASIS catalog beside the file.

Protégé keeps ``catalog-v001.xml`` in the folder of an ontology; it maps the IRI of an import to a file.  Only files
inside that very folder are accepted, after symbolic links are resolved.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from reasoner.errors import ReadingError, Span
from reasoner.model.iris import OWL, TYPE
from reasoner.model.triple import Triple
from reasoner.reading.rdf.triples import read_bytes

CATALOG = "catalog-v001.xml"
MAX_CATALOG_BYTES = 1024 * 1024
_ONTOLOGY, _VERSION, _IMPORTS = OWL + "Ontology", OWL + "versionIRI", OWL + "imports"


def header_of(triples: Iterable[Triple]) -> tuple[list[str], list[str]]:
    """The ontology and version IRIs that a file states, and the IRIs that it imports, in its order."""
    iris: dict[str, None] = {}
    imported: dict[str, None] = {}
    for subject, predicate, value in triples:
        if predicate == TYPE:
            if value == _ONTOLOGY:
                iris[subject] = None
        elif predicate == _VERSION and isinstance(value, str):
            iris[subject] = iris[value] = None
        elif predicate == _IMPORTS:
            imported[str(value)] = None
    return list(iris), list(imported)


def resolve(iri: str, importer: Path) -> Path:
    """The file that the catalog beside ``importer`` names for ``iri``.

    Raises :class:`ReadingError` when there is none, or when it lies outside that folder: nothing is ever fetched.
    """
    catalog = importer.parent / CATALOG
    target = entries(catalog).get(iri) if catalog.is_file() else None
    if target is None:
        raise ReadingError(
            f"the import {iri} is not among the files that were given, and imports are never fetched",
            code="E113",
            hint=f"give its file as well, or map the IRI to a file of the same folder in {CATALOG}",
            span=Span(str(importer)),
        )
    return _inside(target, iri, catalog)


def mates(file: Path) -> list[Path]:
    """The other files of the catalog, beside or above ``file``, that maps some IRI to it; none without such a catalog.

    What a catalog maps to outside its folder is none of them.
    """
    real = Path(os.path.realpath(file))
    for folder in real.parents:
        mapped = list(_mapped(folder / CATALOG))
        if real in mapped:
            return [path for path in dict.fromkeys(mapped) if path != real and path.is_file()]
    return []


def _mapped(catalog: Path) -> Iterator[Path]:
    with suppress(ReadingError):
        for iri, target in entries(catalog).items() if catalog.is_file() else ():
            with suppress(ReadingError):
                yield _inside(target, iri, catalog)


def _inside(target: str, iri: str, catalog: Path) -> Path:
    """The mapped file, if it lies inside the folder of the catalog."""
    root = os.path.realpath(catalog.parent)
    from urllib.parse import unquote

    relative = unquote(target)
    usable = "\x00" not in relative and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", relative)
    path = os.path.realpath(os.path.join(root, relative)) if usable else ""
    if (
        not usable
        or os.path.commonpath([root, path]) != root
        or os.path.realpath(catalog) != os.path.join(root, CATALOG)
    ):
        raise ReadingError(
            f"the catalog maps the import {iri} to {target!r}, which is outside its folder",
            code="E124",
            hint="copy the file into the folder and map the IRI to it by a relative path",
            span=Span(str(catalog)),
        )
    return catalog.parent / os.path.relpath(path, root)


def entries(catalog: Path) -> dict[str, str]:
    """``uri`` entries of a catalog: name to file, the first of each name."""
    from xml.parsers import expat

    from reasoner.reading.rdf.xml_guard import guarded

    data = read_bytes(catalog)
    if len(data) > MAX_CATALOG_BYTES:
        raise ReadingError("the catalog is too large", code="E103", span=Span(str(catalog)))
    found: dict[str, str] = {}

    def element(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "uri" and "name" in attributes and "uri" in attributes:
            found.setdefault(attributes["name"], attributes["uri"])

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = element
    parser.Parse(guarded(data, str(catalog)), True)
    return found
