"""The small files: settings, gazetteer and corrections, which people write; what the interface remembers."""

import sqlite3
from collections.abc import Iterator

from index.regular import MAX_CORRECTIONS, content
from reader.config import load
from reader.doctor.database import damage, opened
from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.paths import Places
from reader.translated import translated


def settings(places: Places) -> Iterator[Finding]:
    """Tell of the small files."""
    for problem in load(places.config).problems:
        yield Finding("settings", Level.WARNING, str(problem), _("the entry is left out; correct the line"))
    yield from _gazetteer(places)
    yield from _corrections(places)
    yield from _memory(places)


def _gazetteer(places: Places) -> Iterator[Finding]:
    from index.entities.gazetteer import GazetteerError, load  # noqa: PLC0415 - rules and words, only here

    try:
        load(places.gazetteer)
    except GazetteerError as error:
        yield Finding(
            "gazetteer",
            Level.WARNING,
            translated(str(error)),
            _("correct the file; until then it is left out"),
        )


def _corrections(places: Places) -> Iterator[Finding]:
    from index.entities.log import read_lines  # noqa: PLC0415 - as above

    try:
        data = content(places.corrections, MAX_CORRECTIONS)
    except FileNotFoundError:
        return
    except OSError as error:
        detail = translated(error.strerror or str(error))
        yield Finding("corrections", Level.BAD, _("it cannot be read: {detail}", detail=detail))
        return
    lines = held = 0
    for one in read_lines(data):
        lines, held = lines + 1, held + bool(one)
    if held == lines:
        yield Finding("corrections", Level.FINE, _("sound · corrections: {count}", count=held))
    else:
        said = _("lines that cannot be read: {count} of {all}", count=lines - held, all=lines)
        remedy = _(
            "they are passed over and kept; a colleague's copy can be merged: liseuse corrections merge"
        )
        yield Finding("corrections", Level.WARNING, said, remedy)


def _memory(places: Places) -> Iterator[Finding]:
    path = places.state / "memory.sqlite"
    if not path.exists():
        return
    try:
        with opened(path) as db:
            if not damage(db):
                return
    except sqlite3.Error:
        pass
    said = _("the history of queries and of what was read is damaged")
    yield Finding("memory", Level.NOTICE, said, _("set aside at the next start; no note is in it"))
