"""The stub of the Python API: what a checker of types sees is what there is, of every question."""

from __future__ import annotations

import ast
import builtins
import inspect
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import reasoner
from reasoner import api
from reasoner.api import KnowledgeBase
from reasoner.asking.arguments import given
from reasoner.asking.parameter import FILE, FLAG, SIDE, TARGET, TEXT, Name, Parameter, argument, choice, number, whole
from reasoner.asking.question import Question, Written
from reasoner.errors import QuestionError
from reasoner.questions import question, questions
from reasoner.views.stub import stub
from tests.effort import PATIENCE

PACKAGE = Path(reasoner.__file__).resolve().parent
SOURCE = (PACKAGE / "api.py").read_text("utf-8")
QUESTIONS = list(questions())
STUB = stub(SOURCE, QUESTIONS)
#: Methods that the class states itself.
BY_HAND = {"load", "shipped", "stating", "label", "sparql", "version", "sha256", "contradictions"}


def run_as_python(text: str) -> dict[str, Any]:
    """The names of a stub; annotations stay text, as in this module."""
    names: dict[str, Any] = {"__name__": "stub"}
    exec(compile(text, "api.pyi", "exec"), names)
    return names


NAMES = run_as_python(STUB)
STUBBED = NAMES["KnowledgeBase"]


def taken(kind: type, name: str) -> inspect.Signature:
    found = vars(kind)[name]
    return inspect.signature(found.fget if isinstance(found, property) else getattr(kind, name))


def shape(signature: inspect.Signature) -> list[tuple[str, Any, bool]]:
    """Every parameter in its order: its name, its kind, whether it is needed."""
    return [(one.name, one.kind, one.default is one.empty) for one in signature.parameters.values()]


def hint(method: str, parameter: str) -> str:
    return str(taken(STUBBED, method).parameters[parameter].annotation)


# --- it says what there is --------------------------------------------------------------------------------------------


def test_the_stub_has_every_public_member_and_no_other() -> None:
    def members(kind: type) -> set[str]:
        return {name for name in vars(kind) if not name.startswith("_")}

    assert members(STUBBED) == members(KnowledgeBase)
    assert members(STUBBED) >= BY_HAND
    assert not hasattr(STUBBED, "__getattr__"), "else no wrong name would be refused"
    assert NAMES["__all__"] == api.__all__
    assert set(api.__all__) <= set(NAMES)


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: asked.name)
def test_every_question_has_its_parameters_in_their_order(asked: Question) -> None:
    assert shape(taken(STUBBED, asked.method)) == shape(taken(KnowledgeBase, asked.method))
    if asked.method not in BY_HAND:
        assert STUBBED.__dict__[asked.method].__doc__ == inspect.cleandoc(asked.help).splitlines()[0]


@pytest.mark.parametrize("name", sorted(BY_HAND | {"__init__", "__repr__"}))
def test_what_is_written_by_hand_is_taken_as_it_is(name: str) -> None:
    ours, theirs = taken(STUBBED, name), taken(KnowledgeBase, name)
    assert shape(ours) == shape(theirs)
    for one, other in zip(ours.parameters.values(), theirs.parameters.values(), strict=True):
        assert one.annotation == other.annotation
    # A method of that name stands in the class, so that the type has to be told from it.
    assert ours.return_annotation.replace("builtins.list", "list") == theirs.return_annotation
    assert vars(STUBBED)[name].__doc__ == vars(KnowledgeBase)[name].__doc__


def test_nothing_in_the_stub_does_anything() -> None:
    for node in ast.walk(ast.parse(STUB)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            assert [ast.unparse(line) for line in body] == ["..."]
            defaults = [one for one in (*node.args.defaults, *node.args.kw_defaults) if one is not None]
            assert {ast.unparse(one) for one in defaults} <= {"..."}


def test_the_stub_imports_only_what_it_names() -> None:
    """A checker reads all that is imported."""
    tree = ast.parse(STUB)
    imported = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | set(api.__all__)
    brought = [alias.asname or alias.name for node in imported for alias in node.names]
    assert set(brought) <= named
    assert len(brought) == len(set(brought))


def test_no_name_of_a_method_stands_for_a_type() -> None:
    methods = set(vars(STUBBED)) & set(dir(builtins)) - set(dir(object))
    assert {"list", "format"} <= methods
    assert not {node.id for node in ast.walk(ast.parse(STUB)) if isinstance(node, ast.Name)} & methods


# --- types ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "parameter", "wanted"),
    [
        ("explain", "conclusion", "str"),
        ("assess", "regimen", "str | Iterable[str]"),
        ("assess", "cell", "str | None"),
        ("assess", "state", "str | Iterable[str]"),
        ("assess", "by_analogy", "bool"),
        ("combine", "scope", "Literal['near', 'all']"),
        ("combine", "max_size", "int | None"),
        ("combine", "limit", "int"),
        ("combine", "without_paper", "str | Iterable[str]"),
        ("serve", "timeout", "float"),
        ("diff", "old", "str"),
        ("rules", "pull", "str | Path | None"),
        ("format", "paths", "str | Path | Iterable[str | Path]"),
        ("export", "inferred", "str | Path | None"),
    ],
)
def test_a_kind_becomes_a_type(method: str, parameter: str, wanted: str) -> None:
    assert hint(method, parameter) == wanted


def test_several_words_of_a_choice_may_be_given() -> None:
    words = "Literal['parse', 'safety', 'dl', 'schema', 'rules', 'consistency', 'questions']"
    assert hint("check", "level") == f"{words} | Iterable[{words}]"


#: A value of each type.
SAMPLES: dict[str, Any] = {
    "str": "a",
    "bool": True,
    "int": 5,
    "float": 0.5,
    "Path": Path("a"),
    "Literal['a', 'b']": "b",
    "Iterable[str]": ["a"],
    "Iterable[bool]": [True, False],
    "Iterable[int]": {5},
    "Iterable[float]": [0.5, 5],
    "Iterable[str | Path]": ["a", Path("a")],
    "Iterable[Literal['a', 'b']]": ("a", "b"),
    "None": None,
}
KINDS = [TEXT, FLAG, SIDE, FILE, TARGET, Name("cell"), choice("a", "b"), whole(0, 9), number(0, 9)]


@pytest.mark.parametrize("many", [False, True], ids=["one", "several"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_the_type_lets_through_is_taken_and_a_path_only_where_it_says_so(kind: Any, many: bool) -> None:
    parameter = Parameter(name="it", kind=kind, many=many)
    said = type_of(parameter)
    for part in parts(said):
        given([parameter], {"it": SAMPLES[part]})
    if "Path" not in said:
        with pytest.raises(QuestionError):
            given([parameter], {"it": Path("a")})


def parts(said: str) -> set[str]:
    """The types of a union."""
    whole = ast.parse(said, mode="eval").body
    return parts(ast.unparse(whole.left)) | {ast.unparse(whole.right)} if isinstance(whole, ast.BinOp) else {said}


def made_up(answer: Any, *parameters: Parameter) -> Question:
    return Question(name="made up", help="Made up.", examples=(), answer=answer, parameters=parameters, supposing=False)


def type_of(parameter: Parameter) -> str:
    def answer() -> Written: ...  # type: ignore[empty-body]

    made = run_as_python(stub(SOURCE, [made_up(answer, parameter)]))["KnowledgeBase"]
    return str(inspect.signature(made.made_up).parameters[parameter.name].annotation)


def test_a_needed_argument_has_no_default_and_is_not_none() -> None:
    assert type_of(argument("it", TEXT, least=1)) == "str"
    assert type_of(argument("it", TEXT)) == "str | None"


@pytest.mark.parametrize(
    ("name", "returned"),
    [("assess", "Answer"), ("rules", "Answer"), ("check", "Answer"), ("export", "str"), ("template export", "str"),
     ("serve", "None"), ("sparql", "Rows")],
)  # fmt: skip
def test_a_method_returns_what_its_question_answers_with(name: str, returned: str) -> None:
    assert taken(STUBBED, question(name).method).return_annotation == returned


def test_a_question_whose_answer_the_api_does_not_tell_is_refused() -> None:
    def answer() -> Reply: ...  # type: ignore[name-defined]  # noqa: F821

    with pytest.raises(TypeError, match="made up answers with: Reply"):
        stub(SOURCE, [made_up(answer)])


# --- what a checker says ----------------------------------------------------------------------------------------------

#: Each line that is wrong says so; where it is taken, or the stub is not read, the remark is in excess, an error too.
CALLS = """
from collections.abc import Iterable
from pathlib import Path
from typing import assert_type

from reasoner import Answer, KnowledgeBase, Picture, Rows

kb = KnowledgeBase.shipped()
assert_type(kb, KnowledgeBase)
assert_type(kb.assess("imatinib + plerixafor", cell="CML LSC", state=("T315I",), by_analogy=False), Answer)
assert_type(kb.assess(["imatinib"], cell="CML LSC").picture, Picture)
assert_type(kb.assess(word for word in ["imatinib"]), Answer)
assert_type(kb.combine(cell="CML LSC", max_size=2, scope="all", without_paper="x").frame("answers") is None, bool)
assert_type(kb.check([Path("a.ttl"), "b.ttl"], level=["rules", "schema"], severity="error"), Answer)
assert_type(kb.export(form="ttl", inferred=Path("a.ttl")), str)
assert_type(kb.sparql("agents-on-target", target="CXCR4"), Rows)
assert_type(kb.load("a.ttl", Path("b.ttl"), budget="30s").stating("", rules=[""]).version, str)
assert_type(kb.contradictions[0]["subject"], str)
assert_type([kb.list("cells"), kb.format(check=True), kb.diff("HEAD", ".")], list[Answer])
kb.serve(port=0, timeout=1)

from reasoner import Reasoned  # type: ignore[attr-defined]

kb.assess("imatinib", cel="CML LSC")  # type: ignore[call-arg]
kb.assess("imatinib", "CML LSC")  # type: ignore[call-arg]
kb.explain()  # type: ignore[call-arg]
kb.explain(None)  # type: ignore[arg-type]
kb.assess("imatinib", cell=5)  # type: ignore[arg-type]
kb.assess([1, 2])  # type: ignore[list-item]
kb.combine(max_size="2")  # type: ignore[arg-type]
kb.combine(scope="far")  # type: ignore[arg-type]
kb.diff(Path("a"), "b")  # type: ignore[arg-type]
kb.asess("imatinib")  # type: ignore[attr-defined]
kb.sparql("ASK {}", timeout="1")  # type: ignore[arg-type]
len(kb.serve())  # type: ignore[func-returns-value, arg-type]
"""


def test_mypy_takes_right_calls_and_refuses_wrong_ones(tmp_path: Path) -> None:
    """The package lies where an installed one would: on the path, with its mark and its stub."""
    installed = tmp_path / "site"
    shutil.copytree(PACKAGE, installed / "reasoner", ignore=shutil.ignore_patterns("__pycache__", "static"))
    (installed / "reasoner" / "api.pyi").write_text(STUB, "utf-8")
    (tmp_path / "calls.py").write_text(CALLS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path / "cache"),
         "--follow-imports=silent", "calls.py", "site/reasoner/api.pyi"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=PATIENCE,
        env={**os.environ, "MYPYPATH": str(installed)},
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("Success: no issues found in 2 source files", "")


def test_the_package_is_marked_as_typed() -> None:
    assert (PACKAGE / "py.typed").read_bytes() == b""
