"""Taking deleted notes out of the notebook's file for good: for those who have sources to protect.

Deleting a note keeps it in the history, so that it can be undone. A purge takes out every revision of
the deleted notes, the texts and tags that only they had, and overwrites what held them. What a disk
keeps of a file's former blocks is beyond a program: see docs/security.md.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from notes import private, schema
from notes.backup import folder_of
from notes.border import wrapped
from notes.errors import NotebookError, NotebookLocked
from notes.layout import bounded, journal_names_another
from notes.store import Store

_DELETED: Final = """
SELECT id FROM note LEFT JOIN note_revision r ON r.note = id AND r.number = current
WHERE current IS NULL OR deleted
"""
_NOTES: Final = "SELECT id FROM note"
_OF_NOTE: Final = (
    "DELETE FROM note_revision_tag WHERE note = ?",
    "UPDATE note SET current = NULL WHERE id = ?",
    "DELETE FROM note_revision WHERE note = ?",
    "DELETE FROM draft WHERE note = ?",
    "DELETE FROM note WHERE id = ?",
)
_OF_NOBODY: Final = (
    "DELETE FROM snapshot WHERE revision NOT IN (SELECT revision FROM note_revision)",
    "DELETE FROM tag_revision WHERE tag NOT IN (SELECT tag FROM note_revision_tag)",
    "DELETE FROM tag WHERE id NOT IN (SELECT tag FROM note_revision_tag)",
    """DELETE FROM operation WHERE id NOT IN
    (SELECT operation FROM note_revision UNION SELECT operation FROM tag_revision)""",
)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many deleted notes there were, and the copies of the notebook that still hold what they held."""

    notes: int
    backups: tuple[Path, ...] = ()


def deleted(path: Path) -> list[str]:
    """Return the ids of the deleted notes in the notebook at `path`. Raises NotebookError."""
    with closing(Store(path, lambda: datetime.now(UTC))) as store, store.read() as db:
        return _ids(db, _DELETED)


def purge(path: Path, *, backups: bool = False) -> Purged:
    """Take the deleted notes out of the notebook at `path`, and out of its backups too if asked.

    Nothing brings them back. Raises NotebookLocked while an interface has the notebook open, and
    other NotebookErrors; then the notebook is as it was.
    """
    with closing(Store(path, lambda: datetime.now(UTC))) as store:
        if not store.hold():
            message = f"the notebook {path} is open in another Liseuse: close it, then purge again"
            raise NotebookLocked(message)
        with store.write() as db:
            ids = _ids(db, _DELETED)
            _take_out(db, ids)
            left = frozenset(_ids(db, _NOTES))
        with store.read() as db:
            _overwrite(db)
        private.sweep(path.parent)
        private.sweep(folder_of(path))
    holding = (copy for copy in _copies(path) if not (backups and _purged(copy, ids, left)))
    return Purged(len(ids), tuple(holding))


def _ids(db: sqlite3.Connection, query: str) -> list[str]:
    return [str(row[0]) for row in db.execute(query)]


def _copies(path: Path) -> list[Path]:
    """Return the backups, and the damaged notebooks that `restore` has put aside."""
    return [*sorted(folder_of(path).glob("*.sqlite")), *sorted(path.parent.glob("notes-damaged-*.sqlite"))]


def _take_out(db: sqlite3.Connection, ids: Sequence[str]) -> None:
    """Delete notes, inside a transaction that its triggers and references would forbid."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _sql in guards:
        db.execute(f'DROP TRIGGER "{name}"')
    for id in ids:  # noqa: A001 - the contract's word
        for statement in _OF_NOTE:
            db.execute(statement, [id])
    for statement in _OF_NOBODY:
        db.execute(statement)
    for _name, sql in guards:
        db.execute(sql)


def _overwrite(db: sqlite3.Connection) -> None:
    """Write the whole file anew; what is passed on the way stays in memory, not in a temporary file."""
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("VACUUM")


def _purged(copy: Path, ids: Sequence[str], left: frozenset[str]) -> bool:
    """Take notes out of a backup; return whether it then holds none but those `left` in the notebook.

    One of an older format is left as it is.
    """
    try:
        with wrapped(copy), closing(sqlite3.connect(copy, isolation_level=None)) as db:
            bounded(db)
            if journal_names_another(copy) or schema.version(db) != schema.latest() or schema.altered(db):
                return False
            bounded(db, most=None)
            db.execute("PRAGMA secure_delete = ON")
            db.execute("BEGIN IMMEDIATE")
            # Only what is known to be deleted, here or there: a note that the notebook lacks for
            # another reason may be what the backup is kept for.
            _take_out(db, sorted({*ids, *_ids(db, _DELETED)}))
            holds_none_else = left.issuperset(_ids(db, _NOTES))
            db.execute("COMMIT")
            _overwrite(db)
    except NotebookError:
        return False
    return holds_none_else
