"""What the stores stand on: room, rights, the kind of disk, locks, settings, models, versions."""

import fcntl
import importlib.metadata
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Final

from notes.surroundings import place_of
from reader import __version__
from reader.doctor.finding import Finding, Level
from reader.i18n import _
from reader.paths import Places
from reader.surroundings import warning_of

_ROOM: Final = 200 << 20
_NO_ROOM: Final = 20 << 20
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_PACKAGES: Final = ("textual", "rich", "whoosh-reloaded", "spacy", "lxml", "pypdfium2", "trafilatura")


def surroundings(places: Places) -> Iterator[Finding]:
    """Tell what is around the stores."""
    yield from _room(places)
    yield from _rights(places)
    yield from _whereabouts(places)
    yield from _locks(places)
    yield from _models()


def folders(places: Places) -> list[Path]:
    """Return the folders of the stores that there are, each once."""
    parents = (places.notes.parent, places.library.parent, places.index, places.state)
    return [path for path in dict.fromkeys(parents) if path.is_dir()]


def _room(places: Places) -> Iterator[Finding]:
    for folder in folders(places)[:2]:
        free = shutil.disk_usage(folder).free
        if free < _ROOM:
            level = Level.BAD if free < _NO_ROOM else Level.WARNING
            said = _("only {free} MiB are free for {path}", free=free >> 20, path=str(folder))
            yield Finding("disk", level, said, _("make room: notes cannot be kept on a full disk"))
            return
        yield Finding("disk", Level.FINE, _("{free} GiB free", free=round(free / (1 << 30), 1)))
        return


def _rights(places: Places) -> Iterator[Finding]:
    seen = [path for folder in folders(places) for path in (folder, *folder.rglob("*"))]
    mine = os.geteuid()
    strange = [path for path in seen if path.lstat().st_uid != mine]
    shown = [path for path in seen if not path.is_symlink() and path.stat().st_mode & _OTHERS]
    if links := [path for path in seen if path.is_symlink()]:
        said = _(
            "links, followed to what is kept elsewhere: {count}, as {path}",
            count=len(links),
            path=str(links[0]),
        )
        yield Finding("rights", Level.NOTICE, said, _("see that they are yours"))
    if strange:
        said = _(
            "files that belong to somebody else: {count}, as {path}", count=len(strange), path=str(strange[0])
        )
        yield Finding("rights", Level.WARNING, said, _("somebody else can change them"))
    if shown:
        said = _("files that others may read: {count}, as {path}", count=len(shown), path=str(shown[0]))
        remedy = _("liseuse doctor --repair takes that right away")
        yield Finding("rights", Level.WARNING, said, remedy, partial(_closed, shown))
    if not strange and not shown:
        yield Finding("rights", Level.FINE, _("all files are yours alone"))


def _closed(paths: list[Path]) -> Iterator[Finding]:
    for path in paths:
        path.chmod(path.stat().st_mode & ~_OTHERS)
    yield Finding("rights", Level.FINE, _("all files are yours alone"))


def _whereabouts(places: Places) -> Iterator[Finding]:
    """Tell if the notes lie where a file can be changed behind the program's back, or locks do not hold."""
    if warning := warning_of(place_of(places.notes.parent)):
        yield Finding("disk", Level.WARNING, warning)


def _locks(places: Places) -> Iterator[Finding]:
    for path in (places.index / "MAIN_WRITELOCK", places.notes.with_name("notes.lock")):
        if path.exists() and _is_held(path):
            said = _("another Liseuse is at work here ({name})", name=path.name)
            yield Finding("locks", Level.NOTICE, said)


def _is_held(path: Path) -> bool:
    file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _models() -> Iterator[Finding]:
    from index.entities import models  # noqa: PLC0415 - word lists, only here

    for lang in models.MODELS:
        found = models.installed(lang)
        if found:
            yield Finding("models", Level.FINE, f"{lang}: {found.name} {found.version}")
        else:
            said = _("none for {lang}: names are found by rules alone", lang=lang)
            yield Finding("models", Level.NOTICE, said, _("docs/entities.md says which to install"))


def versions() -> dict[str, str]:
    """Return the versions of the program and of what it stands on."""
    found = {"liseuse": __version__, "python": sys.version.split()[0], "sqlite": sqlite3.sqlite_version}
    return found | {name: importlib.metadata.version(name) for name in _PACKAGES}
