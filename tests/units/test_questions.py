"""The table of questions and what is made from it: no face lacks a question, and no two faces answer differently."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import click
import pytest
from click.testing import CliRunner, Result

from reasoner import questions as table
from reasoner.api import KnowledgeBase
from reasoner.asking.arguments import given
from reasoner.asking.parameter import FLAG, TARGET, AnswerForm, Choice, File, Name, Number, Parameter, ScenarioPart
from reasoner.asking.question import Question
from reasoner.cli import main
from reasoner.cli.completing import beginning_with
from reasoner.errors import QuestionError
from reasoner.inference.cached import load
from reasoner.questions import TABLE, question, questions
from reasoner.views import schemas
from reasoner.views.limited import Limits
from reasoner.views.manual import reference
from tests.served import Served, serving, whole

QUESTIONS = list(questions())
BY_NAME = {asked.name: asked for asked in QUESTIONS}
#: Questions that the explorer has no page for yet.
WITHOUT_A_PAGE = {
    "breaks", "compare", "escapes", "robustness", "list", "rules", "report", "check",
    "serve", "diff", "format", "template export", "template import", "export",
}  # fmt: skip
IN_STEPS = "imatinib then plerixafor"
PROVED, NOT_PROVED = "breaksRoute(imatinib+plerixafor, RP06)", "breaksRoute(imatinib, RP06)"
#: What is asked of every face.
ASKED: dict[str, dict[str, Any]] = {
    "breaks": {"route": "RP06", "agent": ["plerixafor", "imatinib"], "by_analogy": False},
    "assess": {"regimen": "imatinib+plerixafor", "cell": "CML LSC", "state": "T315I"},
    "compare": {"regimens": ["imatinib", IN_STEPS], "cell": "CML_LSC"},
    "matrix": {"regimens": ["imatinib"], "cell": "CML_LSC", "background": "plerixafor"},
    "combine": {"cell": "CML_LSC", "close": "rp06", "max_size": 1, "only": "Table_I", "exclude": "plerixafor"},
    "escapes": {"regimen": "imatinib", "cell": "CML_LSC"},
    "explain": {"conclusion": PROVED, "cell": "CML_LSC", "every": True},
    "why-not": {"conclusion": NOT_PROVED, "cell": "CML_LSC", "largest": 1},
    "robustness": {"conclusion": "retains(RP06, CML_LSC)", "largest": 1},
    "evidence": {"names": ["plerixafor", "CML_LSC"], "polarity": "supports"},
    "conflicts": {"name": "plerixafor"},
    "list": {"kind": "tiers"},
    "show": {"name": "CXCR4", "assume": "Molecule(CXCR4)"},
    "rules": {"rule": "R-OUT-001"},
    "report": {"regimen": "imatinib", "cell": "CML_LSC", "search": True},
    "check": {"level": "rules", "severity": "warning"},
}


def words_of(asked: Question, fields: Mapping[str, Any]) -> list[str]:
    """The fields as the command line takes them."""
    words: list[str] = []
    for parameter in (*asked.parameters, *asked.supposed):
        value = fields.get(parameter.name)
        if value is None:
            continue
        if isinstance(value, bool):
            words.append(parameter.spelling if value else f"--no-{parameter.spelling[2:]}")
            continue
        for one in value if isinstance(value, list) else [value]:
            words += [str(one)] if parameter.positional else [parameter.spelling, str(one)]
    return words


@cache
def kb() -> KnowledgeBase:
    return KnowledgeBase(load())


@pytest.fixture(scope="module")
def http() -> Iterator[Served]:
    with serving(whole(load(), Limits(120, niced=True))) as served:
        yield served


def run(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def command(name: str) -> click.Command:
    found: click.Command = main
    for word in name.split():
        assert isinstance(found, click.Group)
        found = found.get_command(click.Context(found), word)  # type: ignore[assignment]
    return found


def options(parameter: Parameter) -> list[str]:
    return [] if parameter.positional else [parameter.spelling]


# --- no face lacks a question ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_question_is_a_command_with_its_parameters(asked: Question) -> None:
    found = command(asked.name)
    names = {parameter.name: parameter for parameter in found.params}
    for parameter in (*asked.parameters, *asked.supposed):
        if not isinstance(parameter.kind, AnswerForm):
            assert set(options(parameter)) <= set(names[parameter.name].opts)
    assert [line.strip() for line in asked.examples] == [
        line.strip() for line in (found.epilog or "").splitlines() if line.strip() in map(str.strip, asked.examples)
    ]
    assert all(line.split()[:2] == ["dislodge", asked.name.split()[0]] for line in asked.examples if line[:4] == "dis")


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_question_is_a_method_with_its_parameters(asked: Question) -> None:
    method = getattr(KnowledgeBase, asked.method)
    taken = inspect.signature(method).parameters
    wanted = {parameter.name for parameter in (*asked.parameters, *asked.supposed)}
    if asked.name == "sparql":  # its variables are keywords; a query by name, a file and the library have other ways
        wanted -= {"file", "name", "listing", "bind", "form"}
    assert wanted <= set(taken)
    assert inspect.getdoc(method)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_question_is_a_route_or_says_why_it_is_none(asked: Question, http: Served) -> None:
    status = http.get(f"/api/{asked.name.replace(' ', '%20')}?nosuchfield=1").status_code
    assert status == (404 if asked.local else 400)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_question_says_the_type_of_its_document_which_has_a_schema(asked: Question) -> None:
    written = {"sparql", "export", "template export", "serve"}
    assert bool(asked.documents) == (asked.name not in written)
    kinds = {kind.__name__: command for command, kinds in schemas.types().items() for kind in kinds}
    for name in asked.documents:
        assert schemas.schema(kinds[name])["type"] == "object"


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_the_manual_tells_of_every_question_and_parameter(asked: Question) -> None:
    section = reference([asked])
    assert f"## {asked.name}\n" in section
    for parameter in asked.parameters:
        assert f"| `{parameter.name}` |" in section
    assert all(line in section for line in asked.examples)
    assert (asked.local or f"/api/{asked.name}") in section


def test_the_questions_without_a_page_of_the_explorer_are_these() -> None:
    assert {asked.name for asked in QUESTIONS if not asked.page} == WITHOUT_A_PAGE
    static = Path(schemas.__file__).parents[1] / "web" / "static"
    assert [asked.page for asked in QUESTIONS if asked.page and not (static / f"{asked.page}.js").is_file()] == []


def test_every_question_takes_exactly_what_it_states() -> None:
    for asked in QUESTIONS:
        taken = set(inspect.signature(asked.answer).parameters) - {"sources", "stop", "tell"}
        variable = {n for n, p in inspect.signature(asked.answer).parameters.items() if p.kind is p.VAR_KEYWORD}
        stated = {parameter.name for parameter in asked.parameters if not isinstance(parameter.kind, ScenarioPart)}
        stated |= {"request"} if asked.has_scenario else set()
        assert taken - variable <= stated
        assert variable or taken == stated, asked.name


# --- completion ------------------------------------------------------------------------------------------------------


def completed(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    monkeypatch.setenv("COMP_WORDS", " ".join(["dislodge", *words]))
    monkeypatch.setenv("COMP_CWORD", str(len(words)))
    done = CliRunner().invoke(main, [], env={"_DISLODGE_COMPLETE": "bash_complete"}, prog_name="dislodge")
    return [line.removeprefix("plain,") for line in done.stdout.split()]


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["assess", "pleri"], ["plerixafor"]),
        (["assess", "imatinib+pleri"], ["imatinib+plerixafor"]),
        (["assess", "--cell", "cml_l"], ["CML_LSC"]),
        (["combine", "--scope", "n"], ["near"]),
        (["breaks", "--route", "RP06"], ["RP06"]),
        (["list", "tie"], ["tiers"]),
        (["show", "CXCR4"], None),
        (["breaks", "--unbr"], ["--unbroken"]),
    ],
)
def test_a_shell_completes_names_of_the_right_kind(
    words: list[str], offered: list[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = completed(monkeypatch, *words)
    assert found == offered if offered is not None else "CXCR4" in found


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_a_shell_completes_every_parameter_that_is_a_name(asked: Question) -> None:
    for parameter in (*asked.parameters, *asked.supposed):
        if isinstance(parameter.kind, Name):
            assert beginning_with(parameter.kind, ""), parameter.name


# --- the faces agree -------------------------------------------------------------------------------------------------


def test_every_question_with_a_document_is_asked_of_every_face() -> None:
    assert set(ASKED) == {asked.name for asked in QUESTIONS if not asked.local}


#: What takes seconds is asked in the long half.
LONG = {"compare", "why-not", "robustness", "report", "check", "escapes"}


def served(http: Served, name: str, **more: int) -> Any:
    """The document of a question that is asked over HTTP."""
    fields = ASKED[name].items()
    pairs = {key: int(value) if isinstance(value, bool) else value for key, value in fields} | more
    return http.get(f"/api/{name}?{urlencode(pairs, doseq=True)}").json()


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.ci] * (n in LONG)) for n in ASKED])
def test_no_two_faces_answer_differently(name: str, http: Served) -> None:
    fields = ASKED[name]
    told = run(name, *words_of(BY_NAME[name], fields), "--format", "json")
    assert told.exit_code in (0, 3), told.output
    document = json.loads(told.stdout)
    answer = getattr(kb(), BY_NAME[name].method)(**fields)
    assert json.loads(json.dumps(dict(answer))) == document
    assert served(http, name) == document


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.ci] * (n in LONG)) for n in ASKED])
def test_the_page_of_a_document_comes_along_where_it_is_asked_for(name: str, http: Served) -> None:
    told = served(http, name, page=1)
    page = ElementTree.fromstring(told.pop("page"))
    assert page.get("class") == "dislodge"
    assert "".join(page.itertext()).strip()
    assert told["command"] == name


# --- what programs give ----------------------------------------------------------------------------------------------

REFUSED = [
    ("combine?cell=CML_LSC&max_size=11", "E423", "from 0 to 10"),
    ("combine?cell=CML_LSC&max_size=two", "E423", "from 0 to 10"),
    ("combine?cell=CML_LSC&size=9", "E423", "max_size"),
    ("combine?cell=CML_LSC&scope=far", "E423", "near, all"),
    ("assess?cell=CML_LSC&cell=HSC", "E423", "once"),
    ("breaks?unbroken=perhaps", "E423", "true or false"),
    ("explain?cell=CML_LSC", "E423", "conclusion"),
    ("compare?cell=CML_LSC&regimens=imatinib", "E423", "regimens"),
    ("check?paths=/etc/passwd", "E423", ""),
    ("rules?pull=/etc/passwd", "E423", ""),
    ("claims?claim=CHO-127&page=1", "E423", "claim"),
]


@pytest.mark.parametrize(("path", "code", "hint"), REFUSED)
def test_a_value_that_a_question_does_not_take_is_refused_and_never_passed_over(
    path: str, code: str, hint: str, http: Served
) -> None:
    answer = http.get(f"/api/{path}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert hint in answer.json()["hint"]


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("why_not", "did you mean why-not"),
        ("serve", "it is the server"),
        ("%3Cb%3E", "manual"),
        ("", "manual"),
        ("a/b", ""),
    ],
)
def test_what_is_no_question_is_refused_as_a_question_is(path: str, hint: str, http: Served) -> None:
    answer = http.get(f"/api/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "E436")
    assert hint in answer.json()["hint"]


def test_what_if_is_asked_over_http_as_elsewhere(http: Served) -> None:
    without = http.get(
        "/api/explain?cell=CML_LSC&conclusion=opensRoute(imatinib,%20RP06)&assume=off(CXCR4__in__CML_LSC)"
    )
    assert without.json()["assumed"] == ["off(CXCR4__in__CML_LSC)"]
    assert http.get("/api/show?name=CXCR4").json()["assumed"] == []


def test_labels_of_all_that_a_document_names_come_along_where_they_are_asked_for(http: Served) -> None:
    told = http.get("/api/assess?cell=CML_LSC&regimen=imatinib&labels=1").json()
    assert told["labels"]["CML_LSC"] == load().label("CML_LSC")
    assert "labels" not in http.get("/api/assess?cell=CML_LSC&regimen=imatinib").json()


def test_python_refuses_what_the_command_line_refuses() -> None:
    wrong = [
        ("max_size", 11, "E423"),
        ("max_size", True, "E423"),
        ("limit", float("inf"), "E423"),
        ("spare", 3, "E423"),
        ("close", "nope", "E401"),
    ]
    for name, value, code in wrong:
        with pytest.raises(QuestionError) as refused:
            kb().combine(cell="CML_LSC", **{name: value})
        assert refused.value.code == code
    with pytest.raises(TypeError, match="siz"):
        kb().combine(cell="CML_LSC", siz=3)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_kind_refuses_values_of_another_kind(asked: Question) -> None:
    for parameter in asked.parameters:
        wrong: Any = {"a": 1} if parameter.many else 3
        if isinstance(parameter.kind, Number):
            wrong = "much"
        elif parameter.kind is FLAG:
            wrong = "perhaps"
        elif isinstance(parameter.kind, File) or parameter.kind is TARGET:
            continue
        elif isinstance(parameter.kind, Choice):
            wrong = "no such word"
        elif parameter.many:
            wrong = [3]
        needed = {other.name: "a" for other in asked.parameters if other.needed and other is not parameter}
        with pytest.raises(QuestionError) as refused:
            given(asked.parameters, {**needed, parameter.name: wrong})
        assert refused.value.code == "E423"


@pytest.mark.parametrize(
    "words",
    [
        ["rules", "--dry-run"],
        ["rules", "R-OUT-001", "--pull", __file__],
        ["export", "--cell", "CML_LSC"],
        ["sparql"],
        ["sparql", "--name", "niche-of-cell", "--cell", "CML_LSC"],
        ["sparql", "ASK {}", "--name", "agents-on-target"],
    ],
)
def test_parameters_that_do_not_go_together_are_refused(words: list[str]) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert "E440" in told.stderr and "Hint: " in told.stderr


@pytest.mark.parametrize("field", ["only", "scope", "limit", "max_size", "min_strength", "state", "disease", "assume"])
def test_an_empty_value_is_a_value_over_http_as_elsewhere(field: str, http: Served) -> None:
    assert (
        http.get(f"/api/combine?cell=CML_LSC&max_size=1&{field}=".replace("&max_size=1&max_", "&max_")).status_code
        == 400
    )


def test_labels_are_asked_for_as_any_flag(http: Served) -> None:
    assert "labels" not in http.get("/api/list?kind=tiers&labels=0").json()
    assert http.get("/api/list?kind=tiers&labels=2").json()["code"] == "E423"


def test_far_too_many_fields_are_refused_with_the_reason(http: Served) -> None:
    told = http.get("/api/assess?cell=CML_LSC" + "&regimen=imatinib" * 300)
    assert (told.status_code, told.json()["error"]) == (400, "more than 200 parameters are given")


def test_threads_get_the_answers_that_one_after_the_other_gets() -> None:
    regimens = ["imatinib", "imatinib+plerixafor", "dasatinib", "plerixafor", "imatinib+bevacizumab", "nilotinib"] * 3
    alone = [dict(kb().assess(regimen, cell="CML_LSC")) for regimen in regimens]
    with ThreadPoolExecutor(4) as threads:
        assert [dict(told) for told in threads.map(lambda r: kb().assess(r, cell="CML_LSC"), regimens)] == alone


def test_a_variable_called_cell_is_bound_like_any_other() -> None:
    bound = kb().sparql("niche-of-cell", cell="CML_progenitor")
    assert list(bound) != list(kb().sparql("niche-of-cell"))


def test_a_report_is_shown_in_a_notebook_and_in_no_form_that_there_is_not() -> None:
    told = kb().report("imatinib", cell="CML_LSC")
    assert "RP06" in str(told) and "<h3>" in told._repr_html_()
    assert told.text("csv").startswith("route,") or "," in told.text("csv")
    for form in ("nope", "", "rows", "blocks"):
        with pytest.raises(QuestionError) as refused:
            told.text(form)
        assert refused.value.code == "E425"


def test_a_long_name_is_not_compared_with_all_others() -> None:
    with pytest.raises(QuestionError) as refused:
        kb().show("x" * 5000)
    assert "did you mean" not in refused.value.hint


# --- facts in memory -------------------------------------------------------------------------------------------------

MINE = """@prefix : <https://w3id.org/dislodge#> .
:newdrug a :Agent . :A_newdrug a :Action ; :hasAgent :newdrug ; :hasTarget :CXCR4 ; :hasMode :block ."""


def test_facts_and_rules_can_be_stated_as_text() -> None:
    more = kb().stating(MINE)
    assert more.sha256 != kb().sha256
    assert "newdrug" in [row["id"] for row in more.list("agents")["answers"]]
    assert more.breaks(agent="newdrug", cell="CML_LSC")["answers"]
    assert more.sparql("ASK { :newdrug a :Agent }")[0] == {"answer": "yes"}
    with pytest.raises(QuestionError):
        kb().show("newdrug")


def test_a_fault_of_stated_text_has_a_line() -> None:
    from reasoner.errors import DislodgeError

    with pytest.raises(DislodgeError) as refused:
        kb().stating("@prefix : <https://w3id.org/dislodge#> .\n:newdrug a :Agnet .")
    assert "Agnet" in str(refused.value)


# --- a further question ----------------------------------------------------------------------------------------------

NEW = '''
from __future__ import annotations

from typing import TypedDict

from reasoner.asking.parameter import Name, Parameter
from reasoner.asking.question import Question


def answer(sources, agent):
    """Count what acts."""
    from reasoner.answers.frame import finished, frame

    kb = sources.reasoned
    acting = [a for a in kb.graph.actions if agent in a.agents]
    rows = [{"action": action.name, "cuts": sorted(action.cuts)} for action in acting]
    told = {"command": "targets", **frame(kb), "verdict": "acts" if rows else "idle", "answers": rows}
    return finished(kb, told)


QUESTION = Question(
    name="targets",
    help="On what an agent acts.",
    examples=("dislodge targets plerixafor", "dislodge targets imatinib --json"),
    parameters=(Parameter(name="agent", kind=Name("agent"), positional=True, least=1),),
    answer=answer,
    fails=lambda document: not document["answers"],
)
'''


def test_a_further_question_is_one_file_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "targets.py").write_text(NEW)
    monkeypatch.setattr(table, "__path__", [*table.__path__, str(tmp_path)])
    monkeypatch.setitem(TABLE, "targets", "On what an agent acts.")
    try:
        told = run("targets", "plerixafor", "--json")
        document = json.loads(told.stdout)
        assert (told.exit_code, document["verdict"]) == (0, "acts")
        assert "CXCR4" in run("targets", "plerixafor").stdout
        assert "A_plerixafor_block_CXCR4" in run("targets", "plerixafor", "--format", "csv").stdout
        assert "On what an agent acts." in run("--help").stdout
        assert completed(monkeypatch, "targets", "pleri") == ["plerixafor"]
        with serving(whole(load(), Limits(60))) as served:
            assert served.get("/api/targets?agent=plerixafor").json() == document
        asked = question("targets")
        assert dict(kb()._ask(asked, {"agent": "plerixafor"})) == document  # type: ignore[arg-type]
        assert "| `agent` |" in reference(questions())
    finally:
        sys.modules.pop("reasoner.questions.targets", None)
