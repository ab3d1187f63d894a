"""Damaged files: the documented error or a sound result, never anything else, and the file as it was."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from reasoner.answers.format import format_files
from reasoner.errors import DislodgeError
from reasoner.reading.ontology import read_ontology
from reasoner.reading.rdf import parse_triples
from reasoner.resources import shipped, shipped_rules
from reasoner.writing.ontology_text import FORMS, ontology_text

_PIECES = (
    b"<", b">", b'"', b"'", b"(", b")", b"[", b"]", b".", b";", b"#", b"\\", b"\x00", b"\xff", b"\xc3", b"&", b"&amp;",
    b"]]>", b"<!--", b"-->", b"@prefix", b"^^", b"@en", b"_:", b"{", b"%", b"\r", b"\n", b"Annotation(", b"swrl:Imp",
    b"owl:Axiom", b"\xe2\x80\xae", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"rdf:nodeID='a'", b"rule R-X-001 ", b"->",
)  # fmt: skip


@cache
def sources() -> list[tuple[str, bytes]]:
    """A small file of every kind: the first module in every syntax, and a rule file."""
    text = (shipped("ontology") / "modules" / "core.ttl").read_bytes()
    triples = parse_triples(text, "core.ttl")
    found = [("ttl", text), ("swrl", shipped_rules()[2].read_bytes())]
    for form in FORMS:
        found.append((form, ontology_text(triples, form).encode("utf-8")))
    return found


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes cut, doubled, swapped, replaced, or with something inserted."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 3, 20, 400)))
        match chance.randrange(6):
            case 0:
                data = data[:start]
            case 1:
                data = data[:start] + data[end:]
            case 2:
                data = data[:start] + data[start:end] * 2 + data[end:]
            case 3:
                data = data[:start] + chance.choice(_PIECES) + data[start:]
            case 4:
                data = data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]
            case _:
                data = data[end:] + data[start:end]
    return data


def _fuzz(folder: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    outcomes = {True: 0, False: 0}
    for number in range(count):
        form, whole = chance.choice(sources())
        data = damaged(whole, chance)
        path = folder / f"file.{form}"
        path.write_bytes(data)
        try:
            format_files([path])
        except DislodgeError as error:
            assert str(error) and error.code, (number, form)
            assert path.read_bytes() == data, (number, form)
            outcomes[False] += 1
        else:
            once = path.read_bytes()
            format_files([path])
            assert path.read_bytes() == once, (number, form)
            outcomes[True] += 1
        if form != "swrl":
            try:
                read_ontology([path])
            except DislodgeError as error:
                assert str(error) and error.code
    assert min(outcomes.values()) > count // 50, outcomes


def test_five_hundred_damaged_files(tmp_path: Path) -> None:
    _fuzz(tmp_path, 500, seed=1)


@pytest.mark.slow
def test_ten_thousand_damaged_files(tmp_path: Path) -> None:
    _fuzz(tmp_path, 10_000, seed=2)
