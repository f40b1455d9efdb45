"""One SQLite connection with transactions, and SQLite's errors in our words."""

import errno
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from index.errors import LibraryBusy, LibraryDamaged, LibraryError, LibraryFull
from index.layout import bounded, journal_names_another
from index.schema import migrate

IMPATIENT: Final = 20.0
"""Seconds that somebody at the keyboard may be kept waiting for another process that writes."""
PATIENT: Final = 24 * 3600.0
"""Seconds for work in the background: SQLite's lock goes to whoever asks in the right moment."""
DAMAGED: Final = "the library is damaged: `liseuse doctor --repair` sets it aside and adds the sources again"

Row = tuple[Any, ...]


@contextmanager
def _wrapped() -> Iterator[None]:
    """Turn SQLite's errors that a user can act on into ours; let bugs pass."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            message = "the library is being written by another Liseuse; try again in a moment"
            raise LibraryBusy(message) from error
        if code == sqlite3.SQLITE_INTERRUPT:
            raise LibraryDamaged(DAMAGED) from error
        if code == sqlite3.SQLITE_FULL:
            message = "the disk is full: nothing was written to the library"
            raise LibraryFull(message) from error
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR):
            message = f"the library cannot be used: {error}"
            raise LibraryError(message) from error
        if "Could not decode" in str(error):  # a flipped bit; sqlite3 gives it no code
            raise LibraryDamaged(DAMAGED) from error
        raise
    except UnicodeDecodeError as error:  # what SQLite itself says of a name that is no text
        raise LibraryDamaged(DAMAGED) from error
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise LibraryDamaged(DAMAGED) from error
        raise


def _create(path: Path) -> None:
    """Make the file, private to its owner, if there is none. Raises OSError; not for one that can be read."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM) or not os.access(path, os.R_OK):
            raise


class Store:
    """The library's file. Safe to use from several threads; a call is one transaction unless inside one."""

    def __init__(self, path: Path, patience: float = IMPATIENT) -> None:
        """Open the file at `path`, making it, private to its owner, if there is none.

        Raises LibraryError: LibraryBusy if another process writes for more than `patience` seconds.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.RLock()
        with _wrapped():
            _create(path)
            if journal_names_another(path):
                raise LibraryDamaged(DAMAGED)
            self._db = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
            try:
                bounded(self._db)
                self._db.executescript(
                    "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                    "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000;"
                )
                migrate(self._db)
            except BaseException:
                self._db.close()
                raise

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what is done inside one change: all of it is kept, or none."""
        with self._lock, _wrapped():
            if self._db.in_transaction:
                yield
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # SQLite may have rolled back by itself
                    self._db.execute("ROLLBACK")
                raise

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Return what a query answers."""
        with self._lock, _wrapped():
            return self._db.execute(sql, values).fetchall()

    def change(self, sql: str, *values: Sequence[object]) -> None:
        """Run one statement once for each row of values, inside a transaction."""
        with self.transaction():
            self._db.executemany(sql, values or [()])
