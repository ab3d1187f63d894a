"""Ctrl-C: a search answers with what it found, anything else ends at once, and nobody sees a traceback."""

from __future__ import annotations

import inspect
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reasoner.__main__ import main as entry
from reasoner.cli import interrupting, main
from reasoner.cli.interrupting import searching
from reasoner.cli.progress import Progress
from reasoner.closure.meter import Meter
from reasoner.resources import shipped_ontology
from tests.effort import PATIENCE
from tests.units.small_knowledge import FACTS

pytestmark = [
    pytest.mark.ci,
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="sends signals"),
]

SEARCHES = {
    "combine": ["combine", "--cell", "CML_LSC", "--with-agent", "imatinib"],
    "regimens": ["combine", "--cell", "CML_LSC", "--with-agent", "imatinib", "--close", "RP06"],
    "no killer given": ["combine", "--cell", "CML_LSC"],
    "a front": ["combine", "--cell", "CML_LSC", "--with-agent", "imatinib", "--only", "plerixafor"],
    "robustness": ["robustness", "sensitises(plerixafor+imatinib, CML_LSC)", "--max", "1"],
    "why-not": ["why-not", "dislodges(cilengitide, CML_LSC)", "--abduce", "--max", "1"],
}


@pytest.fixture(autouse=True)
def _heeded() -> Iterator[None]:
    """Ctrl-C is heeded, also where the tests were started in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def run(words: list[str], form: str = "--json") -> Result:
    return CliRunner().invoke(main, [*words, form])


def pressed(monkeypatch: pytest.MonkeyPatch, words: list[str], at: int, form: str = "--json") -> tuple[Result, int]:
    """Press Ctrl-C when the search asks for the ``at``-th time; how often it asked in all."""
    asked = 0

    def press(_: Progress, __: int) -> None:
        nonlocal asked
        if asked == at:
            signal.raise_signal(signal.SIGINT)
        asked += 1

    with monkeypatch.context() as patch:
        patch.setattr(Progress, "__call__", press)
        result = run(words, form)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    return result, asked


@pytest.mark.parametrize("words", SEARCHES.values(), ids=SEARCHES)
def test_a_search_that_is_interrupted_answers_with_what_it_found(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    whole = run(words)
    assert whole.exit_code in (0, 1), whole.output
    everything = json.loads(whole.stdout)
    assert not everything["limit_reached"]
    times = 0
    for at in (0, 1, 2, 3, 5, 8, 13, 21, 34, 55):
        result, asked = pressed(monkeypatch, words, at)
        if asked <= at:
            break
        times += 1
        assert result.exit_code == 3, result.output
        found = json.loads(result.stdout)
        assert found["limit_reached"]
        for key in ("regimens", "answers", "toppled_by", "abduced"):
            assert all(row in everything[key] for row in found.get(key) or []), key
    assert times >= 2
    result, _ = pressed(monkeypatch, words, 0, "--format=table")
    assert result.exit_code == 3 and "cut short" in result.stdout


def test_regimens_that_were_found_before_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pressed while the answer is put together, it still holds the first regimens, and is marked."""
    words = SEARCHES["regimens"]
    everything = json.loads(run(words).stdout)["regimens"]
    _, asked = pressed(monkeypatch, words, -1)
    last, _ = pressed(monkeypatch, words, asked - 1)
    found = json.loads(last.stdout)
    assert found["interrupted"] and 0 < len(found["regimens"]) <= len(everything)
    assert found["regimens"] == everything[: len(found["regimens"])]


# --- the block itself -------------------------------------------------------------------------------------------------


def test_a_search_that_never_asks_is_ended_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupting, "GRACE", 0.05)
    with pytest.raises(KeyboardInterrupt), searching("things", Meter()):
        signal.raise_signal(signal.SIGINT)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            pass
        pytest.fail("it went on")


def test_what_is_noted_too_late_to_be_asked_for_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt), searching("things", Meter()) as stop:
        assert not stop(1)
        signal.raise_signal(signal.SIGINT)


def test_pressed_twice_it_ends_at_once() -> None:
    with pytest.raises(KeyboardInterrupt), searching("things", Meter()) as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop(1) and stop(2)
        signal.raise_signal(signal.SIGINT)
        pytest.fail("it went on")


def test_having_been_told_a_search_may_take_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interrupting, "GRACE", 0.01)
    with searching("things", Meter()) as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop(1)
        time.sleep(0.05)


def test_where_ctrl_c_is_to_be_ignored_it_is() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with searching("things", Meter()) as stop:
            signal.raise_signal(signal.SIGINT)
            assert not stop(1)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


# --- anywhere ---------------------------------------------------------------------------------------------------------


def _at_call(number: int, words: list[str], folder: Path) -> tuple[int, str, str, bool]:
    """Exit code, output and errors of a child in which Ctrl-C is pressed at a call of a function; whether it was."""
    out, err, mark = folder / "out", folder / "err", folder / "mark"
    mark.unlink(missing_ok=True)
    child = os.fork()
    if child == 0:
        code = 70
        try:
            for stream, path in ((1, out), (2, err)):
                os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
            sys.stdout = os.fdopen(1, "w", closefd=False)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            calls = 0

            def count(frame: FrameType, event: str, _: Any) -> None:
                nonlocal calls
                # CPython loses what a profile function raises where a generator begins, inside any() or all().
                if event == "call" and not frame.f_code.co_flags & inspect.CO_GENERATOR:
                    calls += 1
                    if calls == number:
                        sys.setprofile(None)
                        mark.touch()
                        signal.raise_signal(signal.SIGINT)

            sys.setprofile(count)
            sys.argv = ["dislodge", *words]
            entry()
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            sys.setprofile(None)
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.WEXITSTATUS(status), out.read_text(), err.read_text(), mark.exists()


def _anywhere(folder: Path, samples: int) -> set[str]:
    """Press Ctrl-C at so many places of a whole run, evenly spread; what was said then."""
    facts = folder / "facts.ttl"
    facts.write_text(FACTS)
    modules = [w for path in shipped_ontology() if path.parent.name == "modules" for w in ("--ontology", str(path))]
    words = ["combine", "--cell", "Stem_A", "--ontology", str(facts), *modules, "--json"]
    whole = run(words[:-1])
    assert whole.exit_code == 0, whole.output
    most = 1
    while _at_call(most, words, folder)[3]:
        most *= 2
    said = set()
    for sample in range(samples):
        code, out, err, was_pressed = _at_call(2 + sample * most // samples, words, folder)
        if not was_pressed:
            break
        assert code == 3, (sample, code, out, err)
        assert "Traceback" not in err
        if "Error: interrupted" in err:
            said.add("interrupted")
        else:
            assert json.loads(out)["limit_reached"]
            said.add("partial")
    return said


def test_pressed_anywhere_in_a_run_it_is_never_swallowed(tmp_path: Path) -> None:
    assert "interrupted" in _anywhere(tmp_path, 16)


@pytest.mark.slow
def test_pressed_anywhere_in_a_run_it_is_never_swallowed_long(tmp_path: Path) -> None:
    assert "interrupted" in _anywhere(tmp_path, 1000)


# --- before the program is up -----------------------------------------------------------------------------------------

EARLY = """
import signal, sys
left = int(sys.argv.pop(1))
def imports(name, args):
    global left
    if name == "import":
        left -= 1
        if left == 0:
            print("pressed", file=sys.stderr)
            signal.raise_signal(signal.SIGINT)
from reasoner.__main__ import main
sys.addaudithook(imports)
main()
"""


def _early(number: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", EARLY, str(number), "list", "cells"], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def _pressed_early(numbers: Callable[[], Any]) -> int:
    times = 0
    for number in numbers():
        code, said = _early(number)
        if "pressed" not in said:
            break
        times += 1
        assert code == 3 and "Error: interrupted" in said.splitlines(), (number, code, said)
        assert "Traceback" not in said
    return times


def test_pressed_before_the_program_is_up_it_ends_without_a_traceback() -> None:
    assert _pressed_early(lambda: (1, 2, 5, 20, 50, 90, 120)) >= 5


@pytest.mark.slow
def test_pressed_at_any_import_it_ends_without_a_traceback() -> None:
    assert _pressed_early(lambda: range(1, 1000)) > 100
