"""A home that somebody sends: stores with parts that no Liseuse made, which would lose notes or never answer."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from endless import without_end

from index import schema as library_schema
from index.errors import LibraryDamaged
from index.library import Library
from notes import Notebook, NotebookDamaged, NotOurs
from notes.restore import restore
from reader.cli import run
from reader.doctor import Level, examined
from reader.memory import Memory
from reader.paths import Places
from reader.workspace import Workspace

UNCHECKED = "PRAGMA ignore_check_constraints = ON;"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i"
NOTES = {
    "trigger evil": "CREATE TRIGGER evil AFTER UPDATE OF current ON note"
    " BEGIN UPDATE note SET current = NULL WHERE id = new.id; END;",
    "trigger silent": "CREATE TRIGGER silent BEFORE INSERT ON note BEGIN SELECT RAISE(IGNORE); END;",
    "trigger sqlite_stat1": "CREATE TRIGGER x AFTER INSERT ON note BEGIN DELETE FROM draft; END;"
    "PRAGMA writable_schema = ON; UPDATE sqlite_master SET name = 'sqlite_stat1',"
    " sql = replace(sql, ' x ', ' sqlite_stat1 ') WHERE name = 'x';",
    "view tag_now": f"DROP VIEW tag_now; CREATE VIEW tag_now AS {ENDLESS} AS id, '' AS key, '' AS name,"
    " '' AS color, '' AS description FROM n;",
    "trigger note_is_kept": "DROP TRIGGER note_is_kept;",
    "table draft": "DROP TABLE draft;",
    "index more": "CREATE UNIQUE INDEX more ON note (article);",
    "trigger note_is_itself": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql,"
    " 'what a note', 'what a note --'') WHERE 0; DELETE FROM draft; SELECT ('' ' || char(10))"
    " WHERE name = 'note_is_itself';",
    "table sqlite_stat1": "ANALYZE; PRAGMA writable_schema = ON; UPDATE sqlite_master SET"
    " sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat,more AS (hex(zeroblob(1000000))))'"
    " WHERE name = 'sqlite_stat1';",
}
LIBRARY = {
    "trigger evil": "CREATE TRIGGER evil AFTER INSERT ON article BEGIN DELETE FROM text; END;",
    "table mention": "DROP TABLE mention;",
    "table folder": f"DROP TABLE folder; CREATE VIEW folder AS {ENDLESS} AS path FROM n;",
}


def plant(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.executescript(sql)


def told(where: Places, store: str) -> list[tuple[Level, str]]:
    return [(one.level, one.said) for one in examined(where) if one.store == store]


@pytest.mark.parametrize("part", NOTES)
def test_a_planted_notebook_is_refused_and_left_as_it_is(here: Places, part: str) -> None:
    plant(here.notes, NOTES[part])
    before = here.notes.read_bytes()
    with pytest.raises(NotebookDamaged, match=part):
        Notebook.open(here.notes)
    assert [level for level, said in told(here, "notes") if part in said] == [Level.BAD]
    assert here.notes.read_bytes() == before


@pytest.mark.parametrize("added", ["' --' || x'ff'", "' ' || x'ff'", "x'00ff'"])
def test_a_layout_that_is_no_text_ends_nothing(here: Places, added: str, capsys) -> None:
    sql = f"CAST(CAST(sql AS BLOB) || {added} AS TEXT)"
    plant(
        here.notes, f"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = {sql} WHERE name = 'draft'"
    )
    home = ["--home", str(here.config.parent)]
    code = run([*home, "notes"])
    assert code == run([*home, "search", "tag:bilan"])
    assert code in (0, 4)
    assert [level for level, _said in told(here, "notes")] == [Level.BAD if code else Level.FINE]


@pytest.mark.parametrize("part", NOTES)
def test_a_planted_copy_is_not_brought_back(here: Places, tmp_path: Path, part: str) -> None:
    copy = tmp_path / "copy.sqlite"
    shutil.copy(here.notes, copy)
    plant(copy, NOTES[part])
    before = here.notes.read_bytes()
    with pytest.raises(NotOurs, match=part):
        restore(here.notes, copy, datetime.now(UTC))
    assert here.notes.read_bytes() == before


def test_a_sound_copy_takes_the_place_of_a_planted_notebook(here: Places, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    shutil.copy(here.notes, copy)
    plant(here.notes, NOTES["view tag_now"])
    restore(here.notes, copy, datetime.now(UTC))
    with Notebook.open(here.notes) as notebook:
        assert [note.comment for note in notebook.notes()] == ["gardée"]


@pytest.mark.parametrize("part", LIBRARY)
def test_a_planted_library_is_refused_and_made_again(here: Places, part: str, capsys) -> None:
    plant(here.library, LIBRARY[part])
    with pytest.raises(LibraryDamaged, match=part):
        Library(here.library)
    home = ["--home", str(here.config.parent)]
    assert run([*home, "search", "Bamako"]) == 4
    assert [level for level, said in told(here, "library") if part in said] == [Level.BAD]
    run([*home, "doctor", "--repair"])
    capsys.readouterr()
    assert run([*home, "search", "Bamako", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1


@pytest.mark.parametrize(
    "sql",
    [
        f"{UNCHECKED} INSERT INTO mention SELECT revision, 0, 5, 'bogus', 'a', 'a', 'a', 'a' FROM article;",
        "UPDATE article SET title = CAST(x'ff' AS TEXT);",
    ],
    ids=["type", "title"],
)
def test_a_library_with_values_that_it_cannot_hold_is_told_and_made_again(
    here: Places, sql: str, capsys
) -> None:
    plant(here.library, sql)
    home = ["--home", str(here.config.parent)]
    ends = {run([*home, *command]) for command in (["entities"], ["search", "*"], ["sync"])}
    assert 4 in ends
    assert ends <= {0, 1, 4}
    assert [level for level, _said in told(here, "library")] == [Level.BAD]
    run([*home, "doctor", "--repair"])
    assert run([*home, "search", "Bamako"]) == 0
    assert [level for level, _said in told(here, "library")] == [Level.FINE]


def test_what_a_library_says_of_sources_can_be_anything(here: Places, capsys) -> None:
    plant(here.library, "INSERT INTO folder VALUES (x'2f6100'); UPDATE file SET refused = '[[1,2],5,null]';")
    assert run(["--home", str(here.config.parent), "sync"]) in (0, 3)


def test_a_copy_with_values_that_it_cannot_hold_is_not_brought_back(here: Places, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    shutil.copy(here.notes, copy)
    plant(copy, f"{UNCHECKED} UPDATE operation SET standing = 7;")
    with pytest.raises(NotebookDamaged):
        restore(here.notes, copy, datetime.now(UTC))


def test_stores_whose_layout_has_no_end_are_refused(here: Places, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite"
    shutil.copy(here.notes, copy)
    for store in (here.notes, here.library, copy):
        without_end(store)
    with pytest.raises(NotebookDamaged, match="no end"):
        Notebook.open(here.notes)
    with pytest.raises(LibraryDamaged):
        Library(here.library)
    with pytest.raises(NotebookDamaged):
        restore(here.notes, copy, datetime.now(UTC))
    for store in ("notes", "library"):
        assert [level for level, said in told(here, store) if "no end" in said] == [Level.BAD]


def test_a_memory_whose_table_has_no_end_is_set_aside(here: Places) -> None:
    path = here.state / "memory.sqlite"
    without_end(path, "asked")
    with closing(Memory(path)) as memory:
        assert memory.queries() == []


def test_a_memory_of_other_types_is_set_aside(here: Places) -> None:
    path = here.state / "memory.sqlite"
    plant(
        path, "DROP TABLE reached; CREATE TABLE reached (article, at); INSERT INTO reached VALUES ('a', 'b');"
    )
    with closing(Memory(path)) as memory:
        assert memory.reached("a") == 0


def test_a_planted_memory_is_set_aside(here: Places) -> None:
    path = here.state / "memory.sqlite"
    plant(path, f"DROP TABLE asked; CREATE VIEW asked AS {ENDLESS} AS query, 1 AS used FROM n;")
    with closing(Memory(path)) as memory:
        assert memory.queries() == []
        memory.remember("Gao")
        assert memory.queries() == ["Gao"]


def test_a_memory_whose_columns_are_computed_is_set_aside(here: Places) -> None:
    path = here.state / "memory.sqlite"
    computed = "CREATE TABLE asked (used INTEGER, query TEXT AS (hex(zeroblob(1000000))))"
    plant(path, f"DROP TABLE asked; {computed}; INSERT INTO asked VALUES (1);")
    with closing(Memory(path)) as memory:
        assert memory.queries() == []


def test_a_memory_without_measure_is_set_aside(here: Places) -> None:
    path = here.state / "memory.sqlite"
    with path.open("r+b") as file:
        file.truncate(1 << 40)
    with closing(Memory(path)) as memory:
        assert memory.queries() == []
    assert path.stat().st_size < 1 << 20


def test_a_planted_library_of_an_older_format_is_told_and_not_read(here: Places, capsys) -> None:
    here.library.unlink()
    with closing(sqlite3.connect(here.library, isolation_level=None)) as db:
        db.executescript(
            ";".join(library_schema.MIGRATIONS[:2])
            + f"; PRAGMA application_id = {library_schema.APPLICATION_ID}; PRAGMA user_version = 2;"
            f"DROP TABLE article; CREATE VIEW article AS {ENDLESS} AS id FROM n;"
        )
    with pytest.raises(LibraryDamaged, match="view article"):
        Library(here.library)
    assert [level for level, said in told(here, "library") if "view article" in said] == [Level.BAD]


def test_what_sqlite_notes_for_itself_is_not_strange(here: Places) -> None:
    for path in (here.notes, here.library):
        plant(path, "ANALYZE;")
    with Workspace(here) as space:
        assert space.collection.library.count() == len(space.notebook.notes()) == 1


def test_comments_and_space_make_no_difference(here: Places) -> None:
    commented = (
        "replace(sql, ' NOT NULL', '  -- it''s -- so' || char(10) || '-- (' || char(10) || ' NOT NULL')"
    )
    for path in (here.notes, here.library):
        plant(
            path,
            f"PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = {commented} WHERE type = 'table'",
        )
    with Workspace(here) as space:
        assert space.collection.library.count() == len(space.notebook.notes()) == 1


def test_of_two_that_make_a_library_the_slower_finds_it_made(here: Places, monkeypatch) -> None:
    checked = library_schema.checked
    seen = iter([0])
    monkeypatch.setattr(library_schema, "checked", lambda db: next(seen, None) or checked(db))
    with Library(here.library) as library:
        assert library.count() == 1


def test_a_colour_that_no_tag_has_is_none(here: Places, tmp_path: Path, capsys) -> None:
    with Notebook.open(here.notes) as notebook:
        notebook.describe_tag("bilan", color="red")
    with closing(sqlite3.connect(here.notes)) as db, db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in guards:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE tag_revision SET color = 'null'")
        for _name, sql in guards:
            db.execute(sql)
    codes = tmp_path / "codes.qdc"
    assert run(["--home", str(here.config.parent), "export", "--format", "qdc", "-o", str(codes)]) == 0
    assert "bilan" in codes.read_text()
