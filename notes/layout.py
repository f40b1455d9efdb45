"""What a database of ours consists of, compared with what it should: its tables, indexes, views, triggers.

A file that somebody sends can have triggers that drop what is written, or views that never end;
and beside it a journal at whose bidding SQLite deletes a file of any name.
`index/layout.py` is the same: neither package knows the other.
"""

import os
import re
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Final

_GAP: Final = r"(?:\s|--[^\n]*+)"
_UNTOLD: Final = re.compile(rf"('[^']*'|\"[^\"]*\")|{_GAP}*+([(),]){_GAP}*+|{_GAP}++")
"""What may differ: comments and space, outside of what is quoted."""
_PARTS: Final = """
SELECT CAST(type AS BLOB), CAST(name AS BLOB), CAST(sql AS BLOB) FROM sqlite_master WHERE sql IS NOT NULL
"""
_PLANNERS_OWN: Final = {
    "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
}
"""What SQLite makes of itself, at ANALYZE."""
_SUPER: Final = bytes.fromhex("d9d505f920a163d7")
"""Ends a journal of which the last words name another; their length stands before, and a checksum."""
_END: Final = 16
_STEPS: Final = 5_000_000
"""Of SQLite's machine; reading the largest layout of ours takes some thousands."""

_TOLD: Final = 5
_NAME: Final = 60
"""Parts, and characters of each, that an error names."""

Layout = frozenset[tuple[str, str, str]]
"""Of each part its type, its name and its SQL, without comments and space."""


def layout(db: sqlite3.Connection) -> Layout:
    """Return what a database consists of."""
    rows = ([(cell or b"").decode("utf-8", "replace") for cell in row] for row in db.execute(_PARTS))
    parts = ((kind, name, _plain(sql)) for kind, name, sql in rows)
    return frozenset(part for part in parts if part[2] not in _PLANNERS_OWN)


def bounded(db: sqlite3.Connection, *, most: int | None = _STEPS) -> None:
    """Have SQLite give up (SQLITE_INTERRUPT) a statement of more than so many steps; None for no bound.

    For as long as what a database consists of is not known: pages that lead to each other have no end.
    """
    db.set_progress_handler((lambda: 1) if most else None, most or 0)


def layout_of(make: Callable[[sqlite3.Connection], object]) -> Layout:
    """Return what a database consists of that `make` makes in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        make(db)
        return layout(db)


def strange(found: Layout, expected: Layout) -> list[str]:
    """Return, as "trigger name", some parts that are there and should not be, are missing, or are others."""
    return sorted({f"{kind} {name}"[:_NAME] for kind, name, _sql in found ^ expected})[:_TOLD]


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the journal of a database: beside the file, not beside a link to it."""
    return Path(f"{os.path.realpath(path)}-journal")


def journal_names_another(path: Path) -> bool:
    """Tell whether the journal beside a database is no plain file, or names a file besides the database.

    A change of several databases ends with SQLite deleting the file that the journals of all name;
    ours are changed alone, and never name one. Raises OSError. Source: "Database File Format", 3.
    """
    journal = journal_of(path)
    try:
        if not stat.S_ISREG(journal.lstat().st_mode):
            return True
        with journal.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - _END, 0))
            end = file.read(_END)
    except FileNotFoundError:  # or ended meanwhile
        return False
    return end[-len(_SUPER) :] == _SUPER and any(end[:4])


def part_journal(path: Path) -> None:
    """Rename a journal that names another file: nobody is to open the two together. Raises OSError.

    What a link leads to, and lies beside that, is not ours to touch.
    """
    if not path.is_symlink() and journal_names_another(path):
        journal = journal_of(path)
        names = (journal.with_name(f"{journal.name}.{number}") for number in count(1))
        journal.rename(next(name for name in names if not os.path.lexists(name)))


def _plain(sql: str) -> str:
    return _UNTOLD.sub(lambda found: found[1] or found[2] or " ", sql).strip()
