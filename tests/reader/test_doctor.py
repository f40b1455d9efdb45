"""`liseuse doctor`: what it says of sound stores, of each thing that can be wrong, and what it mends."""

import fcntl
import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index.article import revision_of
from notes import Anchor, Edit, Notebook
from reader.cli import run
from reader.doctor import Level, examined
from reader.paths import Places, places
from reader.workspace import Workspace


@pytest.fixture
def here(tmp_path: Path) -> Places:
    source = tmp_path / "articles"
    source.mkdir()
    for number in range(3):
        (source / f"{number}.txt").write_text(f"Titre {number}\n\nBamako, le texte numéro {number} du Mali.")
    where = places(tmp_path / "home")
    with Workspace(where) as space:
        list(space.add([source]))
        for id in space.collection.library.ids():
            article = space.collection.article(id)
            space.note(article, space.quoted(article, "Bamako"), "un commentaire", ["bilan"])
        space.notebook.save_draft(id, None, comment="à moitié")
        space.memory.remember("Bamako")
    return where


def said(where: Places, store: str) -> tuple[Level, str, str]:
    """The worst that is said of a store."""
    order = list(Level)
    found = [one for one in examined(where) if one.store == store]
    worst = max(found, key=lambda one: order.index(one.level))
    return worst.level, worst.said, worst.remedy


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_sound_stores_are_said_to_be_and_nothing_is_touched(here: Places, capsys) -> None:
    home = here.config.parent
    before = bytes_of(home)
    assert run(["--home", str(home), "--lang", "en", "doctor"]) == 0
    told = capsys.readouterr().out
    assert "sound · notes: 3 · drafts: 1" in told
    assert told.count("sound · articles: 3") == 2
    assert bytes_of(home) == before


def test_an_empty_home_is_sound_and_stays_empty(tmp_path: Path, capsys) -> None:
    assert run(["--home", str(tmp_path / "home"), "doctor", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["sound"]
    assert told["versions"]["sqlite"] == sqlite3.sqlite_version
    assert {"notes", "library"} <= {one["store"] for one in told["findings"]}
    assert not (tmp_path / "home").exists()


def test_damaged_notes_are_told_with_the_newest_sound_backup_and_never_touched(here: Places, capsys) -> None:
    backups = here.notes.parent / "backups"
    backups.mkdir(mode=0o700)
    shutil.copy(here.notes, backups / "notes-20260101T000000Z-v1.sqlite")
    (backups / "notes-20260102T000000Z-v1.sqlite").write_bytes(b"not a database, but long enough to be read")
    here.notes.write_bytes(here.notes.read_bytes()[:-4096])
    before = bytes_of(here.notes.parent)
    home = str(here.config.parent)
    assert run(["--home", home, "--lang", "en", "doctor", "--repair"]) == 1
    told = capsys.readouterr().out
    assert "liseuse restore" in told
    assert "notes-20260101T000000Z-v1.sqlite" in told
    assert "a backup is damaged" in told
    assert bytes_of(here.notes.parent) == before


@pytest.mark.parametrize("table", ["snapshot", "note_revision"])
def test_a_changed_letter_in_a_text_or_a_quote_is_seen(here: Places, table: str) -> None:
    with closing(sqlite3.connect(here.notes)) as db, db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            db.execute(f"DROP TRIGGER {name}")
        column = {"snapshot": "text", "note_revision": "quote"}[table]
        db.execute(f"UPDATE {table} SET {column} = replace({column}, 'Bamako', 'Bamakp')")
        for _name, sql in guards:
            db.execute(sql)
    level, told, _remedy = said(here, "notes")
    assert level is Level.BAD
    assert "changed on the disk" in told


def test_a_note_taken_in_before_its_text_that_has_other_words_there_is_told_and_is_no_damage(
    here: Places,
) -> None:
    text = "Un autre texte, de Gao."
    revision = revision_of(text)
    anchor = Anchor.of(text, 3, 8, revision)
    with Notebook.open(here.notes) as notebook:
        (model, *_rest) = notebook.notes()
        false = replace(
            model, id="f" * 12, article="e" * 12, revision=revision, anchor=replace(anchor, start=4, end=9)
        )
        notebook.take_in([Edit(false)])
        notebook.add("e" * 12, revision, model.source, anchor, "de moi", text=text)
        notebook.back_up()
    findings = [one for one in examined(here) if one.store in ("notes", "backups")]
    assert [one.level for one in findings] == [Level.FINE, Level.WARNING, Level.FINE]
    assert "ffffffffffff" in findings[1].said


def test_a_copy_that_says_it_is_from_the_future_is_not_the_newest(here: Places) -> None:
    with Notebook.open(here.notes) as notebook:
        first, newest = notebook.back_up(), notebook.back_up()
    assert first is not None
    assert newest is not None
    first.rename(first.with_name("notes-20990101T000000Z.sqlite"))
    _level, told, _remedy = said(here, "backups")
    assert newest.name in told


def test_a_notebook_that_can_number_no_further_note_is_told(here: Places) -> None:
    with closing(sqlite3.connect(here.notes)) as db, db:
        db.execute("UPDATE sqlite_sequence SET seq = 9223372036854775807")
    level, told, _remedy = said(here, "notes")
    assert (level, "operation: id ?" in told) == (Level.BAD, True)


@pytest.mark.parametrize(
    ("pragma", "words"), [("user_version = 99", "later Liseuse"), ("application_id = 1", "another program")]
)
@pytest.mark.parametrize("store", ["notes", "library"])
def test_a_store_that_is_not_for_this_program_is_left_alone(
    here: Places, store: str, pragma: str, words: str
) -> None:
    path: Path = getattr(here, store)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA {pragma}")
    before = path.read_bytes()
    level, told, _remedy = said(here, store)
    assert level is Level.BAD
    assert words in told
    run(["--home", str(here.config.parent), "doctor", "--repair"])
    assert path.read_bytes() == before


@pytest.mark.parametrize("harm", ["cut", "altered"])
def test_a_damaged_library_is_set_aside_and_made_again_with_the_same_articles(
    here: Places, harm: str, capsys
) -> None:
    with Workspace(here) as space:
        ids = sorted(space.collection.library.ids())
    if harm == "cut":
        with closing(sqlite3.connect(here.library)) as db:
            (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'article'").fetchone()
        data = bytearray(here.library.read_bytes())
        data[(page - 1) * 4096 : page * 4096] = bytes(4096)
        here.library.write_bytes(data)
    else:
        with closing(sqlite3.connect(here.library)) as db, db:
            db.execute("UPDATE text SET body = replace(body, 'Mali', 'Malo')")
    home = str(here.config.parent)
    assert run(["--home", home, "--lang", "en", "doctor"]) == 1
    assert "--repair" in capsys.readouterr().out
    assert run(["--home", home, "doctor", "--repair"]) == 0
    assert run(["--home", home, "doctor"]) == 0
    assert list(here.library.parent.glob("library.sqlite.damaged-*"))
    with Workspace(here) as space:
        space.prepare()
        assert sorted(space.collection.library.ids()) == ids
        assert space.finder.search("Mali").total == 3
        assert [note.state for note in space.placed_notes(space.notebook.notes())] == ["exact"] * 3


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh drops what it fails to read
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_index_that_lacks_an_article_or_cannot_be_read_is_made_again(here: Places) -> None:
    home = str(here.config.parent)
    with Workspace(here) as space:
        space.collection.index.remove(space.collection.library.ids()[:1])
    assert said(here, "index")[0] is Level.BAD
    assert run(["--home", home, "doctor", "--repair"]) == 0
    assert said(here, "index")[0] is Level.FINE
    segment = max(here.index.glob("*.arrays"), key=lambda path: path.stat().st_size)
    segment.write_bytes(segment.read_bytes()[:100])
    assert said(here, "index")[0] is Level.NOTICE
    assert run(["--home", home, "doctor", "--repair"]) == 0
    assert said(here, "index")[0] is Level.FINE


def test_rights_of_others_are_told_and_taken_away(here: Places) -> None:
    here.notes.chmod(0o644)
    here.state.chmod(0o755)
    level, told, _remedy = said(here, "rights")
    assert level is Level.WARNING
    assert ": 2" in told
    assert run(["--home", str(here.config.parent), "doctor", "--repair"]) == 0
    assert here.notes.stat().st_mode & 0o777 == 0o600
    assert said(here, "rights")[0] is Level.FINE


def test_the_small_files_are_looked_at(here: Places) -> None:
    here.config.write_text("theme = 'pink'\n")
    here.gazetteer.write_text("[person\n")
    here.corrections.write_text("not JSON\n")
    (here.state / "memory.sqlite").write_bytes(b"no database at all, though long enough")
    for store in ("settings", "gazetteer", "corrections"):
        assert said(here, store)[0] is Level.WARNING, store
    assert said(here, "memory")[0] is Level.NOTICE


def test_another_one_at_work_and_a_write_cut_short_are_told(here: Places) -> None:
    lock = os.open(here.index / "MAIN_WRITELOCK", os.O_RDWR)
    fcntl.flock(lock, fcntl.LOCK_EX)
    assert "another Liseuse is at work" in said(here, "locks")[1]
    os.close(lock)
    assert "locks" not in {one.store for one in examined(here)}
    with closing(sqlite3.connect(here.library, isolation_level=None)) as db:
        db.execute("BEGIN EXCLUSIVE")
        assert said(here, "library")[1] == "it is being written by another Liseuse"
    here.library.with_name("library.sqlite-journal").write_bytes(b"x" * 100)
    assert any("cut short" in one.said for one in examined(here))


def test_a_full_disk_is_told_before_a_note_is_lost(here: Places, monkeypatch) -> None:
    for free, level in ((1 << 40, Level.FINE), (100 << 20, Level.WARNING), (1 << 20, Level.BAD)):
        monkeypatch.setattr(
            "shutil.disk_usage", lambda _path, free=free: shutil._ntuple_diskusage(1 << 41, 0, free)
        )
        assert said(here, "disk")[0] is level


def test_a_synchronised_folder_is_warned_of(here: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    (here.notes.parent / ".stfolder").mkdir(mode=0o700)
    assert said(here, "disk")[0] is Level.WARNING
