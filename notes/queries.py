"""Reading the notebook: rows become notes here, and nowhere else."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any, Final

from notes.anchor import Anchor
from notes.characters import fold
from notes.errors import UnknownNote
from notes.note import Note, Source
from notes.state import State
from notes.tags import COLORS, TagCount, key

_MIN_PREFIX: Final = 4
_HEX: Final = frozenset("0123456789abcdef")

_SELECT: Final = """
SELECT n.id, n.article, r.revision, r.start, r."end", r.quote, r.prefix, r.suffix, r.state,
       r.comment, n.created, r.modified, r.title, r.date, r.source, r.url, r.path,
       (SELECT json_group_array(json_array(t.position, g.name))
        FROM note_revision_tag t JOIN tag_now g ON g.id = t.tag
        WHERE t.note = n.id AND t.number = r.number)
FROM note n JOIN note_revision r ON r.note = n.id
"""
_CURRENT: Final = _SELECT + " AND r.number = n.current WHERE NOT r.deleted"
_WITH_ID: Final = " AND n.id GLOB :prefix || '*'"
_OF_ID: Final = " WHERE n.id = ? AND NOT r.deleted ORDER BY r.number"
_OF_ARTICLE: Final = " AND n.article = :article"
_TAGGED: Final = """
 AND NOT EXISTS (
    SELECT 1 FROM json_each(:tags) wanted WHERE NOT EXISTS (
        SELECT 1 FROM note_revision_tag t JOIN tag_now g ON g.id = t.tag
        WHERE t.note = n.id AND t.number = n.current
          AND (g.key = wanted.value OR substr(g.key, 1, length(wanted.value) + 1) = wanted.value || '/')))
"""
_COUNT_BY_ARTICLE: Final = """
SELECT n.article, count(*) FROM note n JOIN note_revision r ON r.note = n.id AND r.number = n.current
WHERE NOT r.deleted GROUP BY n.article ORDER BY n.article
"""
_TAGS_IN_USE: Final = """
SELECT g.name, count(*), max(r.operation), min(t.position), g.color, g.description
FROM note n
JOIN note_revision r ON r.note = n.id AND r.number = n.current
JOIN note_revision_tag t ON t.note = n.id AND t.number = n.current
JOIN tag_now g ON g.id = t.tag
WHERE NOT r.deleted GROUP BY g.id
"""
_BY_USE: Final = " ORDER BY 2 DESC, g.key"
_BY_TIME: Final = " ORDER BY 3 DESC, 4, g.key LIMIT :limit"


def get(db: sqlite3.Connection, wanted: str) -> Note:
    """Return the one note whose id begins with `wanted`, of 4 digits or more. Raises UnknownNote."""
    prefix = wanted.strip().lower()
    if len(prefix) < _MIN_PREFIX or not _HEX.issuperset(prefix):
        message = f"{wanted!r} is not a note's id: give 4 to 12 of the digits 0-9 a-f"
        raise UnknownNote(message)
    found = [_note(row) for row in db.execute(_CURRENT + _WITH_ID, {"prefix": prefix})]
    if not found:
        message = f"no note has the id {prefix}; 'liseuse notes' lists them"
        raise UnknownNote(message)
    if len(found) > 1:
        message = f"{prefix} could be {', '.join(sorted(note.id for note in found))}"
        raise UnknownNote(message)
    return found[0]


def find(db: sqlite3.Connection, id: str) -> Note | None:
    """Return the note of a whole id, None if it is not in the notebook, or no longer."""
    return next(map(_note, db.execute(_CURRENT + " AND n.id = ?", (id,))), None)


def versions(db: sqlite3.Connection, id: str) -> list[Note]:
    """Return all that the note of a whole id has ever been, oldest first, deletions left out."""
    return [_note(row) for row in db.execute(_SELECT + _OF_ID, (id,))]


def notes(db: sqlite3.Connection, article: str | None, tags: Sequence[str], query: str) -> list[Note]:
    """Return the notes that meet every condition, in order of `Note.position`. Raises InvalidTag."""
    sql = _CURRENT + (_OF_ARTICLE if article is not None else "") + (_TAGGED if tags else "")
    values = {"article": article, "tags": json.dumps([key(tag) for tag in tags])}
    words = fold(query).split()
    found = (_note(row) for row in db.execute(sql, values))
    return sorted((note for note in found if _holds(note, words)), key=lambda note: note.position)


def count_by_article(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many notes each annotated article has."""
    return {str(article): int(count) for article, count in db.execute(_COUNT_BY_ARTICLE)}


def tags(db: sqlite3.Connection) -> list[TagCount]:
    """Return the tags that notes bear, the most used first."""
    return [
        TagCount(name, count, color if color in COLORS else "", description)
        for name, count, _used, _position, color, description in db.execute(_TAGS_IN_USE + _BY_USE)
    ]


def recent_tags(db: sqlite3.Connection, limit: int) -> list[str]:
    """Return the tags of the notes written last, the latest first."""
    return [str(row[0]) for row in db.execute(_TAGS_IN_USE + _BY_TIME, {"limit": limit})]


def _holds(note: Note, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = fold("\n".join((note.comment, note.quote, *note.tags)))
    return all(word in text for word in words)


def _note(row: Sequence[Any]) -> Note:
    identity, article, revision, start, end, quote, prefix, suffix, state, comment, created, modified = row[
        :12
    ]
    return Note(
        id=identity,
        article=article,
        revision=revision,
        source=Source(*row[12:17]),
        anchor=None if start is None else Anchor(revision, start, end, quote, prefix, suffix),
        comment=comment,
        tags=tuple(name for _, name in sorted(json.loads(row[17]))),
        created=created,
        modified=modified,
        state=State(state),
    )
