"""Copies of the notebook, made by SQLite itself so that a copy is whole even while notes are written.

Kept are the ten last, and the newest of each of seven days, eight weeks and twelve
months; copies of older formats are kept for good.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from notes import private
from notes.copying import copy_over
from notes.errors import damaged

_NAME: Final = re.compile(r"notes-(\d{8}T\d{6}Z)(?:-v\d+)?(?:-(\d+))?\.sqlite")
_OLDER: Final = re.compile(r"-v\d+")
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_LAST: Final = 10
_ABANDONED: Final = 3600.0
"""Seconds after which nobody is making a copy any more."""
_PERIODS: Final[tuple[tuple[int, Callable[[datetime], object]], ...]] = (
    (7, lambda time: time.date()),
    (8, lambda time: time.isocalendar()[:2]),
    (12, lambda time: (time.year, time.month)),
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the notebook, when it was made (UTC), and which of that second it is.

    `changed` (nanoseconds) says what it is a copy of: the time of the notebook's last change.
    """

    path: Path
    time: datetime
    number: int
    size: int
    changed: int


def folder_of(notebook: Path) -> Path:
    """Return where the copies of a notebook are."""
    return notebook.parent / "backups"


def backups(notebook: Path) -> list[Backup]:
    """Return the copies of the notebook at a path, the newest first."""
    found = []
    with suppress(FileNotFoundError, NotADirectoryError):
        for path in folder_of(notebook).iterdir():
            if name := _NAME.fullmatch(path.name):
                with suppress(ValueError, OSError):  # no such day; removed meanwhile, a link to nothing
                    time, file = datetime.strptime(name[1], _STAMP).replace(tzinfo=UTC), path.stat()
                    found.append(Backup(path, time, int(name[2] or 1), file.st_size, file.st_mtime_ns))
    return sorted(found, key=lambda one: (one.time, one.number, one.path.name), reverse=True)


def back_up(db: sqlite3.Connection, notebook: Path, time: datetime, *, older: int = 0) -> Path:
    """Copy the open notebook as `make` does, and remove the copies that are not to be kept."""
    made = make(db, notebook, time, older=older)
    prune(notebook, time)
    return made


def make(db: sqlite3.Connection, notebook: Path, time: datetime, *, older: int = 0) -> Path:
    """Copy the open notebook into `backups/`, and return the copy, checked and safe on the disk.

    `older` is the format of a notebook that is about to be brought up to date. Raises
    NotebookDamaged if the copy is not sound, NotebookLocked; OSError and sqlite3.Error as they come.
    """
    folder = folder_of(notebook)
    private.folder(folder)
    private.sweep(folder, older=_ABANDONED)
    copy = private.temporary(folder)
    try:
        changed = notebook.stat().st_mtime_ns
        _copy(db, notebook, copy)
        os.utime(copy, ns=(changed, changed))  # says what it is a copy of, whatever becomes of the clock
        while not private.place(copy, name := _next_name(notebook, time, f"-v{older}" if older else "")):
            pass  # another process has made one of this name
    finally:
        private.discard(copy)
    private.sync_folder(folder)
    return name


def is_copied(notebook: Path) -> bool:
    """Tell whether there is a copy of the notebook as it is. Raises OSError."""
    changed = notebook.stat().st_mtime_ns
    return any(one.changed == changed for one in backups(notebook))


def _copy(db: sqlite3.Connection, notebook: Path, copy: Path) -> None:
    file = private.create(copy)
    try:
        with closing(sqlite3.connect(copy)) as target:
            copy_over(db, target, notebook)
            health = str(target.execute("PRAGMA quick_check(1)").fetchone()[0])
        if health != "ok":
            raise damaged(copy, health)
        os.fsync(file)
    finally:
        os.close(file)


def _next_name(notebook: Path, time: datetime, older: str) -> Path:
    """Return a name that no copy has, after those of the same second."""
    second = time.replace(microsecond=0)
    number = 1 + max((one.number for one in backups(notebook) if one.time == second), default=0)
    numbered = f"-{number}" if number > 1 else ""
    return folder_of(notebook) / f"notes-{time:{_STAMP}}{older}{numbered}.sqlite"


def prune(notebook: Path, now: datetime) -> None:
    """Remove the copies that are not to be kept.

    Those from the future are: the clock was set back, and nothing that is made now comes after them.
    """
    found = [one for one in backups(notebook) if one.time <= now and not _OLDER.search(one.path.name)]
    kept = set(_kept(found))
    for one in found:
        if one not in kept:
            one.path.unlink(missing_ok=True)


def _kept(found: list[Backup]) -> Iterator[Backup]:
    """Yield what is kept of copies given newest first."""
    yield from found[:_LAST]
    for most, period in _PERIODS:
        newest: dict[object, Backup] = {}
        for one in found:
            newest.setdefault(period(one.time), one)
        yield from list(newest.values())[:most]
