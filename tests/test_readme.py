"""The README does what it says: every command line of it is run, from an empty folder, in the order of the page."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.asking.names import resolve
from reasoner.cli import main
from reasoner.inference.reasoned import Reasoned

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ dislodge (.+)$", README, flags=re.MULTILINE)
OWN_FACTS = re.search(r"```turtle\n(.*?)```", README, flags=re.DOTALL)
#: Commands that go on until they are stopped.
ENDLESS = {"serve"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder with the facts that the README tells the reader to save."""
    made = tmp_path_factory.mktemp("readme")
    assert OWN_FACTS is not None
    (made / "zeta.ttl").write_text(OWN_FACTS[1], encoding="utf-8")
    return made


def test_the_readme_shows_every_command():
    shown = {shlex.split(line)[0] for line in COMMANDS}
    assert shown >= set(main.list_commands(None)) - ENDLESS - {"format"}  # type: ignore[arg-type]


@pytest.mark.ci
@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_readme_answers(line: str, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    found = CliRunner().invoke(main, shlex.split(line))
    assert found.exit_code == 0, found.output[-800:]
    assert found.output.strip() or "-o" in line


def test_what_the_readme_does_in_python_works():
    pytest.importorskip("pandas", reason="pandas is not installed")
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_every_name_that_the_readme_gives_as_an_example_is_known():
    said = re.search(r"^Names may be .*?\n\n", README, flags=re.MULTILINE | re.DOTALL)
    assert said is not None
    names = [name.strip('"') for name in re.findall(r"`([^`]+)`", said[0].partition("Every command")[0])]
    assert len(names) > 3
    kb = Reasoned.load()
    assert {resolve(kb, name) for name in names} == {"CML_LSC", "imatinib"}


def test_the_two_commands_for_a_fresh_machine_stand_in_the_readme():
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/dislodge breaks --cell" in README
    assert "python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest" in README
