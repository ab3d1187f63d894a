import errno
import io
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sample_documents import DOCUMENTS, label

from reasoner.asking.conclusion import Conclusion
from reasoner.asking.requests import ScenarioRequest
from reasoner.asking.sources import Sources
from reasoner.cli import main
from reasoner.errors import Faults, LimitError, QuestionError, ReadingError, Span
from reasoner.questions import commands

ARGUMENTS: dict[str, list[str]] = {
    "breaks": [],
    "assess": ["plerixafor"],
    "escapes": ["plerixafor"],
    "explain": ["on(a)"],
    "why-not": ["on(a)"],
    "robustness": ["on(a)"],
    "evidence": ["plerixafor"],
    "conflicts": [],
    "list": ["cells"],
    "show": ["HSC"],
    "rules": [],
    "check": [],
}
#: Commands that look at files as they are: nothing can be supposed.
AS_THEY_ARE = {"check"}
HOME = {"list": "list_kind"}
ROOM = {"check": "curating"}
MODULES = {"list": "catalogue", "show": "catalogue", "rules": "catalogue", "why-not": "why_not"}


class Recorder:
    """Stands in for an answer: records how it was asked, and gives a sample document or raises."""

    def __init__(self, command: str) -> None:
        self.command = command
        self.asked: tuple[tuple[Any, ...], dict[str, Any]] = ((), {})
        self.answer: dict[str, Any] = DOCUMENTS[command]
        self.error: BaseException | None = None

    def __call__(self, *args: Any, **keys: Any) -> dict[str, Any]:
        self.asked = args, keys
        if self.error:
            raise self.error
        return self.answer


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Recorder]:
    """Every answer replaced by a recorder, the knowledge base by a stub with labels."""
    recorders = {command: Recorder(command) for command in ARGUMENTS}
    modules: dict[str, ModuleType] = {}
    for command, recorder in recorders.items():
        name = MODULES.get(command, command)
        module = modules.setdefault(name, ModuleType(f"reasoner.{ROOM.get(name, 'answers')}.{name}"))
        setattr(module, HOME.get(command, command.replace("-", "_")), recorder)
    asking = ModuleType("reasoner.asking.resolving")
    asking.scenario_request = lambda kb, *given: ScenarioRequest(*given)  # type: ignore[attr-defined]
    asking.regimen_request = lambda kb, agents, request: (agents, request)  # type: ignore[attr-defined]
    asking.conclusion_request = lambda kb, text, request, **more: (Conclusion("on", (text,)), request)  # type: ignore[attr-defined]
    names = ModuleType("reasoner.asking.names")
    names.optional = lambda kb, text, kind: text  # type: ignore[attr-defined]
    names.resolve_all = lambda kb, texts, kind: tuple(texts)  # type: ignore[attr-defined]
    for module in (*modules.values(), asking, names):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    modules["check"].about = lambda found, paths: found  # type: ignore[attr-defined]
    modules["check"].unreadable = None  # type: ignore[attr-defined]
    stub = SimpleNamespace(label=label, base=SimpleNamespace(rules=()), closure=())
    monkeypatch.setattr(Sources, "reasoned", stub)
    return recorders


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def only_error(result: Result) -> str:
    """Standard error when it is one line and at most one hint, and nothing stands on standard output."""
    lines = result.stderr.splitlines()
    assert result.stdout == ""
    assert lines[0].startswith("Error: ")
    assert [line for line in lines[1:] if not line.startswith("Hint: ")] == []
    assert "Traceback" not in result.stderr
    return result.stderr


# --- help ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", commands())
def test_the_help_of_a_command_shows_examples_and_fits_the_screen(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.count(f"  dislodge {command}") >= 2
    assert "research use only" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "answer []" not in result.stdout
    if command not in ARGUMENTS:  # prints no document: sparql, serve …
        return
    shared = (
        "--json",
        "--format",
        "-o FILE",
        "--ontology",
        "--with",
        "--rules",
        "--no-rules",
        "--budget",
        "--no-color",
        "--debug",
    )
    assert [option for option in shared if option not in result.stdout] == []
    what_if = ("--assume", "--retract", "--without-paper", "--without-claim")
    found = [option for option in what_if if option in result.stdout]
    assert found == ([] if command in AS_THEY_ARE else list(what_if))


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], []])
def test_the_help_of_the_group_names_every_command(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0
    assert "research use only" in result.stdout
    assert all(f"  {command} " in result.stdout for command in commands())


@pytest.mark.parametrize("command", ["breaks", "assess", "escapes", "explain", "why-not", "robustness"])
def test_commands_with_a_scenario_take_its_options(command: str) -> None:
    text = run(command, "--help").stdout
    assert all(option in text for option in ("--cell", "--disease", "--state", "--with-agent"))


def test_the_version_is_printed() -> None:
    assert run("--version").stdout.startswith("dislodge 0.")


def test_help_imports_no_reasoning_and_no_heavy_library() -> None:
    code = (
        "import sys; from reasoner.cli import main; main(['breaks', '--help'], standalone_mode=False);"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    imported = {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert imported.isdisjoint({"rich", "rdflib", "owlready2", "pyoxigraph"})
    own = {name for name in done.stdout.splitlines()[-1].split() if name.startswith("reasoner.")}
    assert {name.split(".")[1] for name in own} <= {
        "cli",
        "questions",
        "asking",
        "views",
        "model",
        "resources",
        "files",
        "errors",
        "codes",
        "version",
    }
    asking = {name for name in own if name.startswith("reasoner.asking.")}
    assert asking <= {f"reasoner.asking.{name}" for name in ("question", "parameter", "given", "supposition")}


# --- formats and files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ARGUMENTS)
def test_json_is_one_document(command: str, answers: dict[str, Recorder]) -> None:
    result = run(command, *ARGUMENTS[command], "--json")
    assert json.loads(result.stdout) == DOCUMENTS[command]
    assert result.stderr == ""


@pytest.mark.parametrize("command", ARGUMENTS)
@pytest.mark.parametrize("form", ["table", "csv", "tsv", "md"])
def test_every_format_is_printed(command: str, form: str, answers: dict[str, Recorder]) -> None:
    result = run(command, *ARGUMENTS[command], "--format", form)
    assert result.stdout
    assert result.stderr == ""
    assert result.exit_code == (1 if command == "check" else 0)
    assert "\x1b" not in result.stdout


def test_json_and_another_format_exclude_each_other(answers: dict[str, Recorder]) -> None:
    result = run("breaks", "--json", "--format", "csv")
    assert result.exit_code == 2
    assert "exclude" in only_error(result)


def test_output_goes_to_a_file(answers: dict[str, Recorder], tmp_path: Path) -> None:
    result = run("breaks", "--json", "-o", str(tmp_path / "out.json"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == DOCUMENTS["breaks"]


def test_a_directory_is_refused_as_output(answers: dict[str, Recorder], tmp_path: Path) -> None:
    result = run("breaks", "-o", str(tmp_path))
    assert result.exit_code == 2
    assert "directory" in only_error(result)


def test_an_input_is_refused_as_output(answers: dict[str, Recorder], tmp_path: Path) -> None:
    facts = tmp_path / "facts.ttl"
    facts.write_text("kept")
    result = run("breaks", "--with", str(facts), "-o", str(facts))
    assert result.exit_code == 2
    assert "input" in only_error(result)
    assert facts.read_text() == "kept"


@pytest.mark.parametrize("name", ["ontology/dislodge.ttl", "ontology/facts/agents.ttl", "rules/outcomes.swrl"])
def test_a_shipped_file_is_refused_as_output(
    name: str, answers: dict[str, Recorder], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reasoner.resources.shipped", lambda folder: tmp_path / folder)
    shipped = tmp_path / name
    shipped.parent.mkdir(parents=True)
    shipped.write_text("kept")
    for command in (["breaks"], ["breaks", "--json"], ["report", "plerixafor"], ["export"]):
        result = run(*command, "-o", str(shipped))
        assert result.exit_code == 2
        assert "is an input" in only_error(result)
    assert shipped.read_text() == "kept"


@pytest.mark.parametrize(
    "words",
    [
        ["sparql", "-f", "FILE"],
        ["diff", "shipped", "FILE"],
        ["format", "FILE"],
        ["check", "FILE"],
        ["rules", "--pull", "FILE"],
        ["template", "import", "FILE"],
    ],
)
def test_a_file_that_the_command_names_is_refused_as_output(words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "given.ttl"
    file.write_text("<a:b>   <a:c> <a:d> .")
    result = run(*(str(file) if word == "FILE" else word for word in words), "-o", str(file))
    assert result.exit_code == 2
    assert "is an input" in only_error(result)
    assert file.read_text() == "<a:b>   <a:c> <a:d> ."


def test_a_failed_question_leaves_the_old_file(answers: dict[str, Recorder], tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old")
    answers["breaks"].error = QuestionError("no agent is called 'x'", code="E401")
    assert run("breaks", "--json", "-o", str(target)).exit_code == 2
    assert target.read_text() == "old"


def test_an_empty_table_in_csv_says_why_on_standard_error(answers: dict[str, Recorder]) -> None:
    reasons = [{"code": "NOT_REPORTED", "text": "no claim names both"}]
    answers["evidence"].answer = {**DOCUMENTS["evidence"], "answers": [], "reasons": reasons}
    result = run("evidence", "x", "--format", "csv")
    assert result.stdout.splitlines() == ["id,polarity,modality,kind,context,strength,papers,statement"]
    assert "no claim names both" in result.stderr
    assert "no claim names both" in run("evidence", "x").stdout


# --- what the answers are asked --------------------------------------------------------------------------------------


def test_breaks_hands_its_options_on(answers: dict[str, Recorder]) -> None:
    words = [
        "--route",
        "R",
        "--agent",
        "A",
        "--agent",
        "B",
        "--cell",
        "C",
        "--disease",
        "D",
        "--state",
        "S",
        "--with-agent",
        "G",
    ]
    run("breaks", *words, "--unbroken", "--no-by-analogy")
    (_, request), keys = answers["breaks"].asked
    assert request == ScenarioRequest("C", "D", ("S",), ("G",))
    assert keys == {"route": "R", "activity": None, "agents": ("A", "B"), "unbroken": True, "by_analogy": False}


def test_assess_hands_agents_and_scenario_on(answers: dict[str, Recorder]) -> None:
    run("assess", "A+B", "block:N", "--cell", "C")
    (_, agents, request), keys = answers["assess"].asked
    assert (agents, request.cell, keys) == (("A+B", "block:N"), "C", {"by_analogy": True})


def test_explain_asks_for_all_derivations_only_when_told(answers: dict[str, Recorder]) -> None:
    run("explain", "on(a)")
    assert answers["explain"].asked[1] == {"every": False}
    run("explain", "on(a)", "--all")
    assert answers["explain"].asked[1] == {"every": True}


def test_evidence_hands_its_filters_on(answers: dict[str, Recorder]) -> None:
    run("evidence", "A", "B", "--polarity", "opposes", "--tier", "in_vivo")
    (_, names), keys = answers["evidence"].asked
    assert names == ("A", "B")
    assert keys == {"kind": None, "modality": None, "polarity": "opposes", "tier": "in_vivo", "disease": None}


# --- exit codes and errors -------------------------------------------------------------------------------------------


def test_an_explanation_that_finds_no_derivation_exits_1(answers: dict[str, Recorder]) -> None:
    answers["explain"].answer = {
        **DOCUMENTS["explain"],
        "derivations": [],
        "reasons": [{"code": "NO_ROUTE", "text": "none"}],
    }
    assert run("explain", "on(a)").exit_code == 1


def test_check_exits_0_when_only_warnings_are_left(answers: dict[str, Recorder]) -> None:
    finding = {**DOCUMENTS["check"]["findings"][0], "level": "warning"}
    answers["check"].answer = {**DOCUMENTS["check"], "findings": [finding]}
    assert run("check").exit_code == 0


def test_an_answer_that_a_limit_cut_short_exits_3(answers: dict[str, Recorder]) -> None:
    answers["breaks"].answer = {**DOCUMENTS["breaks"], "limit_reached": True}
    assert run("breaks").exit_code == 3


FAILURES = [
    (QuestionError("no agent is called 'x'", code="E401", hint="did you mean y?"), 2, "E401"),
    (ReadingError("bad file", code="E102", span=Span("a.ttl", 3, 7)), 2, "a.ttl:3:7: E102: bad file"),
    (Faults([ReadingError("one", code="E1"), ReadingError("two", code="E2", hint="h")]), 2, "E2: two"),
    (LimitError("too large", code="E502"), 3, "E502"),
    (KeyboardInterrupt(), 3, "interrupted"),
    (RecursionError(), 3, "nested too deeply"),
    (OSError(errno.ENOSPC, "No space left"), 3, "E508: the answer cannot be written: No space left"),
    (OSError(errno.EBADF, "standard output is closed"), 3, "E508: the answer cannot be written: standard output is"),
    (ValueError("a\nb"), 4, "internal error (ValueError: a b): dislodge is at fault"),
    (PermissionError(errno.EACCES, "denied"), 4, "--debug and report what it prints"),
]


@pytest.mark.parametrize(("error", "code", "text"), FAILURES)
def test_a_failure_is_one_line_and_an_exit_code(
    error: BaseException, code: int, text: str, answers: dict[str, Recorder]
) -> None:
    answers["breaks"].error = error
    result = run("breaks")
    assert result.exit_code == code
    assert text in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_debug_shows_the_traceback(answers: dict[str, Recorder]) -> None:
    answers["breaks"].error = ValueError("odd")
    result = run("breaks", "--debug")
    assert "Traceback" in result.stderr
    assert result.exit_code == 4


def test_an_unknown_command_is_refused_with_the_nearest() -> None:
    result = run("brekas")
    assert result.exit_code == 2
    assert "did you mean breaks?" in only_error(result)


@pytest.mark.parametrize(
    "arguments", [["breaks", "--rout", "x"], ["explain"], ["breaks", "--format", "xml"], ["--nope"], ["list", "a", "b"]]
)
def test_wrong_usage_is_one_line_and_a_hint(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "--help" in only_error(result)


def test_a_shell_can_complete_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMP_WORDS", "dislodge ev")
    monkeypatch.setenv("COMP_CWORD", "1")
    result = CliRunner().invoke(main, [], env={"_DISLODGE_COMPLETE": "bash_complete"}, prog_name="dislodge")
    assert result.stdout.split() == ["plain,evidence"]


def test_a_closed_pipe_is_no_failure(answers: dict[str, Recorder], monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(sys, "stdout", Closed())
    assert main(["breaks"], standalone_mode=False) == 0


def test_nothing_is_written_in_colour_to_a_pipe_or_where_it_is_refused(
    answers: dict[str, Recorder], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def printed(*arguments: str) -> str:
        screen = Terminal()
        monkeypatch.setattr(sys, "stdout", screen)
        main(["breaks", *arguments], standalone_mode=False)
        return screen.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in printed()
    assert "\x1b[" not in printed("--no-color")
    assert "\x1b[" not in printed("--json")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in printed()
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b[" not in printed()
