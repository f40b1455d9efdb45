"""The notebook's tables, as SQL, and the numbered steps that lead to them.

A note's history is a chain of complete revisions that are never changed or
deleted; `note.current` points at the one in force. Undoing an operation moves the
pointers back, redoing it moves them forward, a removal is a revision like another.
"""

import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import Final

from notes.errors import NotebookTooNew, NotOurs
from notes.layout import Layout, layout, layout_of, strange

APPLICATION_ID: Final = 0x4C49534E  # "LISN"

_M001: Final = """
-- What the user did, newest last. Undone operations can be redone until the next
-- one; then they are dropped: kept as history, out of reach of undo and redo.
CREATE TABLE operation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind <> ''),
    time TEXT NOT NULL,
    standing TEXT NOT NULL DEFAULT 'done' CHECK (standing IN ('done', 'undone', 'dropped'))
) STRICT;
CREATE INDEX operation_standing ON operation (standing, id);

-- `current` is NULL while the note's very making is undone.
CREATE TABLE note (
    id TEXT PRIMARY KEY CHECK (length(id) = 12),
    article TEXT NOT NULL CHECK (article <> ''),
    created TEXT NOT NULL,
    current INTEGER,
    FOREIGN KEY (id, current) REFERENCES note_revision (note, number)
) STRICT;
CREATE INDEX note_article ON note (article);

CREATE TABLE note_revision (
    note TEXT NOT NULL REFERENCES note (id),
    number INTEGER NOT NULL CHECK (number > 0),
    parent INTEGER CHECK (parent < number),
    operation INTEGER NOT NULL REFERENCES operation (id),
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    revision TEXT NOT NULL CHECK (revision <> ''),
    start INTEGER CHECK (start >= 0),
    "end" INTEGER CHECK ("end" > start),
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('exact', 'moved', 'changed', 'ambiguous', 'orphan')),
    comment TEXT NOT NULL,
    modified TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    source TEXT NOT NULL,
    url TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (note, number),
    UNIQUE (operation, note),
    FOREIGN KEY (note, parent) REFERENCES note_revision (note, number),
    CHECK ((start IS NULL) = ("end" IS NULL) AND (start IS NULL) = (quote = ''))
) STRICT;

-- `key` is the tag without case and accents (notes.tags.key).
CREATE TABLE tag (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL CHECK (name <> ''),
    key TEXT NOT NULL UNIQUE CHECK (key <> '')
) STRICT;

CREATE TABLE note_revision_tag (
    note TEXT NOT NULL,
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    tag INTEGER NOT NULL REFERENCES tag (id),
    PRIMARY KEY (note, number, position),
    UNIQUE (note, number, tag),
    FOREIGN KEY (note, number) REFERENCES note_revision (note, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX note_revision_tag_tag ON note_revision_tag (tag);

-- The texts that notes were made on, by their SHA-256: no note loses its context.
CREATE TABLE snapshot (
    revision TEXT PRIMARY KEY CHECK (length(revision) = 64),
    text TEXT NOT NULL
) STRICT;

-- What was being written and is not yet a note. `note` is the one being edited,
-- empty for a new one; `anchor` is JSON, NULL for a whole article.
CREATE TABLE draft (
    article TEXT NOT NULL,
    start INTEGER,
    "end" INTEGER,
    note TEXT NOT NULL,
    anchor TEXT,
    comment TEXT NOT NULL,
    tags TEXT NOT NULL,
    saved TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX draft_place ON draft (article, ifnull(start, -1), ifnull("end", -1), note);

CREATE TRIGGER note_is_kept BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'a note is removed by a revision, never deleted'); END;
CREATE TRIGGER note_is_itself BEFORE UPDATE OF id, article, created ON note
BEGIN SELECT RAISE(ABORT, 'what a note is never changes'); END;
CREATE TRIGGER revision_is_kept BEFORE DELETE ON note_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_is_final BEFORE UPDATE ON note_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_tag_is_kept BEFORE DELETE ON note_revision_tag
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER revision_tag_is_final BEFORE UPDATE ON note_revision_tag
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER snapshot_is_final BEFORE UPDATE ON snapshot
BEGIN SELECT RAISE(ABORT, 'a text is named by its content'); END;
"""

_M002: Final = """
-- What is said of a tag, newest last. In force is the newest of an operation that
-- stands, so that undo and redo need do nothing here.
CREATE TABLE tag_revision (
    tag INTEGER NOT NULL REFERENCES tag (id),
    operation INTEGER NOT NULL REFERENCES operation (id),
    name TEXT NOT NULL CHECK (name <> ''),
    color TEXT NOT NULL,
    description TEXT NOT NULL,
    PRIMARY KEY (tag, operation)
) STRICT, WITHOUT ROWID;

CREATE VIEW tag_now AS
SELECT t.id, t.key, ifnull(r.name, t.name) AS name, ifnull(r.color, '') AS color,
       ifnull(r.description, '') AS description
FROM tag t LEFT JOIN tag_revision r ON r.tag = t.id AND r.operation = (
    SELECT max(s.operation) FROM tag_revision s JOIN operation o ON o.id = s.operation
    WHERE s.tag = t.id AND o.standing = 'done');

CREATE TRIGGER tag_revision_is_kept BEFORE DELETE ON tag_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
CREATE TRIGGER tag_revision_is_final BEFORE UPDATE ON tag_revision
BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END;
"""

_M003: Final = """
-- A draft is kept under the whole anchor that it was begun with: its article's text may change, and then
-- two passages may be at the same place one after the other.
ALTER TABLE draft RENAME TO draft_before;
CREATE TABLE draft (
    article TEXT NOT NULL,
    anchor TEXT,
    note TEXT NOT NULL,
    comment TEXT NOT NULL,
    tags TEXT NOT NULL,
    saved TEXT NOT NULL
) STRICT;
INSERT INTO draft (article, anchor, note, comment, tags, saved)
SELECT article, anchor, note, comment, tags, saved FROM draft_before ORDER BY rowid;
DROP TABLE draft_before;
"""

MIGRATIONS: tuple[str, ...] = (_M001, _M002, _M003)


def latest() -> int:
    """Return the format this program writes: the number of its last migration."""
    return len(MIGRATIONS)


def version(db: sqlite3.Connection) -> int:
    """Return the format of an open notebook, 0 for a new file. Raises NotOurs and NotebookTooNew."""
    application, number, pages = (
        int(db.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("application_id", "user_version", "page_count")
    )
    if application != APPLICATION_ID and pages:  # our very first transaction signs the file
        message = "this file is a database of another program, not a notebook; choose another --home"
        raise NotOurs(message)
    if not 0 <= number <= latest():  # none is negative, but a flipped bit makes one so
        message = (
            f"this notebook was made by a later Liseuse (format {number}, this one knows {latest()});"
            " it was left as it is: bring Liseuse up to date"
        )
        raise NotebookTooNew(message)
    return number


def altered(db: sqlite3.Connection) -> list[str]:
    """Return the parts of an open notebook, as "trigger name", that are not as its format has them.

    Raises as `version`.
    """
    db.execute("SAVEPOINT looked")  # or another may bring it up to date between the two looks
    try:
        number = version(db)
        return strange(layout(db), _layout_of(number)) if number else []
    finally:
        db.execute("RELEASE looked")


@cache
def _layout_of(number: int) -> Layout:
    def make(db: sqlite3.Connection) -> None:
        for step in range(1, number + 1):
            _step(db, step)

    return layout_of(make)


def migrate(db: sqlite3.Connection) -> None:
    """Bring an open notebook to the latest format, one transaction a step.

    Raises NotOurs and NotebookTooNew; such files are not touched.
    """
    for number in range(version(db) + 1, latest() + 1):
        db.execute("BEGIN IMMEDIATE")
        try:
            if int(db.execute("PRAGMA user_version").fetchone()[0]) < number:  # or another was faster
                _step(db, number)
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _step(db: sqlite3.Connection, number: int) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _statements(MIGRATIONS[number - 1]):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one: `executescript` would commit on its own."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
