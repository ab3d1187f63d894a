"""A journal that somebody else has put there changes nothing outside its folder, and nothing that it does not know."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reasoner.cli import main
from reasoner.errors import QuestionError, WritingError
from reasoner.files.journal import BACK, FORWARD, Change, Journal, decision_line, parsed
from reasoner.files.journal_name import JOURNAL
from reasoner.files.moment import settle
from reasoner.files.together import replace_together
from tests.kill_points import Tree

ID = "0123456789abcdef" * 2


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def journal(decision: str = FORWARD, **fields: Any) -> bytes:
    """A well-formed journal that says whatever it is told to."""
    change = {"name": "a.ttl", "old": sha("old"), "new": sha("new")}
    value = {"id": ID, "leader": ".", "others": [], "changes": [change]} | fields
    body = json.dumps(value).encode() + b"\n"
    head = b"dislodge-journal 1 %d %s\n" % (len(body), hashlib.sha256(body).hexdigest().encode())
    return head + body + (decision_line(decision) if decision else b"")


def change(name: Any = "a.ttl", old: Any = None, new: Any = None) -> dict[str, Any]:
    return {"name": name, "old": old or sha("old"), "new": new or sha("new")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file, its new content beside it, and a neighbour that is nobody's business."""
    for name in ("mine", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.ttl").write_text("old")
        (tmp_path / name / f".dislodge-{ID}-0.new").write_text("new")
        (tmp_path / name / f".dislodge-{ID}-0.old").write_text("old")
    return tmp_path / "mine"


def test_the_journal_of_these_tests_is_followed(folder: Path) -> None:
    (folder / JOURNAL).write_bytes(journal())
    settle(folder)
    assert (folder / "a.ttl").read_text() == "new" and os.listdir(folder) == ["a.ttl"]


HOSTILE = {
    "no journal": b"hello",
    "another version": journal().replace(b"journal 1", b"journal 2"),
    "damaged": journal().replace(b"a.ttl", b"b.ttl"),
    "no json": b"dislodge-journal 1 2 " + sha("{\n").encode() + b"\n{\n",
    "no object": b"dislodge-journal 1 3 " + sha("[]\n").encode() + b"\n[]\n",
    "what cannot be decided": journal() + b"sideways\n",
    "a path up": journal(changes=[change("../other/a.ttl")]),
    "an absolute path": journal(changes=[change("/etc/hostname")]),
    "the folder": journal(changes=[change(".")]),
    "no name": journal(changes=[change("")]),
    "a name with a NUL": journal(changes=[change("a\0b")]),
    "a number for a name": journal(changes=[change(3)]),
    "a journal for a file": journal(changes=[change(JOURNAL)]),
    "a part for a file": journal(changes=[change(f".dislodge-{ID}-0.new")]),
    "a file twice": journal(changes=[change(), change()]),
    "no hash": journal(changes=[change(new="new")]),
    "a path in the number": journal(id="../../other/x"),
    "an absolute leader": journal(leader="/etc"),
    "a leader that is none": journal(leader=7),
    "others that are none": journal(others=[None]),
    "no changes": journal(changes=None),
    "very deep": b"dislodge-journal 1 200001 " + sha("[" * 200_000 + "\n").encode() + b"\n" + b"[" * 200_000 + b"\n",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_no_writer_leaves_is_refused_and_changes_nothing(folder: Path, data: bytes) -> None:
    (folder / JOURNAL).write_bytes(data)
    tree = Tree(folder.parent)
    result = CliRunner().invoke(main, ["format", str(folder / "a.ttl")])
    assert result.exit_code == 2, result.output
    assert "E607" in result.stderr and str(folder / JOURNAL) in result.stderr
    assert tree.now() == tree.saved


@pytest.mark.parametrize("others", [["../other"], ["../other", "../other/../other"]])
def test_a_folder_whose_own_journal_does_not_agree_is_left_alone(folder: Path, others: list[str]) -> None:
    other = Tree(folder.parent / "other")
    (folder / JOURNAL).write_bytes(journal(others=others))
    settle(folder)
    assert other.now() == other.saved and os.listdir(folder) == ["a.ttl"]


def test_a_folder_that_is_led_from_elsewhere_does_not_follow_a_stranger(folder: Path) -> None:
    """The neighbour takes part in a write of the same number, but names another leader."""
    (folder.parent / "third").mkdir()
    (folder.parent / "other" / JOURNAL).write_bytes(journal("", leader="../third"))
    other = Tree(folder.parent / "other")
    (folder / JOURNAL).write_bytes(journal(others=["../other"]))
    settle(folder)
    assert other.now() == other.saved
    with pytest.raises(WritingError, match="does not tell how it ended") as caught:
        settle(folder.parent / "other")
    assert caught.value.code == "E608" and other.now() == other.saved


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "dangling"])
def test_a_journal_that_is_no_file_is_refused(folder: Path, kind: str) -> None:
    path = folder / JOURNAL
    (folder.parent / "journal").write_bytes(journal())
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(folder.parent / ("journal" if kind == "link" else "nowhere"))
    before = os.listdir(folder), (folder / "a.ttl").read_text()
    with pytest.raises(WritingError) as caught:
        settle(folder)
    assert caught.value.code == "E607"
    assert (os.listdir(folder), (folder / "a.ttl").read_text()) == before


def test_a_journal_of_another_user_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / JOURNAL).write_bytes(journal())
    tree = Tree(folder)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(WritingError, match="another user"):
        settle(folder)
    assert tree.now() == tree.saved


@pytest.mark.parametrize("part", ["new", "old"])
def test_a_link_is_never_taken_for_content(folder: Path, part: str) -> None:
    """What the link leads to has the right hash; still it is not what the writer left there."""
    path = folder / f".dislodge-{ID}-0.{part}"
    path.unlink()
    path.symlink_to(folder.parent / "other" / f".dislodge-{ID}-0.{part}")
    (folder / "a.ttl").write_text("old" if part == "new" else "new")
    (folder / JOURNAL).write_bytes(journal(FORWARD if part == "new" else BACK))
    settle(folder)
    assert not (folder / "a.ttl").is_symlink()
    assert (folder / "a.ttl").read_text() == ("old" if part == "new" else "new")
    assert (folder.parent / "other" / f".dislodge-{ID}-0.{part}").exists()


def test_a_target_that_has_become_a_link_is_not_replaced(folder: Path) -> None:
    (folder / "a.ttl").unlink()
    (folder / "a.ttl").symlink_to(folder.parent / "other" / "a.ttl")
    (folder / JOURNAL).write_bytes(journal())
    settle(folder)
    assert (folder / "a.ttl").is_symlink() and (folder.parent / "other" / "a.ttl").read_text() == "old"


def test_new_content_that_is_damaged_does_not_take_its_place(folder: Path) -> None:
    (folder / f".dislodge-{ID}-0.new").write_text("nex")
    (folder / JOURNAL).write_bytes(journal())
    settle(folder)
    assert (folder / "a.ttl").read_text() == "old" and os.listdir(folder) == ["a.ttl"]


@pytest.mark.parametrize("failure", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_where_nothing_may_be_written_nothing_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, failure: OSError
) -> None:
    (folder / JOURNAL).write_bytes(journal())
    tree = Tree(folder)

    def refused(*_: object) -> None:
        raise failure

    for name in ("replace", "unlink", "write"):
        monkeypatch.setattr(os, name, refused)
    result = CliRunner().invoke(main, ["format", "--check", str(folder / "a.ttl")])
    monkeypatch.undo()
    assert result.exit_code == 2 and "E608" in result.stderr and str(failure.strerror) in result.stderr
    assert tree.now() == tree.saved


def test_names_on_standard_error_bring_no_control_characters(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "\x1b[2J\n.ttl"
    (folder / JOURNAL).write_bytes(journal("", changes=[change(name)]))
    settle(folder)
    said = capsys.readouterr().err
    assert said.startswith("Note: undid") and said.count("\n") == 1 and "\x1b" not in said


CHANGES = st.lists(
    st.builds(
        Change,
        st.text(min_size=1, max_size=9).filter(
            lambda name: not {name} & {".", "..", JOURNAL} and not {*name} & {*"/\0"}
        ),
        st.none() | st.binary(max_size=3).map(lambda data: hashlib.sha256(data).hexdigest()),
        st.binary(max_size=3).map(lambda data: hashlib.sha256(data).hexdigest()),
    ),
    max_size=4,
    unique_by=lambda change: change.name,
)


@given(CHANGES, st.lists(st.sampled_from([FORWARD, BACK]), max_size=3), st.data())
def test_a_journal_reads_back_and_a_part_of_it_decides_no_more_than_it_holds(
    changes: list[Change], decisions: list[str], data: st.DataObject
) -> None:
    written = Journal(ID, ".", ("../other",), tuple(changes))
    text = written.text() + b"".join(map(decision_line, decisions))
    read = parsed(text, "j")
    assert read is not None and read.decision == (decisions[-1] if decisions else "")
    assert (read.id, read.others, read.changes) == (written.id, written.others, written.changes)
    cut = data.draw(st.integers(0, len(text) - 1))
    begun = parsed(text[:cut], "j")
    assert (begun is None) == (cut < len(written.text()))
    if begun is not None:
        again = parsed(text[:cut] + decision_line(BACK), "j")
        assert begun.decision in ("", *decisions) and again is not None and again.decision == BACK


@given(st.binary(max_size=200))
def test_any_bytes_are_a_journal_or_the_beginning_of_one_or_refused(data: bytes) -> None:
    for text in (data, journal()[:90] + data):
        try:
            assert parsed(text, "j") is None or text.startswith(b"dislodge-journal 1 ")
        except WritingError as error:
            assert error.code == "E607"


@pytest.mark.parametrize("edited", ["a.ttl", "b.ttl"])
def test_an_edit_in_the_moment_before_a_file_is_replaced_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: str
) -> None:
    paths = {name: tmp_path / name for name in ("a.ttl", "b.ttl")}
    for path in paths.values():
        path.write_text("old\n")
    replace = os.replace

    def late(source: str, target: str) -> None:
        if target == str(paths[edited]) and source.endswith(".new"):
            with open(target, "a") as file:
                file.write("edit\n")
        replace(source, target)

    monkeypatch.setattr(os, "replace", late)
    with pytest.raises(QuestionError) as caught:
        replace_together({str(path): b"new\n" for path in paths.values()})
    assert caught.value.code == "E412" and edited in caught.value.message
    expected = {name: "old\nedit\n" if name == edited else "old\n" for name in paths}
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == expected
