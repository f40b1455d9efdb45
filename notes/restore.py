"""Bringing a copy of the notebook back: what is there now is kept first, damaged or not."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Final

from notes import private, schema
from notes.backup import make, prune
from notes.border import wrapped
from notes.copying import copy_over
from notes.errors import NotebookDamaged, NotebookError, NotebookLocked, NotOurs, damaged, locked
from notes.layout import bounded, journal_names_another, part_journal
from notes.lock import InstanceLock

_WAIT_SECONDS: Final = 5.0
_ATTEMPTS: Final = 9
"""How often something may appear in the place of the notebook just then."""


def restore(notebook: Path, copy: Path, time: datetime) -> Path | None:
    """Put a copy in the place of the notebook; return where what was there is kept, if anything was.

    Raises NotebookLocked while an interface has the notebook open, NotebookDamaged,
    NotOurs and NotebookTooNew for a copy that is none; then nothing is changed.
    """
    with wrapped(copy):
        _check(notebook, copy)
    with wrapped(notebook):
        private.folder(notebook.parent)
        lock = InstanceLock(notebook)
        if not lock.take():
            message = f"the notebook {notebook} is open in another Liseuse: close it, then restore again"
            raise NotebookLocked(message)
        try:
            with _fetched(notebook, copy) as new:
                kept = _replace(notebook, new, time)
            private.sweep(notebook.parent)  # nobody else restores now
        finally:
            lock.release()
    return kept


def _check(notebook: Path, copy: Path) -> None:
    if not copy.is_file():
        message = f"there is no file {copy}; 'liseuse backup --list' lists the copies"
        raise NotebookError(message)
    if notebook.exists() and copy.samefile(notebook):
        message = f"{copy} is the notebook itself; 'liseuse backup --list' lists the copies"
        raise NotebookError(message)
    if journal_names_another(copy):
        raise damaged(copy, "its journal names another file")
    with closing(_read(copy)) as db:
        bounded(db)
        if schema.version(db) == 0:
            message = f"the file {copy} is no notebook"
            raise NotOurs(message)
        if altered := schema.altered(db):
            message = f"the file {copy} has parts that no Liseuse made: {', '.join(altered)}"
            raise NotOurs(message)


def _read(copy: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)


@contextmanager
def _fetched(notebook: Path, copy: Path) -> Iterator[Path]:
    """Yield what is to be put in place, beside the notebook and sound: the copy itself may be pruned."""
    new = private.temporary(notebook.parent)
    file = private.create(new)
    try:
        try:
            with closing(_read(copy)) as source, closing(sqlite3.connect(new)) as target:
                copy_over(source, target, copy)
                # Here, for where SQLite may not write it leaves the CHECKs out.
                health = str(target.execute("PRAGMA integrity_check(1)").fetchone()[0])
            os.fsync(file)
        finally:
            os.close(file)
        if health != "ok":
            raise damaged(copy, health)
        yield new
    finally:
        private.discard(new)


def _replace(notebook: Path, new: Path, time: datetime) -> Path | None:
    """Put the copy in place; what another makes there at the same time is no less kept."""
    kept = None
    for _attempt in range(_ATTEMPTS):
        if notebook.is_file():
            with suppress(_Unsound):
                return _overwrite(notebook, new, time)
        kept = _put_aside(notebook, time) or kept
        if private.place(new, notebook):
            private.sync_folder(notebook.parent)
            return kept
    raise locked(notebook)


class _Unsound(Exception):
    """What is in the place of the notebook is none that can be written over."""


def _overwrite(notebook: Path, new: Path, time: datetime) -> Path | None:
    """Write the copy over a notebook, and return the backup of it; of an empty one there is none.

    Raises _Unsound.
    """
    try:
        with closing(_opened(notebook)) as db:
            # Locked until it is closed: what is saved between the two would be in neither.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            db.execute("BEGIN EXCLUSIVE")
            db.execute("COMMIT")
            kept = make(db, notebook, time) if _has_a_format(db) else None
            with closing(sqlite3.connect(new)) as source:
                copy_over(source, db, notebook)  # whoever has it open sees the old or the new
    except (sqlite3.DatabaseError, NotebookDamaged, NotOurs) as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _NO_NOTEBOOK:
            raise
        raise _Unsound from error
    prune(notebook, time)
    return kept


def _has_a_format(db: sqlite3.Connection) -> bool:
    """Tell a notebook from an empty file. Raises _Unsound for what is neither."""
    if db.execute("PRAGMA user_version").fetchone()[0]:
        return True
    if db.execute("SELECT EXISTS (SELECT 1 FROM sqlite_master)").fetchone()[0]:
        raise _Unsound
    return False


_NO_NOTEBOOK: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_INTERRUPT)


def _opened(notebook: Path) -> sqlite3.Connection:
    if journal_names_another(notebook):
        raise damaged(notebook, "its journal names another file")
    db = sqlite3.connect(notebook, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        bounded(db)
        db.execute("PRAGMA synchronous = EXTRA")
        schema.version(db)
        bounded(db, most=None)
    except BaseException:
        db.close()
        raise
    return db


def _put_aside(notebook: Path, time: datetime) -> Path | None:
    """Rename what is there and no notebook, and what SQLite keeps beside it; return its new name, if any.

    Also where the notebook is gone: SQLite would take the journal that it has left for the copy's.
    """
    part_journal(notebook)
    names = (notebook.with_name(f"notes-damaged-{time:%Y%m%dT%H%M%SZ}-{n}.sqlite") for n in count(1))
    aside = next(name for name in names if not any(map(os.path.lexists, _with_its_own(name))))
    here = zip(_with_its_own(notebook), _with_its_own(aside), strict=True)
    found = [(path, name) for path, name in here if os.path.lexists(path)]
    for path, name in found:
        path.rename(name)
    if found:
        private.sync_folder(notebook.parent)
    return found[-1][1] if found else None


def _with_its_own(notebook: Path) -> list[Path]:
    """Return what SQLite keeps beside a notebook, and the notebook."""
    return [Path(f"{notebook}{suffix}") for suffix in ("-journal", "-wal", "-shm", "")]
