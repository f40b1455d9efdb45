"""The notebook's file: who may read it, what is refused, what survives."""

import errno
import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notes import (
    Anchor,
    DiskFull,
    Draft,
    Notebook,
    NotebookDamaged,
    NotebookError,
    NotebookLocked,
    NotebookReadOnly,
    NotebookTooNew,
    NotOurs,
    Source,
    schema,
)
from notes.backup import backups
from notes.lock import InstanceLock
from notes.restore import restore


def add(notebook: Notebook, comment: str = "un") -> str:
    return notebook.add("af133a31c0de", "r1", Source(), None, comment, ["t"]).id


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o277])
def test_everything_is_its_owner_s_only_whatever_the_umask(
    path: Path, mask: int, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    with umask(mask):
        with Notebook.open(path) as notebook:
            add(notebook)
            with notebook._store.write() as db:
                db.execute("UPDATE operation SET time = time || 'x'")
                assert mode(path.with_name("notes.sqlite-journal")) == 0o600
        monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (x TEXT) STRICT;"))
        Notebook.open(path, clock=clock).close()
    for each in path.parent.rglob("*"):
        assert mode(each) == (0o700 if each.is_dir() else 0o600), each
    assert mode(path.parent) == mode(path.parent.parent) == 0o700


def test_a_notebook_left_open_to_others_is_closed_to_them(path: Path) -> None:
    Notebook.open(path).close()
    path.chmod(0o644)
    Notebook.open(path).close()
    assert mode(path) == 0o600


def test_a_folder_that_was_there_is_left_as_it_is(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.parent.chmod(0o755)
    Notebook.open(path).close()
    assert mode(path.parent) == 0o755


def test_the_connection_is_set_for_safety(notebook: Notebook) -> None:
    wanted = {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "cell_size_check": 1,
        "busy_timeout": 30_000,
        "application_id": schema.APPLICATION_ID,
        "user_version": schema.latest(),
    }
    with notebook._store.read() as db:
        assert {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE note_revision SET comment = 'x'",
        "DELETE FROM note_revision",
        "DELETE FROM note",
        "UPDATE note SET article = 'x'",
        "DELETE FROM note_revision_tag",
        "UPDATE note_revision_tag SET position = 9",
        "INSERT OR REPLACE INTO tag VALUES (1, 'a', 3.5 || NULL)",
        "UPDATE note SET current = 99",
        "INSERT INTO snapshot VALUES ('short', 'x')",
    ],
)
def test_history_cannot_be_rewritten(notebook: Notebook, sql: str) -> None:
    add(notebook)
    with pytest.raises(sqlite3.IntegrityError), notebook._store.write() as db:
        db.execute(sql)
    assert [note.comment for note in notebook.notes()] == ["un"]


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.executescript("CREATE TABLE t (x); INSERT INTO t VALUES (1);")


def foreign_with_id(path: Path) -> None:
    foreign(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA application_id = 1234")


def foreign_in_wal(path: Path) -> None:
    """Leave a database with a write-ahead log, as a program that is running, or was killed, would."""
    there = path.with_name("live.sqlite")
    with closing(sqlite3.connect(there)) as db:
        db.executescript("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1);")
        shutil.copy(there, path)
        shutil.copy(there.with_name("live.sqlite-wal"), path.with_name("notes.sqlite-wal"))
    there.unlink()


def newer(path: Path) -> None:
    with Notebook.open(path) as notebook:
        add(notebook)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {schema.latest() + 1}")


def garbage(path: Path) -> None:
    path.write_bytes(b"not a database at all\n" * 500)


def truncated(path: Path) -> None:
    newer(path)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {schema.latest()}")
    os.truncate(path, path.stat().st_size // 2)


def torn(path: Path) -> None:
    truncated(path)
    path.unlink()
    with Notebook.open(path) as notebook:
        for number in range(50):
            add(notebook, f"note {number} " * 50)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 8192))


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (foreign, NotOurs),
        (foreign_with_id, NotOurs),
        (foreign_in_wal, NotOurs),
        (newer, NotebookTooNew),
        (garbage, NotebookDamaged),
        (truncated, NotebookDamaged),
        (torn, NotebookDamaged),
    ],
)
def test_a_file_that_is_no_notebook_of_ours_is_refused_and_left_as_it_is(
    path: Path, make: Callable[[Path], None], error: type[NotebookError]
) -> None:
    path.parent.mkdir(parents=True, mode=0o700)
    make(path)
    path.chmod(0o644)
    before = contents(path.parent)
    with pytest.raises(error):
        Notebook.open(path)
    assert contents(path.parent) == before
    assert mode(path) == 0o644


def test_an_empty_file_becomes_a_notebook(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.touch()
    with Notebook.open(path) as notebook:
        add(notebook)


def test_a_place_that_cannot_hold_a_notebook_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "notes.sqlite", tmp_path):
        with pytest.raises(NotebookError, match="cannot be used"):
            Notebook.open(place)


def test_an_older_notebook_is_copied_then_brought_up_to_date(
    path: Path, clock: Callable[[], datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Notebook.open(path) as notebook:
        note = notebook.get(add(notebook))
    old = path.read_bytes()
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, "CREATE TABLE more (x TEXT) STRICT;"))
    with Notebook.open(path, clock=clock) as notebook:
        assert notebook.notes() == [note]
    backups = path.parent / "backups"
    older = len(schema.MIGRATIONS) - 1
    assert [each.name for each in backups.iterdir()] == [f"notes-20261123T090000Z-v{older}.sqlite"]
    monkeypatch.undo()
    assert old[:18] == next(backups.iterdir()).read_bytes()[:18]
    with Notebook.open(next(backups.iterdir())) as copy:
        assert copy.notes() == [note]
    with pytest.raises(NotebookTooNew):
        Notebook.open(path)


def test_the_drafts_of_an_older_notebook_are_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anchor = Anchor.of("Le maire de Gao a parlé.", 0, 8, "r")
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:2])
    Notebook.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for start, end, kept in ((0, 8, json.dumps(asdict(anchor))), (None, None, None)):
            db.execute(
                "INSERT INTO draft VALUES ('a', ?, ?, '', ?, 'presque', 'x', '2026-11-28T08:00:00Z')",
                (start, end, kept),
            )
    monkeypatch.undo()
    with Notebook.open(path) as notebook:
        for place in (anchor, None):
            draft = notebook.draft("a", place)
            assert draft == Draft("a", place, "presque", "x", "", "2026-11-28T08:00:00Z")
        notebook.drop_draft("a", anchor)
        assert [draft.anchor for draft in notebook.drafts()] == [None]


@pytest.fixture
def older(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook of the format before, with a note in it."""
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:-1])
    with Notebook.open(path) as notebook:
        add(notebook)
    monkeypatch.undo()
    return path


def test_an_older_notebook_that_an_interface_has_open_is_left_to_it(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notes.store._OTHERS_SECONDS", 0.05)
    before, lock = older.read_bytes(), InstanceLock(older)
    assert lock.take()
    with pytest.raises(NotebookLocked, match="open in an earlier Liseuse"):
        Notebook.open(older)
    assert (older.read_bytes(), backups(older)) == (before, [])
    lock.release()
    with Notebook.open(older) as notebook:
        assert [note.comment for note in notebook.notes()] == ["un"]
        assert notebook.hold()


def test_nothing_is_written_in_an_older_notebook_that_was_brought_back_meanwhile(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(notebook)
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:-1])
    older = path.with_name("old.sqlite")
    with Notebook.open(older) as old:
        add(old, "vieux")
    monkeypatch.undo()
    restore(path, older, datetime(2026, 11, 28, tzinfo=UTC))
    with pytest.raises(NotebookError, match="start Liseuse again"):
        notebook.save_draft("a", None, comment="presque")
    with Notebook.open(path) as again:
        assert ([note.comment for note in again.notes()], again.drafts()) == (["vieux"], [])
        again.save_draft("a", None, comment="presque")
    notebook.save_draft("a", None, comment="fini")


def test_many_who_open_an_older_notebook_at_once_make_one_copy_of_it(older: Path) -> None:
    def count() -> int:
        with Notebook.open(older) as notebook:
            return len(notebook.notes())

    with ThreadPoolExecutor(4) as pool:
        assert [one.result() for one in [pool.submit(count) for _ in range(8)]] == [1] * 8
    assert len(backups(older)) == 1


def test_an_older_notebook_on_a_disk_that_may_only_be_read_is_read(
    older: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sealed(_: InstanceLock) -> bool:
        raise OSError(errno.EROFS, "Read-only file system")

    before = older.read_bytes()
    monkeypatch.setattr(InstanceLock, "take", sealed)
    with Notebook.open(older) as notebook:
        assert [note.comment for note in notebook.notes()] == ["un"]
        assert notebook.drafts() == []
        with pytest.raises(NotebookReadOnly, match="may not be written"):
            add(notebook)
    assert older.read_bytes() == before


def test_a_migration_that_fails_leaves_the_old_notebook(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Notebook.open(path) as notebook:
        note = notebook.get(add(notebook))
    broken = "CREATE TABLE more (x TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, broken))
    with pytest.raises(NotebookError):
        Notebook.open(path)
    monkeypatch.undo()
    with Notebook.open(path) as notebook:
        assert notebook.notes() == [note]


def test_a_notebook_that_another_holds_is_said_to_be_locked(
    path: Path, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notes.store._WAIT_SECONDS", 0.05)
    with Notebook.open(path) as other, notebook._store.write() as db:
        db.execute("UPDATE operation SET time = time || 'x'")
        with pytest.raises(NotebookLocked):
            add(other)
    add(notebook)


def test_a_full_disk_is_said_and_costs_no_note(path: Path, notebook: Notebook) -> None:
    kept = [notebook.get(add(notebook, f"note {number}")) for number in range(5)]
    with notebook._store.read() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull, match="intact"):
        add(notebook, "x" * 100_000)
    with pytest.raises(DiskFull):
        notebook.revise(kept[0].id, comment="y" * 100_000)
    assert notebook.notes() == kept
    with notebook._store.read() as db:
        db.execute("PRAGMA max_page_count = 100000")
    add(notebook, "x" * 100_000)
    notebook.close()
    with Notebook.open(path) as again:
        assert again.notes()[:5] == kept
