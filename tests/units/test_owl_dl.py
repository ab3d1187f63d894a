"""What leaves OWL 2 DL is a finding with place and repair, and so is everything that HermiT says of a file."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.curating.checks import hermit
from reasoner.curating.checks.hermit import Absent, Judgement, Refused, Unfinished, judged
from reasoner.curating.checks.owl_dl import by_hermit, outside_owl_dl
from reasoner.reading.owl.ontology import joined
from reasoner.reading.rdf.ontology_files import read_ontology_files
from reasoner.reading.rdf.triples import parse_triples

pytestmark = pytest.mark.ci

HEAD = """@prefix : <http://example.org/lab#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix swrl: <http://www.w3.org/2003/11/swrl#> .
@prefix swrlb: <http://www.w3.org/2003/11/swrlb#> .
<http://example.org/lab> a owl:Ontology .
:near a owl:ObjectProperty . :inside a owl:ObjectProperty . :beside a owl:ObjectProperty .
:size a owl:DatatypeProperty . :Thing a owl:Class .
:grade a rdfs:Datatype . :mark a rdfs:Datatype .
"""
INSIDE = ":inside a owl:TransitiveProperty ; rdfs:subPropertyOf :near .\n"
RESTRICTED = ":Thing rdfs:subClassOf [ a owl:Restriction ; owl:onProperty {} ; {} ] ."
RANGE = ":size rdfs:range [ a rdfs:Datatype ; {} ] ."
ALIKE = "[ a rdfs:Datatype ; owl:unionOf ( {} xsd:string ) ]"
#: By what is wrong: what a file states, the code, the subject and what the message says.
BREACHES = {
    "functional": (
        INSIDE + ":near a owl:FunctionalProperty .",
        "C103",
        "near",
        "inside, a property below it, is transitive",
    ),
    "inverse functional": (INSIDE + ":near a owl:InverseFunctionalProperty .", "C103", "near", "is inverse functional"),
    "asymmetric": (INSIDE + ":near a owl:AsymmetricProperty .", "C103", "near", "is asymmetric"),
    "irreflexive": (INSIDE + ":inside a owl:IrreflexiveProperty .", "C103", "inside", "it is transitive"),
    "disjoint": (INSIDE + ":beside owl:propertyDisjointWith :near .", "C103", "near", "is disjoint"),
    "all disjoint": (
        INSIDE + "[] a owl:AllDisjointProperties ; owl:members ( :beside :near ) .",
        "C103",
        "near",
        "is disjoint",
    ),
    "self": (INSIDE + RESTRICTED.format(":near", "owl:hasSelf true"), "C103", "near", "oneself"),
    "counted": (
        INSIDE + RESTRICTED.format(":near", 'owl:maxCardinality "2"^^xsd:nonNegativeInteger'),
        "C103",
        "near",
        "is counted",
    ),
    "counted backwards": (
        INSIDE + RESTRICTED.format("[ owl:inverseOf :near ]", 'owl:cardinality "2"^^xsd:nonNegativeInteger'),
        "C103",
        "near",
        "is counted",
    ),
    "through an inverse": (
        ":inside a owl:TransitiveProperty ; owl:inverseOf :near .\n:near a owl:FunctionalProperty .",
        "C103",
        "near",
        "inside",
    ),
    "through an equivalent": (
        ":inside a owl:TransitiveProperty ; owl:equivalentProperty :near .\n:near a owl:FunctionalProperty .",
        "C103",
        "near",
        "inside",
    ),
    "through a chain": (
        ":near owl:propertyChainAxiom ( :beside :inside ) .\n:near a owl:FunctionalProperty .",
        "C103",
        "near",
        "it follows from a chain",
    ),
    "everything": ("owl:topObjectProperty a owl:FunctionalProperty .", "C103", "topObjectProperty", "is composite"),
    "circle of chains": (
        ":near owl:propertyChainAxiom ( :inside :beside ) .\n:inside owl:propertyChainAxiom ( :near :beside ) .",
        "C104",
        "near",
        "near below inside below near",
    ),
    "chain of itself": (":near owl:propertyChainAxiom ( :near :inside :near ) .", "C104", "near", "near below near"),
    "all data": ("owl:topDataProperty rdfs:subPropertyOf :size .", "C105", "topDataProperty", "may only stand above"),
    "datatype unknown": (
        ':x a owl:NamedIndividual ; :size "P1D"^^xsd:duration .',
        "C106",
        "x",
        "duration is none of OWL 2",
    ),
    "datatype undefined": (":size rdfs:range :grade .", "C106", "size", "no axiom defines it"),
    "literal of a defined datatype": (
        ':grade owl:equivalentClass xsd:string .\n:x a owl:NamedIndividual ; :size "a"^^:grade .',
        "C106",
        "x",
        "no literal can have it",
    ),
    "definitions in a circle": (
        f":grade owl:equivalentClass {ALIKE.format(':mark')} .\n:mark owl:equivalentClass {ALIKE.format(':grade')} .",
        "C107",
        "",
        "run in a circle",
    ),
    "two definitions": (
        ":grade owl:equivalentClass xsd:string .\n:grade owl:equivalentClass xsd:int .",
        "C107",
        "grade",
        "2 definitions",
    ),
    "facet": (
        RANGE.format("owl:onDatatype xsd:boolean ; owl:withRestrictions ( [ xsd:length 2 ] )"),
        "C108",
        "size",
        "by length",
    ),
    "facet of a defined datatype": (
        ":grade owl:equivalentClass xsd:int .\n"
        + RANGE.format("owl:onDatatype :grade ; owl:withRestrictions ( [ xsd:minInclusive 2 ] )"),
        "C108",
        "size",
        "grade cannot be restricted",
    ),
    "no name": ("_:a a owl:Thing ; owl:sameAs :x .\n:x a owl:NamedIndividual .", "C109", "", "stands in sameAs"),
    "no name in a class": (RESTRICTED.format(":near", "owl:hasValue _:a") + "\n_:a a :Thing .", "C109", "", "hasValue"),
    "circle without names": ("_:a a :Thing ; :near _:b . _:b a :Thing ; :near _:a .", "C109", "", "in a circle"),
    "not read": (":x a owl:NamedIndividual ; owl:topDataProperty 4 .", "C110", "x", "nothing is made"),
}
#: What lies close to these and is sound.
SOUND = {
    "a property above that is transitive": INSIDE + ":beside rdfs:subPropertyOf :inside ; a owl:TransitiveProperty .",
    "a part of the transitive one": INSIDE + ":beside rdfs:subPropertyOf :inside .\n:beside a owl:FunctionalProperty .",
    "a chain of links below": ":near owl:propertyChainAxiom ( :inside :beside ) .",
    "a chain that goes on": ":near owl:propertyChainAxiom ( :near :beside ) , ( :inside :near ) .",
    "transitive as a chain": ":near owl:propertyChainAxiom ( :near :near ) .",
    "a circle without a chain": ":near rdfs:subPropertyOf :beside . :beside rdfs:subPropertyOf :near .",
    "all data above": ":size rdfs:subPropertyOf owl:topDataProperty .",
    "a datatype that rests on another": f":grade owl:equivalentClass {ALIKE.format(':mark')} .\n"
    ":mark owl:equivalentClass xsd:int .",
    "a facet of its datatype": RANGE.format("owl:onDatatype xsd:int ; owl:withRestrictions ( [ xsd:minInclusive 2 ] )"),
    "a tree without names": "_:a a :Thing ; :near _:b . _:b a :Thing ; :near :x . :x a :Thing .",
}


def found(path: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(main, ["check", str(path), "--json", *options])
    assert result.exit_code in (0, 1), result.output
    return result.exit_code, json.loads(result.stdout)["findings"]


def written(folder: Path, text: str) -> Path:
    path = folder / "own.ttl"
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def outside(path: Path) -> list[dict[str, Any]]:
    """What is outside OWL 2 DL in a file alone."""
    documents = read_ontology_files([path])
    return list(outside_owl_dl(joined(documents), documents))


@pytest.mark.parametrize("name", BREACHES)
def test_what_leaves_owl_2_dl_is_found_with_place_and_repair(name: str, tmp_path: Path) -> None:
    text, code, subject, said = BREACHES[name]
    path = written(tmp_path, text)
    findings = outside(path)
    assert {finding["code"] for finding in findings} == {code}
    assert any(finding["subject"].endswith(subject) and said in short(finding) for finding in findings)
    for finding in findings:
        assert finding["layer"] == "dl" and finding["file"] == str(path) and finding["fix"]
        assert finding["line"] > HEAD.count("\n") or code == "C109"


def short(finding: dict[str, Any]) -> str:
    return str(finding["message"]).replace("http://example.org/lab#", "")


@pytest.mark.parametrize("name", SOUND)
def test_what_is_close_to_it_and_sound_is_not_found(name: str, tmp_path: Path) -> None:
    assert outside(written(tmp_path, SOUND[name])) == []


def test_a_breach_fails_the_check_with_hermit_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> str:
        raise Absent("no Java runtime is here")

    path = written(tmp_path, BREACHES["functional"][0])
    for options in ((), ("--dl",)):
        exit_code, findings = found(path, *options)
        assert exit_code == 1 and "C103" in {finding["code"] for finding in findings if finding["level"] == "error"}
    monkeypatch.setattr(hermit, "_java", absent)
    exit_code, findings = found(path, "--dl")
    (told,) = (finding for finding in findings if finding["code"] == "C203")
    assert exit_code == 1 and "no Java" in told["message"]


def test_one_name_for_a_class_and_a_datatype_is_refused(tmp_path: Path) -> None:
    exit_code, (finding,) = found(written(tmp_path, ":grade a owl:Class ."))
    assert (exit_code, finding["code"], finding["layer"]) == (1, "E305", "dl") and "class and datatype" in finding[
        "message"
    ]


# --- HermiT -----------------------------------------------------------------------------------------------------------

#: What HermiT 1.3.8 and 1.4 say, and what becomes of it.
SAYINGS = {
    "Non-simple property '<http://example.org/lab#near>' or its inverse appears in asymmetric object property axiom.": (
        "near is not simple",
        "near",
    ),
    "The given property hierarchy is not regular.\n"
    "There is a cyclic dependency involving property <http://example.org/lab#near>": (
        "run in a circle",
        "near",
    ),
    "The datatype 'http://example.org/lab#grade' is not part of the OWL 2 datatype map": (
        "no datatype of OWL 2",
        "grade",
    ),
    "Something that nobody knows {yet}.": ("Something that nobody knows {yet}.", "HermiT"),
}


@pytest.mark.parametrize("saying", SAYINGS)
def test_a_refusal_of_hermit_is_a_finding(saying: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(_: object) -> Judgement:
        raise Refused(saying)

    monkeypatch.setattr(hermit, "judged", refusing)
    (told,) = by_hermit(read_ontology_files([written(tmp_path, "")]))
    said, subject = SAYINGS[saying]
    assert told["code"] == "C206" and told["level"] == "error" and said in short(told) and told["fix"]
    assert told["subject"].endswith(subject) and (told["line"] > 0) == (subject != "HermiT")


@pytest.mark.parametrize(
    ("outcome", "code"),
    [
        (Absent("no Java"), "C203"),
        (Unfinished("no end"), "C207"),
        (Judgement(True, (), 2), "C208"),
        (Judgement(False), "C204"),
    ],
)
def test_hermit_that_has_no_answer_says_so(
    outcome: object, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def judging(_: object) -> object:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(hermit, "judged", judging)
    path = written(tmp_path, "")
    assert [finding["code"] for finding in by_hermit(read_ontology_files([path]))] == [code]
    _, findings = found(path, "--dl", "--level", "consistency")
    assert [finding["code"] for finding in findings] == [code]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ('Exception in thread "main" java.lang.IllegalArgumentException: two\nlines\n\tat a.b.c\n', Refused),
        ('Exception in thread "main" java.lang.OutOfMemoryError: Java heap space\n\tat a.b.c\n', Unfinished),
        ('Exception in thread "main" java.lang.StackOverflowError\n\tat a.b.c\n', Unfinished),
        ("Error: Could not find or load main class x\nCaused by: java.lang.ClassNotFoundException: x", Refused),
        ("Invalid maximum heap size", Absent),
    ],
)
def test_what_java_says_is_told_apart(
    said: str, expected: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "java"
    java.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{said}\nEND\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setattr(hermit, "_java", lambda: str(java))
    with pytest.raises(expected) as caught:
        judged(parse_triples(HEAD.encode(), "x.ttl"))
    assert "\n" not in str(caught.value)


def test_hermit_that_comes_to_no_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\nexec sleep 60\n")
    java.chmod(0o755)
    monkeypatch.setattr(hermit, "_java", lambda: str(java))
    monkeypatch.setattr(hermit, "SECONDS", 0.2)
    with pytest.raises(Unfinished):
        judged(parse_triples(HEAD.encode(), "x.ttl"))


def _java_is_here() -> bool:
    try:
        return subprocess.run([hermit._java(), "-version"], capture_output=True, check=False).returncode == 0
    except Absent:
        return False


needs_java = pytest.mark.skipif(not _java_is_here(), reason="no Java runtime")


@pytest.mark.java
@needs_java
def test_hermit_sees_a_contradiction_and_an_empty_class() -> None:
    sound = HEAD + ":A a owl:Class . :B a owl:Class ; owl:disjointWith :A . :a a owl:NamedIndividual , :A ."
    assert judged(parse_triples(sound.encode(), "x.ttl")) == Judgement(True)
    empty = sound + ":C a owl:Class ; rdfs:subClassOf :A , :B ."
    assert judged(parse_triples(empty.encode(), "x.ttl")) == Judgement(True, ("http://example.org/lab#C",))
    assert judged(parse_triples((sound + ":a a :B .").encode(), "x.ttl")) == Judgement(False)


RULE = """
:v a swrl:Variable . :w a swrl:Variable . :x a owl:NamedIndividual ; :size 4 .
[] a swrl:Imp ; swrl:body ( [ a swrl:DatavaluedPropertyAtom ; swrl:propertyPredicate :size ; swrl:argument1 :v ;
      swrl:argument2 :w ] {} ) ;
   swrl:head ( [ a swrl:ClassAtom ; swrl:classPredicate owl:Nothing ; swrl:argument1 :v ] ) .
"""
COMPARES = "[ a swrl:BuiltinAtom ; swrl:builtin swrlb:greaterThan ; swrl:arguments ( :w 3 ) ]"


@pytest.mark.java
@needs_java
def test_a_rule_that_compares_is_left_out_and_counted_and_any_other_is_asked_about() -> None:
    assert judged(parse_triples((HEAD + RULE.format(COMPARES)).encode(), "x.ttl")) == Judgement(True, (), 1)
    assert judged(parse_triples((HEAD + RULE.format("")).encode(), "x.ttl")) == Judgement(False)


#: What HermiT refuses, of every kind that is known.
REFUSED = [
    *(name for name, (_, code, _, _) in BREACHES.items() if code in ("C103", "C104", "C105")),
    "datatype unknown", "literal of a defined datatype", "facet", "no name",
]  # fmt: skip


@pytest.mark.java
@needs_java
@pytest.mark.parametrize("name", REFUSED)
def test_hermit_refuses_what_is_found_without_it(name: str) -> None:
    with pytest.raises(Refused):
        judged(parse_triples((HEAD + BREACHES[name][0]).encode(), "x.ttl"))
