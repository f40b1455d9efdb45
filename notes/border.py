"""The border: no error of sqlite3 that a user can act on crosses it, but as one of ours."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from notes.errors import DiskFull, NotebookError, NotebookReadOnly, damaged, locked


@contextmanager
def wrapped(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the disk that a user can act on into ours; let bugs pass."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise _translated(error, path) from error
    except UnicodeDecodeError as error:  # what SQLite itself says of a name that is no text
        raise damaged(path, "a text in it is no UTF-8") from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise _full(path) if full else _unusable(path, error.strerror or str(error)) from error


def _translated(error: sqlite3.DatabaseError, path: Path) -> NotebookError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the primary code, without its detail
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return locked(path)
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_READONLY:
            return _unwritable(error, path)
        case _ if detail := _damage(error):
            return damaged(path, detail)
        case _:
            return _unusable(path, str(error))


def _unwritable(error: sqlite3.DatabaseError, path: Path) -> NotebookReadOnly:
    if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_DBMOVED:
        return NotebookReadOnly(
            f"the notebook {path} is no longer where it was opened;"
            " put it back, or open Liseuse where it is now"
        )
    return NotebookReadOnly(
        f"the notebook {path} may not be written: its file or disk is read-only; nothing was changed"
    )


def _damage(error: sqlite3.DatabaseError) -> str:
    """Return what is damaged, if that is what an error says."""
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return str(error)
        case sqlite3.SQLITE_INTERRUPT:
            return "its layout has no end"
    return "a text in it is no UTF-8" if "Could not decode" in str(error) else ""  # sqlite3 gives it no code


def _full(path: Path) -> DiskFull:
    return DiskFull(
        f"the disk of {path} is full: this change was not kept, earlier notes are intact;"
        " make room, then try again"
    )


def _unusable(path: Path, detail: str) -> NotebookError:
    return NotebookError(
        f"the notebook {path} cannot be used ({detail}); check that the disk is there and the file is yours"
    )
