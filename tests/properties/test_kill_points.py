"""Whatever the moment at which a writer of several files is killed: all are old or all are new, and nothing is left.

Every point is tried, in the order of the events (:mod:`tests.kill_points`).  The long runs begin each command anew for
every point; the short ones begin where it starts to write.
"""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reasoner.cli import main
from reasoner.errors import LimitError, QuestionError
from reasoner.files import held, together
from reasoner.files.journal_name import JOURNAL
from reasoner.files.moment import as_one, listed_below
from reasoner.files.together import replace_together
from reasoner.reading.rdf.triples import read_bytes
from tests.kill_points import (
    AT_FAULT,
    NEVER_THERE,
    REFUSED,
    WENT_ON,
    Tree,
    begun_until,
    failing,
    is_killed_at,
    stopped,
)
from tests.units.curated import ACTION, GOOD, Curated
from tests.units.small_knowledge import FACTS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")

HEAD = "@prefix : <http://example.org/> .\n"
RULES = """rule R-{family}-00{number} "{label}"
    status   draft
    because  "{{x}} breaks {{r}}"

    breaksRoute(?x, ?r) -> narrowsRoute(?x, ?r)
"""
Words = list[str]


# --- the commands that write several files ----------------------------------------------------------------------------


def formatting(root: Path) -> Words:
    """Three files in two folders, and one that is canonical already."""
    for name in ("a.ttl", "sub/b.ttl", "sub/c.ttl"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(f"{HEAD}:s :p :z , :{Path(name).stem} .\n")
    (root / "sub" / "a.ttl").write_text("@prefix : <http://example.org/> .\n\n:s :p :o .\n")
    (root / "sub" / "b.ttl").chmod(0o640)
    return ["format", str(root)]


def pulling(root: Path) -> Words:
    """A rule goes, another one changes, in files of two folders."""
    rules = [root / "AAA.swrl", root / "more" / "BBB.swrl"]
    rules[1].parent.mkdir()
    for path in rules:
        texts = (RULES.format(family=path.stem, number=n, label=f"rule {n}") for n in (1, 2))
        path.write_text("\n".join(texts))
    assert run(["format", *map(str, rules)]).exit_code == 0
    named = [word for path in rules for word in ("--rules", str(path))]
    (root / "facts.ttl").write_text(FACTS)
    exported = run(["export", "--format", "ofn", "--ontology", str(root / "facts.ttl"), *modules(), *named])
    assert exported.exit_code == 0, exported.output
    kept = ("R-AAA-002", "R-BBB-001", "R-BBB-002")
    lines = [
        line
        for line in exported.stdout.splitlines()
        if not line.startswith("DLSafeRule") or any(f'"{rule}:' in line for rule in kept)
    ]
    (root / "edited.ofn").write_text("\n".join(lines).replace('"R-BBB-002: rule 2"', '"R-BBB-002: another"'))
    return ["rules", "--pull", str(root / "edited.ofn"), *named]


def exporting(root: Path) -> Words:
    """One file that is new, and one that replaces another in another folder."""
    (root / "facts.ttl").write_text(FACTS)
    (root / "out").mkdir()
    (root / "out" / "inferred.ttl").write_text("# an older one\n")
    named = ["--ontology", str(root / "facts.ttl"), *modules()]
    return ["export", "-o", str(root / "all.ttl"), "--inferred", str(root / "out" / "inferred.ttl"), *named]


def importing(root: Path) -> Words:
    """A change in the facts, and a new individual in a file that is made."""
    curated = Curated(root)
    (root / "table.tsv").write_text(ACTION + GOOD)
    (root / "labels.tsv").write_text("ID\ttype\tlabel\nID\tTYPE\tAL rdfs:label@en\ndrug-a\tAgent\talpha\n")
    named = [word for path in curated.files for word in ("--ontology", str(path))]
    tables = [str(root / "table.tsv"), str(root / "labels.tsv")]
    return ["template", "import", *tables, "--into", str(root / "new.ttl"), *named]


COMMANDS = {"format": formatting, "pull": pulling, "export": exporting, "import": importing}


def modules() -> Words:
    from reasoner.resources import shipped_ontology

    return [w for path in shipped_ontology() if path.parent.name == "modules" for w in ("--ontology", str(path))]


def run(words: Words) -> Result:
    return CliRunner().invoke(main, words)


class Killed:
    """A command over a folder of its own, with the folder before and after it."""

    def __init__(self, root: Path, prepare: Callable[[Path], Words], monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.words = prepare(root)
        self.old = Tree(root)
        self.contents: dict[str, bytes] = {}

        def noting(contents: dict[str, bytes]) -> bool:
            self.contents = dict(contents)
            return replace_together(contents)

        with monkeypatch.context() as patch:
            patch.setattr(together, "replace_together", noting)
            result = run(self.words)
        assert result.exit_code == 0, result.output
        self.new = self.old.now()
        assert len(self.contents) >= 2, "the command wrote no two files"
        assert sum(self.new.get(name) != self.old.saved.get(name) for name in {*self.new, *self.old.saved}) >= 2

    def write(self) -> None:
        """What the command does when it writes."""
        assert replace_together(self.contents)

    def recover(self) -> None:
        """What any next command does when it reads."""
        listed_below(self.root, (".ttl",))

    def state(self) -> str:
        """Whether all is old or all is new; with nothing else beside it."""
        now = self.old.now()
        assert now in (self.old.saved, self.new), sorted(
            name for name in {*now, *self.old.saved, *self.new} if now.get(name) != self.old.saved.get(name)
        )
        return "old" if now == self.old.saved else "new"


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Killed]:
    root = tmp_path / "root"
    root.mkdir()
    yield Killed(root, COMMANDS[request.param], monkeypatch)


@pytest.fixture
def formatted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Killed:
    root = tmp_path / "root"
    root.mkdir()
    return Killed(root, formatting, monkeypatch)


def points(killed: Killed, call: Callable[[], object], every: int = 1) -> Iterator[int]:
    """The points at which the call, begun from the old files, is killed; the folder is then as it was left."""
    for point in count(0, every):
        killed.old.restore()
        if not is_killed_at(point, killed.root, call):
            assert point > 10
            return
        yield point


# --- killed -----------------------------------------------------------------------------------------------------------


def test_killed_at_any_point_of_writing_it_is_all_old_or_all_new_with_the_next_run(command: Killed) -> None:
    found = []
    for _ in points(command, command.write):
        command.recover()
        found.append(command.state())
        if found[-1] == "old":
            command.write()
            assert command.state() == "new"
    assert found == sorted(found, reverse=True), "what is new once stays new"
    assert {*found} == {"old", "new"}


def _killed_twice(killed: Killed, every: int) -> int:
    """Kill the recovery too, at each of its points; how often that was."""
    times = 0
    for point in points(killed, killed.write, every):
        for second in count():
            killed.old.restore()
            assert is_killed_at(point, killed.root, killed.write)
            if not is_killed_at(second, killed.root, killed.recover):
                break
            times += 1
            killed.recover()
            killed.state()
    return times


def test_a_recovery_that_is_killed_is_recovered_from(formatted: Killed) -> None:
    assert _killed_twice(formatted, 23) > 30


@pytest.mark.slow
def test_a_recovery_that_is_killed_at_any_point_is_recovered_from(command: Killed) -> None:
    assert _killed_twice(command, 1) > 500


def _from_the_start(killed: Killed, every: int) -> None:
    """Kill the whole command, run it again, and find what it says and writes as if nothing had been."""
    killed.old.restore()
    first = run(killed.words)
    for _ in points(killed, lambda: main(killed.words, standalone_mode=False), every):
        was_new = killed.old.now() == killed.new
        again = run(killed.words)
        assert again.exit_code == 0, again.output
        assert killed.state() == "new"
        if not (was_new or again.stderr.startswith("Note: finished")):
            assert again.stdout == first.stdout


def test_a_command_that_was_killed_is_run_again(formatted: Killed) -> None:
    _from_the_start(formatted, 7)


@pytest.mark.slow
def test_any_command_that_was_killed_at_any_point_is_run_again(command: Killed) -> None:
    _from_the_start(command, 1)


def test_the_next_run_says_what_it_did(formatted: Killed) -> None:
    said = set()
    for _ in points(formatted, formatted.write, 5):
        result = run(["format", "--check", str(formatted.root)])
        assert result.exit_code == (1 if formatted.state() == "old" else 0)
        assert result.stderr.count("\n") <= 1
        said.add(" ".join(result.stderr.split()[:2]))
    assert said == {"", "Note: finished", "Note: undid"}


def test_any_folder_of_a_write_leads_to_the_others(formatted: Killed) -> None:
    for _ in points(formatted, formatted.write, 3):
        read_bytes(formatted.root / "sub" / "a.ttl")
        plain = {name: found for name, found in formatted.old.now().items() if "/." not in f"/{name}"}
        assert plain in (formatted.old.saved, formatted.new)
        formatted.recover()
        assert formatted.old.now() == plain


# --- failing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_system_that_refuses_at_any_point_leaves_all_old_or_all_new(formatted: Killed, number: int) -> None:
    found = []
    for point in count():
        formatted.old.restore()
        _, status = begun_until(point, formatted.root, formatted.write, failing(number))
        assert os.WIFEXITED(status) and os.WEXITSTATUS(status) != AT_FAULT, f"at point {point}"
        if os.WEXITSTATUS(status) == NEVER_THERE:
            break
        found.append((os.WEXITSTATUS(status), formatted.state()))
    assert found.count((REFUSED, "old")) > 30
    assert (WENT_ON, "old") not in found


# --- read by others ---------------------------------------------------------------------------------------------------


def contents(killed: Killed) -> dict[str, bytes]:
    return {path: read_bytes(Path(path)) for path in killed.contents if Path(path).exists()}


def test_a_reader_never_finds_some_files_old_and_some_new(formatted: Killed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The writer stands still at each point, between the first and the second file that a reader reads."""
    monkeypatch.setattr(held, "PATIENCE", 0.02)
    monkeypatch.setattr(together, "PATIENCE", 0.02)
    formatted.old.restore()
    old = contents(formatted)
    waited = 0
    for point in count():
        formatted.old.restore()
        child = 0

        def read(point: int = point) -> dict[str, bytes]:
            nonlocal child
            first, *rest = formatted.contents
            found = {first: read_bytes(Path(first))}
            if not child:
                child, status = begun_until(point, formatted.root, formatted.write, stopped)
                if os.WIFEXITED(status):
                    child = -1
            return found | {path: read_bytes(Path(path)) for path in rest}

        try:
            assert as_one(read) in (old, formatted.contents), f"a mix at point {point}"
        except LimitError as error:
            assert error.code == "E511"
            waited += 1
        if child < 0:
            break
        os.kill(child, signal.SIGCONT)
        assert os.WEXITSTATUS(os.waitpid(child, 0)[1]) == WENT_ON, point
        assert contents(formatted) == formatted.contents
    assert waited > 30


def test_a_reader_waits_for_a_writer_that_is_alive(formatted: Killed) -> None:
    formatted.old.restore()
    child, _ = begun_until(40, formatted.root, formatted.write, stopped)
    waking = threading.Timer(0.2, os.kill, (child, signal.SIGCONT))
    waking.start()
    assert as_one(lambda: contents(formatted)) == formatted.contents
    os.waitpid(child, 0)
    waking.join()


def test_two_writers_of_the_same_folders_come_one_after_the_other(formatted: Killed) -> None:
    formatted.old.restore()
    child, _ = begun_until(40, formatted.root, formatted.write, stopped)
    waking = threading.Timer(0.2, os.kill, (child, signal.SIGCONT))
    waking.start()
    formatted.write()  # the same content, so that it is in nobody's way
    os.waitpid(child, 0)
    waking.join()
    assert formatted.state() == "new"


def test_what_another_writer_made_of_a_file_meanwhile_is_not_lost(formatted: Killed) -> None:
    formatted.old.restore()
    child, _ = begun_until(40, formatted.root, formatted.write, stopped)
    waking = threading.Timer(0.2, os.kill, (child, signal.SIGCONT))
    waking.start()
    with pytest.raises(QuestionError, match="changed by another program meanwhile") as caught:
        replace_together({path: b"# something else\n" for path in formatted.contents})
    os.waitpid(child, 0)
    waking.join()
    assert caught.value.code == "E412" and formatted.state() == "new"


# --- changed meanwhile ------------------------------------------------------------------------------------------------


def test_a_file_that_was_edited_after_the_kill_is_never_replaced(formatted: Killed) -> None:
    """The others go with the content that it was made from, old or new."""
    for name in formatted.contents:
        edited = Path(name)
        for _ in points(formatted, formatted.write, 7):
            others = {path: Path(path).read_bytes() for path in formatted.contents if path != name}
            edited.write_bytes(edited.read_bytes() + b"# mine\n")
            text = edited.read_bytes()
            formatted.recover()
            assert edited.read_bytes() == text
            base = text.removesuffix(b"# mine\n")
            is_new = base == formatted.contents[name]
            for path in others:
                key = str(Path(path).relative_to(formatted.root))
                assert Path(path).read_bytes() == (formatted.new if is_new else formatted.old.saved)[key][1]
            assert not any("dislodge" in entry for entry in formatted.old.now())


def test_edits_of_an_old_and_of_a_new_file_are_left_to_the_user(formatted: Killed) -> None:
    paths = sorted(formatted.contents)
    for _ in points(formatted, formatted.write):
        now = [Path(path).read_bytes() == formatted.contents[path] for path in paths]
        if now[0] and not now[-1]:
            break
    for path in paths:
        Path(path).write_bytes(b"# mine\n")
    before = formatted.old.now()
    result = run(["format", str(formatted.root)])
    assert result.exit_code == 2 and "E608" in result.stderr and str(formatted.root / JOURNAL) in result.stderr
    assert formatted.old.now() == before
