"""Drafts: what was being written when the editor was left, or the machine stopped."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

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


_HERE: Final = " WHERE note = ?3 AND (note <> '' OR (article = ?1 AND anchor IS ?2))"
_SELECT: Final = "SELECT article, anchor, comment, tags, note, saved FROM draft"
_DELETE: Final = "DELETE FROM draft"

Place = tuple[str, Anchor | None, str]
"""Article, anchor, and the note being edited: what a draft is kept under.

The note alone where there is one. A new one has the anchor it was begun with, for as long as it is a
draft: the text may change while it is written, and who looks for it sees where its passage stands now.
"""


def save(db: sqlite3.Connection, draft: Draft) -> None:
    """Keep `draft`, in place of the one of the same place."""
    place = (draft.article, draft.anchor, draft.note)
    drop(db, place)
    db.execute(
        "INSERT INTO draft (article, anchor, note, comment, tags, saved) VALUES (?, ?, ?, ?, ?, ?)",
        (*_key(place), draft.comment, draft.tags, draft.saved),
    )


def find(db: sqlite3.Connection, place: Place) -> Draft | None:
    """Return the draft of a place, if there is one."""
    row = db.execute(_SELECT + _HERE + " ORDER BY saved DESC, rowid DESC", _key(place)).fetchone()
    return _draft(row) if row else None


def every(db: sqlite3.Connection) -> list[Draft]:
    """Return all drafts, the latest first."""
    rows = db.execute(_SELECT + " ORDER BY saved DESC, rowid DESC")
    return [draft for row in rows if (draft := _draft(row))]


def drop(db: sqlite3.Connection, place: Place) -> None:
    """Forget the draft of a place, if there is one."""
    db.execute(_DELETE + _HERE, _key(place))


def _key(place: Place) -> tuple[str, str | None, str]:
    article, anchor, note = place
    return article, json.dumps(asdict(anchor)) if anchor else None, note


def _draft(row: Sequence[Any]) -> Draft | None:
    """Return the draft of a row; None for one that no Liseuse has written."""
    article, kept, comment, tags, note, saved = row
    anchor = _anchor(kept) if kept is not None else None
    return Draft(article, anchor, comment, tags, note, saved) if anchor or kept is None else None


def _anchor(kept: str) -> Anchor | None:
    try:
        anchor = Anchor(**json.loads(kept))
    except (ValueError, TypeError, RecursionError):
        return None
    kinds = [type(value) for value in asdict(anchor).values()]
    if kinds != [str, int, int, str, str, str]:
        return None
    return anchor if anchor.start >= 0 and anchor.end - anchor.start == len(anchor.quote) > 0 else None
