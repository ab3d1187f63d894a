"""Ontology and rule files in the canonical form: the same bytes for the same content, whoever saved it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reasoner import __version__
from reasoner.answers.document import Document
from reasoner.errors import DislodgeError, Faults, ReadingError, Span
from reasoner.model.iris import OWL, TYPE
from reasoner.model.triple import Triple, is_blank
from reasoner.reading.comments import HEAD, refuse_comments, rule_comments, turtle_comments
from reasoner.reading.rdf import content_format, parse_triples, read_bytes
from reasoner.reading.rule_text import read_rules
from reasoner.writing.canonical import LIST_TYPES
from reasoner.writing.ontology_text import ontology_text
from reasoner.writing.rule_text import rules_text
from reasoner.writing.turtle import turtle
from reasoner.writing.whole_file import write_whole

ENDINGS = (".ttl", ".owl", ".rdf", ".ofn", ".owx", ".nt", ".swrl")
_DECLARATION = (TYPE, OWL + "NamedIndividual")


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    old: str
    form: str
    triples: list[Triple]


def format_files(paths: Sequence[Path], *, check_only: bool = False) -> Document:
    """Rewrite files, and those of folders, in canonical form; with ``check_only`` say which would change.

    All files are read, rendered and read back before the first is written.  Raises
    :class:`~reasoner.errors.DislodgeError` with every fault, and then nothing is written.
    """
    found = list(_expanded(paths))
    faults: list[DislodgeError] = []
    files: list[_File] = []
    for path in found:
        try:
            files.append(_read(path))
        except Faults as error:
            faults.extend(error.faults)
        except DislodgeError as error:
            faults.append(error)
    texts: dict[Path, str] = {}
    described = _described(files) if not faults else {}
    for file in files:
        try:
            texts[file.path] = _rendered(file, described)
        except DislodgeError as error:
            faults.append(error)
    if faults:
        raise faults[0] if len(faults) == 1 else Faults(faults)
    changed = [file for file in files if texts[file.path] != file.old]
    if not check_only:
        for file in changed:
            write_whole(file.path, texts[file.path])
    return _document(files, changed, check_only)


def _expanded(paths: Iterable[Path]) -> Iterable[Path]:
    """The files, and the files of known endings below the folders, each once, sorted within a folder."""
    seen: set[str] = set()
    for path in paths:
        inside = sorted(p for p in path.rglob("*") if p.suffix in ENDINGS and p.is_file()) if path.is_dir() else [path]
        for file in inside:
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield file


def _read(path: Path) -> _File:
    data = read_bytes(path)
    form = "swrl" if path.suffix == ".swrl" else content_format(data, str(path))
    triples = [] if form == "swrl" else parse_triples(data, str(path))
    try:
        return _File(path, data.decode("utf-8"), form, triples)
    except UnicodeDecodeError:
        raise ReadingError(
            "only UTF-8 is rewritten", code="E105", hint="save the file as UTF-8", span=Span(str(path))
        ) from None


def _described(files: Iterable[_File]) -> dict[str, set[Path]]:
    """Subjects whose class some file states, with the files that do: only there do they need a declaration."""
    found: dict[str, set[Path]] = {}
    for file in files:
        for subject, predicate, value in file.triples:
            if predicate == TYPE and not str(value).startswith(OWL):
                found.setdefault(subject, set()).add(file.path)
    return found


def _rendered(file: _File, described: dict[str, set[Path]]) -> str:
    name = str(file.path)
    if file.form == "swrl":
        return rules_text(read_rules(file.old, name), rule_comments(file.old, name))
    bare = {s for s in described if file.path not in described[s]}
    triples = [t for t in file.triples if not (t[0] in bare and t[1:] == _DECLARATION)]
    if file.form == "ttl":
        comments = turtle_comments(file.old, name)
        subjects = {subject for subject, _, _ in triples}
        for key in [key for key in comments if key not in subjects and key not in (HEAD, ".")]:
            comments.setdefault(".", []).extend(comments.pop(key))
        text = turtle(triples, comments)
    else:
        refuse_comments(file.old, name, file.form)
        text = ontology_text(triples, file.form)
    if _fingerprint(parse_triples(text.encode("utf-8"), name)) != _fingerprint(triples):
        raise ReadingError(
            "the file does not come back as it was", code="E117", hint="report this file", span=Span(name)
        )
    return text


def _fingerprint(triples: Iterable[Triple]) -> tuple[set[Triple], int]:
    """What must not change: the statements without blank nodes, and how many there are with them."""
    kept = {t for t in triples if t[1] != TYPE or t[2] not in LIST_TYPES}
    ground = {t for t in kept if not is_blank(t[0]) and not is_blank(t[2])}
    return ground, len(kept)


def _document(files: Sequence[_File], changed: Sequence[_File], check_only: bool) -> Document:
    answers: list[dict[str, Any]] = [{"file": str(file.path), "changed": file in changed} for file in files]
    frame: Document = {
        "command": "format",
        "kb": {"version": __version__, "sha256": None},
        "closed_world": False,
        "verdict": ("would change" if check_only else "changed") if changed else "canonical",
        "answers": answers,
        "check": check_only,
        "changed": len(changed),
    }
    return frame if answers else frame | {"reasons": [{"code": "NO_FILES", "text": "no file of a known ending"}]}
