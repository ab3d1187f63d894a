"""Where the system is no POSIX, such as Windows, every command says so in one line, and a program gets an error."""

from __future__ import annotations

import subprocess
import sys

import pytest

#: Takes away what Windows does not have, before anything of the package is imported.
WINDOWS = """
import os, signal, sys
import subprocess, tempfile
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for module, names in (
    (os, "fork fchmod getuid geteuid setpriority getpriority O_NOFOLLOW O_NONBLOCK O_DIRECTORY"),
    (signal, "SIGALRM SIGKILL SIGXCPU setitimer alarm"),
):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
"""


def run(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WINDOWS + program, *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    "words", [(), ("--version",), ("check",), ("assess", "imatinib"), ("serve",), ("format", "x.ttl")]
)
def test_every_command_says_what_it_needs(words: tuple[str, ...]) -> None:
    done = run("from reasoner.__main__ import main; main()", *words)
    assert (done.returncode, done.stdout) == (2, "")
    error, hint = done.stderr.splitlines()
    assert "E127" in error and "POSIX" in error and "WSL" in hint


@pytest.mark.parametrize("call", ["load", "shipped"])
def test_a_program_gets_the_same_sentence_as_an_error(call: str) -> None:
    code = f"""
from reasoner.api import KnowledgeBase
from reasoner.errors import ReadingError
try:
    KnowledgeBase.{call}()
except ReadingError as error:
    print(error.code)
"""
    assert run(code).stdout == "E127\n"
