"""A copy that is brought back, whatever becomes of it meanwhile; and copies that nobody has finished."""

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notes import Notebook, NotebookError, NotebookLocked, Source, copying
from notes.backup import backups
from notes.purge import purge
from notes.restore import restore

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def add(notebook: Notebook, comment: str) -> None:
    notebook.add("af133a31c0de", "r1", Source(), None, comment)


def comments(path: Path) -> list[str]:
    with Notebook.open(path) as notebook:
        return sorted(note.comment for note in notebook.notes())


def test_the_oldest_copy_of_many_comes_back_though_its_time_to_go_has_come(
    path: Path, notebook: Notebook
) -> None:
    add(notebook, "un")
    copies = [notebook.back_up() for _ in range(10)]
    add(notebook, "deux")
    assert copies[0] is not None
    kept = restore(path, copies[0], NOW)
    assert comments(path) == ["un"]
    assert kept is not None
    assert comments(kept) == ["deux", "un"]
    assert not copies[0].exists()  # what it held is the notebook now
    assert [name for name in os.listdir(path.parent) if name.startswith(".")] == []


def test_the_copy_is_there_until_it_stands_in_its_place(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(notebook, "un")
    copies = [notebook.back_up() for _ in range(10)]
    assert copies[0] is not None

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("notes.restore.copy_over", full)
    with pytest.raises(NotebookError, match="is full"):
        restore(path, copies[0], NOW)
    assert copies[0].exists()
    assert comments(path) == ["un"]


@pytest.mark.parametrize("link", [None, os.symlink, os.link])
def test_the_notebook_is_no_copy_of_itself(
    path: Path, notebook: Notebook, tmp_path: Path, link: Callable[[Path, Path], None] | None
) -> None:
    add(notebook, "un")
    given = tmp_path / "given.sqlite" if link else path
    if link:
        link(path, given)
    with pytest.raises(NotebookError, match="is the notebook itself"):
        restore(path, given, NOW)
    assert comments(path) == ["un"]
    assert backups(path) == []


def test_a_copy_that_another_writes_is_not_waited_for_without_end(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(notebook, "un")
    monkeypatch.setattr(copying, "_PATIENCE", 0.1)
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, timeout=0)) as source,
        closing(sqlite3.connect(":memory:")) as target,
    ):
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotebookLocked, match="try again"):
            copying.copy_over(source, target, path)
        other.execute("ROLLBACK")
        copying.copy_over(source, target, path)
        assert target.execute("SELECT count(*) FROM note").fetchone() == (1,)


# What was never finished


def unfinished(path: Path) -> list[Path]:
    """Leave what a killed backup and a killed restore leave."""
    left = [
        path.parent / "backups" / ".0123456789ab.tmp",
        path.parent / "backups" / ".0123456789ab.tmp-journal",
        path.parent / ".ba9876543210.tmp",
    ]
    for file in left:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(path.read_bytes())
    return left


def test_a_purge_takes_away_unfinished_copies_and_tells_of_damaged_notebooks(
    path: Path, notebook: Notebook
) -> None:
    add(notebook, "secret")
    notebook.remove(notebook.notes()[0].id)
    notebook.close()
    left = unfinished(path)
    aside = path.with_name("notes-damaged-20261124T000000Z-1.sqlite")
    aside.write_bytes(b"????" + path.read_bytes()[4:])
    assert purge(path, backups=True).backups == (aside,)
    assert not any(file.exists() for file in left)


def test_a_backup_takes_away_only_what_is_long_abandoned(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    old, fresh, _restoring = unfinished(path)
    os.utime(old, (time.time() - 7200,) * 2)
    notebook.back_up()
    assert not old.exists()
    assert fresh.exists()


# Names in `backups/` that nobody's backup has


def test_a_copy_that_is_a_link_to_nothing_is_none(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    notebook.back_up()
    (path.parent / "backups" / "notes-20250101T000000Z.sqlite").symlink_to("/nonexistent/copy")
    assert len(backups(path)) == 1
    add(notebook, "deux")
    assert notebook.back_up(unless_done=True) is not None


def test_no_number_of_a_copy_is_so_high_that_the_next_replaces_another(path: Path) -> None:
    with Notebook.open(path, clock=lambda: NOW) as notebook:
        add(notebook, "un")
        first = notebook.back_up()
        assert first is not None
        first.rename(first.with_stem(f"{first.stem}-999999999"))
        made = {notebook.back_up() for _ in range(3)}
    assert len(made) == 3
    assert len(backups(path)) == 4
