"""A copy that is brought back, whatever becomes of it meanwhile; and copies that nobody has finished."""

import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notes import Notebook, NotebookError, NotebookLocked, Source, copying, private
from notes import restore as restoring
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


def test_no_copy_is_made_of_an_empty_file(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    assert copy is not None
    notebook.close()
    path.write_bytes(b"")
    kept = restore(path, copy, NOW)
    assert comments(path) == ["un"]
    assert [one.path for one in backups(path)] == [copy]
    assert kept is None
    assert sorted(os.listdir(path.parent)) == ["backups", "notes.lock", "notes.sqlite"]


def test_a_notebook_that_says_it_has_no_format_is_kept(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    assert copy is not None
    add(notebook, "deux")
    notebook.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 0")
    kept = restore(path, copy, NOW)
    assert comments(path) == ["un"]
    assert kept is not None
    with closing(sqlite3.connect(kept)) as db:
        assert ("deux",) in db.execute("SELECT comment FROM note_revision").fetchall()


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


def test_many_backups_of_one_second_are_many(path: Path) -> None:
    with Notebook.open(path, clock=lambda: NOW) as notebook:
        add(notebook, "un")
        others = [Notebook.open(path, clock=lambda: NOW) for _ in range(3)]
        with ThreadPoolExecutor(3) as pool:
            made = [*pool.map(lambda n: others[n % 3].back_up(), range(30))]
        for other in others:
            other.close()
    assert len({*made}) == 30


def test_a_folder_named_as_an_unfinished_copy_is_in_the_way_of_nothing(
    path: Path, notebook: Notebook
) -> None:
    add(notebook, "un")
    folder = path.parent / "backups" / ".0123456789ab.tmp"
    folder.mkdir(parents=True)
    os.utime(folder, (0, 0))
    assert notebook.back_up() is not None


def test_on_a_disk_without_links_a_copy_is_made_and_comes_back(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    add(notebook, "un")
    copies = [notebook.back_up() for _ in range(2)]
    assert copies[0] != copies[1]
    notebook.close()
    path.unlink()
    assert copies[0] is not None
    assert restore(path, copies[0], NOW) is None
    assert comments(path) == ["un"]


# In the place of the notebook


def test_the_journal_of_a_notebook_that_is_gone_is_not_the_copys(path: Path, tmp_path: Path) -> None:
    with Notebook.open(path) as notebook:
        for number in range(300):
            add(notebook, f"note {number} " + "x" * 100)
        copy = notebook.back_up()
    script = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "db.execute('PRAGMA cache_size = 2'); db.execute('BEGIN IMMEDIATE');"
        "db.execute('UPDATE draft SET comment = 1'); db.execute('CREATE TABLE x AS SELECT * FROM note_revision');"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    journal = path.with_name("notes.sqlite-journal")
    before = journal.read_bytes()
    path.rename(tmp_path / "away.sqlite")
    assert copy is not None
    kept = restore(path, copy, NOW)
    assert len(comments(path)) == 300
    with closing(sqlite3.connect(path)) as db, closing(sqlite3.connect(copy)) as asked:
        assert [*db.iterdump()] == [*asked.iterdump()]
    assert kept is not None
    assert kept.read_bytes() == before  # whoever finds the notebook again can have it beside it


@pytest.mark.parametrize("there", [None, b"no database at all"])
def test_what_is_saved_while_the_copy_is_put_in_place_is_kept(
    path: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch, there: bytes | None
) -> None:
    with Notebook.open(path, clock=clock) as notebook:
        add(notebook, "un")
        copy = notebook.back_up()
    assert copy is not None
    path.unlink()
    if there is not None:
        path.write_bytes(there)
    place = private.place

    def slowly(temporary: Path, target: Path) -> bool:
        if target == path and not path.exists():
            with Notebook.open(path) as other:
                add(other, "entre-temps")
        return place(temporary, target)

    monkeypatch.setattr(private, "place", slowly)
    kept = restore(path, copy, NOW)
    assert comments(path) == ["un"]
    assert kept is not None
    assert comments(kept) == ["entre-temps"]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_file_in_the_place_of_the_notebook_is_put_aside(
    path: Path, make: Callable[[Path], None]
) -> None:
    with Notebook.open(path) as notebook:
        add(notebook, "un")
        copy = notebook.back_up()
    assert copy is not None
    path.unlink()
    make(path)
    kept = restore(path, copy, NOW)
    assert comments(path) == ["un"]
    assert kept is not None
    assert not kept.is_file()


def test_what_cannot_be_removed_in_the_end_does_not_make_a_failure_of_it(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    add(notebook, "deux")
    unlink = Path.unlink

    def fails(file: Path, missing_ok: bool = False) -> None:  # noqa: FBT001, FBT002 - as pathlib has it
        if file.suffix == ".tmp":
            raise OSError(5, "Input/output error")
        unlink(file, missing_ok=missing_ok)

    assert copy is not None
    monkeypatch.setattr(private, "sweep", lambda _folder, older=0.0: None)
    monkeypatch.setattr(Path, "unlink", fails)
    assert restore(path, copy, NOW) is not None
    assert comments(path) == ["un"]


def test_an_unfinished_copy_can_be_what_is_brought_back(path: Path, notebook: Notebook) -> None:
    add(notebook, "un")
    *_others, left = unfinished(path)
    add(notebook, "deux")
    restore(path, left, NOW)
    assert comments(path) == ["un"]


def test_nothing_is_saved_between_the_backup_and_what_is_put_over_it(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(notebook, "un")
    copy = notebook.back_up()
    assert copy is not None
    copy_over, refused = restoring.copy_over, []

    def write_first(source: sqlite3.Connection, target: sqlite3.Connection, named: Path) -> None:
        if named == path:
            with closing(sqlite3.connect(path, timeout=0)) as other:
                try:
                    other.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError as error:
                    refused.append(error.sqlite_errorcode)
        copy_over(source, target, named)

    monkeypatch.setattr(restoring, "copy_over", write_first)
    restore(path, copy, NOW)
    assert refused == [sqlite3.SQLITE_BUSY]
    add(notebook, "deux")
    assert comments(path) == ["deux", "un"]
