"""Drafts: what was being written when the editor was left, or the machine stopped."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from notes.anchor import Anchor


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished note, exactly as typed.

    `tags` is the editor's line, not yet split. `note` is the id of the note being
    edited, empty for a new one. `saved` is ISO 8601, UTC.
    """

    article: str
    anchor: Anchor | None
    comment: str
    tags: str
    note: str
    saved: str


_HERE: Final = """ WHERE note = ?4 AND (note <> '' OR (article = ?1 AND start IS ?2 AND "end" IS ?3))"""
_SELECT: Final = "SELECT article, anchor, comment, tags, note, saved FROM draft"
_DELETE: Final = "DELETE FROM draft"
_MOVE: Final = 'UPDATE OR IGNORE draft SET start = ?5, "end" = ?6, anchor = ?7'

Place = tuple[str, int | None, int | None, str]
"""Article, start, end, and the note being edited: what a draft is kept under.

The note alone where there is one: its passage moves when its text changes.
"""


def save(db: sqlite3.Connection, draft: Draft) -> None:
    """Keep `draft`, in place of the one of the same place."""
    span = (draft.anchor.start, draft.anchor.end) if draft.anchor else (None, None)
    drop(db, (draft.article, *span, draft.note))
    anchor = json.dumps(asdict(draft.anchor)) if draft.anchor else None
    db.execute(
        'INSERT INTO draft (article, start, "end", note, anchor, comment, tags, saved)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (draft.article, *span, draft.note, anchor, draft.comment, draft.tags, draft.saved),
    )


def find(db: sqlite3.Connection, place: Place) -> Draft | None:
    """Return the draft of a place, if there is one."""
    row = db.execute(_SELECT + _HERE + " ORDER BY saved DESC, rowid DESC", place).fetchone()
    return _draft(row) if row else None


def move(db: sqlite3.Connection, draft: Draft, anchor: Anchor) -> None:
    """Put a draft at where its passage stands now, unless there is one there already."""
    old = (draft.anchor.start, draft.anchor.end) if draft.anchor else (None, None)
    new = (anchor.start, anchor.end, json.dumps(asdict(anchor)))
    db.execute(_MOVE + _HERE, (draft.article, *old, draft.note, *new))


def every(db: sqlite3.Connection) -> list[Draft]:
    """Return all drafts, the latest first."""
    return [_draft(row) for row in db.execute(_SELECT + " ORDER BY saved DESC, rowid DESC")]


def drop(db: sqlite3.Connection, place: Place) -> None:
    """Forget the draft of a place, if there is one."""
    db.execute(_DELETE + _HERE, place)


def _draft(row: Sequence[str]) -> Draft:
    article, anchor, comment, tags, note, saved = row
    return Draft(article, Anchor(**json.loads(anchor)) if anchor else None, comment, tags, note, saved)
