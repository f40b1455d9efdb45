"""Tags changed everywhere at once, each change one step of the history; children go with their parent."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from notes import history, queries
from notes.characters import plain
from notes.errors import InvalidTag
from notes.tags import COLORS, MAX_DESCRIPTION, TagCount, is_under, key, moved, normalise

_ABOUT: Final = "SELECT name, color, description FROM tag_now WHERE key = ?"


def rename(db: sqlite3.Connection, old: str, new: str, time: str) -> int:
    """Give a tag another name; return how many notes bear it. Raises InvalidTag for a name in use."""
    _known(db, old)
    if key(old) != key(new) and any(is_under(tag.name, new) for tag in queries.tags(db)):
        message = f"there is a tag {normalise(new)!r} already: merge the two if they are one"
        raise InvalidTag(message)
    return _move(db, old, new, time)


def merge(db: sqlite3.Connection, tag: str, into: str, time: str) -> int:
    """Put a tag in the place of another; return how many bore it. Raises InvalidTag for one not in use."""
    _known(db, tag)
    _known(db, into)
    if is_under(into, tag):
        message = f"{normalise(into)!r} is {normalise(tag)!r} or under it: nothing to merge"
        raise InvalidTag(message)
    return _move(db, tag, history.known_name(db, normalise(into)), time)


def delete(db: sqlite3.Connection, tag: str, time: str) -> int:
    """Take a tag from every note; return how many bore it. Raises InvalidTag for a tag not in use."""
    _known(db, tag)
    operation = history.begin(db, "retag", time)
    return _retag(db, tag, lambda _name: None, operation, time)


def describe(db: sqlite3.Connection, tag: str, color: str | None, description: str | None, time: str) -> None:
    """Give a tag a colour, a description, or both.

    Raises InvalidTag for a tag not in use, a colour not of `COLORS`, and too long a description.
    """
    _known(db, tag)
    if color is not None and color not in COLORS:
        message = f"{color!r} is no colour of a tag: one of {', '.join(COLORS[1:])}"
        raise InvalidTag(message)
    said = None if description is None else plain(description)
    if said and len(said) > MAX_DESCRIPTION:
        message = f"the description has {len(said)} characters; the most is {MAX_DESCRIPTION}"
        raise InvalidTag(message)
    about_now = db.execute(_ABOUT, (key(tag),)).fetchone()
    name, old_color, old_said = about_now or (normalise(tag), "", "")  # a parent that is no tag itself
    about = (name, old_color if color is None else color, old_said if said is None else said)
    if about != (name, old_color, old_said):
        _say(db, tag, about, history.begin(db, "describe", time))


def _move(db: sqlite3.Connection, old: str, new: str, time: str) -> int:
    operation = history.begin(db, "retag", time)
    for tag in _under(db, old):
        name = moved(tag.name, old, new)
        known = db.execute(_ABOUT, (key(name),)).fetchone()
        if known is None or key(name) == key(tag.name):
            _say(db, name, (name, tag.color, tag.description), operation)
    return _retag(db, old, lambda tag: moved(tag, old, new), operation, time)


def _retag(
    db: sqlite3.Connection, old: str, name: Callable[[str], str | None], operation: int, time: str
) -> int:
    """Rename the tags under one in every note that bears them, or take them off."""
    bearing = queries.notes(db, None, [old], "")
    for note in bearing:
        named = (name(tag) if is_under(tag, old) else tag for tag in note.tags)
        tags = {key(tag): tag for tag in reversed([tag for tag in named if tag])}
        history.append(db, replace(note, tags=tuple(reversed(tags.values())), modified=time), operation)
    return len(bearing)


def _say(db: sqlite3.Connection, tag: str, about: tuple[str, str, str], operation: int) -> None:
    number = history.tag_id(db, normalise(tag))
    db.execute("INSERT INTO tag_revision VALUES (?, ?, ?, ?, ?)", (number, operation, *about))


def _under(db: sqlite3.Connection, tag: str) -> list[TagCount]:
    return [one for one in queries.tags(db) if is_under(one.name, tag)]


def _known(db: sqlite3.Connection, tag: str) -> None:
    if not _under(db, tag):
        message = f"no note has the tag {normalise(tag)!r}; 'liseuse tags' lists those in use"
        raise InvalidTag(message)
