"""From paths to files: what is passed over, what is a problem, what is safe to open."""

import os
import socket
from pathlib import Path

import pytest

from index.walk import open_safely, walk


def names(top: Path) -> list[str]:
    return [os.fsdecode(os.path.relpath(found.path, os.fsencode(top))) for found in walk([top])]


def test_files_before_folders_each_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "c/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["a.txt", "b.txt", "a/z.txt", "a/b/c.txt", "c/x.txt"]


def test_copies_of_editors_and_leavings_are_passed_over(tmp_path: Path) -> None:
    for name in (".a.txt.swp", "a.txt~", "#a.txt#", "~$a.txt", "Thumbs.db", "desktop.ini", "a.txt"):
        (tmp_path / name).touch()
    for folder in (".git", "__MACOSX"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "b.txt").touch()
    assert names(tmp_path) == ["a.txt"]


def test_the_folder_of_a_saved_page_is_part_of_the_page(tmp_path: Path) -> None:
    for name in ("page.html", "page_files/ad.html", "Une.htm", "Une_fichiers/a.js", "other_files/b.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert names(tmp_path) == ["Une.htm", "page.html", "other_files/b.html"]


def test_a_folder_deeper_than_python_can_call(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1_500):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").touch()
    try:
        (found,) = walk([tmp_path])
        assert found.path.endswith(b"/d/a.txt")
        assert not found.problem
    finally:  # pytest's own removal is recursive
        for _ in range(1_500):
            Path("a.txt").unlink(missing_ok=True)
            os.chdir("..")
            os.rmdir("d")


def test_a_file_larger_than_the_limit_is_a_problem(tmp_path: Path, monkeypatch) -> None:
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(100 << 30)
    (found,) = walk([tmp_path])
    assert found.problem.startswith("larger than 1024 MiB")
    assert found.size == 0  # no part of what progress counts
    monkeypatch.setenv("LISEUSE_MAX_FILE_MB", "200000")
    (found,) = walk([tmp_path])
    assert not found.problem


@pytest.mark.parametrize("said", ["", "0x", "-3", "9" * 30, "²"])
def test_a_limit_that_is_none_is_not_obeyed(tmp_path: Path, monkeypatch, said: str) -> None:
    (tmp_path / "a.txt").touch()
    monkeypatch.setenv("LISEUSE_MAX_FILE_MB", said)
    assert [found.problem for found in walk([tmp_path])] == [""]


def test_what_is_no_file_is_never_opened(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    os.mkfifo("pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    for name in ("pipe", "link", "socket"):
        with pytest.raises(OSError, match=r"regular file|symbolic links|No such device"):
            open_safely(os.fsencode(tmp_path / name))
    assert [found.problem for found in walk([tmp_path])] == [
        "a link: links are not followed",
        "not a regular file",
        "not a regular file",
    ]
