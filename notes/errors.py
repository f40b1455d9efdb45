"""What can go wrong with the notebook, named for the user's situation.

NotebookError
├── NotebookDamaged    the file cannot be read as a notebook
├── NotebookLocked     another process is writing and did not finish in time
├── NotebookReadOnly   another interface has it open, or its file or disk may not be written
├── NotebookTooNew     made by a later Liseuse
├── NotOurs            a database, but of another program
├── DiskFull           no room: the change was not kept, what was there is intact
├── UnknownNote        no note, or several, answer to an id
└── InvalidTag         a tag that could not be found again

`wrapped` is the border: no error of sqlite3 that a user can act on crosses it.
"""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotebookError(Exception):
    """The notebook cannot do what was asked; the message says what to do."""


class NotebookDamaged(NotebookError):
    """The file is not a readable notebook."""


class NotebookLocked(NotebookError):
    """Another process holds the notebook."""


class NotebookReadOnly(NotebookError):
    """The notebook can be read, not written."""


class NotebookTooNew(NotebookError):
    """The file was made by a later version of Liseuse."""


class NotOurs(NotebookError):
    """The file is a database of another program."""


class DiskFull(NotebookError):
    """There is no room for the change."""


class UnknownNote(NotebookError):
    """No note, or more than one, answers to an id."""


class InvalidTag(NotebookError):
    """A tag is empty, too long, or holds what separates tags."""


@contextmanager
def wrapped(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite and of the disk that a user can act on into ours; let bugs pass."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        raise _translated(error, path) from error
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise _full(path) if full else _unusable(path, error.strerror or str(error)) from error


def damaged(path: Path, detail: str) -> NotebookDamaged:
    """Return the error for a file that is no readable notebook."""
    return NotebookDamaged(
        f"the notebook {path} is damaged ({detail}); it was left as it is. Its backups are in"
        f" {path.parent / 'backups'}: bring one back with 'liseuse restore FILE'"
    )


def read_only(path: Path) -> NotebookReadOnly:
    """Return the error for a notebook that another interface writes in."""
    return NotebookReadOnly(
        f"the notebook {path} is open in another Liseuse: here it can be read; close the other to write"
    )


def _translated(error: sqlite3.DatabaseError, path: Path) -> NotebookError:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:  # the primary code, without its detail
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return NotebookLocked(
                f"the notebook {path} is being written by another Liseuse; try again in a moment"
            )
        case sqlite3.SQLITE_FULL:
            return _full(path)
        case sqlite3.SQLITE_READONLY:
            return NotebookReadOnly(
                f"the notebook {path} may not be written: its file or disk is read-only; nothing was changed"
            )
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(path, str(error))
        case _:
            return _unusable(path, str(error))


def _full(path: Path) -> DiskFull:
    return DiskFull(
        f"the disk of {path} is full: this change was not kept, earlier notes are intact;"
        " make room, then try again"
    )


def _unusable(path: Path, detail: str) -> NotebookError:
    return NotebookError(
        f"the notebook {path} cannot be used ({detail}); check that the disk is there and the file is yours"
    )
