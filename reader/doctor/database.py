"""Looking into an SQLite file without changing a byte of it or of its journal."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

from index.layout import bounded, journal_names_another, journal_of
from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.translated import translated

ROWS: Final = 20_000_000
"""Steps of SQLite's machine, some five a row, for tables of which it is not known that they have an end."""
_ROLLBACK: Final = b"\x01\x01"
"""At byte 18 of a database with a rollback journal. Source: "Database File Format", 1.3."""
_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
_LAST: Final = 1 << 53
"""Beyond which nobody has numbered."""
_MOST: Final = 3
"""Reports of damage that are told; one is enough to know, thousands are of no use."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for reading only; texts come as bytes, for a flipped bit need not leave UTF-8.

    A journal that is none of ours is not heeded. Raises sqlite3.DatabaseError, also for what is no file
    and where what SQLite says of it is no text.
    """
    if path.exists() and not path.is_file():  # a pipe would be waited for
        raise sqlite3.DatabaseError("not a regular file")
    address = f"{path.absolute().as_uri()}?mode={_mode(path)}"
    with closing(sqlite3.connect(address, uri=True, timeout=0.5, isolation_level=None)) as db:
        try:
            _see_layout(db)
            db.execute("PRAGMA query_only = ON")
            db.text_factory = bytes
            yield db
        except UnicodeDecodeError:
            raise sqlite3.DatabaseError("a text in it is no UTF-8") from None


def _see_layout(db: sqlite3.Connection) -> None:
    """Have SQLite read what the database consists of. Raises sqlite3.DatabaseError if that has no end."""
    bounded(db)
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise sqlite3.DatabaseError("its layout has no end") from None
        raise
    bounded(db, most=None)


def _mode(path: Path) -> str:
    """Return how SQLite is to open a file of which it shall change nothing.

    Where it may not write it leaves the CHECKs of tables out of what it looks at; where a journal
    lies beside the file, or is kept in another way, it would write.
    """
    if journal_names_another(path):
        return "ro&immutable=1"
    with suppress(OSError), path.open("rb") as file:
        if file.read(20)[18:] == _ROLLBACK and not os.path.lexists(journal_of(path)):
            return "rw"
    return "ro"


def number(db: sqlite3.Connection, sql: str) -> int:
    """Return the one number that a query answers."""
    return int(db.execute(sql).fetchone()[0])


def foreign_journal(path: Path) -> list[str]:
    """Return, in words, that the journal beside a database is none of ours; nothing if it is."""
    return [_("its journal names another file")] if journal_names_another(path) else []


def damage(db: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the pages, the indexes and the references of a database."""
    said = [os.fsdecode(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST})")]
    if said != ["ok"]:
        return said
    if wrong := _no_text(db) or _used_up(db):
        return wrong
    lost = db.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    return [f"{os.fsdecode(row[0])} {row[1]}: {os.fsdecode(row[2])} ?" for row in lost]


def _used_up(db: sqlite3.Connection) -> list[str]:
    """Return the tables that can number no further row; SQLite says of them that the disk is full."""
    if not number(db, "SELECT count(*) FROM sqlite_master WHERE name = 'sqlite_sequence'"):
        return []
    rows = db.execute("SELECT name FROM sqlite_sequence WHERE seq NOT BETWEEN 0 AND ?", (_LAST,))
    return [f"{os.fsdecode(name)}: id ?" for (name,) in rows]


def _no_text(db: sqlite3.Connection) -> list[str]:
    """Return the tables in which a text is no UTF-8, which SQLite does not look at."""
    tables = [os.fsdecode(name) for (name,) in db.execute(_TABLES)]
    factory, db.text_factory = db.text_factory, str
    try:
        return [f"{table}: UTF-8 ?" for table in tables if not _is_text(db, table)][:_MOST]
    finally:
        db.text_factory = factory


def _is_text(db: sqlite3.Connection, table: str) -> bool:
    try:
        for _row in db.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a table of ours: compared before
            pass
    except sqlite3.OperationalError as error:
        if "Could not decode" in str(error):  # sqlite3 gives it no code
            return False
        raise
    return True


def interrupted(store: str, path: Path) -> Iterator[Finding]:
    """Tell of a write that was cut short; SQLite takes it back when the file is next opened."""
    journal = journal_of(path)
    if journal.exists() and journal.stat().st_size and not journal_names_another(path):
        yield Finding(
            store,
            Level.NOTICE,
            _("a write was cut short, or is going on; what was half written is taken back at the next start"),
        )


def troubled(store: str, error: sqlite3.Error, remedy: str) -> Finding:
    """Return what an error of SQLite means."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return Finding(
            store, Level.NOTICE, _("it is being written by another Liseuse"), _("try again in a moment")
        )
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, 0}:
        return Finding(store, Level.BAD, _("damaged: {detail}", detail=translated(str(error))), remedy)
    return Finding(
        store,
        Level.BAD,
        _("it cannot be read: {detail}", detail=translated(str(error))),
        _("see that the disk is there and that the file is yours"),
    )
