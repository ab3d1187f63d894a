"""Damaged tables: the documented error and files as they were, or a sound ontology in canonical form."""

from __future__ import annotations

import csv
import io
import random
import re
from pathlib import Path

import pytest

from reasoner.curating.format import format_files
from reasoner.curating.tables.kinds import KINDS
from reasoner.curating.template_export import exported
from reasoner.curating.template_import import import_tables
from reasoner.errors import DislodgeError, Faults
from reasoner.mechanism.minting import mint
from reasoner.reading.owl.ontology import read_ontology
from reasoner.writing.template import template_text
from tests.properties.mutations import mutated
from tests.units.curated import ACTION, GOOD, Curated

_CELLS = (
    "", "KINX", "drug-a|drug-b", "dislodge:KINY", "kinase", "CL-1|CL-2", "CL-99", "block", "soluble", "Action", "Paper",
    "true", "true^^xsd:boolean", "x^^y", "|", "||", "a|", "\t", '"', '""', "\n", "ID", "I dislodge:hasTarget SPLIT=|",
    ">AI dislodge:supportedBy", "AL rdfs:label@en", "A x", "SPLIT=", "http://example.org/a#b#c", "urn:x", "<>", "é",
    "\u202e", "hasMode",
    "dislodge:", ":", "owl:Thing", "owl:NamedIndividual", "everywhere", "KINO", "x" * 300, "=1+1", "\\", "\ufeff",
)  # fmt: skip


def tables(curated: Curated) -> list[str]:
    """A table of every kind, and one that adds."""
    found = [template_text(exported(curated.files, kind)[0]) for kind in KINDS]
    return [table for table in found if table.count("\n") > 2] + [ACTION + GOOD] * 4


def mixed(table: str, chance: random.Random) -> str:
    """The table with cells, rows or columns replaced, moved, doubled or left out."""
    rows = list(csv.reader(io.StringIO(table), delimiter="\t"))
    for _ in range(chance.choice((1, 1, 2, 4))):
        row, other = chance.choice(rows), chance.choice(rows)
        place, second = chance.randrange(len(row) or 1), chance.randrange(len(other) or 1)
        match chance.randrange(8):
            case 0 | 1 | 2 if row:
                row[place] = chance.choice(_CELLS)
            case 3 if row and other:
                row[place], other[second] = other[second], row[place]
            case 4:
                rows.insert(chance.randrange(len(rows) + 1), list(row))
            case 5 if len(rows) > 1:
                rows.remove(row)
            case 6:
                for cells in rows:
                    del cells[place : place + 1]
            case _:
                row.insert(place, chance.choice(_CELLS))
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
    return out.getvalue()


def _fuzz(folder: Path, count: int, seed: int) -> None:
    curated = Curated(folder)
    chance = random.Random(seed)
    found, old = tables(curated), curated.facts.read_bytes()
    path, into = folder / "table.tsv", folder / "new.ttl"
    outcomes = {"refused": 0, "same": 0, "changed": 0}
    for number in range(count):
        table = chance.choice(found)
        data = mutated(table.encode(), chance) if chance.random() < 0.4 else mixed(table, chance).encode()
        path.write_bytes(data)
        try:
            outcome = str(import_tables([path], curated.files, into)["verdict"])
        except DislodgeError as error:
            outcome = "refused"
            for fault in error.faults if isinstance(error, Faults) else (error,):
                assert re.fullmatch(r"E\d{3}", fault.code) and fault.message and "\n" not in fault.message.strip(), (
                    number
                )
                assert fault.span is not None and fault.span.file, (number, str(fault))
        outcomes[outcome] += 1
        assert path.read_bytes() == data
        if outcome == "changed":
            files = [*curated.files, into] if into.exists() else curated.files
            mint(read_ontology(files).facts)
            assert format_files(files[-2:], check_only=True)["changed"] == 0, number
            assert _again(path, files, into) in ("same", "renamed"), number
            curated.facts.write_bytes(old)
            into.unlink(missing_ok=True)
        assert curated.facts.read_bytes() == old and not into.exists(), number
    print(outcomes)
    assert min(outcomes.values()) > count // 50, outcomes


def _again(path: Path, files: list[Path], into: Path) -> str:
    """The verdict of the same import again; a table may take away the very label by which it names a thing."""
    try:
        return str(import_tables([path], files, into)["verdict"])
    except DislodgeError as error:
        return "renamed" if error.code in ("E320", "E321", "E329") else str(error)


def test_two_hundred_damaged_tables(tmp_path: Path) -> None:
    _fuzz(tmp_path, 200, seed=3)


@pytest.mark.slow
def test_five_thousand_damaged_tables(tmp_path: Path) -> None:
    _fuzz(tmp_path, 5_000, seed=4)
