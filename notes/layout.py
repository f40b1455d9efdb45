"""What a database of ours consists of, compared with what it should: its tables, indexes, views, triggers.

A file that somebody sends can have triggers that drop what is written, or views that never end.
`index/layout.py` is the same: neither package knows the other.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Final

_COMMENT: Final = re.compile(r"--[^\n]*")
_SPACE: Final = re.compile(r"\s*([(),])\s*")
_PARTS: Final = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
_PLANNERS_OWN: Final = re.compile(r"CREATE TABLE sqlite_stat[134]\(")
"""What SQLite makes of itself, at ANALYZE."""

_TOLD: Final = 5
_NAME: Final = 60
"""Parts, and characters of each, that an error names."""

Layout = frozenset[tuple[str, str, str]]
"""Of each part its type, its name and its SQL, without comments and space."""


def layout(db: sqlite3.Connection) -> Layout:
    """Return what a database consists of."""
    rows = (tuple(map(os.fsdecode, row)) for row in db.execute(_PARTS))
    parts = ((kind, name, _plain(sql)) for kind, name, sql in rows)
    return frozenset(part for part in parts if not _PLANNERS_OWN.match(part[2]))


def layout_of(make: Callable[[sqlite3.Connection], object]) -> Layout:
    """Return what a database consists of that `make` makes in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        make(db)
        return layout(db)


def strange(found: Layout, expected: Layout) -> list[str]:
    """Return, as "trigger name", some parts that are there and should not be, are missing, or are others."""
    return sorted({f"{kind} {name}"[:_NAME] for kind, name, _sql in found ^ expected})[:_TOLD]


def _plain(sql: str) -> str:
    return _SPACE.sub(r"\1", " ".join(_COMMENT.sub(" ", sql).split()))
