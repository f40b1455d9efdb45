"""The notes, their drafts and their backups: looked at, told, never touched."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from notes import NotebookError, schema
from notes.backup import backups, folder_of
from notes.errors import NotebookTooNew
from reader.doctor.database import damage, foreign_journal, interrupted, number, opened, troubled
from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.paths import Places

NOTES = "notes"
BACKUPS = "backups"
_TOLD = 5


def notebook(places: Places) -> Iterator[Finding]:
    """Tell of the notebook and of its backups."""
    sound, damaged = _backups(places.notes)
    if places.notes.exists():
        yield from interrupted(NOTES, places.notes)
        yield from _notes(places.notes, _remedy(sound))
    elif sound:
        yield Finding(NOTES, Level.BAD, _("there are backups of notes, but no notes"), _remedy(sound))
    else:
        yield Finding(NOTES, Level.FINE, _("none yet"))
    yield from _told(sound, damaged)


def _remedy(sound: list[Path]) -> str:
    kept = _("nothing was changed; copy the file away before anything else")
    if not sound:
        return f"{kept}. " + _(
            "There is no sound backup; `sqlite3 notes.sqlite .recover` may save much of it"
        )
    return f"{kept}. " + _("The newest sound backup: liseuse restore {path}", path=str(sound[-1]))


def _notes(path: Path, remedy: str) -> Iterator[Finding]:
    try:
        with opened(path) as db:
            version = schema.version(db)
            if found := foreign_journal(path) or schema.altered(db) or damage(db) or _altered(db):
                yield Finding(NOTES, Level.BAD, _("damaged: {detail}", detail="; ".join(found)), remedy)
            elif version:
                yield _sound(db, version)
                yield from _misplaced(db)
            elif number(db, "SELECT count(*) FROM sqlite_master"):
                yield Finding(NOTES, Level.BAD, _("damaged: {detail}", detail="format 0"), remedy)
            else:
                yield Finding(NOTES, Level.FINE, _("none yet"))
    except NotebookTooNew:
        said = _("made by a later Liseuse; it was left as it is")
        yield Finding(NOTES, Level.BAD, said, _("bring Liseuse up to date"))
    except NotebookError:
        said = _("the file is another program's; it was left as it is")
        yield Finding(NOTES, Level.BAD, said, _("move it away, or choose another --home"))
    except sqlite3.Error as error:
        yield troubled(NOTES, error, remedy)


def _sound(db: sqlite3.Connection, version: int) -> Finding:
    standing = (
        "SELECT count(*) FROM note JOIN note_revision r"
        " ON (r.note, r.number) = (id, current) WHERE NOT deleted"
    )
    said = _(
        "sound · notes: {notes} · drafts: {drafts} · format {version}",
        notes=number(db, standing),
        drafts=number(db, "SELECT count(*) FROM draft"),
        version=version,
    )
    if version == schema.latest():
        return Finding(NOTES, Level.FINE, said)
    return Finding(NOTES, Level.NOTICE, said, _("brought up to date at the next start, after a backup"))


def _altered(db: sqlite3.Connection) -> list[str]:
    """Return what SQLite cannot see: texts that are not those they are named for, quotes not in them."""
    found = []
    for revision, text in db.execute("SELECT revision, text FROM snapshot"):
        if hashlib.sha256(text).hexdigest() != revision.decode("utf-8", "replace"):
            found.append(_("a text that notes were made on has changed on the disk"))
    if not found:
        found += [_("a quote has changed on the disk") for _note, came in _elsewhere(db) if not came]
    return found[:3]


def _elsewhere(db: sqlite3.Connection) -> Iterator[tuple[str, bool]]:
    """Yield the notes whose words do not stand where they say, and whether they came from outside."""
    sql = (
        'SELECT revision, note, quote, start, "end", note IN (SELECT note FROM note_revision JOIN operation'
        " ON operation = id WHERE kind = 'import') FROM note_revision WHERE start IS NOT NULL"
    )
    places = defaultdict[bytes, list[tuple[bytes, bytes, int, int, int]]](list)
    for revision, *place in db.execute(sql):
        places[revision].append(tuple(place))
    for revision, text in db.execute("SELECT revision, text FROM snapshot"):  # each text once
        words = text.decode()
        for note, quote, start, end, came in places[revision]:
            if words[start:end] != quote.decode("utf-8", "replace"):
                yield note.decode("utf-8", "replace"), bool(came)


def _misplaced(db: sqlite3.Connection) -> Iterator[Finding]:
    """Tell of notes taken in before their text was known, which has other words at their place."""
    notes = sorted({note for note, _came in _elsewhere(db)})
    if notes:
        said = _(
            "notes taken in whose words do not stand where they say: {ids}", ids=", ".join(notes[:_TOLD])
        )
        yield Finding(NOTES, Level.WARNING, said, _("look at them; liseuse delete and purge take them out"))


def _backups(notebook: Path) -> tuple[list[Path], list[Path]]:
    """Return the backups that are sound and those that are not, the oldest first.

    Those that say they are from the future come before them: no clock is known to be right.
    """
    sound: list[Path] = []
    damaged: list[Path] = []
    now = datetime.now(UTC)
    ordered = sorted(backups(notebook), key=lambda one: (one.time <= now, one.time, one.number))
    made = [one.path for one in ordered]
    others = set(folder_of(notebook).glob("*.sqlite")) - set(made)
    for path in (*sorted(others), *made):
        (sound if _is_sound(path) else damaged).append(path)
    return sound, damaged


def _is_sound(path: Path) -> bool:
    try:
        with opened(path) as db:
            strange = foreign_journal(path) or schema.altered(db)
            return bool(schema.version(db)) and not (strange or damage(db) or _altered(db))
    except (sqlite3.Error, NotebookError):
        return False


def _told(sound: list[Path], damaged: list[Path]) -> Iterator[Finding]:
    for path in damaged:
        said = _("a backup is damaged: {path}", path=str(path))
        yield Finding(BACKUPS, Level.WARNING, said, _("move it away"))
    if sound:
        said = _("sound: {count}, the newest {name}", count=len(sound), name=sound[-1].name)
        yield Finding(BACKUPS, Level.FINE, said)
    elif not damaged:
        yield Finding(BACKUPS, Level.NOTICE, _("none yet"), _("liseuse backup makes one"))
