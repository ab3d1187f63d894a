"""What is said about installing: this program is installed from its checkout, and what it needs comes with it."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import reasoner

ROOT = Path(reasoner.__file__).resolve().parent.parent
ENDINGS = {".py", ".js", ".mjs", ".html", ".css", ".json", ".md", ".rq", ".txt", ".toml", ".ttl", ".swrl", ""}
PACKAGES = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
#: A command that would install whatever the index holds under the name of this program.
FROM_INDEX = re.compile(r"pip3? install [^\n]*?(?<![\w./-])dislodge(?![\w/.-])|dislodge\[")


def texts() -> list[Path]:
    folders = ("reasoner", "ontology", "rules", "docs", ".ci", "tests")
    found = [file for name in folders for file in (ROOT / name).rglob("*") if "node_modules" not in file.parts]
    return [file for file in (*ROOT.glob("*.*"), *found) if file.is_file() and file.suffix in ENDINGS]


@pytest.mark.parametrize(
    ("said", "is_wrong"),
    [
        ("pip install 'dislodge" + "[web]'", True),
        ("pip install " + "dislodge", True),
        ("pip install -U " + "dislodge==0.1", True),
        ("pip install '.[notebook]'", False),
        ("pip install . && .venv/bin/dislodge breaks", False),
        ("pip install pandas", False),
    ],
)
def test_the_rule_tells_an_index_from_a_checkout(said: str, is_wrong: bool) -> None:
    assert bool(FROM_INDEX.search(said)) == is_wrong


def test_no_text_names_this_program_to_an_index() -> None:
    """The name on the index is not ours: who followed such a hint would run a stranger's code."""
    found = texts()
    assert len(found) > 400
    told = {file: FROM_INDEX.search(file.read_text("utf-8", "replace")) for file in found if file != Path(__file__)}
    assert {str(file): line[0] for file, line in told.items() if line} == {}


def test_serve_needs_nothing_that_the_first_command_does_not_bring() -> None:
    needed = {re.match(r"[\w-]+", line)[0].lower() for line in PACKAGES["dependencies"]}  # type: ignore[index]
    code = (
        "import sys, importlib.metadata as m; before = set(sys.modules);"
        "import reasoner.questions.serve, reasoner.views.web.app, reasoner.views.web.connection;"
        "names = {n.partition('.')[0] for n in set(sys.modules) - before};"
        "owners = m.packages_distributions();"
        "print(*{d.lower() for n in names for d in owners.get(n, ())})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    used = set(done.stdout.split()) - {"dislodge"}
    assert {"starlette", "uvicorn"} <= used
    assert used <= needed | brought(needed)


@pytest.mark.parametrize("words", [["--help"], ["serve", "--help"], ["list", "routes"], ["sparql", "ASK {}"]])
def test_no_other_command_waits_for_the_server_to_be_imported(words: list[str]) -> None:
    code = f"import sys; from reasoner.cli import main; main({words}, standalone_mode=False); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    imported = set(done.stdout.splitlines()[-1].split())
    assert "reasoner.cli.group" in imported
    assert not imported & {"starlette", "uvicorn", "h11", "anyio"}


def brought(names: set[str]) -> set[str]:
    """What packages bring along, and what that brings."""
    from importlib.metadata import PackageNotFoundError, requires

    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        try:
            lines = [line for line in requires(name) or () if "extra ==" not in line]
        except PackageNotFoundError:
            continue  # for another Python or system
        new = {re.match(r"[\w-]+", line)[0].lower() for line in lines} - found  # type: ignore[index]
        found |= new
        waiting |= new
    return found


def test_the_lock_files_name_no_place_to_fetch_from() -> None:
    for folder in ("browser", "clients"):
        lock = (ROOT / "tests" / folder / "package-lock.json").read_text("utf-8")
        assert '"integrity"' in lock
        assert '"resolved"' not in lock
