"""Operations on notes, each a set of new revisions, and the way back and forth among them."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from notes.note import Note
from notes.tags import key


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone or redone, such as `add`, `revise` or `place`, and the notes it was done to."""

    kind: str
    note_ids: tuple[str, ...]


def begin(db: sqlite3.Connection, kind: str, time: str) -> int:
    """Record a new operation and return its number; what was undone before can no longer be redone."""
    db.execute("UPDATE operation SET standing = 'dropped' WHERE standing = 'undone'")
    made = db.execute("INSERT INTO operation (kind, time) VALUES (?, ?) RETURNING id", (kind, time))
    return int(made.fetchall()[0][0])


_APPEND: Final = """
INSERT INTO note_revision (note, number, parent, operation, deleted, revision, start, "end", quote, prefix,
                           suffix, state, comment, modified, title, date, source, url, path)
SELECT n.id, 1 + ifnull((SELECT max(number) FROM note_revision r WHERE r.note = n.id), 0), n.current,
       :operation, :deleted, :revision, :start, :end, :quote, :prefix,
       :suffix, :state, :comment, :modified, :title, :date, :source, :url, :path
FROM note n WHERE n.id = :id
RETURNING number
"""


def append(db: sqlite3.Connection, note: Note, operation: int, *, deleted: bool = False) -> None:
    """Make `note`, whose row exists, what it is from now on."""
    record = {name: value for name, value in note.to_json().items() if name not in ("tags", "source")}
    values = {**record, **note.to_json()["source"], "operation": operation, "deleted": int(deleted)}
    number = int(db.execute(_APPEND, values).fetchall()[0][0])
    db.executemany(
        "INSERT INTO note_revision_tag (note, number, position, tag) VALUES (?, ?, ?, ?)",
        [(note.id, number, at, tag_id(db, tag)) for at, tag in enumerate(note.tags)],
    )
    db.execute("UPDATE note SET current = ? WHERE id = ?", (number, note.id))


def known_name(db: sqlite3.Connection, tag: str) -> str:
    """Return how a normalised tag was first written; as it is, if it is new."""
    row = db.execute("SELECT name FROM tag_now WHERE key = ?", (key(tag),)).fetchone()
    return str(row[0]) if row else tag


def tag_id(db: sqlite3.Connection, tag: str) -> int:
    """Return the number of a normalised tag, new or known."""
    db.execute("INSERT INTO tag (name, key) VALUES (?, ?) ON CONFLICT DO NOTHING", (tag, key(tag)))
    return int(db.execute("SELECT id FROM tag WHERE key = ?", (key(tag),)).fetchone()[0])


def last_time(db: sqlite3.Connection) -> str:
    """Return when the last operation that holds was done, in ISO 8601, empty if there is none."""
    row = db.execute("SELECT time FROM operation WHERE standing = 'done' ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def undo(db: sqlite3.Connection) -> Undone | None:
    """Put the notes of the last operation back to what they were before it."""
    last = db.execute("SELECT max(id) FROM operation WHERE standing = 'done'").fetchone()[0]
    return None if last is None else _move(db, last, "undone", "r.parent")


def redo(db: sqlite3.Connection) -> Undone | None:
    """Do again the operation that was undone last."""
    first = db.execute("SELECT min(id) FROM operation WHERE standing = 'undone'").fetchone()[0]
    return None if first is None else _move(db, first, "done", "r.number")


def _move(db: sqlite3.Connection, operation: int, standing: str, target: str) -> Undone:
    db.execute("UPDATE operation SET standing = ? WHERE id = ?", (standing, operation))
    moved = db.execute(
        f"UPDATE note SET current = {target} FROM note_revision r"  # noqa: S608 - one of two constants
        " WHERE r.note = note.id AND r.operation = ? RETURNING id",
        (operation,),
    ).fetchall()
    kind = db.execute("SELECT kind FROM operation WHERE id = ?", (operation,)).fetchone()[0]
    return Undone(str(kind), tuple(sorted(str(row[0]) for row in moved)))
