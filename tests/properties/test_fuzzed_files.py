"""Damaged files: the documented error or a sound result, never anything else, and the file as it was."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from reasoner.curating.format import format_files
from reasoner.errors import DislodgeError
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import parse_triples
from reasoner.resources import shipped, shipped_rules
from reasoner.writing.ontology_text import FORMS, ontology_text
from tests.properties.mutations import mutated


@cache
def sources() -> list[tuple[str, bytes]]:
    """A small file of every kind: the first module in every syntax, and a rule file."""
    text = (shipped("ontology") / "modules" / "core.ttl").read_bytes()
    triples = parse_triples(text, "core.ttl")
    found = [("ttl", text), ("swrl", shipped_rules()[2].read_bytes())]
    for form in FORMS:
        found.append((form, ontology_text(triples, form).encode("utf-8")))
    return found


def _fuzz(folder: Path, count: int, seed: int) -> None:
    chance = random.Random(seed)
    outcomes = {True: 0, False: 0}
    for number in range(count):
        form, whole = chance.choice(sources())
        data = mutated(whole, chance)
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
