"""Notes placed in another revision of their article's text, all in one step of the history."""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from notes import history, queries
from notes.anchor import Anchor
from notes.anchoring import Target
from notes.note import Note
from notes.state import State


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a note is from now on: an anchor in `text`, or its old one where `text` is None."""

    note: str
    anchor: Anchor
    state: State
    text: str | None = None


def placements(notes: Iterable[Note], text: str, revision: str) -> Iterator[Placement]:
    """Yield what is to be kept of notes whose article now has another text.

    A note whose words stand there goes there; of the others only the state is kept,
    so that nothing is moved to words that were not quoted.
    """
    target = Target(text, revision)
    for note in notes:
        if note.anchor is None or note.anchor.revision == revision:
            continue
        found = target.locate(note.anchor)
        if found.state.holds and found.span:
            state = State.MOVED if State.MOVED in (found.state, note.state) else State.EXACT
            anchor = Anchor.of(text, *found.span, revision)
            yield Placement(note.id, anchor, state, text)
        elif found.state is not note.state:
            yield Placement(note.id, note.anchor, found.state)


def put_at(note: Note, text: str, revision: str, start: int, end: int) -> Placement:
    """Return the placement of a note by its owner: what stands there now is what it is about.

    Raises ValueError for an empty span or one outside `text`.
    """
    return Placement(note.id, Anchor.of(text, start, end, revision), State.EXACT, text)


def place(db: sqlite3.Connection, places: Iterable[Placement], time: str) -> int:
    """Keep placements as one operation; return how many notes it changed. Raises UnknownNote."""
    changed = [(old, new, one) for one in places for old, new in [_placed(db, one)] if old != new]
    if changed:
        operation = history.begin(db, "place", time)
        for _old, new, one in changed:
            if one.text is not None:
                keep_text(db, one.anchor.revision, one.text)
            history.append(db, new, operation)
    return len(changed)


def _placed(db: sqlite3.Connection, one: Placement) -> tuple[Note, Note]:
    old = queries.get(db, one.note)
    return old, replace(old, anchor=one.anchor, revision=one.anchor.revision, state=one.state)


def keep_text(db: sqlite3.Connection, revision: str, text: str) -> None:
    """Keep a text that notes are made on. Raises ValueError if it is not of that revision."""
    if hashlib.sha256(text.encode()).hexdigest() != revision:
        message = f"the text is not that of revision {revision}"
        raise ValueError(message)
    db.execute("INSERT INTO snapshot VALUES (?, ?) ON CONFLICT DO NOTHING", (revision, text))


def have_been_at(db: sqlite3.Connection, revision: str) -> frozenset[str]:
    """Return the notes that some revision of theirs, undone ones too, places in a text."""
    rows = db.execute("SELECT DISTINCT note FROM note_revision WHERE revision = ?", (revision,))
    return frozenset(str(row[0]) for row in rows)
