"""The commands that keep the notebook: backup, restore."""

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from notes.backup import Backup, backups, folder_of
from notes.restore import restore as restore_notebook
from notes.surroundings import place_of
from reader.cli.failures import DONE, NOTHING, complain
from reader.cli.output import console, print_json, workspace
from reader.i18n import _
from reader.paths import typed
from reader.render import painted
from reader.surroundings import warning_of


def backup(options: Namespace) -> int:
    """Copy the notebook, or list the copies; 1 if there are none."""
    with workspace(options) as space:
        path = space.places.notes
        if not options.list:
            made = space.notebook.back_up()
            if warning := warning_of(place_of(path.parent)):
                complain(warning)
            if not options.json:
                console(options).print(painted(str(made)), soft_wrap=True)
                return DONE
        found = backups(path)
    if options.json:
        print_json({"backups": [_record(one) for one in found]})
    else:
        _tell(options, found)
    return DONE if found else NOTHING


def _record(one: Backup) -> dict[str, object]:
    return {"path": str(one.path), "time": f"{one.time:%Y-%m-%dT%H:%M:%SZ}", "bytes": one.size}


def _tell(options: Namespace, found: list[Backup]) -> None:
    out = console(options)
    for one in found:
        kib = max(one.size // 1024, 1)
        out.print(f"{one.time.astimezone():%Y-%m-%d %H:%M}  {kib:>8} KiB  {one.path.name}", soft_wrap=True)
    if not found:
        complain(_("no copies yet: `liseuse backup` makes one"))


def restore(options: Namespace) -> int:
    """Put a copy in the notebook's place, keeping what was there."""
    with workspace(options) as space:
        notebook = space.places.notes
        kept = restore_notebook(notebook, _copy(notebook, options.file), datetime.now(UTC))
        count = len(space.notebook.notes())
    complain(_("The notebook is restored. Notes: {count}", count=count))
    if kept:
        complain(_("What was there before is kept in {path}", path=str(kept)))
    return DONE


def _copy(notebook: Path, name: str) -> Path:
    """Return the copy meant: a path, or the name of one of `backups/`."""
    given, known = typed(name), folder_of(notebook) / name
    return known if known.is_file() and not given.is_file() else given
