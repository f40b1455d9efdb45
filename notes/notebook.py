"""The notebook: every note, its history and what was being written, in one file.

Whatever a method changes is on the disk before it returns.
"""

import secrets
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from notes import drafts, history, operations, placing, queries, tagging
from notes.anchor import Anchor
from notes.characters import clean, one_line
from notes.drafts import Draft
from notes.errors import InvalidTag, NoteChanged, TooLong
from notes.history import Undone
from notes.merging import Edit, Merging, Outcome, TextOf, misplaced
from notes.note import MAX_FIELD, MAX_TEXT, Note, Source
from notes.placing import Placement
from notes.reading import Reading
from notes.store import Store
from notes.tags import MOST, key, normalise


def _now() -> datetime:
    return datetime.now(UTC)


class Notebook(Reading):
    """The notes of one person. Safe to use from several threads and processes.

    Every method may raise NotebookError; a note's id may be given by a prefix of 4
    digits or more, and raises UnknownNote if it is not the prefix of one note.
    """

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        super().__init__(store)
        self._clock = clock

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = _now) -> Self:
        """Open the notebook at `path`, making it, private to its owner, if there is none.

        A notebook of an older format is copied into `backups/` and brought up to date.
        """
        return cls(Store(path, clock), clock)

    # The file

    def hold(self) -> bool:
        """Be the interface that writes here; False if another is: this one reads until that has ended."""
        return self._store.hold()

    @property
    def is_read_only(self) -> bool:
        """Whether another interface writes here."""
        return self._store.is_read_only

    def back_up(self, *, unless_done: bool = False) -> Path | None:
        """Copy the notebook into `backups/`; None if `unless_done` and nothing is new since the last."""
        return self._store.back_up(unless_done=unless_done)

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
        Raises InvalidTag, TooLong, and ValueError if anchor, text and revision disagree.
        """
        _check(revision, anchor, text)
        names, now, said = _names(tags), self._time(), _said(comment)
        _check_lengths(said, anchor)
        with self._store.write() as db:
            if text is not None:
                placing.keep_text(db, revision, text)
            note = Note(
                id=_new_id(db),
                article=article,
                revision=revision,
                source=_clean_source(source),
                anchor=anchor,
                comment=said,
                tags=tuple(history.known_name(db, name) for name in names),
                created=now,
                modified=now,
            )
            db.execute("INSERT INTO note (id, article, created) VALUES (?, ?, ?)", (note.id, article, now))
            history.append(db, note, history.begin(db, "add", now))
        return note

    def revise(
        self,
        id: str,
        *,
        comment: str | None = None,
        tags: Iterable[str] | None = None,
        over: Note | None = None,
    ) -> Note:
        """Change a note's comment, its tags, or both, and return it; nothing new writes nothing.

        `over` is what the note was when whoever changes it has seen it. Raises InvalidTag,
        TooLong and NoteChanged.
        """
        names = None if tags is None else _names(tags)
        said = None if comment is None else _said(comment)
        _check_lengths(said or "")
        with self._store.write() as db:
            old = queries.get(db, id)
            if over is not None and (old.comment, old.tags) != (over.comment, over.tags):
                raise NoteChanged(old)
            note = replace(
                old,
                comment=old.comment if said is None else said,
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

    def tag(self, ids: Iterable[str], *tags: str) -> int:
        """Give notes tags, as one step; return how many did not bear them all. Raises InvalidTag."""
        names = [*map(normalise, tags)]
        with self._store.write() as db:
            return operations.tag(db, ids, names, self._time())

    def untag(self, ids: Iterable[str], tag: str) -> int:
        """Take a tag from notes, as one step; return how many bore it. Raises InvalidTag."""
        with self._store.write() as db:
            return operations.untag(db, ids, normalise(tag), self._time())

    def rename_tag(self, old: str, new: str) -> int:
        """Rename a tag with its children, as one step; return how many notes bear it."""
        return self._everywhere(tagging.rename, old, new)

    def merge_tags(self, tag: str, into: str) -> int:
        """Put a tag in the place of another, as one step; return how many notes bore it."""
        return self._everywhere(tagging.merge, tag, into)

    def delete_tag(self, tag: str) -> int:
        """Take a tag and its children from every note, as one step; return how many."""
        return self._everywhere(tagging.delete, tag)

    def _everywhere(self, change: Callable[..., int], *tags: str) -> int:
        """Change tags in every note, after a copy of the notebook. Raises InvalidTag."""
        self.back_up(unless_done=True)
        with self._store.write() as db:
            return change(db, *tags, self._time())

    def describe_tag(self, tag: str, *, color: str | None = None, description: str | None = None) -> None:
        """Give a tag a colour (of `tags.COLORS`), a description, or both. Raises InvalidTag."""
        with self._store.write() as db:
            tagging.describe(db, tag, color, description, self._time())

    def place(self, places: Iterable[Placement]) -> int:
        """Put notes where they are in other texts, as one step; return how many it changed.

        Raises UnknownNote, and ValueError if a text is not of its anchor's revision.
        """
        several = list(places)
        if not several:
            return 0  # also where another writes
        if len(several) > 1:
            self.back_up(unless_done=True)
        with self._store.write() as db:
            return placing.place(db, several, self._time())

    def take_in(self, edits: Iterable[Edit], text_of: TextOf = lambda _revision: None) -> list[Outcome]:
        """Take in notes from a file, as one step; return what became of each, in their order.

        Nothing here is overwritten but by a version that follows it; what differs is kept beside it.
        `text_of` gives the texts that are known besides those kept here.
        """
        several = list(edits)
        wrong = misplaced(several, lambda revision: self.snapshot(revision) or text_of(revision))
        if len(several) > 1:
            self.back_up(unless_done=True)
        with self._store.write() as db:
            return Merging(db, self._time()).take(several, wrong)

    def undo(self) -> Undone | None:
        """Undo the last change that still stands, also one made before the notebook was closed."""
        with self._store.write() as db:
            return history.undo(db)

    def redo(self) -> Undone | None:
        """Do again what was undone last; impossible once something new is written."""
        with self._store.write() as db:
            return history.redo(db)

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

    def drop_draft(self, article: str, anchor: Anchor | None, *, note: str = "") -> None:
        """Forget what was being written there."""
        with self._store.write() as db:
            drafts.drop(db, (article, anchor, note))

    def _time(self) -> str:
        return self._clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _check(revision: str, anchor: Anchor | None, text: str | None) -> None:
    """Refuse a note that could not be trusted to say where it was made."""
    if anchor is not None and anchor.revision != revision:
        message = f"the anchor is of revision {anchor.revision}, the note of {revision}"
        raise ValueError(message)
    if anchor is not None and text is not None and text[anchor.start : anchor.end] != anchor.quote:
        message = f"the text at {anchor.start}:{anchor.end} is not the anchor's quote"
        raise ValueError(message)


def _names(tags: Iterable[str]) -> list[str]:
    """Return the tags normalised, each once, in the order given. Raises InvalidTag."""
    names: dict[str, str] = {}
    for tag in tags:
        names.setdefault(key(tag), normalise(tag))
    if len(names) > MOST:
        message = f"a note can have {MOST} tags, not {len(names)}"
        raise InvalidTag(message)
    return list(names.values())


def _said(comment: str) -> str:
    """Return a comment as it is kept; one of blanks alone is none."""
    said = clean(comment)
    return said if said.strip() else ""


def _check_lengths(comment: str, anchor: Anchor | None = None) -> None:
    """Refuse what an export could not bring back."""
    if len(comment) > MAX_TEXT:
        message = f"the comment has {len(comment)} characters; the most is {MAX_TEXT}"
        raise TooLong(message)
    if anchor and len(anchor.quote) > MAX_TEXT:
        message = (
            f"the passage has {len(anchor.quote)} characters; the most is {MAX_TEXT}: note the whole article"
        )
        raise TooLong(message)


def _clean_source(source: Source) -> Source:
    parts = (source.title, source.date, source.source, source.url, source.path)
    return Source(*(one_line(part)[:MAX_FIELD] for part in parts))


def _new_id(db: sqlite3.Connection) -> str:
    while True:
        identity = secrets.token_hex(6)
        if not db.execute("SELECT 1 FROM note WHERE id = ?", (identity,)).fetchone():
            return identity
