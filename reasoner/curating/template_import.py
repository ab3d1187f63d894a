"""Tables back into the files of an ontology: everything is checked before the first file is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reasoner.answers.frame import of_files, reason
from reasoner.curating.asserted import Asserted
from reasoner.curating.module_text import module_text
from reasoner.curating.tables.edits import Edit, Edits
from reasoner.curating.tables.needs import unmet
from reasoner.curating.tables.rows import TableEntries
from reasoner.errors import DislodgeError, Faults, OntologyError, raise_all
from reasoner.files.moment import as_one, settle_beside
from reasoner.mechanism.minting import mint
from reasoner.model.roles import Roles
from reasoner.model.template import Template
from reasoner.reading.owl.ontology import joined
from reasoner.reading.rdf.ontology_files import OntologyFile, read_ontology_files
from reasoner.reading.rdf.triples import parse_triples
from reasoner.reading.tables.template import read_template
from reasoner.writing.whole_file import write_all

if TYPE_CHECKING:
    from reasoner.model.documents.curation import ImportedThing, TemplateImport


def import_tables(
    tables: Sequence[Path], files: Sequence[Path], into: Path | None, *, check_only: bool = False
) -> TemplateImport:
    """Make the ontology of ``files`` state what the tables hold.

    An individual stays in the file that describes it; new ones go to ``into``, which is made when it is missing.
    Raises :class:`~reasoner.errors.DislodgeError` with every fault, and then nothing is written.
    """
    (loaded, number), read = as_one(lambda: (_loaded(files, into), _read_tables(tables)))
    texts, made = edited(loaded, read, number)
    if not check_only:
        write_all({loaded[changed].path: text for changed, text in texts.items()})
    answers = [_row(edit, loaded) for edit in made if edit]
    told: TemplateImport = {
        "command": "template-import",
        **of_files(),
        "verdict": "changed" if answers else "same",
        "answers": answers,
        "rows": sum(len(table.rows) for table in read),
        "files": [str(loaded[changed].path) for changed in texts],
        "written": not check_only,
    }
    if not answers:
        told["reasons"] = [reason("SAME", "every row is stated already")]
    return told


def edited(
    loaded: list[OntologyFile], tables: Sequence[Template], into: int | None
) -> tuple[dict[int, str], list[Edit]]:
    """The new text of each file that changes, by its number, and what changes; raises as :func:`import_tables` does."""
    ontology = joined([ontology_file for ontology_file in loaded if ontology_file.data])
    asserted = Asserted(loaded)
    rows = TableEntries(ontology, asserted, tables)
    raise_all(sorted(rows.faults, key=_place))
    numbers = {str(ontology_file.path): number for number, ontology_file in enumerate(loaded)}

    def home(name: str) -> int | None:
        return numbers.get(ontology.sources.get(name, ""))

    edits = Edits(asserted, home, into)
    roles = Roles(ontology)
    made = [edits.edit(entry) for entry in rows.entries.values()]
    raise_all([fault for edit in made if edit for fault in unmet(asserted, roles, edit)])
    raise_all(_homeless(made))
    texts = {
        number: module_text(loaded[number].data, edits.triples(number), str(loaded[number].path))
        for number in edits.changed()
    }
    if texts:
        _check(loaded, texts, made)
    return texts, made


def _loaded(files: Sequence[Path], into: Path | None) -> tuple[list[OntologyFile], int | None]:
    """The files of the ontology with what they import; ``into`` among them, and its number."""
    if into is not None:
        settle_beside(into)
    known = {os.path.realpath(path) for path in files}
    is_extra = into is not None and os.path.realpath(into) not in known
    exists = into is not None and into.exists()
    loaded = read_ontology_files([*files, into] if into is not None and is_extra and exists else files)
    if into is None:
        return loaded, None
    if not exists:
        loaded.append(OntologyFile(into, b"", []))
    wanted = os.path.realpath(into)
    return loaded, next(n for n, d in enumerate(loaded) if os.path.realpath(d.path) == wanted)


def _read_tables(paths: Sequence[Path]) -> list[Template]:
    found: list[Template] = []
    faults: list[DislodgeError] = []
    for path in paths:
        try:
            found.append(read_template(path))
        except Faults as error:
            faults += error.faults
        except DislodgeError as error:
            faults.append(error)
    raise_all(faults)
    return found


def _homeless(made: Sequence[Edit]) -> list[DislodgeError]:
    return [
        OntologyError(
            f"{edit.entry.name} is new, and no file is named for it",
            code="E328",
            hint="say which file new ids go to: --into FILE",
            span=edit.entry.span,
        )
        for edit in made
        if edit.is_new and edit.file < 0
    ]


def _check(loaded: list[OntologyFile], texts: dict[int, str], made: Sequence[Edit]) -> None:
    """Read what would be written together with the rest, and complete it as every command does."""
    new = []
    for number, ontology_file in enumerate(loaded):
        if number in texts:
            data = texts[number].encode("utf-8")
            new.append(
                OntologyFile(ontology_file.path, data, parse_triples(data, str(ontology_file.path), blank=f"{number}."))
            )
        elif ontology_file.data:
            new.append(ontology_file)
    try:
        mint((whole := joined(new)).facts, whole.axioms)
    except DislodgeError as error:
        raise_all([_placed(fault, made) for fault in (error.faults if isinstance(error, Faults) else (error,))])


def _placed(fault: DislodgeError, made: Sequence[Edit]) -> DislodgeError:
    """The fault with the row of the individual that it names, where it names one."""
    words = fault.message.replace("(", " ").replace(",", " ").replace(")", " ").split()
    span = next((edit.entry.span for edit in made if edit and edit.entry.name in words), fault.span)
    return OntologyError(fault.message, code=fault.code, hint=fault.hint, span=span)


def _place(fault: DislodgeError) -> tuple[str, int, int]:
    return (fault.span.file, fault.span.line, fault.span.column) if fault.span else ("", 0, 0)


def _row(edit: Edit, loaded: list[OntologyFile]) -> ImportedThing:
    return {
        "id": edit.entry.name,
        "change": "added" if edit.is_new else "changed",
        "file": str(loaded[edit.file].path),
        "added": edit.added,
        "removed": edit.removed,
    }
