"""The command that takes deleted notes out of the file for good: purge."""

from argparse import Namespace

from notes import purge as purging
from reader.cli.failures import DONE, complain
from reader.cli.output import print_json
from reader.i18n import _
from reader.paths import places


def purge(options: Namespace) -> int:
    """Take the deleted notes out for good; without `--yes`, only tell how many there are.

    The file is written anew even if it has none: a purge that was killed may have left what held them.
    """
    path = places(options.home).notes
    if not options.yes or not path.exists():
        count = len(purging.deleted(path)) if path.exists() else 0
        if options.json:
            return print_json({"deleted": count})
        complain(_("deleted notes that are still in the file: {count}", count=count))
        if count:
            complain(_("liseuse purge --yes takes them out for good; nothing brings them back"))
        return DONE
    done = purging.purge(path, backups=options.backups)
    if options.json:
        return print_json({"purged": done.notes, "backups": [str(copy) for copy in done.backups]})
    complain(_("taken out for good: {count}", count=done.notes))
    for copy in done.backups:
        complain(_("a backup that may still hold them: {path}", path=str(copy)))
    return DONE
