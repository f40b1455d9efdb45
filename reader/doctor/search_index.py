"""The search index: a cache, which is made again whenever anything about it is not as it should be."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from index import schema
from index.errors import IndexBusy, LibraryError, SearchError
from index.layout import bounded
from reader.doctor.database import ROWS, opened
from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.paths import Places
from reader.translated import translated

INDEX = "index"


def search_index(places: Places) -> Iterator[Finding]:
    """Tell of the index, if there is a library that can be opened."""
    from index.engine import SearchIndex  # noqa: PLC0415 - Whoosh, only to look at the index

    if not places.library.exists():
        return
    try:
        index = SearchIndex.open(places.index)
        try:
            held = index.ids()
            index.proof()
        finally:
            index.close()
    except SearchError as error:
        said = _("it cannot be used: {reason}", reason=translated(str(error)))
        remedy = _("made again from the library at the next start")
        yield Finding(INDEX, Level.NOTICE, said, remedy, partial(_remade, places))
    else:
        yield from _compared(places, held)


def _compared(places: Places, held: frozenset[str]) -> Iterator[Finding]:
    try:
        with opened(places.library) as db:
            if schema.altered(db):
                return  # told of the library
            bounded(db, most=ROWS)
            ids, owed = (
                _names(db, sql) for sql in ("SELECT id FROM article", "SELECT article FROM unindexed")
            )
    except (sqlite3.Error, LibraryError):
        return  # told of the library
    strange = (held ^ ids) - owed
    if strange:
        said = _("articles that are missing in it or should not be: {count}", count=len(strange))
        remedy = _("liseuse doctor --repair makes it again from the library")
        yield Finding(INDEX, Level.BAD, said, remedy, partial(_remade, places))
    elif owed:
        said = _("articles that it will take in at the next start: {count}", count=len(owed))
        yield Finding(INDEX, Level.NOTICE, said)
    else:
        yield Finding(INDEX, Level.FINE, _("sound · articles: {articles}", articles=len(held)))


def _names(db: sqlite3.Connection, sql: str) -> frozenset[str]:
    return frozenset(os.fsdecode(name) for (name,) in db.execute(sql))


def _remade(places: Places) -> Iterator[Finding]:
    from reader.workspace import Workspace  # noqa: PLC0415 - only to repair

    with Workspace(places) as space, suppress(IndexBusy):
        space.collection.remake_index()
        for _step in space.collection.settle():
            pass
        count = space.collection.index.count()
    yield Finding(INDEX, Level.FINE, _("made again from the library · articles: {count}", count=count))
