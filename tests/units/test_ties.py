"""Blank nodes that nothing but their relations to each other tells apart: labels by RDFC-1.0, within bounds."""

from __future__ import annotations

import subprocess
import time
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.curating.diff import diff
from reasoner.curating.format import format_files
from reasoner.errors import LimitError
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.model.iris import FIRST, NIL, REST
from reasoner.reading.owl.ontology import read_ontology
from reasoner.reading.rdf.triples import parse_triples
from reasoner.resources import shipped
from reasoner.writing import ties
from reasoner.writing.ontology_text import FORMS, ontology_text

HEAD = "@prefix : <https://w3id.org/dislodge#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
N = "https://w3id.org/dislodge#"
#: Nine nodes that all point at each other.
CLIQUE = "".join(f"_:n{one} :p _:n{other} .\n" for one, other in permutations(range(9), 2))
#: Two circles of three and one of six: what each node states, and who refers to it, is the same.
CIRCLES = ("ab", "bc", "ca", "de", "ef", "fd", "gh", "hi", "ij", "jk", "kl", "lg")


@pytest.fixture
def no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a child was started")

    monkeypatch.setattr(subprocess, "run", refuse)


def test_circles_of_different_length_are_told_apart() -> None:
    triples = [(f"_:{one}", f"{N}p", f"_:{other}") for one, other in CIRCLES]
    circle = [(f"_:{one}", f"{N}at", f"{N}six") for one in "gh"]
    texts = {ontology_text([*order, *circle], "nt") for order in (triples, triples[::-1], triples[5:] + triples[:5])}
    assert len(texts) == 1 and len(texts.pop().splitlines()) == 14


@pytest.mark.usefixtures("no_child")
@pytest.mark.parametrize(
    "text",
    [
        ":a :p [ :q :b ] , [ :q :b ] . [] :r [ :q [] ] . [] :r [ :q [] ] .",
        ":a :p _:x , _:y . _:x :q 1 . _:y :q 2 . :b :p _:x , _:y .",
        ":a :p _:x . :a :q _:x . :b :p _:y . :b :q _:y .",
        "_:x :p _:y . _:y :q _:x .",
        ":a :p ( [ :q :b ] [ :q :b ] ) .",
    ],
    ids=["trees", "what they state", "who refers to them", "a circle", "a list of trees"],
)
def test_no_child_is_started_where_nothing_depends_on_labels(text: str) -> None:
    triples = parse_triples(f"{HEAD}{text}".encode(), "x.ttl")
    assert ontology_text(triples, "ttl") == ontology_text(triples[::-1], "ttl")


@pytest.mark.usefixtures("no_child")
def test_the_shipped_files_need_no_child() -> None:
    assert format_files([shipped("ontology")], check_only=True)["verdict"] == "canonical"


@pytest.mark.ci
def test_a_clique_is_an_error_within_the_bound_and_the_files_stay(tmp_path: Path) -> None:
    hard, other = tmp_path / "hard.ttl", tmp_path / "other.ttl"
    nodes = " , ".join(f"_:n{number}" for number in range(9))
    texts = {hard: f"{HEAD}:b :q :c .\n{CLIQUE}:anchor :p {nodes} .", other: f"{HEAD}:b :q :c ; :p :a ."}
    for path, text in texts.items():
        path.write_text(text)
    begun = time.monotonic()
    result = CliRunner().invoke(main, ["format", str(tmp_path)])
    assert time.monotonic() - begun < 2 * ties.SECONDS
    assert result.exit_code == 3
    assert f"{hard}: E512: 9 blank nodes that hang on :anchor cannot be told apart within 5 s" in result.stderr
    assert {path: path.read_text() for path in texts} == texts


@pytest.mark.parametrize("form", FORMS)
def test_every_syntax_has_the_bound(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "SECONDS", 0.3)
    text = f"{HEAD}:p a owl:ObjectProperty .\n{CLIQUE}"
    with pytest.raises(LimitError, match="9 blank nodes that hang on no subject with a name, and state :p, cannot be"):
        ontology_text(parse_triples(text.encode(), "x.ttl"), form)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ties, "MEMORY", 1 << 20)
    triples = [(f"_:{one}", f"{N}p", f"_:{other}") for one, other in CIRCLES]
    with pytest.raises(LimitError, match=r"E512.* within 1 MB of memory"):
        ontology_text(triples, "nt")


def test_where_no_child_can_be_started_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "")
    triples = [(f"_:{one}", f"{N}p", f"_:{other}") for one, other in CIRCLES]
    with pytest.raises(LimitError, match="E512"):
        ontology_text(triples, "nt")


def test_many_alike_that_stand_apart_are_no_burden() -> None:
    members = [f"_:m{number}" for number in range(40)]
    cells = [f"_:c{number}" for number in range(40)]
    triples = [(f"{N}all", "http://www.w3.org/2002/07/owl#members", cells[0])]
    for cell, rest, member in zip(cells, [*cells[1:], NIL], members, strict=True):
        triples += [(cell, FIRST, member), (cell, REST, rest), (f"{N}a", f"{N}knows", member)]
    assert ontology_text(triples, "ttl") == ontology_text(triples[::-1], "ttl")


def test_a_list_that_holds_itself_is_kept() -> None:
    triples = [("_:a", FIRST, "_:a"), ("_:a", REST, NIL), (f"{N}x", f"{N}p", f"{N}y")]
    assert len(ontology_text(triples, "nt").splitlines()) == 3


# --- diff -------------------------------------------------------------------------------------------------------------

SITES = (
    "_:x a :Site .",
    "_:y a :Site .",
    ":CXCR4 a :GeneProduct . :CXCL12 a :GeneProduct . :CL-1 a :Evidence .",
    ":CXCR4 :partOf _:x , _:y .",
    "_:x :partOf _:y , :CXCL12 .",
    "_:y :partOf _:x .",
    "[] a owl:Axiom ; owl:annotatedSource _:x ; owl:annotatedProperty :partOf ; owl:annotatedTarget _:y ;"
    " :supportedBy :CL-1 .",
)


def knowledge(folder: Path, statements: tuple[str, ...]) -> Reasoned:
    file = folder / f"{abs(hash(statements))}.ttl"
    file.write_text(HEAD + "\n".join(statements))
    modules = sorted(shipped("ontology").glob("modules/*.ttl"))
    return Reasoned(StatedKnowledge(read_ontology([*modules, file]), [], "cd" * 32))


def differences(folder: Path, changed: tuple[str, ...]) -> dict[str, Any]:
    return dict(diff(knowledge(folder, SITES), knowledge(folder, changed)))


def test_individuals_without_a_name_may_come_in_any_order(tmp_path: Path) -> None:
    assert differences(tmp_path, SITES[::-1])["verdict"] == "same"


def test_what_is_said_of_them_counts(tmp_path: Path) -> None:
    facts = differences(tmp_path, (*SITES, "_:x :partOf :CXCR4 ."))["facts"]
    assert [len(facts[side]) for side in ("asserted", "retracted")] == [1, 0]
    assert differences(tmp_path, SITES[:-1])["evidence"]
