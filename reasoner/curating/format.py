"""Ontology and rule files in the canonical form: the same bytes for the same content, whoever saved it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.answers.frame import of_files, reason
from reasoner.curating.module_text import module_text, utf8
from reasoner.errors import DislodgeError, Faults, raise_all
from reasoner.files.moment import as_one, listed_below
from reasoner.model.iris import OWL, TYPE
from reasoner.model.triple import Triple
from reasoner.reading.rdf.catalog import mates
from reasoner.reading.rdf.triples import content_format, parse_triples, read_bytes, read_triples
from reasoner.reading.rules.comments import rule_comments
from reasoner.reading.rules.text import read_rules
from reasoner.writing.rule_text import rules_text
from reasoner.writing.whole_file import write_all

if TYPE_CHECKING:
    from reasoner.model.documents.curation import Formatted, FormattedFile

ENDINGS = (".ttl", ".owl", ".rdf", ".ofn", ".owx", ".nt", ".swrl")
_DECLARATION = (TYPE, OWL + "NamedIndividual")


@dataclass(frozen=True, slots=True)
class _Formatting:
    path: Path
    data: bytes
    text: str
    form: str
    triples: list[Triple]


def format_files(paths: Sequence[Path], *, check_only: bool = False) -> Formatted:
    """Rewrite files, and those of folders, in canonical form; with ``check_only`` say which would change.

    All files are read, rendered and read back before the first is written.  Raises
    :class:`~reasoner.errors.DislodgeError` with every fault, and then nothing is written.
    """
    files, faults, described = as_one(lambda: _all_read(paths))
    texts: dict[Path, str] = {}
    for file in files:
        try:
            texts[file.path] = _rendered(file, described)
        except DislodgeError as error:
            faults.append(error)
    raise_all(faults)
    changed = [file for file in files if texts[file.path] != file.text]
    if not check_only:
        write_all({file.path: texts[file.path] for file in changed})
    return _document(files, changed, check_only)


def _all_read(paths: Sequence[Path]) -> tuple[list[_Formatting], list[DislodgeError], dict[str, set[Path]]]:
    """The files, what is wrong with any, and, where nothing is, which of them describe what."""
    faults: list[DislodgeError] = []
    files: list[_Formatting] = []
    for path in _expanded(paths):
        try:
            files.append(_read(path))
        except Faults as error:
            faults.extend(error.faults)
        except DislodgeError as error:
            faults.append(error)
    return files, faults, {} if faults else _described(files)


def _expanded(paths: Iterable[Path]) -> Iterable[Path]:
    """The files, and the files of known endings below the folders, each once, sorted within a folder."""
    seen: set[str] = set()
    for path in paths:
        for file in listed_below(path, ENDINGS) if path.is_dir() else [path]:
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                yield file


def _read(path: Path) -> _Formatting:
    data, name = read_bytes(path), str(path)
    form = "swrl" if path.suffix == ".swrl" else content_format(data, name)
    return _Formatting(path, data, utf8(data, name), form, [] if form == "swrl" else parse_triples(data, name))


def _described(files: Sequence[_Formatting]) -> dict[str, set[Path]]:
    """Subjects whose class some file states, with the files that do: only there do they need a declaration.

    Protégé declares all that a module mentions, so that the files of its catalog are asked as well about those.
    """
    found: dict[str, set[Path]] = {}
    for file in files:
        _note_classes(found, file.path, file.triples)
    read = {os.path.realpath(file.path) for file in files}
    for file in files:
        if not {s for s, *rest in file.triples if tuple(rest) == _DECLARATION} <= found.keys():
            for mate in (path for path in mates(file.path) if str(path) not in read):
                read.add(str(mate))
                with suppress(DislodgeError):  # a file that was not asked for is not told of either
                    _note_classes(found, mate, read_triples(mate))
    return found


def _note_classes(found: dict[str, set[Path]], path: Path, triples: Iterable[Triple]) -> None:
    for subject, predicate, value in triples:
        if predicate == TYPE and not str(value).startswith(OWL):
            found.setdefault(subject, set()).add(path)


def _rendered(file: _Formatting, described: dict[str, set[Path]]) -> str:
    name = str(file.path)
    if file.form == "swrl":
        return rules_text(read_rules(file.text, name), rule_comments(file.text, name))
    bare = {s for s in described if file.path not in described[s]}
    triples = [t for t in file.triples if not (t[0] in bare and t[1:] == _DECLARATION)]
    return module_text(file.data, triples, name)


def _document(files: Sequence[_Formatting], changed: Sequence[_Formatting], check_only: bool) -> Formatted:
    answers: list[FormattedFile] = [{"file": str(file.path), "changed": file in changed} for file in files]
    told: Formatted = {
        "command": "format",
        **of_files(),
        "verdict": ("would change" if check_only else "changed") if changed else "canonical",
        "answers": answers,
        "check": check_only,
        "changed": len(changed),
    }
    if not answers:
        told["reasons"] = [reason("NO_FILES", "no file of a known ending")]
    return told
