"""The notebook's file: opened privately, checked before it is touched, written in whole transactions.

`journal_mode=DELETE` with `synchronous=EXTRA` is the one setting that lost nothing
in simulated power cuts with every SQLite in use (reliability study, 3).
"""

import errno
import os
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from notes import backup, private, schema
from notes.border import wrapped
from notes.errors import NotebookError, NotebookLocked, damaged, read_only
from notes.layout import bounded, journal_names_another
from notes.lock import InstanceLock

_OTHERS_SECONDS: Final = 5.0
"""How long others that bring the notebook up to date are waited for; an interface has it for hours."""
_WAIT_SECONDS: Final = 30.0  # SQLite lets writers pass each other: on a busy machine one waits long
_PRIVATE: Final = 0o600
_HARDENING: Final = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA temp_store = MEMORY",  # no note in a file for sorting, which may lie on another disk
)

# Two threads must not open at once: closing the descriptor a file was created with
# drops every lock this process holds on that file, those of the other thread too.
_OPENING: Final = threading.Lock()


class Store:
    """One connection that threads take turns with."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        """Open the file at `path`, making it if there is none. Raises NotebookError."""
        self.path = path
        self._clock = clock
        self._turn = threading.RLock()
        self._lock = InstanceLock(path)
        self._wants_lock = False
        with _OPENING, wrapped(path):
            _create_or_check(path)
            if journal_names_another(path):
                raise damaged(path, "its journal names another file")
            self._db = _connect(path)
            try:
                _prepare(self._db, path)
                self._bring_up_to_date()
            except BaseException:
                self._db.close()
                raise

    def _bring_up_to_date(self) -> None:
        """Give a notebook the present format, and keep a copy of an older one."""
        if not 0 < schema.version(self._db) < schema.latest():
            schema.migrate(self._db)
            return
        try:
            # An interface of an earlier version would not know it any more.
            with self._lock.alone(_OTHERS_SECONDS):
                if (older := schema.version(self._db)) < schema.latest():
                    backup.back_up(self._db, self.path, self._clock(), older=older)
                    schema.migrate(self._db)
        except TimeoutError:
            message = f"the notebook {self.path} is open in an earlier Liseuse: close it, then try again"
            raise NotebookLocked(message) from None
        except OSError as error:
            if error.errno != errno.EROFS:
                raise
            self._db = _brought_up_to_date_in_memory(self._db)

    def close(self) -> None:
        """Give the file and the lock back."""
        with self._turn:
            self._db.close()
            self._lock.release()

    @property
    def is_read_only(self) -> bool:
        """Whether another process has the lock that this store was told to hold."""
        return self._wants_lock and not self._lock.is_held

    def hold(self) -> bool:
        """Be the one that writes, if no other is; tell whether this one is. Raises NotebookError."""
        self._wants_lock = True
        with self._turn, wrapped(self.path):
            try:
                return self._lock.take()
            except OSError as error:
                if error.errno != errno.EROFS:
                    raise
                self._wants_lock = False  # nobody writes there: a change is refused with the reason
                return True

    def back_up(self, *, unless_done: bool = False) -> Path | None:
        """Copy the file into `backups/`; None if `unless_done` and nothing is new since the last copy.

        Raises NotebookError.
        """
        with self._turn, wrapped(self.path):
            if unless_done and not self._has_changed():
                return None
            return backup.back_up(self._db, self.path, self._clock())

    def _has_changed(self) -> bool:
        if not backup.backups(self.path):
            return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM operation)").fetchone()[0])
        return not backup.is_copied(self.path)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for reading. Raises NotebookError."""
        with self._turn, wrapped(self.path):
            yield self._db

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection for one change: on leaving, all of it is on the disk, or none.

        Raises NotebookError.
        """
        if self.is_read_only and not self.hold():  # the other may have ended since
            raise read_only(self.path)
        with self._turn, wrapped(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._check_format()
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # SQLite may have rolled back by itself
                    self._db.execute("ROLLBACK")
                raise

    def _check_format(self) -> None:
        """Write in no older notebook that was brought back under one who only reads. Raises NotebookError."""
        if schema.version(self._db) < schema.latest():
            message = f"an older notebook has come in the place of {self.path}: start Liseuse again"
            raise NotebookError(message)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None, check_same_thread=False)


def _create_or_check(path: Path) -> None:
    private.folder(path.parent)
    try:
        file = private.create(path)
    except FileExistsError:
        _check_from_outside(path)
    else:
        os.close(file)
        private.sync_folder(path.parent)


def _check_from_outside(path: Path) -> None:
    """Refuse another program's database before SQLite recovers, converts or locks it.

    Only a clear answer counts. A file that cannot be read without locks may be in
    the middle of a write: what it is worth is then found out with locks.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(address, uri=True)) as db:
        bounded(db)
        schema.version(db)


def _prepare(db: sqlite3.Connection, path: Path) -> None:
    bounded(db)
    _harden(db)
    if altered := schema.altered(db):
        raise damaged(path, f"not of our making: {', '.join(altered)}")
    bounded(db, most=None)
    health = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    if health != "ok":
        raise damaged(path, health)
    if stat.S_IMODE(path.stat().st_mode) != _PRIVATE:
        path.chmod(_PRIVATE)
    db.execute("PRAGMA journal_mode = DELETE")


def _harden(db: sqlite3.Connection) -> None:
    for setting in _HARDENING:
        db.execute(setting)


def _brought_up_to_date_in_memory(db: sqlite3.Connection) -> sqlite3.Connection:
    """Return what stands for a notebook that nobody may write: all of it, and it refuses changes."""
    with closing(db):
        copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        db.backup(copy)
    _harden(copy)
    schema.migrate(copy)
    copy.execute("PRAGMA query_only = ON")
    return copy
