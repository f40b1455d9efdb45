"""Deleted notes are gone from the file when purged, and from the backups when asked; the others stay."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notes import Anchor, Notebook, NotebookLocked, Source, backup
from notes.purge import deleted, purge
from reader.cli import run

SECRET = "Amadou, témoin, 76 12 34 56"
TEXT = f"Le récit de {SECRET} au marché. Une phrase ordinaire."
REVISION = hashlib.sha256(TEXT.encode()).hexdigest()
OTHER = "Un texte sans rien."
OTHER_REVISION = hashlib.sha256(OTHER.encode()).hexdigest()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notebook of three notes: one kept, one deleted, one whose making was undone."""
    place = tmp_path / "notes" / "notes.sqlite"
    with Notebook.open(place) as notebook:
        source = Source("Titre", "", "", "", "")
        anchor = Anchor.of(TEXT, 12, 12 + len(SECRET), REVISION)
        notebook.add("a" * 12, OTHER_REVISION, source, None, "ordinaire", ["commun"], OTHER)
        made = notebook.add(
            "b" * 12, REVISION, source, anchor, f"voir {SECRET}", [f"source/{SECRET[:6]}", "commun"], TEXT
        )
        notebook.revise(made.id, comment=f"revoir {SECRET}")
        notebook.describe_tag(f"source/{SECRET[:6]}", description=f"c’est {SECRET}")
        notebook.describe_tag("commun", color="blue")
        notebook.save_draft("b" * 12, anchor, comment=SECRET, note=made.id)
        notebook.remove(made.id)
        notebook.add("a" * 12, OTHER_REVISION, source, None, f"non {SECRET}", (), OTHER)
        notebook.undo()
    return place


def test_what_was_deleted_is_in_the_file_until_it_is_purged(path: Path) -> None:
    assert SECRET.encode() in path.read_bytes()
    assert len(deleted(path)) == 2
    assert purge(path).notes == 2
    assert SECRET.encode() not in path.read_bytes()
    assert b"Amadou" not in path.read_bytes()
    assert not list(path.parent.glob("*-journal"))
    assert purge(path).notes == 0


def test_the_others_are_as_they_were_and_the_notebook_goes_on(path: Path) -> None:
    purge(path)
    with Notebook.open(path) as notebook:
        (kept,) = notebook.notes()
        assert (kept.comment, kept.tags) == ("ordinaire", ("commun",))
        assert [tag.color for tag in notebook.tags()] == ["blue"]
        assert notebook.snapshot(OTHER_REVISION) == OTHER
        assert notebook.drafts() == []
        assert notebook.revise(kept.id, comment="changé").comment == "changé"
        assert notebook.undo()
        assert notebook.get(kept.id).comment == "ordinaire"
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            db.execute("DELETE FROM note_revision")


def test_backups_are_purged_when_asked_and_named_when_not(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        copy = backup.back_up(db, path, datetime(2026, 1, 1, tzinfo=UTC))
    older = copy.with_name("notes-20250101T000000Z-v0.sqlite")
    older.write_bytes(b"not one of ours any more")
    assert set(purge(path).backups) == {copy, older}
    assert SECRET.encode() in copy.read_bytes()
    with Notebook.open(path) as notebook:
        notebook.remove(notebook.notes()[0].id)  # in the backup it still stands
    assert purge(path, backups=True).backups == (older,)
    assert SECRET.encode() not in copy.read_bytes()
    assert b"ordinaire" not in copy.read_bytes()
    assert older.read_bytes() == b"not one of ours any more"


def test_a_backup_of_what_was_purged_before_is_named(path: Path) -> None:
    with Notebook.open(path) as notebook:
        note = notebook.add("a" * 12, OTHER_REVISION, Source("", "", "", "", ""), None, SECRET, (), OTHER)
    with closing(sqlite3.connect(path)) as db:
        copy = backup.back_up(db, path, datetime(2026, 1, 1, tzinfo=UTC))
    with Notebook.open(path) as notebook:
        notebook.remove(note.id)
    purge(path)
    assert purge(path, backups=True).backups == (copy,)
    assert SECRET.encode() in copy.read_bytes()  # the notebook may lack it for another reason


def test_a_notebook_that_another_writes_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notes.store._WAIT_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotebookLocked):
            purge(path)
    assert len(deleted(path)) == 2


def test_the_command_tells_before_it_does(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(path.parents[1])
    assert run(["--home", home, "--lang", "en", "purge"]) == 0
    assert "still in the file: 2" in capsys.readouterr().err
    assert run(["--home", home, "--lang", "en", "purge", "--yes"]) == 0
    assert "for good: 2" in capsys.readouterr().err
    assert run(["--home", home, "--lang", "en", "purge"]) == 0
    assert "still in the file: 0" in capsys.readouterr().err


def test_what_a_killed_purge_left_goes_with_the_next_one(path: Path) -> None:
    purge(path)
    left = path.with_name(path.name + "-journal")
    left.write_bytes(bytes(512) + b"what a deleted note said")  # of no more use to SQLite, which lets it lie
    assert run(["--home", str(path.parents[1]), "purge"]) == 0
    assert left.exists()
    assert run(["--home", str(path.parents[1]), "purge", "--yes"]) == 0
    assert not left.exists()
