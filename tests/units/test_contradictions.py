"""Contradicted knowledge says so in every answer: each command, each form, and only where an answer rests on it."""

import json
from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
from click.testing import CliRunner, Result

from reasoner.answers.contradicted import MARK, answers_of
from reasoner.api import KnowledgeBase
from reasoner.cli import main
from reasoner.inference.reasoned import Reasoned
from reasoner.inference.snapshot import from_text, to_text
from reasoner.questions import commands
from reasoner.resources import shipped
from reasoner.views import schemas
from reasoner.views.limited import Limits
from reasoner.views.marks import SIGN
from tests.effort import PATIENCE
from tests.served import serving, whole

#: Invented: drugA takes thingM away, on which routeR hangs; routeS hangs on thingN, which nothing touches.
FACTS = """
@prefix : <https://w3id.org/dislodge#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .

:dysA a :Disease .
:stemX a :MalignantCell ; :occursIn :dysA .
:thingM a :Molecule .
:thingN a :Molecule .
:unused a :Molecule .
:thingM__in__stemX a :MoleculeActivity ; :ofMolecule :thingM ; :inCell :stemX ; :givenIn :dysA .
:thingN__in__stemX a :MoleculeActivity ; :ofMolecule :thingN ; :inCell :stemX ; :givenIn :dysA .
:effect a :Activity .
:mechA a :Mechanism ; :requires :thingM__in__stemX ; :promotes :effect .
:routeR a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armR .
:armR a :Arm ; :needs :effect .
:routeS a :NicheRoute ; :holdsIn :dysA ; :retains :stemX ; :hasArm :armS .
:armS a :Arm ; :needs :thingN__in__stemX .
:drugA a :Agent .
:drugA_block_thingM a :Action ; :hasAgent :drugA ; :hasTarget :thingM ; :hasMode :block .
:drugA_kills a :Killing ; :hasAgent :drugA ; :againstCell :stemX .
:paperP a :Paper .
:CL-1 a :Evidence ; :citesPaper :paperP ; :statement "M feeds R." ; :polarity "supports" ; :modality "reported" .
:CL-2 a :Evidence ; :statement "M does not feed R." ; :polarity "opposes" ; :modality "reported" .
[] a owl:Axiom ; owl:annotatedSource :mechA ; owl:annotatedProperty :requires ;
    owl:annotatedTarget :thingM__in__stemX ; :supportedBy :CL-1 ; :opposedBy :CL-2 .
"""
HEAD = "@prefix : <https://w3id.org/dislodge#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n\n"
CLASH = f"{HEAD}:thingM\n    a :Process .\n"
AT = ("--cell", "stemX")
#: For each command a question whose answer rests on thingM.
QUESTIONS: dict[str, tuple[str, ...]] = {
    "breaks": ("--route", "routeR"),
    "assess": ("drugA", *AT),
    "combine": (*AT, "--close", "routeR"),
    "escapes": ("block:thingN", *AT),
    "compare": ("drugA", "drugA+block:thingN", *AT),
    "matrix": (*AT,),
    "explain": ("dislodges(drugA, stemX)",),
    "why-not": ("on(thingM__in__stemX)", "--with-agent", "drugA", *AT),
    "robustness": ("dislodges(drugA, stemX)",),
    "evidence": ("thingM__in__stemX",),
    "conflicts": (),
    "list": ("molecules",),
    "show": ("thingM",),
    "rules": ("R-TEST-001",),
    "check": (),
}
#: Commands that write files of the knowledge base or serve it, and those that are tested by themselves.
APART = {"sparql", "report", "serve", "diff", "format", "template", "export"}
RULE = """
rule R-TEST-001 "what is aimed at M is an agent of M"
    status   curated
    source   definition
    because  "{x} is aimed at thing M"

    hasTarget(?a, thingM) ^ hasAgent(?a, ?x)
    -> Agent(?x)

    fires    hasTarget(act1, thingM) ^ hasAgent(act1, drug1) -> Agent(drug1)
    silent   hasAgent(act1, drug1)
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("contradicted")
    for name, text in {
        "facts.ttl": FACTS,
        "clash.ttl": CLASH,
        "elsewhere.ttl": f"{HEAD}:unused a :Process .\n",
        "itself.ttl": f"{HEAD}:drugA owl:differentFrom :drugA .\n",
        "rule.swrl": RULE,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def knowledge(files: Path, *more: str) -> list[str]:
    paths = [*sorted(shipped("ontology").glob("modules/*.ttl")), files / "facts.ttl", *(files / name for name in more)]
    return [word for path in paths for word in ("--ontology", str(path))] + ["--rules", str(files / "rule.swrl")]


def ask(files: Path, command: str, *words: str, more: Sequence[str] = ("clash.ttl",)) -> Result:
    result = CliRunner().invoke(main, [command, *words, *knowledge(files, *more)])
    assert result.exit_code in (0, 1), result.stderr
    return result


def document(files: Path, command: str, *words: str, more: Sequence[str] = ("clash.ttl",)) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(files, command, *words, "--json", more=more).stdout)
    return found


def marked(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (answer for answer in answers_of(told) if answer.get(MARK))


def without(told: Any) -> Any:
    """What a document says beside contradictions."""
    if isinstance(told, dict):
        left = {key: value for key, value in told.items() if not key.startswith("contradict")}
        return {key: without(value) for key, value in left.items() if key != "kb"}
    return [without(part) for part in told] if isinstance(told, list) else told


def test_no_command_is_left_out() -> None:
    assert set(QUESTIONS) | APART == set(commands())


@pytest.mark.parametrize("command", QUESTIONS)
def test_the_document_of_every_command_says_it_and_marks_what_rests_on_it(command: str, files: Path) -> None:
    told = document(files, command, *QUESTIONS[command])
    (found,) = told["contradictions"]
    assert (found["subject"], found["facts"]) == ("thingM", ["Molecule(thingM)", "Process(thingM)"])
    assert [(entry["fact"], Path(entry["file"]).name, entry["line"]) for entry in found["stated"]] == [
        ("Molecule(thingM)", "facts.ttl", 7),
        ("Process(thingM)", "clash.ttl", 5),
    ]
    assert told[MARK] == ["thingM"]
    assert {name for answer in marked(told) for name in answer[MARK]} == {"thingM"}
    jsonschema.validate(told, schemas.schema(command))


@pytest.mark.ci
@pytest.mark.parametrize("command", QUESTIONS)
def test_the_page_of_every_command_says_it_at_its_head_and_at_the_answer(command: str, files: Path) -> None:
    lines = ask(files, command, *QUESTIONS[command]).stdout.splitlines()
    head = " ".join(line.strip() for line in lines[:8])
    assert "The knowledge contradicts itself about thingM (molecule and process, but nothing is both" in head
    assert [line for line in lines if line.rstrip().endswith(SIGN) or f" {SIGN} " in line or f"{SIGN} " in line]
    assert max(len(line) for line in lines if str(files) not in line) <= 80
    markdown = ask(files, command, *QUESTIONS[command], "--format", "md").stdout
    assert "The knowledge contradicts itself about thingM" in markdown
    assert markdown.count(SIGN) >= 2


@pytest.mark.parametrize("command", QUESTIONS)
def test_rows_have_a_column_for_it_and_standard_error_says_why(command: str, files: Path) -> None:
    told = ask(files, command, *QUESTIONS[command], "--format", "tsv")
    head, *rows = [line.split("\t") for line in told.stdout.splitlines()]
    assert head[-1] == MARK
    assert "thingM" in {row[-1] for row in rows}
    assert told.stderr.startswith("Note: The knowledge contradicts itself about thingM")


@pytest.mark.parametrize("command", QUESTIONS)
def test_a_contradiction_about_what_no_answer_uses_marks_nothing_but_what_names_it(command: str, files: Path) -> None:
    told = document(files, command, *QUESTIONS[command], more=("elsewhere.ttl",))
    assert [found["subject"] for found in told["contradictions"]] == ["unused"]
    named = command in ("list", "check")
    assert bool(list(marked(told))) == named
    assert (MARK in told) == named


@pytest.mark.ci
@pytest.mark.parametrize("command", sorted(set(QUESTIONS) - {"check"}))
def test_nothing_else_in_a_document_changes(command: str, files: Path) -> None:
    sound = document(files, command, *QUESTIONS[command], more=())
    assert sound["contradictions"] == []
    assert MARK not in json.dumps(sound).replace('"contradictions"', "")
    told = document(files, command, *QUESTIONS[command], more=("itself.ttl",))
    assert without(told) == without(sound)


def test_an_answer_is_marked_where_its_derivation_names_it_and_nowhere_else(files: Path) -> None:
    told = document(files, "assess", "drugA", *AT)
    assert {row["route"]: row.get(MARK) for row in told["routes"]} == {"routeR": ["thingM"], "routeS": None}
    for route, rests in (("routeR", True), ("routeS", False)):
        proof = document(files, "explain", f"status({route})", "--with-agent", "drugA", *AT)
        assert (MARK in proof["derivations"][0]) == rests


def test_an_agent_that_differs_from_itself_marks_what_it_does(files: Path) -> None:
    told = document(files, "assess", "drugA", *AT, more=("itself.ttl",))
    assert {row["route"] for row in told["routes"] if MARK in row} == {"routeR"}
    assert {row["outcome"]: row[MARK] for row in told["outcomes"] if MARK in row} == {"dislodges": ["drugA"]}


@pytest.mark.ci
def test_the_order_of_files_changes_nothing(files: Path) -> None:
    more = ("clash.ttl", "elsewhere.ttl", "itself.ttl")
    told = []
    for order in permutations(more):
        found = document(files, "assess", "drugA", *AT, more=order)
        found.pop("kb")
        told.append(found)
    assert all(found == told[0] for found in told)
    assert [found["subject"] for found in told[0]["contradictions"]] == ["drugA", "thingM", "unused"]


def test_a_retraction_mends_them(files: Path) -> None:
    mended = document(files, "assess", "drugA", *AT, "--retract", "Process(thingM)")
    assert mended["contradictions"] == []
    assert not list(marked(mended))


def test_a_supposition_of_something_else_is_answered_beside_them(files: Path) -> None:
    told = document(files, "assess", "drugA", *AT, "--assume", "Molecule(another)")
    (found,) = told["contradictions"]
    assert found["subject"] == "thingM" and all(entry["file"] and entry["line"] for entry in found["stated"])


def test_a_hypothetical_agent_and_steps_are_told_alike(files: Path) -> None:
    told = document(files, "assess", "drugA then block:thingM", *AT)
    assert told["steps"][0][MARK] == ["thingM"]
    assert [row["route"] for row in told["routes"] if MARK in row] == ["routeR"]


# --- the other faces --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["html", "md", "json", "svg", "cx2", "cyjs"])
def test_a_report_says_it_in_every_form(form: str, files: Path) -> None:
    told = ask(files, "report", "drugA", *AT, "--search", "--format", form)
    if form == "json":
        found = json.loads(told.stdout)
        jsonschema.validate(found, schemas.schema("report"))
        jsonschema.validate(found["niche"], schemas.schema("niche"))
        assert found["contradictions"] and [row for row in found["proofs"] if MARK in row]
    elif form == "svg":
        assert SIGN in told.stdout and "contradicts itself about thingM" in told.stderr
    else:
        assert "contradicts itself about thingM" in told.stdout
        assert (SIGN if form in ("html", "md") else MARK) in told.stdout


def test_pictures_of_a_matrix_bear_the_sign(files: Path) -> None:
    assert SIGN in ask(files, "matrix", *AT, "--format", "svg").stdout
    page = ask(files, "matrix", *AT, "--format", "html").stdout
    assert SIGN in page and "contradicts itself about thingM" in page


@pytest.mark.parametrize("form", ["table", "csv", "json", "xml"])
def test_a_query_says_it_on_standard_error(form: str, files: Path) -> None:
    told = ask(files, "sparql", "ASK { ?a a :Agent }", "--format", form)
    assert "contradicts itself about thingM" in told.stderr
    if form == "json":
        assert json.loads(told.stdout)["head"]["link"] == ["https://w3id.org/dislodge#thingM"]
    assert not ask(files, "sparql", "ASK { ?a a :Agent }", more=()).stderr


def test_a_server_says_it_in_its_description_its_rows_and_its_questions(files: Path) -> None:
    paths = [*sorted(shipped("ontology").glob("modules/*.ttl")), files / "facts.ttl", files / "clash.ttl"]
    with serving(whole(Reasoned.load(paths), Limits(PATIENCE))) as http:
        assert "contradicts itself about thingM" in http.get("/sparql").text
        rows = http.get(f"/sparql?query={quote('SELECT ?a { ?a a :Agent }')}").json()
        assert rows["head"] == {"link": ["https://w3id.org/dislodge#thingM"], "vars": ["a"]}
        for accept in ("text/csv", "application/sparql-results+xml", "application/sparql-results+json"):
            link = http.get("/sparql?query=ASK%7B%7D", accept=accept).headers["link"]
            assert link == '<https://w3id.org/dislodge#thingM>; rel="https://w3id.org/dislodge#contradicted"'
        about = http.get("/api/about").json()
        assert "contradicts itself about thingM" in about["contradiction"]
        drawn = http.get("/api/scenario?cell=stemX&regimen=drugA").json()
        assert [row["route"] for row in drawn["assess"]["routes"] if MARK in row] == ["routeR"]
        assert SIGN in drawn["svg"]
        assert 'id="contradiction"' in http.get("/").text


@pytest.mark.ci
def test_what_an_edit_makes_or_mends_is_told(files: Path, tmp_path: Path) -> None:
    sides = {}
    for name, more in (("sound", ""), ("clashing", CLASH.replace(HEAD, ""))):
        vocabulary = "".join(p.read_text(encoding="utf-8") for p in sorted(shipped("ontology").glob("modules/*.ttl")))
        sides[name] = tmp_path / f"{name}.ttl"
        sides[name].write_text(vocabulary + FACTS + more, encoding="utf-8")
    for old, new in permutations(sides):
        result = CliRunner().invoke(main, ["diff", str(sides[old]), str(sides[new]), "--json"])
        told = json.loads(result.stdout)
        jsonschema.validate(told, schemas.schema("diff"))
        assert bool(told["contradictions"]) == (new == "clashing")
        assert bool(told["contradictions_before"]) == (old == "clashing")
        page = CliRunner().invoke(main, ["diff", str(sides[old]), str(sides[new])]).stdout
        assert ("contradicted itself" in " ".join(page.split())) == (old == "clashing")


def test_shipped_knowledge_and_python_say_it_too(files: Path) -> None:
    (files / "shipped.ttl").write_text(f"{HEAD}:CXCR4 a :Disease .\n", encoding="utf-8")
    kb = KnowledgeBase.load(files / "shipped.ttl")
    assert KnowledgeBase.shipped().contradictions == []
    (found,) = kb.contradictions
    assert [entry["fact"] for entry in found["stated"]] == ["Disease(CXCR4)", "GeneProduct(CXCR4)"]
    assert Path(found["file"]).name == "shipped.ttl"
    answer = kb.assess("imatinib + plerixafor", cell="CML LSC")
    status = {row["route"]: row.get(MARK) for row in answer["routes"]}
    assert (status["RP06"], status["RP07"]) == (["CXCR4"], None)
    assert f"{SIGN}" in answer._repr_html_() and "contradicts itself about CXCR4" in answer._repr_html_()
    assert kb.sparql("ASK { ?a a :Agent }").contradictions == [found]


def test_what_is_kept_holds_them(files: Path) -> None:
    paths = [*sorted(shipped("ontology").glob("modules/*.ttl")), files / "facts.ttl", files / "clash.ttl"]
    kb = Reasoned.load(paths)
    again = from_text(to_text(kb))
    assert again.contradictions.found == kb.contradictions.found != ()
    assert again.contradictions.under(["thingM__in__stemX"]) == {"thingM"}
    assert "contradictions" in from_text(to_text(Reasoned.load())).__dict__
