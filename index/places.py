"""Where the articles were read from: files, records in files, folders; what is gone, and what has moved.

A path is bytes, since file names need not be text. A record is told from the
others of its file by a key, empty where the file is the record.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass

from index.store import Store


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file looked like when it was read: its size in bytes and its change time in nanoseconds."""

    size: int
    modified: int


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

    def put(self, path: bytes, key: str, article_id: str) -> None:
        """Record that an article is read from a place."""
        self._store.change(
            "REPLACE INTO location (path, key, article, gone) VALUES (?, ?, ?, 0)", [path, key, article_id]
        )

    def is_gone(self, article_id: str) -> bool:
        """Tell whether every place an article was read from is gone."""
        sql = "SELECT min(gone) FROM location WHERE article = ?"
        return bool(self._store.rows(sql, [article_id])[0][0])

    def move(self, article_id: str, path: bytes, key: str) -> None:
        """Record that an article whose places are gone is at this one now."""
        with self._store.transaction():
            self._store.change("DELETE FROM location WHERE article = ? AND gone = 1", [article_id])
            self.put(path, key, article_id)

    # Files

    def stamp(self, path: bytes) -> Stamp | None:
        """Return what a file looked like when it was last read to its end, or None."""
        rows = self._store.rows("SELECT size, modified FROM file WHERE path = ?", [path])
        return Stamp(*rows[0]) if rows else None

    def set_stamp(self, path: bytes, stamp: Stamp) -> None:
        """Record that a file was read to its end, looking like this."""
        self._store.change("REPLACE INTO file VALUES (?, ?, ?)", [path, stamp.size, stamp.modified])

    def records_in(self, path: bytes) -> int:
        """Return how many records that are not gone were read from a file."""
        sql = "SELECT count(*) FROM location WHERE path = ? AND gone = 0"
        return int(self._store.rows(sql, [path])[0][0])

    def keep_only(self, path: bytes, keys: Iterable[str]) -> list[str]:
        """Mark the records of a file as gone but for those of `keys`; return the articles newly gone."""
        kept = set(keys)
        rows = self._store.rows("SELECT key, article FROM location WHERE path = ? AND gone = 0", [path])
        lost = [(key, article) for key, article in rows if key not in kept]
        with self._store.transaction():
            for key, _article in lost:
                self._store.change("UPDATE location SET gone = 1 WHERE path = ? AND key = ?", [path, key])
            return sorted({article for _key, article in lost if self.is_gone(article)})

    def lose(self, path: bytes) -> list[str]:
        """Mark a file and all its records as gone; return the articles newly gone."""
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
