"""The notebook: every note, its history and what was being written, in one file.

Whatever a method changes is on the disk before it returns.
"""

import hashlib
import secrets
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from notes import drafts, history, operations, queries
from notes.anchor import Anchor
from notes.characters import clean, one_line
from notes.drafts import Draft
from notes.history import Undone
from notes.note import Note, Source
from notes.store import Store
from notes.tags import TagCount, key, normalise


def _now() -> datetime:
    return datetime.now(UTC)


class Notebook:
    """The notes of one person. Safe to use from several threads and processes.

    Every method may raise NotebookError; a note's id may be given by a prefix of 4
    digits or more, and raises UnknownNote if it is not the prefix of one note.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _now) -> Self:
        """Open the notebook at `path`, making it, private to its owner, if there is none.

        A notebook of an older format is copied into `backups/` and brought up to date.
        """
        return cls(Store(path, clock), clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    # Writing

    def add(  # noqa: PLR0917 - a note is made of these
        self,
        article: str,
        revision: str,
        source: Source,
        anchor: Anchor | None,
        comment: str = "",
        tags: Iterable[str] = (),
        text: str | None = None,
    ) -> Note:
        """Keep a new note, on the whole article where `anchor` is None.

        `text` is the article's text, kept so that the note never loses its context.
        Raises InvalidTag, and ValueError if anchor, text and revision disagree.
        """
        _check(revision, anchor, text)
        names, now = _names(tags), self._time()
        with self._store.write() as db:
            if text is not None:
                db.execute("INSERT INTO snapshot VALUES (?, ?) ON CONFLICT DO NOTHING", (revision, text))
            note = Note(
                id=_new_id(db),
                article=article,
                revision=revision,
                source=_clean_source(source),
                anchor=anchor,
                comment=clean(comment),
                tags=tuple(history.known_name(db, name) for name in names),
                created=now,
                modified=now,
            )
            db.execute("INSERT INTO note (id, article, created) VALUES (?, ?, ?)", (note.id, article, now))
            history.append(db, note, history.begin(db, "add", now))
        return note

    def revise(self, id: str, *, comment: str | None = None, tags: Iterable[str] | None = None) -> Note:
        """Change a note's comment, its tags, or both, and return it; nothing new writes nothing.

        Raises InvalidTag.
        """
        names = None if tags is None else _names(tags)
        with self._store.write() as db:
            old = queries.get(db, id)
            note = replace(
                old,
                comment=old.comment if comment is None else clean(comment),
                tags=old.tags if names is None else tuple(history.known_name(db, name) for name in names),
            )
            if note == old:
                return old
            note = replace(note, modified=self._time())
            history.append(db, note, history.begin(db, "revise", note.modified))
        return note

    def remove(self, *ids: str) -> int:
        """Take notes out of the notebook, as one step that `undo` takes back; return how many."""
        with self._store.write() as db:
            return operations.remove(db, ids, self._time())

    def tag(self, ids: Iterable[str], tag: str) -> int:
        """Give notes a tag, as one step; return how many did not bear it. Raises InvalidTag."""
        with self._store.write() as db:
            return operations.tag(db, ids, normalise(tag), self._time())

    def untag(self, ids: Iterable[str], tag: str) -> int:
        """Take a tag from notes, as one step; return how many bore it. Raises InvalidTag."""
        with self._store.write() as db:
            return operations.untag(db, ids, normalise(tag), self._time())

    def undo(self) -> Undone | None:
        """Undo the last change that still stands, also one made before the notebook was closed."""
        with self._store.write() as db:
            return history.undo(db)

    def redo(self) -> Undone | None:
        """Do again what was undone last; impossible once something new is written."""
        with self._store.write() as db:
            return history.redo(db)

    def last_change(self) -> str:
        """Return when the change that `undo` would undo was made, in ISO 8601, empty if there is none."""
        with self._store.read() as db:
            return history.last_time(db)

    # Reading

    def get(self, id: str) -> Note:
        """Return one note."""
        with self._store.read() as db:
            return queries.get(db, id)

    def notes(
        self, *, article: str | None = None, tag: str | Iterable[str] | None = None, query: str | None = None
    ) -> list[Note]:
        """Return the notes that meet every condition, article by article and in text order.

        A tag stands for its children too; of several, all must be borne. `query` is
        words that must all occur in comment, quote or tags, whatever their case and
        accents. Raises InvalidTag.
        """
        wanted = [tag] if isinstance(tag, str) else list(tag or ())
        with self._store.read() as db:
            return queries.notes(db, article, wanted, query or "")

    def count_by_article(self) -> dict[str, int]:
        """Return how many notes each annotated article has."""
        with self._store.read() as db:
            return queries.count_by_article(db)

    def tags(self) -> list[TagCount]:
        """Return the tags that notes bear, the most used first."""
        with self._store.read() as db:
            return queries.tags(db)

    def recent_tags(self, limit: int = 10) -> list[str]:
        """Return the tags of the notes written last, the latest first."""
        with self._store.read() as db:
            return queries.recent_tags(db, limit)

    def snapshot(self, revision: str) -> str | None:
        """Return the text a note was made on, if it was kept."""
        with self._store.read() as db:
            row = db.execute("SELECT text FROM snapshot WHERE revision = ?", (revision,)).fetchone()
        return str(row[0]) if row else None

    def data_version(self) -> int:
        """Return a number that changes when another process, or another Notebook, has written."""
        with self._store.read() as db:
            return int(db.execute("PRAGMA data_version").fetchone()[0])

    # Drafts

    def save_draft(
        self, article: str, anchor: Anchor | None, *, comment: str, tags: str = "", note: str = ""
    ) -> None:
        """Keep what is being written on a passage, in place of what was kept there before.

        `tags` is the line as typed; `note` is the whole id of the note being edited.
        """
        draft = Draft(article, anchor, clean(comment), clean(tags), note, self._time())
        with self._store.write() as db:
            drafts.save(db, draft)

    def draft(
        self, article: str, start: int | None = None, end: int | None = None, *, note: str = ""
    ) -> Draft | None:
        """Return what was being written on a passage, or on the whole article, or in an edited note."""
        with self._store.read() as db:
            return drafts.find(db, (article, start, end, note))

    def drafts(self) -> list[Draft]:
        """Return everything that was being written, the latest first."""
        with self._store.read() as db:
            return drafts.every(db)

    def drop_draft(
        self, article: str, start: int | None = None, end: int | None = None, *, note: str = ""
    ) -> None:
        """Forget what was being written there."""
        with self._store.write() as db:
            drafts.drop(db, (article, start, end, note))

    def _time(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check(revision: str, anchor: Anchor | None, text: str | None) -> None:
    """Refuse a note that could not be trusted to say where it was made."""
    if anchor is not None and anchor.revision != revision:
        message = f"the anchor is of revision {anchor.revision}, the note of {revision}"
        raise ValueError(message)
    if text is None:
        return
    if hashlib.sha256(text.encode()).hexdigest() != revision:
        message = f"the text is not that of revision {revision}"
        raise ValueError(message)
    if anchor is not None and text[anchor.start : anchor.end] != anchor.quote:
        message = f"the text at {anchor.start}:{anchor.end} is not the anchor's quote"
        raise ValueError(message)


def _names(tags: Iterable[str]) -> list[str]:
    """Return the tags normalised, each once, in the order given."""
    names: dict[str, str] = {}
    for tag in tags:
        names.setdefault(key(tag), normalise(tag))
    return list(names.values())


def _clean_source(source: Source) -> Source:
    title, date, name = one_line(source.title), one_line(source.date), one_line(source.source)
    return Source(title, date, name, one_line(source.url), one_line(source.path))


def _new_id(db: sqlite3.Connection) -> str:
    while True:
        identity = secrets.token_hex(6)
        if not db.execute("SELECT 1 FROM note WHERE id = ?", (identity,)).fetchone():
            return identity
