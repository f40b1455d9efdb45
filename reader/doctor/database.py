"""Looking into an SQLite file without changing a byte of it or of its journal."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.translated import translated

_MOST: Final = 3
"""Reports of damage that are told; one is enough to know, thousands are of no use."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for reading only; texts come as bytes, for a flipped bit need not leave UTF-8."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=0.5, isolation_level=None)) as db:
        db.text_factory = bytes
        yield db


def number(db: sqlite3.Connection, sql: str) -> int:
    """Return the one number that a query answers."""
    return int(db.execute(sql).fetchone()[0])


def damage(db: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the pages, the indexes and the references of a database."""
    said = [os.fsdecode(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST})")]
    if said != ["ok"]:
        return said
    lost = db.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
    return [f"{os.fsdecode(row[0])} {row[1]}: {os.fsdecode(row[2])} ?" for row in lost]


def interrupted(store: str, path: Path) -> Iterator[Finding]:
    """Tell of a write that was cut short; SQLite takes it back when the file is next opened."""
    journal = path.with_name(path.name + "-journal")
    if journal.exists() and journal.stat().st_size:
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
