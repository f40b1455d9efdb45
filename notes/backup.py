"""Copies of the notebook, made by SQLite itself so that a copy is whole even while notes are written."""

import os
import secrets
import sqlite3
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

from notes import private


def back_up(db: sqlite3.Connection, path: Path, version: int, time: datetime) -> Path:
    """Copy the open notebook at `path` into `backups/` beside it, and return the copy, safe on the disk."""
    folder = path.parent / "backups"
    private.folder(folder)
    copy = folder / f".{secrets.token_hex(6)}.tmp"
    try:
        _copy(db, copy)
        name = _free_name(folder, f"notes-{time:%Y%m%dT%H%M%SZ}-v{version}")
        copy.rename(name)
    finally:
        copy.unlink(missing_ok=True)
    private.sync_folder(folder)
    return name


def _copy(db: sqlite3.Connection, copy: Path) -> None:
    file = private.create(copy)
    try:
        with closing(sqlite3.connect(copy)) as target:
            db.backup(target)
        os.fsync(file)
    finally:
        os.close(file)


def _free_name(folder: Path, stem: str) -> Path:
    names = (folder / f"{stem}{f'-{number}' if number > 1 else ''}.sqlite" for number in count(1))
    return next(name for name in names if not name.exists())
