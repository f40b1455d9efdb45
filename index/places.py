"""Where the articles were read from: files, records in files, folders; what is gone, and what has moved.

A path is bytes, since file names need not be text. A record is told from the
others of its file by a key, empty where the file is the record.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from index.article import Article
from index.store import Row, Store

SAID: Final = ("title", "date", "place", "lang", "source", "author", "url", "encoding")
"""What is known of an article besides its text, which may be said otherwise at each of its places."""
BEST_FIRST: Final = "gone, (date = '') + (url = '') + (source = '') + (author = ''), path, key"
"""The order of an article's places: those that are there, those that say most, and then as they are named."""

READERS: Final = 1
"""To be raised when a reader learns to read what it refused: such files are then read again."""
Refused = tuple[str, str]
"""The key of a record, empty for the whole file, and the reason why it is no article."""
_ROW: Final = f"article, {', '.join(SAID)}"
_GET: Final = f"SELECT gone, {_ROW} FROM location WHERE path = ? AND key = ?"  # noqa: S608 - constants
_SAID_AT: Final = (
    f"SELECT gone, {', '.join(SAID)} FROM location"  # noqa: S608 - constants
    f" WHERE article = ? ORDER BY {BEST_FIRST} LIMIT 5"
)
_PUT: Final = (
    f"REPLACE INTO location (path, key, gone, {_ROW})"  # noqa: S608 - constants
    f" VALUES (?, ?, 0, ?, {', '.join('?' * len(SAID))})"
)
_OF: Final = (
    "SELECT path, title, date, source, url, gone FROM location"  # noqa: S608 - constants
    f" WHERE article = ? ORDER BY {BEST_FIRST}"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file looked like when it was read: its size in bytes and its change time in nanoseconds."""

    size: int
    modified: int
    digest: str = field(default="", compare=False)
    """SHA-256 of its bytes in hexadecimal; empty where they have not been looked at."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A place an article was read from, and what is said of the text there; `gone` if it is there no more."""

    path: str
    title: str
    date: str
    source: str
    url: str
    gone: bool


def printable(path: bytes) -> str:
    """Return a file's name as text: bytes that are not UTF-8 become backslash escapes."""
    return path.decode(errors="backslashreplace")


class Places:
    """The places of a library's articles."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Records

    def at(self, path: bytes, key: str) -> str | None:
        """Return the id of the article read from a place, gone or not, or None."""
        rows = self._store.rows("SELECT article FROM location WHERE path = ? AND key = ?", [path, key])
        return rows[0][0] if rows else None

    def put(self, path: bytes, key: str, article: Article) -> bool:
        """Record that an article is at a place, and what is said of it there; return whether that is new."""
        row = (article.id, *(getattr(article, name) for name in SAID))
        before = self._store.rows(_GET, [path, key])
        if before != [(0, *row)]:
            self._store.change(_PUT, [path, key, *row])
        return not before or before[0][1:] != row

    def said(self, article_id: str) -> Row | None:
        """Return what is said of an article at the best of its places, by `SAID`, or None if it has none.

        The source is that of each of the five best places.
        """
        rows = self._store.rows(_SAID_AT, [article_id])
        if not rows:
            return None
        gone, *best = rows[0]
        at = SAID.index("source")
        names = dict.fromkeys(row[1 + at] for row in rows if row[0] == gone and row[1 + at])
        return (*best[:at], " / ".join(names), *best[at + 1 :])

    def is_gone(self, article_id: str) -> bool:
        """Tell whether an article is at none of its places any more."""
        sql = "SELECT 1 FROM location WHERE article = ? AND gone = 0 LIMIT 1"
        return not self._store.rows(sql, [article_id])

    def is_elsewhere(self, article_id: str, path: bytes, key: str) -> bool:
        """Tell whether an article is at another place than this one too."""
        sql = "SELECT 1 FROM location WHERE article = ? AND gone = 0 AND (path, key) != (?, ?) LIMIT 1"
        return bool(self._store.rows(sql, [article_id, path, key]))

    def forget_gone(self, article_id: str) -> None:
        """Forget the places where an article is no more: it has moved."""
        self._store.change("DELETE FROM location WHERE article = ? AND gone = 1", [article_id])

    def of(self, article_id: str) -> list[Origin]:
        """Return the places of an article, best first."""
        return [
            Origin(printable(path), title, date, source, url, bool(gone))
            for path, title, date, source, url, gone in self._store.rows(_OF, [article_id])
        ]

    # Files

    def stamp(self, path: bytes) -> Stamp | None:
        """Return what a file looked like when it was last read to its end, or None.

        None too if some of it was refused by readers of another generation than ours.
        """
        sql = "SELECT size, modified, digest FROM file WHERE path = ? AND (refused = '[]' OR readers = ?)"
        rows = self._store.rows(sql, [path, READERS])
        return Stamp(*rows[0]) if rows else None

    def set_stamp(self, path: bytes, stamp: Stamp, refused: Sequence[Refused] = ()) -> None:
        """Record that a file was read to its end, looking like this, and what was refused of it."""
        values = (path, stamp.size, stamp.modified, stamp.digest, json.dumps(refused), READERS)
        self._store.change(
            "REPLACE INTO file (path, size, modified, digest, refused, readers) VALUES (?, ?, ?, ?, ?, ?)",
            values,
        )

    def refused(self, path: bytes) -> list[Refused]:
        """Return what was refused of a file that was read to its end."""
        rows = self._store.rows("SELECT refused FROM file WHERE path = ?", [path])
        try:
            return [(str(key), str(reason)) for key, reason in json.loads(rows[0][0])] if rows else []
        # Damaged on the disk, and of no worth: the file says it anew when it changes.
        except (ValueError, TypeError, RecursionError):
            return []

    def records_in(self, path: bytes) -> int:
        """Return how many records that are not gone were read from a file."""
        sql = "SELECT count(*) FROM location WHERE path = ? AND gone = 0"
        return int(self._store.rows(sql, [path])[0][0])

    def keep_only(self, path: bytes, keys: Iterable[str]) -> set[str]:
        """Mark the records of a file as gone but for those of `keys`; return the articles that were there."""
        kept = set(keys)
        rows = self._store.rows("SELECT key, article FROM location WHERE path = ? AND gone = 0", [path])
        lost = [(key, article) for key, article in rows if key not in kept]
        if lost:
            sql = "UPDATE location SET gone = 1 WHERE path = ? AND key = ?"
            self._store.change(sql, *((path, key) for key, _article in lost))
        return {article for _key, article in lost}

    def lose(self, path: bytes) -> set[str]:
        """Mark a file and all its records as gone; return the articles that were there."""
        with self._store.transaction():
            # Without its stamp, so that it is read again should it come back.
            self._store.change("DELETE FROM file WHERE path = ?", [path])
            return self.keep_only(path, ())

    def files(self) -> list[bytes]:
        """Return every file with records that are not gone."""
        return [row[0] for row in self._store.rows("SELECT DISTINCT path FROM location WHERE gone = 0")]

    # Folders

    def remember_folder(self, path: bytes) -> None:
        """Remember a folder that was added, so that it can be looked at again."""
        self._store.change("INSERT OR IGNORE INTO folder VALUES (?)", [path])

    def folders(self) -> list[bytes]:
        """Return the folders that were added."""
        return [row[0] for row in self._store.rows("SELECT path FROM folder ORDER BY path")]

    def to_look_at(self) -> list[bytes]:
        """Return the remembered folders, and the files that are in none of them."""
        folders = self.folders()
        inside = tuple(os.path.join(folder, b"") for folder in folders)
        return [*folders, *(path for path in self.files() if not path.startswith(inside))]
