"""The library: looked at, and made whole again from the sources and from the notebook."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from index import schema
from index.errors import LibraryDamaged, LibraryError, LibraryTooNew
from index.layout import bounded, part_journal
from reader.doctor.database import ROWS, damage, foreign_journal, interrupted, number, opened, troubled
from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.paths import Places
from reader.translated import translated

LIBRARY = "library"
_ADDED: Final = {"folder": "SELECT path FROM folder", "file": "SELECT path FROM file"}


def library(places: Places) -> Iterator[Finding]:
    """Tell of the library."""
    path = places.library
    if not path.exists():
        yield Finding(LIBRARY, Level.FINE, _("none yet"))
        return
    yield from interrupted(LIBRARY, path)
    again = partial(_remade, places)
    try:
        with opened(path) as db:
            yield _told(db, places)
    except LibraryDamaged as error:
        yield Finding(LIBRARY, Level.BAD, translated(str(error)), _to_remake(), again)
    except LibraryTooNew:
        yield Finding(
            LIBRARY,
            Level.BAD,
            _("made by a later Liseuse; it was left as it is"),
            _("bring Liseuse up to date"),
        )
    except LibraryError:
        said = _("the file is another program's; it was left as it is")
        yield Finding(LIBRARY, Level.BAD, said, _("move it away, or choose another --home"))
    except sqlite3.Error as error:
        found = troubled(LIBRARY, error, _to_remake())
        yield Finding(
            found.store,
            found.level,
            found.said,
            found.remedy,
            again if found.remedy == _to_remake() else None,
        )


def _to_remake() -> str:
    return _("liseuse doctor --repair sets it aside and adds the sources again")


def _told(db: sqlite3.Connection, places: Places) -> Finding:
    version = schema.checked(db)
    if found := foreign_journal(places.library) or schema.altered(db) or damage(db):
        said = _("damaged: {detail}", detail="; ".join(found))
        return Finding(LIBRARY, Level.BAD, said, _to_remake(), partial(_remade, places))
    if not version:
        return Finding(LIBRARY, Level.FINE, _("none yet"))
    if wrong := altered(db):
        said = _("texts that have changed on the disk: {count}", count=len(wrong))
        return Finding(LIBRARY, Level.BAD, said, _to_remake(), partial(_remade, places))
    if version < schema.VERSION:
        with closing(sqlite3.connect(":memory:")) as copy:
            db.backup(copy)
            schema.migrate(copy)
    said = _(
        "sound · articles: {articles} · format {version}",
        articles=number(db, "SELECT count(*) FROM article"),
        version=version,
    )
    if version == schema.VERSION:
        return Finding(LIBRARY, Level.FINE, said)
    return Finding(LIBRARY, Level.NOTICE, said, _("brought up to date at the next start"))


def altered(db: sqlite3.Connection) -> list[str]:
    """Return the names of the texts that are not those they are named for: what SQLite cannot see."""
    return [
        os.fsdecode(revision)
        for revision, body in db.execute("SELECT revision, body FROM text")
        if hashlib.sha256(body).hexdigest() != os.fsdecode(revision)
    ]


def _remade(places: Places) -> Iterator[Finding]:
    """Set the library aside and make another from the places that can still be read in it."""
    sources = [path for path in _sources(places.library) if os.path.exists(path)]  # noqa: PTH110 - bytes
    aside = places.library.with_name(f"library.sqlite.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
    part_journal(places.library)
    places.library.rename(aside)
    with suppress(FileNotFoundError):
        places.library.with_name(places.library.name + "-journal").rename(f"{aside}-journal")
    yield Finding(LIBRARY, Level.NOTICE, _("set aside as {path}", path=str(aside)))
    yield _added(places, sources)


def _sources(path: Path) -> list[bytes]:
    """Return the folders and files that were added, as far as a damaged library still tells.

    A table that is not as some format has it may have no end.
    """
    found: dict[bytes, None] = {}
    for table, sql in _ADDED.items():
        with suppress(sqlite3.Error), opened(path) as db:
            bounded(db, most=ROWS)
            if schema.is_ours(db, table):
                found |= dict.fromkeys(one for (one,) in db.execute(sql))
    return list(found)


def _added(places: Places, sources: list[bytes]) -> Finding:
    from reader.workspace import Workspace  # noqa: PLC0415 - only to repair

    if not sources:
        said = _("nothing tells any more where the articles came from")
        return Finding(LIBRARY, Level.BAD, said, _("add them again: liseuse add FOLDER"))
    with Workspace(places) as space:
        for _step in space.add(map(os.fsdecode, sources)):
            pass
        count = space.collection.library.count()
    return Finding(LIBRARY, Level.FINE, _("made again from the sources · articles: {count}", count=count))
