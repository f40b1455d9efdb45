"""Changes to many notes at once, each one step of the history."""

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from notes import history, queries
from notes.note import Note
from notes.tags import key


def remove(db: sqlite3.Connection, ids: Iterable[str], time: str) -> int:
    """Take notes out of the notebook; return how many."""
    found = _found(db, ids)
    if found:
        operation = history.begin(db, "remove", time)
        for note in found:
            history.append(db, replace(note, modified=time), operation, deleted=True)
    return len(found)


def tag(db: sqlite3.Connection, ids: Iterable[str], names: Iterable[str], time: str) -> int:
    """Give notes tags, already normalised; return how many did not bear them all."""
    wanted = {key(name): history.known_name(db, name) for name in names}
    lacking = [(note, wanted.keys() - {*map(key, note.tags)}) for note in _found(db, ids)]
    added = [(note, [name for of, name in wanted.items() if of in missing]) for note, missing in lacking]
    return _retag(db, [replace(note, tags=(*note.tags, *names)) for note, names in added if names], time)


def untag(db: sqlite3.Connection, ids: Iterable[str], name: str, time: str) -> int:
    """Take a tag, already normalised, from notes; return how many bore it."""
    bearing = [note for note in _found(db, ids) if key(name) in map(key, note.tags)]
    left = [tuple(tag for tag in note.tags if key(tag) != key(name)) for note in bearing]
    return _retag(db, [replace(note, tags=tags) for note, tags in zip(bearing, left, strict=True)], time)


def _retag(db: sqlite3.Connection, notes: list[Note], time: str) -> int:
    if notes:
        operation = history.begin(db, "revise", time)
        for note in notes:
            history.append(db, replace(note, modified=time), operation)
    return len(notes)


def _found(db: sqlite3.Connection, ids: Iterable[str]) -> list[Note]:
    """Return the notes with these ids, each once. Raises UnknownNote."""
    notes = (queries.get(db, one) for one in ids)
    return list({note.id: note for note in notes}.values())
