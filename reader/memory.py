"""What is remembered between sessions and is of little worth: queries, searches kept, articles read.

One small SQLite file. Losing it loses no article and no note, so a memory that cannot be
used is set aside and a new one begun, and one that cannot be written lasts for the session.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.layout import bounded, journal_names_another, layout, layout_of, part_journal

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS asked (query TEXT PRIMARY KEY, used INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS kept (query TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS seen (article TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reached (article TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""
_MOST: Final = 64 << 20
"""Bytes of the file; a hundred thousand articles read take five millions."""
_REMEMBERED: Final = 500
"""Queries in the history."""


class Memory:
    """The queries followed, the searches kept, the articles read. Safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError:
            with suppress(OSError):
                part_journal(path)
                path.replace(path.with_name(path.name + ".damaged"))
                Path(f"{path}-journal").unlink(missing_ok=True)
            self._db = _anew(path)
        except OSError:
            self._db = _anew(None)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._db.close()

    # Queries

    def queries(self) -> list[str]:
        """Return the queries followed, the latest first."""
        rows = self._rows("SELECT query FROM asked ORDER BY used DESC LIMIT ?", _REMEMBERED)
        return [query for (query,) in rows]

    def remember(self, query: str) -> None:
        """Put a query at the head of the history."""
        self._change("REPLACE INTO asked VALUES (?, (SELECT coalesce(max(used), 0) + 1 FROM asked))", [query])
        self._change(
            "DELETE FROM asked WHERE query NOT IN (SELECT query FROM asked ORDER BY used DESC LIMIT ?)",
            [_REMEMBERED],
        )

    def kept(self) -> list[str]:
        """Return the searches kept, the oldest first."""
        return [query for (query,) in self._rows("SELECT query FROM kept ORDER BY rowid")]

    def keep(self, query: str) -> None:
        """Keep a search."""
        self._change("INSERT OR IGNORE INTO kept VALUES (?)", [query])

    def drop(self, query: str) -> None:
        """Keep a search no longer."""
        self._change("DELETE FROM kept WHERE query = ?", [query])

    # Articles

    def read(self) -> frozenset[str]:
        """Return the ids of the articles that have been read."""
        return frozenset(article for (article,) in self._rows("SELECT article FROM seen"))

    def mark(self, article: str, *, read: bool) -> None:
        """Note that an article has been read, or has not."""
        sql = "INSERT OR IGNORE INTO seen VALUES (?)" if read else "DELETE FROM seen WHERE article = ?"
        self._change(sql, [article])

    def reach(self, article: str, offset: int) -> None:
        """Note where the caret is in an article, as an offset into its text."""
        self._change("REPLACE INTO reached VALUES (?, ?)", [article, offset])

    def reached(self, article: str) -> int:
        """Return where the caret was in an article; 0 in one never opened."""
        rows = self._rows("SELECT at FROM reached WHERE article = ?", article)
        return int(rows[0][0]) if rows else 0

    def _rows(self, sql: str, *values: object) -> list[tuple[str]]:
        with self._lock, suppress(sqlite3.DatabaseError):  # damaged, or another's lock: nothing is known
            return self._db.execute(sql, values).fetchall()
        return []

    def _change(self, sql: str, values: Iterable[object]) -> None:
        with self._lock, suppress(sqlite3.OperationalError):  # a full disk, another's lock: not worth a word
            self._db.execute(sql, tuple(values))


def _opened(path: Path) -> sqlite3.Connection:
    """Open the file, made if there is none. Raises OSError, and sqlite3.DatabaseError if it is no memory."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.is_symlink():
        raise sqlite3.DatabaseError("a link, to what may be another program's")
    path.touch(0o600)
    if path.stat().st_size > _MOST or journal_names_another(path):
        raise sqlite3.DatabaseError("too much, or with another's journal")
    db = sqlite3.connect(path, timeout=0.2, isolation_level=None, check_same_thread=False)
    bounded(db)
    if layout(db) - layout_of(_make):
        raise sqlite3.DatabaseError("not of our making: it may never answer")
    bounded(db, most=None)
    if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise sqlite3.DatabaseError("pages that lead to each other may have no end")
    _make(db)
    return db


def _make(db: sqlite3.Connection) -> None:
    db.executescript(_TABLES)


def _anew(path: Path | None) -> sqlite3.Connection:
    with suppress(OSError, sqlite3.Error):
        if path:
            return _opened(path)
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _make(db)
    return db
