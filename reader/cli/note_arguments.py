"""The commands about notes, their exchange with other programs, and the stores, as they can be typed."""

from typing import Final

from reader.cli.declaring import Declaring, json_too, span_of
from reader.i18n import _

FORMATS: Final = ("markdown", "jsonl", "commonmark", "jsonld", "csv", "qdc", "qdpx", "bibtex", "csl")
"""Those of `notes.export`, said again because importing them takes time."""


class NoteCommands(Declaring):
    """The commands about notes and stores."""

    def declare_notes(self) -> None:
        """Declare what makes, lists and checks notes."""
        note = self._command(
            "note", _("make a note on a passage and print its id"),
            'note 3f2a --quote "six avions" --comment "non confirmé" --tag bilan',
            "note 3f2a --span 120:184 --tag group/jnim",
        )  # fmt: skip
        note.add_argument("id", metavar="ID")
        where = note.add_mutually_exclusive_group(required=True)
        where.add_argument("--quote", metavar="TEXT", help=_("the passage, word for word"))
        where.add_argument(
            "--span", type=span_of, metavar="A:B", help=_("the passage, by its offsets in characters")
        )
        where.add_argument("--whole", action="store_true", help=_("the whole article"))
        note.add_argument("--comment", default="", metavar="TEXT")
        note.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("may be repeated"))
        self._declare_changes()
        notes = self._command("notes", _("list the notes"), "notes", "notes avions --tag bilan --json")
        notes.add_argument(
            "query", nargs="?", metavar="QUERY", help=_("words of the comment, the quote or the tags")
        )
        notes.add_argument("--tag", action="append", default=[], metavar="TAG")
        notes.add_argument("--article", metavar="ID")
        json_too(notes)
        tags = self._command(
            "tags",
            _("list the tags with how often each is used; rename, merge or delete them everywhere"),
            "tags",
            "tags rename groupe acteurs",
            "tags merge sources source",
            "tags delete brouillon",
            "tags describe bilan 'Chiffres de pertes, à vérifier'",
        )
        tags.add_argument("action", nargs="?", choices=("rename", "merge", "delete", "describe"))
        tags.add_argument("names", nargs="*", metavar="TAG")
        json_too(tags)
        verify = self._command(
            "verify",
            _("check that what is quoted stands in the articles; 1 if some does not"),
            "verify",
            "verify report.md --json",
        )
        verify.add_argument(
            "files", nargs="*", metavar="FILE", help=_("exported Markdown; else the notebook")
        )
        json_too(verify)
        backup = self._command(
            "backup", _("copy the notebook, safely while it is in use"), "backup", "backup --list"
        )
        backup.add_argument("--list", action="store_true", help=_("list the copies instead, newest first"))
        json_too(backup)
        restore = self._command(
            "restore",
            _("put a copy of the notebook in its place; what is there now is kept"),
            "restore notes-20261123T090000Z.sqlite",
        )
        restore.add_argument("file", metavar="FILE", help=_("a copy, or its name in `liseuse backup --list`"))

    def _declare_changes(self) -> None:
        edit = self._command(
            "edit",
            _("change the comment and the tags of a note"),
            'edit 8c1d --comment "confirmé le 20" --tag bilan --untag "à vérifier"',
        )
        edit.add_argument("id", metavar="NOTE", help=_("its id, or the beginning of it"))
        edit.add_argument("--comment", metavar="TEXT", help=_("instead of what is there"))
        edit.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("may be repeated"))
        edit.add_argument("--untag", action="append", default=[], metavar="TAG", help=_("may be repeated"))
        delete = self._command(
            "delete", _("delete notes; `liseuse undo` brings them back"), "delete 8c1d 77ab"
        )
        delete.add_argument("ids", nargs="+", metavar="NOTE")
        self._command("undo", _("take back the last change to notes or entities"), "undo")

    def _exchange(self) -> None:
        export = self._command(
            "export",
            _("write the notes for people and other programs"),
            "export -o notes.md",
            "export --layout article -o ~/vault/notes/",
            "export --tag bilan --format qdpx -o bilan.qdpx",
        )
        export.add_argument(
            "--format", choices=FORMATS, default="markdown", help=_("docs/export.md has each")
        )
        export.add_argument("--tag", action="append", default=[], metavar="TAG")
        export.add_argument("--article", metavar="ID")
        export.add_argument("--query", metavar="Q", help=_("words of the comment, the quote or the tags"))
        export.add_argument("--layout", choices=("article", "tag", "single"))
        export.add_argument(
            "-o",
            "--output",
            default="-",
            metavar="PATH",
            help=_("a file, a folder ending in /, or - (stdout)"),
        )
        reads = self._command(
            "import",
            _("read notes back, as one step to undo: JSON Lines, Web Annotations, our edited Markdown"),
            "import notes.jsonl",
            "import ~/vault/notes/*.md",
        )
        reads.add_argument("files", nargs="+", metavar="FILE")
        json_too(reads)

    def _stores(self) -> None:
        doctor = self._command(
            "doctor",
            _("look at every store, say how it is, and what to do; notes are never touched"),
            "doctor",
            "doctor --repair",
        )
        doctor.add_argument(
            "--repair", action="store_true", help=_("make again what can be: index, library, rights")
        )
        json_too(doctor)
        purge = self._command(
            "purge", _("take deleted notes out of the file for good"), "purge", "purge --yes --backups"
        )
        purge.add_argument("--yes", action="store_true", help=_("do it; else say how many there are"))
        purge.add_argument("--backups", action="store_true", help=_("out of the backups too"))
        json_too(purge)
