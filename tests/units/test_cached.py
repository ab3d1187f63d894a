"""The shipped knowledge that an earlier run kept: the same as reading it anew, never stale, never damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import grimp
import pytest

from reasoner import resources
from reasoner.closure.meter import Meter
from reasoner.inference import cached
from reasoner.inference.reasoned import Reasoned
from reasoner.inference.snapshot import from_text, to_text
from reasoner.model.atom import Fact
from reasoner.model.budget import Budget

pytestmark = pytest.mark.ci

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def fresh() -> Reasoned:
    return Reasoned.load()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(cached.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache" / cached.SUBFOLDER


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Reasoned]]:
    """Each knowledge base that was read from the files and not taken from what was kept."""
    found: list[Reasoned] = []
    read = Reasoned.load.__func__  # type: ignore[attr-defined]

    def load(*words: object, **more: object) -> Reasoned:
        found.append(read(Reasoned, *words, **more))
        return found[-1]

    monkeypatch.setattr(Reasoned, "load", load)
    yield found


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped files that stands in their place."""
    for name in ("ontology", "rules"):
        shutil.copytree(resources.shipped(name), tmp_path / name)
    monkeypatch.setattr(resources, "shipped", tmp_path.joinpath)
    return tmp_path


def comparable(kb: Reasoned) -> list[object]:
    base = kb.base
    parts = [getattr(base.ontology, field.name) for field in fields(base.ontology)]
    return [parts, base.rules, base.sha256, kb.program, list(kb.closure), kb.minted.facts, kb.minted.origins]


def test_what_is_kept_is_what_was_read(fresh: Reasoned) -> None:
    again = from_text(to_text(fresh))
    assert comparable(again) == comparable(fresh)
    assert [r.span for r in again.base.rules] == [r.span for r in fresh.base.rules]
    for fact in fresh.closure:
        assert again.closure.is_asserted(fact) == fresh.closure.is_asserted(fact)
    for fact in list(fresh.closure)[::40]:
        assert again.closure.derivation(fact) == fresh.closure.derivation(fact)
    assert again.closure.inconsistencies() == fresh.closure.inconsistencies() == []
    with again.assume([Fact("Agent", "newcomer")]) as one, fresh.assume([Fact("Agent", "newcomer")]) as other:
        assert list(one.closure) == list(other.closure)
    assert list(again.closure) == list(fresh.closure)


def test_the_first_run_keeps_and_the_second_finds(folder: Path, reads: list[Reasoned]) -> None:
    first, second = cached.load(), cached.load()
    assert len(reads) == 1
    assert comparable(second) == comparable(first)
    assert [file.suffix for file in folder.iterdir()] == [".json"]


def test_files_of_ones_own_are_read_each_time(folder: Path, reads: list[Reasoned], tmp_path: Path) -> None:
    extra = tmp_path / "extra.ttl"
    extra.write_text("@prefix : <https://w3id.org/dislodge#> . :newcomer a :Agent .")
    for _ in range(2):
        assert Fact("Agent", "newcomer") in cached.load(extra=[extra]).closure
    assert not cached.load(use_rules=False).base.rules
    assert len(reads) == 3
    assert not folder.exists()


def test_an_edit_of_the_shipped_files_is_seen_at_once(folder: Path, reads: list[Reasoned], copy: Path) -> None:
    cached.load()
    file = sorted((copy / "ontology" / "facts").glob("*.ttl"))[0]
    times = os.stat(file)
    text = file.read_text()
    file.write_text(text + "<https://w3id.org/dislodge#newcomer> a <https://w3id.org/dislodge#Agent> .\n")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    edited = cached.load()
    assert Fact("Agent", "newcomer") in edited.closure
    file.write_text(text)
    back = cached.load()
    assert Fact("Agent", "newcomer") not in back.closure
    assert len(reads) == 2


def test_an_edit_while_the_files_are_read_is_not_kept(
    folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = iter(["before", "after"])
    monkeypatch.setattr(cached, "_key", lambda: next(keys))
    cached.load()
    assert not folder.exists()


def test_other_code_finds_nothing(
    folder: Path, reads: list[Reasoned], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cached.load()
    package = tmp_path / "reasoner"
    shutil.copytree(cached._PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    with open(package / "mechanism" / "minting.py", "a") as file:
        file.write("# another step\n")
    monkeypatch.setattr(cached, "_PACKAGE", package)
    cached.load()
    assert len(reads) == 2


def test_all_the_code_that_reads_and_reasons_counts() -> None:
    graph = grimp.build_graph("reasoner", exclude_type_checking_imports=True, cache_dir=None)
    counted = {Path(path).relative_to(cached._PACKAGE).with_suffix("") for path in cached._code()}
    reading = {Path(*name.split(".")[1:]) for name in graph.find_upstream_modules("reasoner.inference.reasoned")}
    packages = {Path(*name.split(".")[1:]) for name in graph.modules if graph.find_children(name)}
    missing = {path for path in reading - packages - counted if path.parts[0] not in ("files", "codes", "version")}
    assert not missing, "an edit of it would leave what an earlier run kept"


@pytest.mark.parametrize("damage", [lambda data: data[:-100], lambda data: data.replace(b"1", b"2", 1), lambda _: b""])
def test_a_damaged_file_is_made_anew(folder: Path, reads: list[Reasoned], damage) -> None:  # type: ignore[no-untyped-def]
    cached.load()
    (file,) = folder.iterdir()
    data = file.read_bytes()
    file.write_bytes(damage(data))
    cached.load()
    assert len(reads) == 2
    assert file.read_bytes() == data


def test_only_a_few_files_stay(folder: Path) -> None:
    folder.mkdir(parents=True)
    old = [f"kept-{number:064x}.json" for number in range(9)]
    for number, name in enumerate(old):
        (folder / name).write_text(f"{0:064x}\nold")
        os.utime(folder / name, (number, number))
    cached.load()
    left = {file.name for file in folder.iterdir()}
    assert len(left) == cached.MOST_KEPT
    assert {*old[-cached.MOST_KEPT + 1 :]} < left


def test_no_file_of_the_user_is_ever_removed(folder: Path) -> None:
    """Neither in the folder that the variable names nor in the one inside it, however the files are called."""
    folder.mkdir(parents=True)
    names = [
        "results.json",
        f"{7:064x}.json",
        f"kept-{70:064x}.json",
        "kept-1.json",
        "kept-.json",
        f"kept-{7:064x}.json.bak",
        "notes.txt",
    ]
    mine = [place / name for place in (folder.parent, folder) for name in names]
    for file in mine:
        file.write_text("mine")
    for number in range(9):
        (folder / f"kept-{number:064x}.json").write_text(f"{0:064x}\nold")
    cached.load()
    assert [file.read_text() for file in mine] == ["mine"] * len(mine)
    assert (
        sum(file.name.startswith("kept-") and len(file.name) == 74 for file in set(folder.iterdir()) - set(mine)) == 4
    )


@pytest.mark.parametrize("where", ["off", "/dev/null/nowhere", "/proc/nowhere"])
def test_without_a_place_to_keep_it_everything_works(
    where: str, reads: list[Reasoned], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cached.VARIABLE, where)
    assert len(cached.load().closure) == len(cached.load().closure)
    assert len(reads) == 2


def test_a_file_of_another_user_is_not_read(
    folder: Path, reads: list[Reasoned], monkeypatch: pytest.MonkeyPatch
) -> None:
    cached.load()
    monkeypatch.setattr(os, "getuid", lambda: 4242, raising=False)
    cached.load()
    assert len(reads) == 2


def test_the_command_line_answers_the_same_from_what_is_kept(folder: Path) -> None:
    def ask(cache: str) -> str:
        words = [sys.executable, "-m", "reasoner", "assess", "imatinib", "plerixafor", "--cell", "CML_LSC", "--json"]
        environment = {**os.environ, cached.VARIABLE: cache}
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    assert ask("off") == ask(str(folder)) == ask(str(folder))
    assert len(list(folder.iterdir())) == 1


def test_an_answer_within_a_number_of_bindings_does_not_depend_on_what_was_kept(reads: list[Reasoned]) -> None:
    """Time may take what was kept: it differs from run to run anyway."""
    cached.load()
    for budget, anew in ((Budget(10_000_000), 1), (Budget(10), 1), (Budget(None, 600.0), 0)):
        before = len(reads)
        assert bool(cached.load(meter=Meter(budget)).cut) == (budget.bindings == 10)
        assert len(reads) - before == anew


def test_a_closure_that_was_cut_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Meter, "late", property(lambda _: True))
    monkeypatch.setattr("reasoner.closure.meter._BETWEEN_LOOKS", 10)
    assert cached.load(meter=Meter(Budget(None, 600.0))).cut
    assert not folder.exists()
