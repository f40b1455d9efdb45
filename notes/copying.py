"""One database copied over another by SQLite itself, whole even while it is being written."""

import sqlite3
import time
from pathlib import Path
from typing import Final

from notes.errors import locked

_PATIENCE: Final = 30.0
"""Seconds that another may go on writing."""
_WAITING: Final = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def copy_over(source: sqlite3.Connection, target: sqlite3.Connection, notebook: Path) -> None:
    """Put all of one database in the place of another's, as one transaction.

    `Connection.backup` alone waits without end for one that writes. Raises NotebookLocked, which
    names `notebook`; sqlite3.Error as it comes.
    """
    end = time.monotonic() + _PATIENCE

    def wait(status: int, _remaining: int, _pages: int) -> None:
        if status in _WAITING and time.monotonic() > end:
            raise locked(notebook)

    source.backup(target, progress=wait)
