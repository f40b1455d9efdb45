import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from notes.export import Document
from notes.export.files import write


def test_documents_are_written_whole_and_privately(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        written = write([Document("a.md", "é\n"), Document("b.md", "b\n")], tmp_path / "new" / "out")
    finally:
        os.umask(before)
    assert [path.read_bytes() for path in written] == ["é\n".encode(), b"b\n"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_other_files_are_not_touched_and_links_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("mine")
    (tmp_path / "a.md").symlink_to(tmp_path / "other.md")
    write([Document("a.md", "new\n")], tmp_path)
    write([Document("a.md", "newer\n")], tmp_path)
    assert (tmp_path / "other.md").read_text() == "mine"
    assert (tmp_path / "a.md").read_text() == "newer\n"
    assert not (tmp_path / "a.md").is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "other.md"]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write([Document("a.md", "old\n")], tmp_path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space") as told:
        write([Document("a.md", "new\n")], tmp_path)
    assert told.value.filename == str(tmp_path / "a.md")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"a.md": "old\n"}


@pytest.mark.parametrize("kind", ["database", "pipe", "folder"])
def test_what_no_export_has_made_is_not_replaced_and_nothing_is_written(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "b.csv"
    if kind == "database":
        with closing(sqlite3.connect(path)) as db:
            db.execute("CREATE TABLE notes (x)")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    before = path.lstat()
    with pytest.raises(OSError, match=r"not written over|Is a directory"):
        write([Document("a.csv", "a\n"), Document("b.csv", "b\n")], tmp_path)
    assert path.lstat() == before
    assert os.listdir(tmp_path) == ["b.csv"]


@pytest.mark.parametrize("name", ["", ".", "..", "../a.md", "/etc/a", "a/b", "a\0b"])
def test_a_name_that_leaves_the_folder_is_refused_before_anything_is_written(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(ValueError, match="not a file name"):
        write([Document("good.md", "x\n"), Document(name, "x\n")], tmp_path)
    assert list(tmp_path.iterdir()) == []
