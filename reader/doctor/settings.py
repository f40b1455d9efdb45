"""The small files: settings, gazetteer and corrections, which people write; what the interface remembers."""

import sqlite3
from collections.abc import Iterator

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
    except (GazetteerError, OSError) as error:
        yield Finding(
            "gazetteer",
            Level.WARNING,
            translated(str(error)),
            _("correct the file; until then it is left out"),
        )


def _corrections(places: Places) -> Iterator[Finding]:
    from index.entities.log import read  # noqa: PLC0415 - as above

    try:
        data = places.corrections.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        yield Finding(
            "corrections", Level.BAD, _("it cannot be read: {detail}", detail=translated(str(error)))
        )
        return
    lines, held = len(data.splitlines()), sum(1 for _one in read(data))
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
