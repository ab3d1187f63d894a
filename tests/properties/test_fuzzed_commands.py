"""Damaged input of every format and every question: exit code 0 to 3, no traceback, in bounded time and memory.

What is refused is refused with a place, where it is a file, and a hint; what ``format`` accepts it leaves alone the
second time, and its facts are those of the damaged file.  Commands run in a child with limits, many to a child.  A
failure names seed and number of the case: ``cases(seed, number + 1)[number]`` brings it back.  ``DISLODGE_EXAMPLES``
says how many cases a long run tries, ``DISLODGE_SEED`` which.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reasoner.curating.tables.kinds import KINDS
from reasoner.curating.template_export import exported
from reasoner.errors import DislodgeError
from reasoner.inference import cached
from reasoner.inference.reasoned import Reasoned
from reasoner.reading.expectations import read_expectations
from reasoner.reading.rdf.triples import parse_triples
from reasoner.resources import shipped, shipped_rules
from reasoner.writing.ontology_text import FORMS, ontology_text
from reasoner.writing.template import template_text
from tests.effort import PATIENCE
from tests.properties.generated import EXAMPLES
from tests.properties.mutations import mutated
from tests.units.small_knowledge import FACTS

ROOT = Path(__file__).resolve().parents[2]
#: How much of a rule file is taken: enough for rules, examples and comments, little enough for many cases.
_ENOUGH = 6000

HEAD = """@prefix : <https://w3id.org/dislodge#> .
@prefix ex: <http://example.org/fuzz#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix swrl: <http://www.w3.org/2003/11/swrl#> .
@prefix swrlb: <http://www.w3.org/2003/11/swrlb#> .

<http://example.org/fuzz> a owl:Ontology ; rdfs:comment "all that a file can hold"@en .
"""
#: A file that holds something of every kind that the reader knows.
EVERYTHING = HEAD + """
ex:A a owl:Class ; rdfs:label "A"@en , "un A"@fr .
ex:B a owl:Class ; rdfs:subClassOf ex:A , [ a owl:Restriction ; owl:onProperty ex:p ; owl:someValuesFrom ex:A ] .
ex:C a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( ex:A [ a owl:Restriction ;
    owl:onProperty [ owl:inverseOf ex:q ] ; owl:onClass ex:B ;
    owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ] ) ] .
ex:D a owl:Class ; owl:disjointWith ex:A ; owl:hasKey ( ex:p ex:n ) ; owl:disjointUnionOf ( ex:B ex:C ) .
ex:p a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:domain ex:A ; rdfs:range ex:A ; owl:inverseOf ex:q .
ex:q a owl:ObjectProperty ; owl:propertyChainAxiom ( ex:p ex:q ) ; rdfs:subPropertyOf ex:r .
ex:r a owl:ObjectProperty , owl:SymmetricProperty .
ex:n a owl:DatatypeProperty , owl:FunctionalProperty ; rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ;
    owl:withRestrictions ( [ xsd:minInclusive 0 ] [ xsd:maxExclusive "20"^^xsd:integer ] ) ] .
ex:grade a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf ( "low" "high" 3 ) ] .
ex:note a owl:AnnotationProperty .
ex:a a owl:NamedIndividual , ex:A ; ex:p ex:b ; ex:n 4 ; ex:note "a \\"note\\"\\n of two lines" ;
    rdfs:seeAlso <urn:x:y> .
ex:b a owl:NamedIndividual , ex:B ; owl:sameAs ex:a ; ex:n "004"^^xsd:int .
ex:c a owl:NamedIndividual , ex:A ; owl:differentFrom ex:b ; ex:n "2"^^xsd:unsignedByte .
_:x a ex:A ; ex:p _:y . _:y a ex:A .
[] a owl:AllDifferent ; owl:distinctMembers ( ex:a ex:c ) .
[] a owl:AllDisjointClasses ; owl:members ( ex:A ex:D ) .
[] a owl:NegativePropertyAssertion ; owl:sourceIndividual ex:a ; owl:assertionProperty ex:p ;
    owl:targetIndividual ex:c .
[] a owl:Axiom ; owl:annotatedSource ex:a ; owl:annotatedProperty ex:p ;
    owl:annotatedTarget ex:b ; rdfs:comment "why"@en .
<urn:swrl:var#x> a swrl:Variable . <urn:swrl:var#y> a swrl:Variable .
[] a swrl:Imp ; rdfs:label "R-FUZ-001: a rule"@en ; swrl:body (
    [ a swrl:IndividualPropertyAtom ; swrl:propertyPredicate ex:p ;
      swrl:argument1 <urn:swrl:var#x> ; swrl:argument2 ex:a ]
    [ a swrl:DatavaluedPropertyAtom ; swrl:propertyPredicate ex:n ;
      swrl:argument1 <urn:swrl:var#x> ; swrl:argument2 <urn:swrl:var#y> ]
    [ a swrl:BuiltinAtom ; swrl:builtin swrlb:lessThan ; swrl:arguments ( <urn:swrl:var#y> 9 ) ] ) ;
  swrl:head ( [ a swrl:ClassAtom ; swrl:classPredicate ex:A ; swrl:argument1 <urn:swrl:var#x> ] ) .
"""  # fmt: skip
QUERIES = (
    "SELECT ?x ?y WHERE { ?x :p ?y . OPTIONAL { ?y rdfs:label ?l FILTER(lang(?l) = 'en') } } ORDER BY ?x LIMIT 10",
    "ASK { ?x a/rdfs:subClassOf* owl:Thing . FILTER NOT EXISTS { ?x :inCell [] } MINUS { ?x a :Cell } }",
    "CONSTRUCT { ?x :p ?n } WHERE { GRAPH graph:inferred { ?x a ?c } VALUES (?c ?n) { (:Agent 4) (UNDEF 1.5e0) } }",
    "PREFIX e: <urn:e> SELECT (COUNT(DISTINCT ?x) AS ?n) { { ?x ?p ?o } UNION { BIND(1+2 AS ?x) } } GROUP BY ?p",
    "DESCRIBE :drug-a",
)
#: Questions that stand on a command line, over the small knowledge base; each word may be damaged.
QUESTIONS = (
    ("assess", "drug-a+drug-b", "--cell", "Stem_A"),
    ("assess", "drug alpha", "--cell", "stem cell of A", "--disease", "disease A", "--state", "mutX"),
    ("compare", "drug-a", "drug-a+drug-b", "--cell", "Stem_A"),
    ("explain", "retains(routeR, Stem_A)", "--all"),
    ("explain", "on(KINX__in__Stem_A)", "--cell", "Stem_A"),
    ("explain", "strategy(drug-a+drug-b)", "--cell", "Stem_A"),
    ("why-not", 'dislodges("drug alpha", Stem_A)', "--cell", "Stem_A"),
    ("robustness", "retains(routeR, Stem_A)"),
    ("breaks", "--route", "routeR", "--agent", "drug-a", "--assume", "needs(armR, KINX__in__Stem_A)"),
    ("escapes", "drug-a", "--cell", "Stem_A", "--retract", "retains(routeR, Stem_A)"),
    ("combine", "--cell", "Stem_A", "--max", "2"),
    ("show", "Drugamab"),
    ("evidence", "drug-a", "Stem_A"),
    ("list", "agents"),
    ("conflicts", "conflict1"),
    ("rules", "R-OUT-001"),
    ("sparql", "--name", "agents", "-p", "agent=drug-a"),
)


@dataclass(frozen=True)
class Case:
    """One thing to try: what kind it is of, the words or the file to be formatted, and a damaged file by name."""

    kind: str
    words: tuple[str, ...]
    file: str = ""
    data: bytes = b""


@cache
def documents() -> dict[str, bytes]:
    """A sound file of every format, by its ending."""
    triples = parse_triples(EVERYTHING.encode(), "everything.ttl")
    found = {form: ontology_text(triples, form).encode() for form in FORMS}
    found["ttl"] = EVERYTHING.encode()
    found["swrl"] = b"".join(path.read_bytes()[:_ENOUGH] for path in shipped_rules()[:2])
    return found


@cache
def tables() -> list[bytes]:
    """Tables of every kind, as they are exported."""
    files = sorted(shipped("ontology").glob("*/*.ttl"))
    texts = [template_text(exported(files, kind)[0]) for kind in KINDS]
    return ["\n".join(text.split("\n")[:12]).encode() for text in texts if text.count("\n") > 2]


def cases(seed: int, count: int) -> Iterator[Case]:
    """The first cases of a seed."""
    chance = random.Random(seed)
    kinds = ("format", "format", "check", "table", "query", "question", "question")
    for _ in range(count):
        yield _CASES[chance.choice(kinds)](chance)


def _file(chance: random.Random, forms: list[str]) -> tuple[str, bytes]:
    form, other = chance.choice(forms), chance.choice(forms)
    return f"damaged.{form}", mutated(documents()[form], chance, documents()[other])


def _format(chance: random.Random) -> Case:
    name, data = _file(chance, sorted(documents()))
    return Case("format", ("format",), name, data)


def _check(chance: random.Random) -> Case:
    name, data = _file(chance, sorted(documents()))
    if name.endswith(".swrl"):
        return Case("rules", ("check", "--ontology", "{small}", "--rules", "{file}", "--level", "rules"), name, data)
    words = chance.choice(
        (
            (
                "check",
                "--ontology",
                "{file}",
                "--no-rules",
                "--level",
                "dl",
                "--level",
                "consistency",
                "--level",
                "safety",
            ),
            ("export", "--ontology", "{file}", "--no-rules", "--rdf" if chance.random() < 0.1 else "--no-color"),
            ("list", "agents", "--ontology", "{file}", "--json"),
            ("diff", "{small}", "{file}"),
        )
    )
    return Case("ontology", words, name, data)


def _table(chance: random.Random) -> Case:
    data = mutated(chance.choice(tables()), chance, chance.choice(tables()))
    return Case("table", ("template", "import", "{file}", "--dry-run", "--ontology", "{small}"), "damaged.tsv", data)


def _text(text: str, chance: random.Random) -> str:
    """A damaged text as it can stand on a command line."""
    return mutated(text.encode(), chance).decode("utf-8", "replace").replace("\x00", "␀")[:100_000]


def _query(chance: random.Random) -> Case:
    query = _text(chance.choice(QUERIES), chance)
    return Case("query", ("sparql", query, "--ontology", "{small}", "--timeout", "5", "--json"))


def _question(chance: random.Random) -> Case:
    command, *words = chance.choice(QUESTIONS)
    for place in range(len(words)):
        if chance.random() < 0.5 and not (words[place].startswith("--") and chance.random() < 0.9):
            words[place] = _text(words[place], chance)
    return Case("question", (command, *words, "--ontology", "{small}"))


_CASES = {"format": _format, "check": _check, "table": _table, "query": _query, "question": _question}


class Child:
    """A process for many cases; a new one where one has died."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[str] | None = None

    def ask(self, case: Case) -> dict[str, Any]:
        """The verdict on a case."""
        if self.process is None:
            command = [sys.executable, "-m", "tests.properties.fuzzed_child", str(self.folder / "damaged")]
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
            )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps(self._command(case)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if line:
            found: dict[str, Any] = json.loads(line)
            return found
        _, said = self.process.communicate(timeout=PATIENCE)
        code, self.process = self.process.returncode, None
        return {"code": code, "said": said[-2000:], "odd": f"the process died with {code}"}

    def _command(self, case: Case) -> dict[str, Any]:
        path = self.folder / case.file
        if case.file:
            path.write_bytes(case.data)
        if case.kind == "format":
            return {"format": str(path)}
        small = str(self.folder / "small.ttl")
        return {"words": [word.replace("{file}", str(path)).replace("{small}", small) for word in case.words]}

    def close(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()


def wrong(case: Case, verdict: dict[str, Any]) -> str:
    """Which law a verdict breaks; empty for none."""
    said = verdict["said"]
    if verdict["odd"] or verdict.get("broken"):
        return str(verdict["odd"] or verdict["broken"])
    if verdict["code"] not in (0, 1, 2, 3):
        return f"exit code {verdict['code']}"
    if "Traceback" in said or "internal error" in said:
        return "a traceback, or an internal error"
    if verdict["code"] in (2, 3) and "Error: " not in said:
        return "refused without a sentence"
    if verdict["code"] == 2 and "Hint: " not in said:
        return "refused without a hint"
    if verdict["code"] == 2 and case.file and case.kind != "ontology" and case.file not in said:
        return "refused without the file"
    return ""


def fuzz(folder: Path, seed: int, count: int) -> None:
    """Try the cases of a seed; every failure is told, with what brings it back."""
    vocabulary = b"".join(path.read_bytes() for path in sorted(shipped("ontology").glob("modules/*.ttl")))
    (folder / "small.ttl").write_bytes(vocabulary + FACTS.encode())
    child, broken, codes = Child(folder), [], {0: 0, 1: 0, 2: 0, 3: 0}
    try:
        for number, case in enumerate(cases(seed, count)):
            verdict = child.ask(case)
            if law := wrong(case, verdict):
                saved = folder / f"case-{seed}-{number}-{case.file or 'words'}"
                saved.write_bytes(case.data or "\n".join(case.words).encode())
                broken.append(
                    f"seed {seed}, case {number} ({' '.join(case.words)[:300]}; see {saved}): {law}\n{verdict['said']}"
                )
            codes[verdict["code"]] = codes.get(verdict["code"], 0) + 1
    finally:
        child.close()
    assert not broken, f"{len(broken)} of {count}:\n" + "\n\n".join(broken[:10])
    assert min(codes[0], codes[2]) > count // 20, codes


def fuzz_kept(folder: Path, seed: int, count: int) -> None:
    """Damaged files of the cache: the knowledge is that of the files, whatever was found."""
    chance = random.Random(seed)
    whole = cached.load()
    (file,) = (path for path in folder.rglob("*") if path.is_file())
    data = file.read_bytes()
    expected = set(whole.closure)
    for number in range(count):
        damaged = mutated(data, chance)
        file.write_bytes(damaged)
        with pytest.MonkeyPatch.context() as patch:
            read: list[object] = []
            patch.setattr(Reasoned, "load", lambda *_, read=read, **__: read.append(whole) or whole)
            found = cached.load()
        assert read or damaged == data or set(found.closure) == expected, f"seed {seed}, case {number}"
        file.write_bytes(data)
    file.write_bytes(damaged)
    assert set(cached.load().closure) == expected


def test_a_damaged_file_of_the_cache_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cached.VARIABLE, str(tmp_path))
    fuzz_kept(tmp_path, seed=5, count=15)


def fuzz_questions(folder: Path, seed: int, count: int) -> None:
    """Damaged questions of curators: read, or refused with place and hint."""
    chance, file = random.Random(seed), folder / "questions.toml"
    data = (shipped("ontology") / "questions.toml").read_bytes()[:_ENOUGH]
    outcomes = {True: 0, False: 0}
    for number in range(count):
        file.write_bytes(mutated(data, chance))
        try:
            read_expectations(file)
        except DislodgeError as error:
            assert error.code and error.hint and error.span is not None and error.span.file == str(file), (seed, number)
            outcomes[False] += 1
        else:
            outcomes[True] += 1
    assert min(outcomes.values()) > count // 20, outcomes


@pytest.mark.parametrize("count", [300, pytest.param(EXAMPLES, marks=pytest.mark.slow)])
def test_damaged_questions_are_read_or_refused(tmp_path: Path, count: int) -> None:
    fuzz_questions(tmp_path, seed=6, count=count)


def test_hundreds_of_damaged_inputs_are_answered_or_refused(tmp_path: Path) -> None:
    fuzz(tmp_path, seed=11, count=300)


@pytest.mark.slow
def test_thousands_of_damaged_inputs_are_answered_or_refused(tmp_path: Path) -> None:
    fuzz(tmp_path, seed=int(os.environ.get("DISLODGE_SEED", "12")), count=EXAMPLES)
