import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from reasoner import resources
from reasoner.errors import LimitError, QuestionError
from reasoner.files import parts as parts_module
from reasoner.writing import whole_file
from reasoner.writing.whole_file import write_all, write_whole


def test_a_file_is_replaced_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")
    target.chmod(0o640)
    write_whole(target, "new é")
    assert target.read_text(encoding="utf-8") == "new é"
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["answer.json"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_whole(tmp_path / "link.txt", "new")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"


def test_files_of_the_installed_package_are_not_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path / "package")
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "facts.ttl").write_text("old")
    with pytest.raises(QuestionError, match="belongs to the installed package") as caught:
        write_all({tmp_path / "mine.ttl": "new", tmp_path / "package" / "facts.ttl": "new"})
    assert caught.value.code == "E428"
    assert (tmp_path / "package" / "facts.ttl").read_text() == "old"
    assert not (tmp_path / "mine.ttl").exists()


@pytest.mark.parametrize("name", [".", "missing/answer.json", "x" * 300, "nul\0byte"])
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(QuestionError) as caught:
        write_whole(tmp_path / name, "text")
    assert caught.value.code == "E412"
    assert os.listdir(tmp_path) == []


def test_a_failure_in_mid_write_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(LimitError, match="No space left") as caught:
        write_whole(target, "new")
    assert caught.value.code == "E508"
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["answer.json"]


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()


def test_of_several_files_none_is_written_when_one_cannot_be(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")
    with pytest.raises(QuestionError, match="missing"):
        write_all({target: "new", tmp_path / "missing" / "answer.json": "new"})
    assert (target.read_text(), os.listdir(tmp_path)) == ("old", ["answer.json"])
    write_all({target: "new", tmp_path / "other.json": "newer"})
    assert (target.read_text(), (tmp_path / "other.json").read_text()) == ("new", "newer")
    assert len(os.listdir(tmp_path)) == 2


KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from reasoner.writing import whole_file
whole_file.os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
whole_file.write_whole(Path(sys.argv[1]), "new")
"""


def killed_writer(target: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED_WHILE_WRITING, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL


def parts(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.endswith(".part")]


def test_what_a_killed_writer_left_goes_with_the_next_write(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")
    killed_writer(target)
    killed_writer(target)
    assert target.read_text() == "old"
    assert len(parts(tmp_path)) == 1
    write_whole(target, "newer")
    assert os.listdir(tmp_path) == ["answer.json"]
    assert target.read_text() == "newer"


def test_a_part_of_a_living_writer_stays_and_so_do_files_of_others(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    kept = [".answer.json.abcdefgh.part~", ".answer.json.abc.part", ".other.json.abcdefgh.part", "answer.json.part"]
    for name in kept:
        (tmp_path / name).write_text("not mine")
    (tmp_path / ".answer.json.folder00.part").mkdir()
    (tmp_path / ".answer.json.link0000.part").symlink_to("answer.json.part")
    living, name = whole_file._part(tmp_path, ".answer.json.")
    write_whole(target, "new")
    assert Path(name).exists()
    assert all((tmp_path / name).read_text() == "not mine" for name in kept)
    assert (tmp_path / ".answer.json.folder00.part").is_dir()
    assert (tmp_path / ".answer.json.link0000.part").is_symlink()
    os.close(living)
    write_whole(target, "newer")
    assert not Path(name).exists()


def test_two_writers_at_once_never_sweep_each_other(tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    texts = [letter * 50_000 for letter in "abcd"]

    def write(text: str) -> None:
        for _ in range(25):
            write_whole(target, text)
            assert target.read_text() in texts

    with ThreadPoolExecutor(len(texts)) as pool:
        list(pool.map(write, texts))
    assert os.listdir(tmp_path) == ["answer.json"]


def test_without_locks_files_are_written_and_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "answer.json"
    killed_writer(target)
    monkeypatch.setattr(parts_module, "fcntl", None)
    write_whole(target, "new")
    assert target.read_text() == "new"
    assert len(parts(tmp_path)) == 1
