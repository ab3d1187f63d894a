"""Groups of thousands take no more memory than their statements: measured in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.ci

HEAD = """@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
#: Bytes beyond what the same question takes without the group.
MOST = 100 << 20
_MEASURED = """
import resource, sys
from reasoner.cli import main
try:
    main(sys.argv[1:])
finally:
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print("peak", peak, file=sys.stderr)
"""


def individuals(number: int) -> str:
    return "".join(f":i{place} a owl:NamedIndividual , :Molecule .\n" for place in range(number))


def classes(number: int) -> str:
    return (
        "".join(f":C{place} a owl:Class .\n" for place in range(number)) + ":one a owl:NamedIndividual , :C0 , :C7 .\n"
    )


def properties(number: int) -> str:
    declared = "".join(f":p{place} a owl:ObjectProperty .\n" for place in range(number))
    return declared + individuals(2) + ":i0 :p0 :i1 ; :p7 :i1 .\n"


def listed(prefix: str, number: int) -> str:
    return "( " + " ".join(f":{prefix}{place}" for place in range(number)) + " )"


def chain(prefix: str, number: int, prop: str, ring: bool = False) -> str:
    links = number if ring else number - 1
    return "".join(f":{prefix}{place} {prop} :{prefix}{(place + 1) % number} .\n" for place in range(links))


GROUPS: dict[str, Callable[[], str]] = {
    "all different": lambda: individuals(2500) + f"[] a owl:AllDifferent ; owl:members {listed('i', 2500)} .",
    "chain of classes": lambda: classes(5000) + chain("C", 5000, "rdfs:subClassOf"),
    "ring of classes": lambda: classes(3000) + chain("C", 3000, "owl:equivalentClass", ring=True),
    "chain of properties": lambda: properties(5000) + chain("p", 5000, "rdfs:subPropertyOf"),
    "disjoint classes": lambda: classes(1500) + f"[] a owl:AllDisjointClasses ; owl:members {listed('C', 1500)} .",
    "disjoint union": lambda: classes(1500) + f":C a owl:Class ; owl:disjointUnionOf {listed('C', 1500)} .",
    "disjoint properties": lambda: (
        properties(1500) + f"[] a owl:AllDisjointProperties ; owl:members {listed('p', 1500)} ."
    ),
}
QUESTIONS = {
    "list": ("list", "molecules"),
    "sparql": ("sparql", "ASK { :i1 owl:differentFrom :i2 }"),
}


def peak(*args: str) -> int:
    """The most bytes that a command takes, children included; its cache is off, so that nothing is left out."""
    environment = {**os.environ, "DISLODGE_CACHE": "off"}
    done = subprocess.run([sys.executable, "-c", _MEASURED, *args], env=environment, capture_output=True, text=True)
    *_, last = done.stderr.splitlines()
    assert done.returncode in (0, 1), done.stderr
    assert last.startswith("peak "), done.stderr
    return int(last.removeprefix("peak ")) * (1 if sys.platform == "darwin" else 1024)


@cache
def base(question: str) -> int:
    return peak(*QUESTIONS[question])


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("group", GROUPS)
def test_a_group_takes_no_more_than_its_statements(group: str, question: str, tmp_path: Path) -> None:
    file = tmp_path / "group.ttl"
    file.write_text(HEAD + GROUPS[group]())
    assert peak(*QUESTIONS[question], "--with", str(file)) < base(question) + MOST
