"""Closed streams and full disks: the documented exit code, at most a line and a hint, and no file in part."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from reasoner.cli import main
from reasoner.cli.streams import Closed
from reasoner.errors import LimitError
from reasoner.files.temporary import temporary_folder
from reasoner.inference import cached
from reasoner.resources import shipped, shipped_rules
from tests.effort import PATIENCE
from tests.units.curated import ACTION, GOOD, Curated

pytestmark = pytest.mark.ci

ASSESS = ("assess", "imatinib", "--cell", "CML_LSC")
#: A command for every way in which something is printed.
PRINTED = {
    "a page": ASSESS,
    "JSON": (*ASSESS, "--json"),
    "a page after -o -": (*ASSESS, "-o", "-"),
    "an ontology": ("export", "--format", "ofn"),
    "a report": ("report", "imatinib", "--cell", "CML_LSC"),
    "rows": ("sparql", "--name", "network", "--format", "csv"),
    "a shelf": ("sparql", "--list"),
    "a table": ("template", "export", "disease"),
    "findings": ("check", "--level", "parse"),
    "help": ("--help",),
    "the help of a command": ("assess", "--help"),
    "the version": ("--version",),
    "a script for the shell": (),
}
SILENT = {
    "a file": ((*ASSESS, "-o", "{folder}/page.txt"), 0),
    "wrong input": (("assess", "nosuchagent", "--cell", "CML_LSC"), 2),
    "wrong usage": (("assess", "--nosuchoption"), 2),
}


def dislodge(words: tuple[str, ...], streams: str) -> subprocess.CompletedProcess[str]:
    """Run with streams as a shell writes them, ``>&-`` for one that is closed; no words ask for the shell's script."""
    env = os.environ | ({} if words else {"_DISLODGE_COMPLETE": "bash_source"})
    call = ["sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "reasoner", *words]
    return subprocess.run(call, capture_output=True, text=True, env=env, timeout=PATIENCE, check=False)


def one_error(text: str) -> bool:
    """Whether standard error is a line and a hint."""
    first, *rest = text.splitlines()
    return first.startswith("Error: ") and [line[:6] for line in rest] == ["Hint: "]


@pytest.mark.parametrize("kind", PRINTED)
def test_what_cannot_be_printed_because_the_output_is_closed_exits_3(kind: str) -> None:
    done = dislodge(PRINTED[kind], ">&-")
    assert done.returncode == 3, done.stderr
    assert "E508" in done.stderr and "standard output is closed" in done.stderr and one_error(done.stderr)


@pytest.mark.parametrize("kind", ["a page", "an ontology", "rows", "help"])
@pytest.mark.parametrize("streams", [">&- 2>&-", "<&- >&- 2>&-"])
def test_it_exits_3_also_where_nobody_can_be_told(kind: str, streams: str) -> None:
    done = dislodge(PRINTED[kind], streams)
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")


@pytest.mark.parametrize("kind", ["a page", "an ontology", "rows", "help"])
def test_an_answer_needs_neither_standard_input_nor_standard_error(kind: str) -> None:
    done = dislodge(PRINTED[kind], "<&- 2>&-")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == dislodge(PRINTED[kind], "").stdout != ""


@pytest.mark.parametrize("kind", SILENT)
@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_what_prints_nothing_minds_no_closed_stream(kind: str, streams: str, tmp_path: Path) -> None:
    words, code = SILENT[kind]
    done = dislodge(tuple(word.format(folder=tmp_path) for word in words), streams)
    assert (done.returncode, done.stdout) == (code, "")
    if kind == "a file":
        assert (tmp_path / "page.txt").read_text(encoding="utf-8") == dislodge(ASSESS, "").stdout


def test_a_query_from_a_closed_standard_input_is_wrong_input() -> None:
    done = dislodge(("sparql", "-"), "<&-")
    assert done.returncode == 2 and "standard input is closed" in done.stderr and one_error(done.stderr)


def test_no_file_gets_the_number_of_a_closed_stream(tmp_path: Path) -> None:
    code = (
        "import sys; from reasoner.cli.streams import mend_closed; mend_closed();"
        "print(open(sys.argv[1], 'w').fileno(), sys.stderr.fileno())"
    )
    call = ["sh", "-c", 'exec "$@" <&- 2>&-', "sh", sys.executable, "-c", code, str(tmp_path / "file")]
    file, errors = map(int, subprocess.run(call, capture_output=True, text=True, check=True).stdout.split())
    assert file > errors == 2


@pytest.mark.parametrize(
    "ask", [Closed.read, lambda stream: stream.write("x"), lambda stream: stream.buffer.write(b"x")]
)
def test_a_closed_stream_says_which_it_is(ask: Callable[[Closed], object]) -> None:
    with pytest.raises(OSError, match="standard output is closed"):
        ask(Closed("standard output"))


def test_a_file_in_a_folder_that_is_gone_is_wrong_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    for words in ((*ASSESS, "-o", "page.txt"), ("export", "-o", "all.owl")):
        result = CliRunner().invoke(main, words)
        assert result.exit_code == 2 and "E412" in result.stderr and one_error(result.stderr)
    monkeypatch.undo()


# --- full disks -------------------------------------------------------------------------------------------------------

#: Everything that is written to a file; ``{folder}`` is on the full disk.
WRITTEN = {
    "a page": (*ASSESS, "-o", "{folder}/page.txt"),
    "JSON": (*ASSESS, "--json", "-o", "{folder}/page.json"),
    "a picture": ("matrix", "imatinib", "--cell", "CML_LSC", "--format", "svg", "-o", "{folder}/matrix.svg"),
    "rows": ("sparql", "--name", "network", "--format", "csv", "-o", "{folder}/rows.csv"),
    "a report": ("report", "imatinib", "--cell", "CML_LSC", "-o", "{folder}/report.html"),
    "an ontology": ("export", "--format", "ttl", "-o", "{folder}/all.ttl"),
    "conclusions": ("export", "--inferred", "{folder}/conclusions.owl"),
    "a scenario": ("export", "--scenario", "CML: imatinib", "--cell", "CML_LSC", "-o", "{folder}/scenario.owl"),
    "a table": ("template", "export", "disease", "-o", "{folder}/diseases.tsv"),
    "a module": ("format", "{folder}/module.ttl"),
    "rules": (
        *("rules", "--pull", "{folder}/edited.ofn"),
        *(word for path in shipped_rules() for word in ("--rules", f"{{folder}}/{path.name}")),
    ),
}


@cache
def edited() -> str:
    """The vocabulary with all rules but one."""
    modules = [word for path in shipped("ontology").glob("modules/*.ttl") for word in ("--ontology", str(path))]
    lines = CliRunner().invoke(main, ["export", "--format", "ofn", *modules]).stdout.splitlines(keepends=True)
    return "".join(line for line in lines if '"R-OUT-001:' not in line)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with files, on a disk that is full."""
    (tmp_path / "module.ttl").write_text("<urn:a>   <urn:b> <urn:c> .")
    (tmp_path / "edited.ofn").write_text(edited(), encoding="utf-8")
    for path in shipped_rules():
        shutil.copy(path, tmp_path)
    refuse(monkeypatch)
    return tmp_path


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file come to the disk."""

    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_full_disk_exits_3_and_leaves_every_file_as_it_was(kind: str, full: Path) -> None:
    before = contents(full)
    result = CliRunner().invoke(main, [word.format(folder=full) for word in WRITTEN[kind]])
    assert (result.exit_code, result.stdout) == (3, ""), result.stderr
    assert "E508" in result.stderr and "No space left" in result.stderr and one_error(result.stderr)
    assert contents(full) == before


def test_a_table_that_cannot_be_taken_over_for_want_of_room_exits_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    curated = Curated(tmp_path)
    before = curated.text()
    refuse(monkeypatch)
    result = curated.take(ACTION + GOOD, "--into", curated.facts)
    assert (result.exit_code, "E508" in result.stderr, curated.text()) == (3, True, before)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
@pytest.mark.parametrize("kind", ["a page", "JSON", "an ontology", "a report", "rows", "help"])
def test_a_full_device_exits_3_wherever_it_is_named(kind: str) -> None:
    done = dislodge(PRINTED[kind], ">/dev/full")
    assert done.returncode == 3 and "E508" in done.stderr and one_error(done.stderr)
    if kind != "help":
        result = CliRunner().invoke(main, [*PRINTED[kind], "-o", "/dev/full"])
        assert result.exit_code == 3 and "E508" in result.stderr and one_error(result.stderr)


def test_a_cache_without_room_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISLODGE_CACHE", str(tmp_path))
    refuse(monkeypatch)
    assert cached.load().closure and os.listdir(tmp_path / cached.SUBFOLDER) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_temporary_files_without_room_exit_3(code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def mkdtemp(*_: object, **__: object) -> str:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("tempfile.mkdtemp", mkdtemp)
    result = CliRunner().invoke(main, ["diff", "HEAD", "."])
    assert result.exit_code == 3 and "E508" in result.stderr and one_error(result.stderr)


def test_a_temporary_folder_that_fills_up_says_so_and_is_gone() -> None:
    with pytest.raises(LimitError, match="no room for temporary files"), temporary_folder() as folder:
        raise OSError(errno.ENOSPC, "No space left on device")
    assert not folder.exists()
    with pytest.raises(PermissionError), temporary_folder():
        raise PermissionError(errno.EACCES, "denied")
