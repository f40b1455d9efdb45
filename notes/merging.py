"""Notes from outside laid beside those here: what is new comes in, what differs is kept twice.

A file of whole notes does not say what it was before it was changed, so a note
that differs in both places is a conflict, unless the one here is as it was first
made: then every other version comes after it. A file that remembers (our
Markdown) is merged three ways, comment and tags each by itself, if what it
remembers is a version that was here.
"""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from notes import history, queries
from notes.anchor import Anchor
from notes.note import Note
from notes.tags import key


@dataclass(frozen=True, slots=True)
class Edit:
    """A note as a file has it, and as it was when the file was made, where the file remembers that."""

    note: Note
    base: Note | None = None


class Fate(StrEnum):
    """What became of a note from outside."""

    ADDED = "added"
    UPDATED = "updated"
    RESTORED = "restored"
    UNCHANGED = "unchanged"
    OLDER = "older"
    """The notebook has had it, and has gone on since."""
    LEFT = "left"
    """It was deleted here and not edited there: it stays deleted."""
    CONFLICT = "conflict"
    """Changed here and there: what came in is kept as a note of its own."""
    MISPLACED = "misplaced"
    """Other words stand at its place in the text that it names: it is not taken."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a note: `here` as the notebook had it, if it had, `kept` as it has it now."""

    fate: Fate
    came: Note
    here: Note | None
    kept: Note | None


TextOf = Callable[[str], str | None]
"""Gives the text of a revision, if there is one."""


def misplaced(edits: Sequence[Edit], text_of: TextOf) -> set[int]:
    """Return the numbers of the notes whose words do not stand where they say; each text is read once."""
    places: dict[str, list[tuple[int, Anchor]]] = defaultdict(list)
    for number, edit in enumerate(edits):
        if edit.note.anchor:
            places[edit.note.revision].append((number, edit.note.anchor))
    found: set[int] = set()
    for revision, anchors in places.items():
        text = text_of(revision)
        if text is not None:
            found.update(number for number, at in anchors if text[at.start : at.end] != at.quote)
    return found


class Merging:
    """One taking in: all of it one operation, so that `undo` takes it back whole."""

    def __init__(self, db: sqlite3.Connection, time: str) -> None:
        self._db, self._time = db, time
        self._pending: dict[str, Note] = {}

    def take(self, edits: Iterable[Edit], wrong: Container[int] = ()) -> list[Outcome]:
        """Take notes in, but the `misplaced`, and return what became of each, in their order."""
        outcomes = [
            Outcome(Fate.MISPLACED, edit.note, None, None)
            if number in wrong
            else self._take(replace(edit, note=self._named(edit.note)))
            for number, edit in enumerate(edits)
        ]
        if self._pending:
            operation = history.begin(self._db, "import", self._time)
            for note in self._pending.values():
                self._write(note, operation)
        return outcomes

    def _write(self, note: Note, operation: int) -> None:
        row = (note.id, note.article, note.created)
        self._db.execute(
            "INSERT INTO note (id, article, created) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", row
        )
        history.append(self._db, note, operation)

    def _named(self, note: Note) -> Note:
        """Return a note with its tags as they are written here."""
        return replace(note, tags=tuple(history.known_name(self._db, tag) for tag in note.tags))

    def _here(self, identity: str) -> Note | None:
        return self._pending.get(identity) or queries.find(self._db, identity)

    def _versions(self, identity: str) -> list[Note]:
        pending = self._pending.get(identity)
        return [*queries.versions(self._db, identity), *([pending] if pending else ())]

    def _take(self, edit: Edit) -> Outcome:
        came, here, versions = edit.note, self._here(edit.note.id), self._versions(edit.note.id)
        if not versions:
            return self._keep(Fate.ADDED, came, None, came)
        if versions[0].article != came.article:
            return self._beside(came, here)
        if here is None:
            return self._over_deleted(edit, versions[0].created)
        if _same(here, came):
            return Outcome(Fate.UNCHANGED, came, here, here)
        if edit.base and any(_same(edit.base, version) for version in versions):
            return self._three_ways(edit.base, came, here)
        return self._two_ways(came, here, versions)

    def _over_deleted(self, edit: Edit, created: str) -> Outcome:
        if edit.base and _same(edit.base, edit.note):
            return Outcome(Fate.LEFT, edit.note, None, None)
        return self._keep(Fate.RESTORED, edit.note, None, replace(edit.note, created=created))

    def _two_ways(self, came: Note, here: Note, versions: list[Note]) -> Outcome:
        if any(_same(came, version) for version in versions):
            return Outcome(Fate.OLDER, came, here, here)
        if here.modified == here.created and came.modified > here.modified and _on_the_same(came, here):
            return self._keep(Fate.UPDATED, came, here, replace(came, created=here.created))
        return self._beside(came, here)

    def _three_ways(self, base: Note, came: Note, here: Note) -> Outcome:
        if came.comment not in (base.comment, here.comment) and here.comment != base.comment:
            return self._beside(came, here)
        comment = here.comment if came.comment == base.comment else came.comment
        merged = replace(here, comment=comment, tags=_merged_tags(base, came, here))
        if _same(merged, here):
            return Outcome(Fate.UNCHANGED, came, here, here)
        return self._keep(Fate.UPDATED, came, here, replace(merged, modified=self._time))

    def _beside(self, came: Note, here: Note | None) -> Outcome:
        """Keep what came as a note of its own, under an id that a second taking in finds again."""
        identity = came.id
        while versions := self._versions(identity):
            if identity != came.id and any(_same(came, version) for version in versions):
                return Outcome(Fate.UNCHANGED, came, here, self._here(identity))
            identity = _derived(identity, came)
        return self._keep(Fate.CONFLICT, came, here, replace(came, id=identity))

    def _keep(self, fate: Fate, came: Note, here: Note | None, kept: Note) -> Outcome:
        self._pending[kept.id] = kept
        return Outcome(fate, came, here, kept)


def _same(one: Note, other: Note) -> bool:
    """Tell whether two notes say the same: state and times follow from what was done to them."""
    return _said(one) == _said(other)


def _on_the_same(one: Note, other: Note) -> bool:
    """Tell whether two notes quote the same words of the same source; a note never comes to quote others."""
    return (one.source, one.quote) == (other.source, other.quote)


def _said(note: Note) -> tuple[object, ...]:
    return (note.article, note.revision, note.anchor, note.comment, tuple(map(key, note.tags)), note.source)


def _merged_tags(base: Note, came: Note, here: Note) -> tuple[str, ...]:
    """Return the tags here, less those taken away there, and those given there."""
    before, after = set(map(key, base.tags)), set(map(key, came.tags))
    kept = [tag for tag in here.tags if key(tag) in after or key(tag) not in before]
    known = set(map(key, here.tags)) | before
    return (*kept, *(tag for tag in came.tags if key(tag) not in known))


def _derived(identity: str, note: Note) -> str:
    return hashlib.sha256(repr((identity, _said(note))).encode(errors="replace")).hexdigest()[:12]
