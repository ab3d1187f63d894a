"""A package that lies in a zip says so in one line: to a command of any kind, and to a program that imports it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import reasoner
from tests.effort import PATIENCE

ROOT = Path(reasoner.__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel, as it lies on an index."""
    path = tmp_path_factory.mktemp("zipped") / "dislodge-0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as whole:
        for folder, inside in (("reasoner", ""), ("ontology", "reasoner/_data/"), ("rules", "reasoner/_data/")):
            for file in sorted((ROOT / folder).rglob("*")):
                if file.is_file() and file.suffix not in (".pyc", ".md"):
                    whole.write(file, inside + file.relative_to(ROOT).as_posix())
    return path


def run(archive: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(archive)}
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
        timeout=PATIENCE,
    )  # fmt: skip


@pytest.mark.parametrize(
    "words", [(), ("--version",), ("check",), ("assess", "x"), ("serve",), ("format", "x.ttl"), ("no",)]
)
def test_every_command_says_that_it_has_to_be_installed(archive: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(archive, tmp_path, "-m", "reasoner", *words)
    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert "E126" in error and str(archive) in error and "zipped package is not supported" in error
    assert hint.startswith("Hint: install it")


@pytest.mark.parametrize("call", ["load", "shipped"])
def test_a_program_gets_the_same_sentence_as_an_error(archive: Path, tmp_path: Path, call: str) -> None:
    code = f"""
from reasoner.api import KnowledgeBase
from reasoner.errors import ReadingError
try:
    KnowledgeBase.{call}()
except ReadingError as error:
    print(error.code)
"""
    assert run(archive, tmp_path, "-c", code).stdout == "E126\n"
