"""The process that runs damaged input: one command a line on standard input, one verdict a line on standard output.

It limits its own memory, and the processor time of each command; what becomes of it (a crash, a kill) is for the parent
to see.  A command is a JSON object: ``words`` of the command line, or ``format`` of a file with the laws of that.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from reasoner.cli import main
from reasoner.errors import DislodgeError
from reasoner.inference import cached
from reasoner.model.names import ANONYMOUS
from reasoner.reading.owl.ontology import read_ontology
from tests.effort import PATIENCE

MEMORY, SECONDS = 3 * 1024**3, 30


class TooLong(BaseException):
    """A command is not done in time; no handler of errors may take this for one of its own."""


def _stop(*_: object) -> None:
    raise TooLong


def run(words: list[str]) -> dict[str, Any]:
    """A command, with its exit code and what it says on standard error."""
    result = CliRunner().invoke(main, words)
    odd = repr(result.exception) if result.exception and not isinstance(result.exception, SystemExit) else ""
    return {"code": result.exit_code, "said": result.stderr[:8000], "odd": odd}


def formatted(file: Path) -> dict[str, Any]:
    """``format`` of a file; what it accepts is the same the second time, and states the same facts as before."""
    before, data = facts_of(file), file.read_bytes()
    first = run(["format", str(file)])
    if first["code"]:
        return {**first, "broken": "a refused file has changed" if file.read_bytes() != data else ""}
    again = run(["format", "--check", str(file)])
    broken = "formatting it again changes it" if again["code"] else ""
    if before is not None and facts_of(file) != before:
        broken = "its facts have changed"
    return {**first, "broken": broken}


def facts_of(file: Path) -> list[str] | None:
    """The facts of a file without the labels of blank nodes, sorted; None for rules, and where they cannot be read."""
    if file.suffix == ".swrl":
        return None
    try:
        facts = read_ontology([file]).facts
    except DislodgeError:
        return None
    return sorted(" ".join("_" if ANONYMOUS in str(part) else repr(part) for part in fact) for fact in facts)


def answer(command: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one command."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE)
    try:
        found = formatted(Path(command["format"])) if "format" in command else run(command["words"])
    except TooLong:
        found = {"code": -1, "said": "", "odd": f"not done after {SECONDS} seconds of work"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    return found


def serve() -> None:
    """Answer the commands of standard input until it ends."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _stop)
    signal.signal(signal.SIGALRM, _stop)
    given, told = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    remembered: dict[Any, Any] = {}
    load = cached.load

    def load_once(*files: Any, **options: Any) -> Any:
        """Knowledge that no damaged file is part of is read once, whatever budget the question has."""
        if any(str(path).startswith(sys.argv[1]) for group in files[:3] for path in group):
            return load(*files, **options)
        if files[:4] not in remembered:
            remembered[files[:4]] = load(*files, **options)
        return remembered[files[:4]]

    cached.load = load_once
    for line in given:
        told.write(json.dumps(answer(json.loads(line))) + "\n")
        told.flush()


if __name__ == "__main__":
    serve()
