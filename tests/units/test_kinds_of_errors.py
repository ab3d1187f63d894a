"""Errors and findings that no other test is about, each brought about once and known by its code."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from reasoner.answers.catalogue import list_kind
from reasoner.answers.combination.goals import goals_for
from reasoner.answers.combine import combine
from reasoner.answers.evidence import evidence
from reasoner.asking.clones import clones_of
from reasoner.asking.placing import place_of
from reasoner.asking.requests import ScenarioRequest, Wish
from reasoner.asking.resolving import scenario_request
from reasoner.cli import main
from reasoner.curating import module_text
from reasoner.curating.asserted import Asserted
from reasoner.curating.checks import expectations, hermit, owl_dl, soundness
from reasoner.curating.difference.sides import side
from reasoner.curating.tables.kinds import KINDS
from reasoner.curating.template_export import MARKS, export_table, exported
from reasoner.errors import DislodgeError, ReadingError
from reasoner.inference.reasoned import Reasoned
from reasoner.knowledge import StatedKnowledge
from reasoner.reading.expectations import Expectation
from reasoner.reading.owl.ontology import joined, read_ontology
from reasoner.reading.rdf.ontology_files import read_again, read_ontology_files
from reasoner.reading.rules.text import read_rules
from reasoner.resources import shipped
from reasoner.views.limited import Limits, Reply, run_limited
from reasoner.views.sparql.asking import ask
from reasoner.views.sparql.evaluate import Query
from reasoner.views.web.listening import Address, bound
from reasoner.writing.ontology_text import ontology_text
from tests.units.small_knowledge import small

N = "https://w3id.org/dislodge#"
PREFIXES = {
    "": N,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
HERE = ScenarioRequest("Stem_A", "diseaseA")
LIMITS = Limits(5)


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(DislodgeError) as caught:
        call()
    return caught.value.code


def rows_as_turtle() -> Reply:
    return ask(Reasoned.load(), Query("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"), "ttl", (), LIMITS)


def goal_of_another_place() -> object:
    place = place_of(small(), HERE)
    return goals_for(small(), small().located(place), place, "", ["drug-a"])


QUESTIONS: dict[str, Callable[[], Any]] = {
    "E405": lambda: place_of(small(), ScenarioRequest("Stem_A", "diseaseA", ("in_glass",))),
    "E408": lambda: evidence(small(), ["drug-a"], modality="sung"),
    "E409": lambda: list_kind(small(), "planets"),
    "E415": goal_of_another_place,
    "E419": lambda: combine(small(), HERE, Wish(strict=True)),
    "E425": rows_as_turtle,
    "E427": lambda: exported([], "planet"),
    "E432": lambda: place_of(small(), ScenarioRequest("Stem_A", clones=(("mutX",),))),
    "E434": lambda: clones_of(small(), ScenarioRequest("Stem_A", clones=(("diseaseA",),))),
    "E601": lambda: ontology_text([(f"{N}a b", f"{N}p", f"{N}c")], "nt"),
    "E605": lambda: ontology_text([], "docx"),
}


@pytest.mark.parametrize("code", QUESTIONS)
def test_what_cannot_be_asked_or_written(code: str) -> None:
    assert code_of(QUESTIONS[code]) == code


@pytest.mark.parametrize(("words", "code"), [("rules --dry-run", "E440"), ("sparql", "E440")])
def test_options_that_do_not_go_together(words: str, code: str) -> None:
    result = CliRunner().invoke(main, words.split())
    assert (result.exit_code, code in result.stderr) == (2, True)


def test_a_clone_is_told_by_states() -> None:
    assert code_of(lambda: scenario_request(small(), "Stem_A", None, (), (), ("mutX then mutX",))) == "E434"


def test_a_folder_without_an_ontology_is_no_side_of_a_comparison(tmp_path: Path) -> None:
    def compared() -> None:
        with side(str(tmp_path)):
            pass

    assert code_of(compared) == "E435"


def test_an_address_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert code_of(lambda: bound(Address(port=taken.getsockname()[1]))) == "E426"


def test_texts_that_hold_every_mark(tmp_path: Path) -> None:
    file = tmp_path / "facts.ttl"
    labels = " , ".join(f'"{n} {" ".join(MARKS)}"@en' for n in range(2))
    file.write_text(f"{HEAD}:KINX a :Molecule ; skos:altLabel {labels} .")
    documents = read_ontology_files([*sorted(shipped("ontology").glob("modules/*.ttl")), file])
    assert code_of(lambda: export_table(joined(documents), Asserted(documents), KINDS["molecule"])) == "E606"


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_file_that_would_not_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = iter(range(9))
    monkeypatch.setattr(module_text, "fingerprint", lambda _: next(seen))
    assert code_of(lambda: module_text.module_text(b"", [(f"{N}a", f"{N}p", f"{N}b")], "a.ttl")) == "E117"


def test_a_file_that_has_changed_since_it_was_read(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    file.write_text(f"{HEAD}:C a owl:Class .")
    ontology = read_ontology([file])
    file.write_text(f"{HEAD}:D a owl:Class .")
    assert code_of(lambda: list(read_again(ontology))) == "E123"


def test_an_installation_without_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("reasoner.resources._INSTALLED", tmp_path / "reasoner" / "_data")
    (tmp_path / "reasoner").mkdir()
    with pytest.raises(ReadingError, match="E126"):
        shipped("rules")


# --- limits -----------------------------------------------------------------------------------------------------------


def deep() -> NoReturn:
    return deep()


def dies() -> NoReturn:
    os.kill(os.getpid(), signal.SIGHUP)
    raise AssertionError


@pytest.mark.parametrize(
    ("code", "work", "limits"),
    [
        ("E504", lambda: Reply(body=bytes(1 << 28)), Limits(5, memory=1 << 26)),
        ("E505", lambda: Reply(body=bytes(2 << 20)), Limits(5, output=1 << 20)),
        ("E506", deep, LIMITS),
        ("E509", dies, LIMITS),
    ],
)
def test_work_that_goes_beyond_its_limits(code: str, work: Callable[[], Reply], limits: Limits) -> None:
    assert code_of(lambda: run_limited(work, limits)) == code


# --- findings ---------------------------------------------------------------------------------------------------------


def codes(found: Iterator[dict[str, Any]]) -> set[str]:
    return {row["code"] for row in found}


def test_axioms_beyond_owl_rl_and_alternatives(tmp_path: Path) -> None:
    file = tmp_path / "a.ttl"
    either = "[ a owl:Class ; owl:unionOf ( :C :D ) ]"
    file.write_text(
        f"{HEAD}:C a owl:Class ; rdfs:subClassOf {either} .\n:D a owl:Class .\n"
        f":p a owl:ObjectProperty ; rdfs:domain {either} ."
    )
    kb = Reasoned(StatedKnowledge(read_ontology([file]), [], "cd" * 32))
    assert codes(soundness.reading(kb)) == {"C101", "C102"}


def test_a_source_that_no_file_describes() -> None:
    text = 'rule R-1 "x"\n    status curated\n    source CL-99\n    because "x"\n\n    Agent(?x) -> Molecule(?x)\n'
    text += "\n    fires Agent(a) -> Molecule(a)\n    silent Cell(a)\n"
    kb = Reasoned(StatedKnowledge(small().base.ontology, read_rules(text, "a.swrl"), "cd" * 32))
    assert "C301" in codes(soundness.rules(kb))


def test_individuals_without_a_label_and_needs_that_nothing_gives() -> None:
    assert codes(soundness.labels(small())) == {"C401"}
    assert codes(soundness.never_on(small())) == {"C403"}


def test_what_curators_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    kb = Reasoned.load()
    assert codes(expectations.private(kb)) == {"C502"}
    monkeypatch.setattr(expectations, "assess", lambda *_, **__: {"outcomes": []})
    assert codes(expectations.reported(kb)) == {"C501"}
    monkeypatch.setattr(
        expectations, "read_expectations", lambda _: [Expectation("q", "Is it?", "breaks(nobody, RP01)", True)]
    )
    assert codes(expectations.unanswered(kb)) == {"C504"}


def test_a_class_that_can_have_no_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hermit, "judged", lambda _: hermit.Judgement(True, ("Nobody",), 0))
    assert codes(owl_dl.by_hermit(())) == {"C205"}
