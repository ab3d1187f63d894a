import os
from pathlib import Path

import pytest

from reasoner.errors import QuestionError
from reasoner.writing import whole_file
from reasoner.writing.whole_file import write_whole


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
    with pytest.raises(QuestionError, match="No space left"):
        write_whole(target, "new")
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["answer.json"]


def test_a_device_is_written_to_and_stays(tmp_path: Path) -> None:
    write_whole(Path(os.devnull), "text")
    assert not Path(os.devnull).is_file()
