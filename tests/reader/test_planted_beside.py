"""A home that somebody sends: what lies beside a store, or in its place, and would reach other files."""

import os
import shutil
import sqlite3
import struct
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.errors import LibraryDamaged
from index.library import Library
from notes import Notebook, NotebookDamaged, purge
from notes.layout import journal_names_another
from notes.restore import restore
from reader.cli import run
from reader.doctor import Level, examined
from reader.memory import Memory
from reader.paths import Places

MAGIC = bytes.fromhex("d9d505f920a163d7")
"""Begins a rollback journal, and ends the name of the file that is to be deleted with it."""


def linked(store: Path) -> Path:
    """Put a link in the place of a store, to where it is now."""
    real = store.rename(store.with_name("real.sqlite"))
    store.symlink_to(real.name)
    return real


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "victim.txt"
    path.write_text("of somebody")
    return path


def plant_journal(store: Path, victim: Path) -> None:
    """Lay beside a database a journal that SQLite takes back, and deletes a file of any name with."""
    page = struct.unpack(">H", store.read_bytes()[16:18])[0]
    pages = store.stat().st_size // page
    head = (MAGIC + struct.pack(">5I", 0, 1234, pages, 512, page)).ljust(512, b"\0")
    name = os.fsencode(victim)
    tail = struct.pack(">I", 0x40000000 // page + 1) + name + struct.pack(">2I", len(name), sum(name)) + MAGIC
    Path(f"{store}-journal").write_bytes(head + tail)


def levels(where: Places, store: str) -> list[Level]:
    return [one.level for one in examined(where) if one.store == store]


def test_sqlite_would_delete_it(here: Places, victim: Path) -> None:
    plant_journal(here.notes, victim)
    with closing(sqlite3.connect(here.notes)) as db:
        db.execute("SELECT * FROM note").fetchall()
    assert not victim.exists()


def test_a_journal_of_ours_is_taken_back(here: Places) -> None:
    plant_journal(here.notes, Path())
    journal = Path(f"{here.notes}-journal")
    journal.write_bytes(journal.read_bytes()[:512])
    assert not journal_names_another(here.notes)
    with Notebook.open(here.notes) as notebook:
        assert len(notebook.notes()) == 1


def test_a_notebook_whose_journal_names_another_file_is_refused_and_told(here: Places, victim: Path) -> None:
    plant_journal(here.notes, victim)
    with pytest.raises(NotebookDamaged, match="journal names another file"):
        Notebook.open(here.notes)
    assert levels(here, "notes") == [Level.BAD]
    (copy,) = (here.notes.parent / "backups").glob("*.sqlite")
    restore(here.notes, copy, datetime.now(UTC))
    with Notebook.open(here.notes) as notebook:
        assert [note.comment for note in notebook.notes()] == ["gardée"]
    for aside in here.notes.parent.glob("notes-damaged*.sqlite"):
        with closing(sqlite3.connect(aside)) as db:
            db.execute("SELECT * FROM note").fetchall()
    assert victim.read_text() == "of somebody"


def test_beside_what_a_link_leads_to_too(here: Places, victim: Path, capsys) -> None:
    home = ["--home", str(here.config.parent)]
    for store in (here.notes, here.library, here.state / "memory.sqlite"):
        plant_journal(linked(store), victim)
    (copy,) = (here.notes.parent / "backups").glob("*.sqlite")
    with pytest.raises(NotebookDamaged, match="journal names another file"):
        Notebook.open(here.notes)
    assert (levels(here, "library"), levels(here, "notes")) == ([Level.BAD], [Level.BAD])
    assert run([*home, "notes"]) == run([*home, "search", "Bamako"]) == 4
    run([*home, "doctor", "--repair"])
    restore(here.notes, copy, datetime.now(UTC))
    assert run([*home, "notes"]) == run([*home, "search", "Bamako"]) == 0
    with closing(Memory(here.state / "memory.sqlite")) as memory:
        assert memory.queries() == []
    for store in (here.notes, here.library, here.state / "memory.sqlite"):
        assert store.with_name("real.sqlite-journal").exists()
    assert victim.read_text() == "of somebody"


def test_a_copy_whose_journal_names_another_file_is_neither_brought_back_nor_purged(
    here: Places, victim: Path
) -> None:
    (copy,) = (here.notes.parent / "backups").glob("*.sqlite")
    plant_journal(copy, victim)
    with Notebook.open(here.notes) as notebook:
        notebook.remove(*(note.id for note in notebook.notes()))
    assert purge.purge(here.notes, backups=True).backups == (copy,)
    with pytest.raises(NotebookDamaged, match="journal names another file"):
        restore(here.notes, copy, datetime.now(UTC))
    assert levels(here, "backups")[0] is Level.WARNING
    assert victim.read_text() == "of somebody"


def test_a_library_whose_journal_names_another_file_is_made_again(here: Places, victim: Path, capsys) -> None:
    plant_journal(here.library, victim)
    with pytest.raises(LibraryDamaged):
        Library(here.library)
    assert levels(here, "library") == [Level.BAD]
    run(["--home", str(here.config.parent), "doctor", "--repair"])
    assert run(["--home", str(here.config.parent), "search", "Bamako"]) == 0
    assert victim.read_text() == "of somebody"


def test_a_memory_whose_journal_names_another_file_is_set_aside(here: Places, victim: Path) -> None:
    path = here.state / "memory.sqlite"
    plant_journal(path, victim)
    with closing(Memory(path)) as memory:
        assert memory.queries() == []
        memory.remember("Gao")
    with closing(Memory(path)) as memory:
        assert memory.queries() == ["Gao"]
    assert victim.read_text() == "of somebody"


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_journal_that_is_no_file_is_none_of_ours(here: Places, victim: Path, kind: str) -> None:
    beside = Path(f"{here.notes}-journal")
    os.mkfifo(beside) if kind == "pipe" else beside.symlink_to(victim)
    with pytest.raises(NotebookDamaged):
        Notebook.open(here.notes)


def test_a_pipe_in_the_place_of_a_store_is_told_and_not_waited_for(here: Places) -> None:
    (copy,) = (here.notes.parent / "backups").glob("*.sqlite")
    for store in (here.library, here.notes, copy):
        store.unlink()
        os.mkfifo(store)
    assert (levels(here, "library"), levels(here, "notes")) == ([Level.BAD], [Level.BAD])
    assert levels(here, "backups") == [Level.WARNING]


def test_a_memory_that_is_a_link_makes_nothing_elsewhere(here: Places, victim: Path) -> None:
    path = here.state / "memory.sqlite"
    path.unlink()
    other = victim.with_name("other.sqlite")
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE theirs (a)")
    before = other.read_bytes()
    path.symlink_to(other)
    with closing(Memory(path)) as memory:
        memory.remember("Gao")
    assert other.read_bytes() == before
    assert not path.is_symlink()


def test_nothing_beside_what_a_link_leads_to_is_renamed(here: Places, tmp_path: Path, capsys) -> None:
    theirs = tmp_path / "documents"
    theirs.mkdir()
    for name in ("memory", "library", "notes"):
        shutil.copy(here.library, theirs / name)
        (theirs / f"{name}-journal").mkdir()
    for store in (here.state / "memory.sqlite", here.library, here.notes):
        store.unlink()
        store.symlink_to(theirs / store.stem)
    with closing(Memory(here.state / "memory.sqlite")) as memory:
        memory.remember("Gao")
    run(["--home", str(here.config.parent), "doctor", "--repair"])
    (copy,) = (here.notes.parent / "backups").glob("*.sqlite")
    restore(here.notes, copy, datetime.now(UTC))
    assert len(list(theirs.glob("*-journal"))) == len(list(theirs.iterdir())) / 2 == 3


def test_links_in_a_home_are_told(here: Places, tmp_path: Path) -> None:
    backups = here.notes.parent / "backups"
    backups.rename(tmp_path / "elsewhere")
    backups.symlink_to(tmp_path / "elsewhere")
    assert [one.level for one in examined(here) if str(backups) in one.said] == [Level.NOTICE]


# The index


def test_the_version_is_written_through_no_link(here: Places, victim: Path, capsys) -> None:
    (here.index / "version.json").write_text("{}")
    (here.index / "version.json.new").symlink_to(victim)
    assert run(["--home", str(here.config.parent), "search", "Bamako"]) == 0
    assert victim.read_text() == "of somebody"


def test_a_link_in_the_place_of_the_index_leads_nowhere(here: Places, tmp_path: Path, capsys) -> None:
    outside = tmp_path / "outside"
    outside.mkdir(mode=0o755)
    (outside / "MAIN_precious").write_text("of somebody")
    shutil.rmtree(here.index)
    here.index.symlink_to(outside)
    for _time in range(2):
        assert run(["--home", str(here.config.parent), "search", "Bamako"]) == 0
    assert [file.name for file in outside.iterdir()] == ["MAIN_precious"]
    assert outside.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize(
    "name", ["version.json", "MAIN_WRITELOCK", "_MAIN_9.toc", "MAIN_0123456789abcdef.seg"]
)
@pytest.mark.parametrize("kind", ["pipe", "link", "endless"])
def test_what_is_no_file_of_an_index_is_not_waited_for(
    here: Places, victim: Path, name: str, kind: str, capsys
) -> None:
    planted = here.index / name
    planted.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(planted)
    elif kind == "link":
        planted.symlink_to(victim)
    else:
        with planted.open("wb") as file:
            file.truncate(1 << 40)
    assert run(["--home", str(here.config.parent), "add", str(victim)]) == 0
    assert run(["--home", str(here.config.parent), "search", "Bamako"]) == 0
    assert victim.read_text() == "of somebody"
