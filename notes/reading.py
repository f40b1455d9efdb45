"""The half of the notebook that only reads."""

from collections.abc import Iterable
from types import TracebackType
from typing import Self

from notes import drafts, history, placing, queries
from notes.anchor import Anchor
from notes.drafts import Draft
from notes.note import Note
from notes.store import Store
from notes.tags import TagCount


class Reading:
    """The notes of one person, to read. Safe to use from several threads.

    Every method may raise NotebookError; a note's id may be given by a prefix of 4
    digits or more, and raises UnknownNote if it is not the prefix of one note.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self._store.close()

    def last_change(self) -> str:
        """Return when the change that `undo` would undo was made, in ISO 8601, empty if there is none."""
        with self._store.read() as db:
            return history.last_time(db)

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

    def placed_before(self, revision: str) -> frozenset[str]:
        """Return the notes that have at any time been placed in a text; not again what was undone."""
        with self._store.read() as db:
            return placing.have_been_at(db, revision)

    # Drafts

    def draft(self, article: str, anchor: Anchor | None, *, note: str = "") -> Draft | None:
        """Return what was begun on a passage, on the whole article, or in an edited note."""
        with self._store.read() as db:
            return drafts.find(db, (article, anchor, note))

    def drafts(self) -> list[Draft]:
        """Return everything that was being written, the latest first."""
        with self._store.read() as db:
            return drafts.every(db)
