"""The library's tables, as SQL, and the numbered steps that lead to them."""

import sqlite3
from functools import cache
from typing import Final

from index.errors import LibraryDamaged, LibraryNotOurs, LibraryTooNew
from index.layout import Layout, bounded, layout, layout_of, strange

APPLICATION_ID: Final = 0x4C495331  # "LIS1"

_M001: Final = """
CREATE TABLE text (
    revision TEXT PRIMARY KEY CHECK (length(revision) = 64),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE article (
    id TEXT PRIMARY KEY CHECK (length(id) = 12),
    revision TEXT NOT NULL REFERENCES text (revision),
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    place TEXT NOT NULL,
    lang TEXT NOT NULL,
    source TEXT NOT NULL,
    author TEXT NOT NULL,
    url TEXT NOT NULL,
    added TEXT NOT NULL
) STRICT;
CREATE INDEX article_revision ON article (revision);

-- Where an article was read from. A path is bytes: file names need not be text.
-- `key` tells records of one file apart. `size` and `modified` (nanoseconds) are
-- the file's when it was read, so that an unchanged file is not read again.
CREATE TABLE location (
    path BLOB NOT NULL,
    key TEXT NOT NULL,
    article TEXT NOT NULL REFERENCES article (id),
    PRIMARY KEY (path, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX location_article ON location (article);

CREATE TABLE file (
    path BLOB PRIMARY KEY,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (path BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Articles whose entry in the search index is older than the library: written in
-- the same transaction as the change, cleared after the index has committed.
CREATE TABLE unindexed (
    article TEXT PRIMARY KEY REFERENCES article (id),
    change INTEGER NOT NULL -- random, so that a debt renewed while it is paid is not forgotten
) STRICT, WITHOUT ROWID;

-- Which annotator (model, rules) the mentions of a revision came from.
CREATE TABLE annotation (
    revision TEXT PRIMARY KEY REFERENCES text (revision),
    annotator TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mention (
    revision TEXT NOT NULL REFERENCES text (revision),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL CHECK ("end" > start),
    type TEXT NOT NULL CHECK (type IN ('person', 'org', 'place', 'event', 'other')),
    entity TEXT NOT NULL,
    surface TEXT NOT NULL,
    -- Both without case and accents, so that a name is found however it is typed.
    entity_key TEXT NOT NULL,
    surface_key TEXT NOT NULL,
    PRIMARY KEY (revision, start, "end")
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity);
CREATE INDEX mention_entity_key ON mention (entity_key);
CREATE INDEX mention_surface_key ON mention (surface_key, entity);
"""

# Files and records that are no longer where they were keep their article, marked.
_M002: Final = """
ALTER TABLE location ADD COLUMN gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1));
"""

# Versions of one text. `sample` has the shingles by which an article is looked for, those of
# the revision in `sampled`; `pair` has each pair both ways; a cluster has its least id for a name.
_M003: Final = """
CREATE TABLE sample (
    shingle INTEGER NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (shingle, article)
) STRICT, WITHOUT ROWID;

CREATE TABLE sampled (
    article TEXT PRIMARY KEY REFERENCES article (id),
    revision TEXT NOT NULL REFERENCES text (revision),
    size INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pair (
    article TEXT NOT NULL REFERENCES article (id),
    other TEXT NOT NULL REFERENCES article (id),
    PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;

CREATE TABLE cluster (
    article TEXT PRIMARY KEY REFERENCES article (id),
    cluster TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_name ON cluster (cluster);

-- Articles whose text has not been compared with the others.
CREATE TABLE uncompared (article TEXT PRIMARY KEY REFERENCES article (id)) STRICT, WITHOUT ROWID;
INSERT INTO uncompared SELECT id FROM article;
"""

# What an annotator found is kept beside the mentions, which are made from it by gathering
# names over the collection and by the analyst's corrections: both can be taken back.
_M004: Final = """
CREATE TABLE finding (
    number INTEGER PRIMARY KEY AUTOINCREMENT, -- so that every new finding shows
    revision TEXT NOT NULL UNIQUE REFERENCES text (revision),
    spans TEXT NOT NULL -- JSON: start, end, type, entity, surface of each
) STRICT;
INSERT INTO finding (revision, spans)
SELECT revision, (
    SELECT json_group_array(json_array(start, "end", type, entity, surface))
    FROM mention m WHERE m.revision = annotation.revision
) FROM annotation;

-- Which other name an entity, as one text has it, goes by in the collection.
CREATE TABLE naming (
    entity TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (entity, type)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

# What is said of a text at each of its places: another paper's name, another date.
_M005: Final = """
ALTER TABLE location ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN date TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN lang TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN source TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN url TEXT NOT NULL DEFAULT '';
UPDATE location SET (title, date, place, lang, source, author, url)
    = (SELECT title, date, place, lang, source, author, url FROM article WHERE id = location.article);
DROP INDEX location_article;
CREATE INDEX location_best
    ON location (article, gone, (date = '') + (url = '') + (source = '') + (author = ''), path, key);
"""

# What a file's bytes were, so that one that was only touched is not read again; and what was
# refused of it, JSON of keys and reasons, told each time, by which generation of readers.
_M006: Final = """
ALTER TABLE file ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE file ADD COLUMN refused TEXT NOT NULL DEFAULT '[]';
ALTER TABLE file ADD COLUMN readers INTEGER NOT NULL DEFAULT 0;
"""

# What each text was decoded from.
_M007: Final = """
ALTER TABLE article ADD COLUMN encoding TEXT NOT NULL DEFAULT '';
ALTER TABLE location ADD COLUMN encoding TEXT NOT NULL DEFAULT '';
"""

MIGRATIONS: Final = (_M001, _M002, _M003, _M004, _M005, _M006, _M007)
VERSION: Final = len(MIGRATIONS)


def checked(db: sqlite3.Connection) -> int:
    """Return the format of an open library, 0 for a new file.

    Raises LibraryNotOurs for another program's file and LibraryTooNew for a later
    Liseuse's; neither is touched. Raises LibraryDamaged for a format that never was.
    """
    application = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if application != APPLICATION_ID and not (application == 0 and empty):
        message = "this file is not a Liseuse library; move it away or choose another --home"
        raise LibraryNotOurs(message)
    if version > VERSION:
        message = f"this library was made by a later Liseuse (format {version}, this one knows {VERSION})"
        raise LibraryTooNew(message)
    if version < 0 or (version == 0 and not empty):  # a number that no Liseuse has written
        raise LibraryDamaged(f"the library is damaged (format {version})")
    return int(version)


def altered(db: sqlite3.Connection) -> list[str]:
    """Return the parts of an open library, as "trigger name", that are not as its format has them.

    Raises as `checked`.
    """
    db.execute("SAVEPOINT looked")  # or another may bring it up to date between the two looks
    try:
        number = checked(db)
        return strange(layout(db), _layout_of(number)) if number else []
    finally:
        db.execute("RELEASE looked")


def is_ours(db: sqlite3.Connection, table: str) -> bool:
    """Tell whether a table is as some format has it, whatever else is wrong with the library."""
    found = {part for part in layout(db) if part[:2] == ("table", table)}
    return any(found and found <= _layout_of(number) for number in range(1, VERSION + 1))


@cache
def _layout_of(number: int) -> Layout:
    return layout_of(lambda db: db.executescript(";".join(MIGRATIONS[:number])))


def migrate(db: sqlite3.Connection) -> None:
    """Bring an open database to `VERSION`, one transaction a step. Raises as `checked`."""
    bounded(db)
    version = checked(db)
    if found := altered(db):
        raise LibraryDamaged(f"the library is damaged ({', '.join(found)})")
    bounded(db, most=None)
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        try:
            db.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID};"
                f"{step}; PRAGMA user_version = {number}; COMMIT;"
            )
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
                raise
            # The statements are right: another was faster, or the file is not of the format that it says.
            if db.in_transaction:
                db.execute("ROLLBACK")
            if checked(db) < number:
                raise LibraryDamaged(f"the library is damaged ({error})") from error
