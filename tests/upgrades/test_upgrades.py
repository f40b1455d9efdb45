"""Every layout that was released is opened and brought up to date; a later one is refused, untouched.

The layouts are in `layouts/`, made by each release's own schema (`build.py`) and never changed again.
"""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from upgrades.build import ARTICLE, LAYOUTS, NAME, TEXT, script

from index import schema as library_schema
from notes import schema as notes_schema
from reader.cli import run
from reader.doctor import Level, examined
from reader.memory import Memory
from reader.paths import Places, places
from reader.workspace import Workspace

LIBRARIES = sorted(LAYOUTS.glob("library-*.sql"))
NOTEBOOKS = sorted(LAYOUTS.glob("notes-*.sql"))
LATEST = {"library": library_schema.VERSION, "notes": notes_schema.latest()}
MEMORY = (
    "CREATE TABLE asked (query TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT;"
    "CREATE TABLE kept (query TEXT PRIMARY KEY) STRICT;"
    "CREATE TABLE seen (article TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
)
"""What the memory had first; the present one adds where each article was left."""


def version_of(layout: Path) -> int:
    return int(layout.stem.rpartition("-")[2])


def laid(path: Path, layout: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with closing(sqlite3.connect(path)) as db:
        db.executescript(layout.read_text())
    path.chmod(0o600)


@pytest.fixture
def here(tmp_path: Path) -> Places:
    return places(tmp_path / "home")


@pytest.mark.parametrize("store", ["library", "notes"])
def test_every_released_layout_is_kept(store: str) -> None:
    """A layout is released when another follows it: run tests/upgrades/build.py before adding one."""
    kept = {version_of(path) for path in LAYOUTS.glob(f"{store}-*.sql")}
    assert kept >= set(range(1, LATEST[store])) | {1}


@pytest.mark.parametrize("layout", LIBRARIES, ids=lambda path: path.stem)
def test_a_migration_that_was_released_is_never_changed(layout: Path) -> None:
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as then,
        closing(sqlite3.connect(":memory:")) as now,
    ):
        then.executescript(layout.read_text())
        for number, step in enumerate(library_schema.MIGRATIONS[: version_of(layout)], 1):
            now.executescript(f"{step}; PRAGMA user_version = {number};")
        assert _layout(then) == _layout(now)


def _layout(db: sqlite3.Connection) -> list[str]:
    rows = db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'")
    said = (
        re.sub(r"--[^\n]*|\s+", " ", sql) for (sql,) in rows
    )  # SQLite keeps comments as they were written
    return sorted(re.sub(r"\s*([(),])\s*", r"\1", " ".join(sql.split())) for sql in said)


@pytest.mark.parametrize("layout", LIBRARIES, ids=lambda path: path.stem)
def test_a_library_of_any_release_is_brought_up_to_date(here: Places, layout: Path) -> None:
    laid(here.library, layout)
    assert {one.level for one in examined(here) if one.store == "library"} <= {Level.FINE, Level.NOTICE}
    with Workspace(here) as space:
        assert space.prepare() == 1
        (hit,) = space.finder.search("aéroport person:Diarra").hits
        assert hit.id == ARTICLE
        opened = space.open_article(ARTICLE)
        assert opened.article.text == TEXT
        assert (opened.article.title, opened.article.source) == ("Un titre", "Presse")
        assert [(m.start, m.entity) for m in opened.article.mentions] == [(NAME, "Oumar Diarra")]
        assert space.traced(opened).origins[0].path == "/nowhere/a.txt"
        list(space.collection.compare())
    with closing(sqlite3.connect(here.library)) as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == library_schema.VERSION
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {one.level for one in examined(here) if one.store in {"library", "index"}} == {Level.FINE}


@pytest.mark.parametrize("layout", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_of_any_release_is_backed_up_and_brought_up_to_date(here: Places, layout: Path) -> None:
    laid(here.library, LIBRARIES[-1])
    laid(here.notes, layout)
    with Workspace(here) as space:
        (note,) = space.notebook.notes()
        assert (note.comment, note.tags, note.quote) == ("un commentaire", ("groupe/armée",), "Oumar Diarra")
        assert space.placed_notes([note])[0].state == "exact"
        assert [draft.comment for draft in space.notebook.drafts()] == ["à moitié"]
        assert space.notebook.snapshot(note.anchor.revision if note.anchor else "") == TEXT
        assert space.notebook.undo()
        assert space.notebook.get(note.id).comment == "avant"
    copies = list(here.notes.parent.glob("backups/*.sqlite"))
    if version_of(layout) < notes_schema.latest():
        (copy,) = copies
        with closing(sqlite3.connect(copy)) as db:
            assert _layout(db) == _of(layout)
            assert db.execute("SELECT comment FROM note_revision WHERE number = 2").fetchone() == (
                "un commentaire",
            )
    else:
        assert copies == []


def _of(layout: Path) -> list[str]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(layout.read_text())
        return _layout(db)


def test_an_earlier_memory_is_kept(here: Places) -> None:
    path = here.state / "memory.sqlite"
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(MEMORY + "INSERT INTO asked VALUES ('Bamako', 1); INSERT INTO kept VALUES ('Gao');")
    with closing(Memory(path)) as memory:
        assert (memory.queries(), memory.kept(), memory.reached("a")) == (["Bamako"], ["Gao"], 0)


@pytest.mark.parametrize("said", [{"schema": 1, "whoosh": [2, 7, 5]}, {"schema": 99, "whoosh": [2, 7, 5]}])
def test_an_index_of_any_other_release_is_made_again(here: Places, said: dict[str, object]) -> None:
    laid(here.library, LIBRARIES[-1])
    with Workspace(here) as space:
        space.prepare()
    (here.index / "version.json").write_text(json.dumps(said))
    with Workspace(here) as space:
        space.prepare()
        assert space.finder.search("aéroport").total == 1


@pytest.mark.parametrize(
    ("store", "commands"), [("library", (["search", "Bamako"], ["sync"])), ("notes", (["notes"], ["tags"]))]
)
def test_a_later_store_is_refused_and_left_as_it_is(
    here: Places, store: str, commands: tuple[list[str], ...], capsys: pytest.CaptureFixture[str]
) -> None:
    for one in ("library", "notes"):
        laid(getattr(here, one), LAYOUTS / f"{one}-1.sql")
    path: Path = getattr(here, store)
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {LATEST[store] + 1}")
    before = path.read_bytes()
    for command in commands:
        assert run(["--home", str(here.config.parent), *command]) == 4
        assert "later Liseuse" in capsys.readouterr().err
    run(["--home", str(here.config.parent), "doctor", "--repair"])
    assert path.read_bytes() == before
    assert [other.name for other in path.parent.iterdir() if other.is_file()] == [path.name]


def test_a_layout_can_be_written_and_read_back(tmp_path: Path) -> None:
    laid(tmp_path / "a.sqlite", NOTEBOOKS[-1])
    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as db:
        assert script(db) == NOTEBOOKS[-1].read_text()
