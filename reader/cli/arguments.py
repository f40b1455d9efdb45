"""What can be typed: the options and commands of the contract (design, 1.3), with help that teaches."""

import argparse
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Final

from index.article import EntityType
from reader import __version__, i18n
from reader.cli.parser import Parser
from reader.config import load
from reader.i18n import _
from reader.paths import places

_COMMANDS: Final = {
    **dict.fromkeys(("open", "demo"), "interface"),
    **dict.fromkeys(("add", "sync"), "adding"),
    **dict.fromkeys(("annotate", "search", "show", "entities"), "articles"),
    **dict.fromkeys(("entity", "corrections"), "entities"),
    **dict.fromkeys(("note", "notes", "tags"), "notebook"),
    **dict.fromkeys(("export", "import"), "exchange"),
    "verify": "verifying",
    **dict.fromkeys(("backup", "restore"), "keeping"),
    "doctor": "doctor",
    "purge": "purging",
}
"""The module of `reader.cli` that each command is a function of."""
FORMATS: Final = ("markdown", "jsonl", "commonmark", "jsonld", "csv", "qdc", "qdpx", "bibtex", "csl")
"""Those of `notes.export`, said again because importing them takes time."""
_VALUED: Final = ("--home", "--lang")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options typed, with `run` the function that does the command. Exits 2 on wrong usage.

    Its `config` is what `config.toml` settles; what is typed wins over that.
    """
    arguments = list(arguments)
    lang = _value_of("--lang", arguments)
    i18n.choose(lang)
    path = places(_value_of("--home", arguments)).config
    config = load(path)
    if i18n.choose(lang or config.lang) and config.problems:
        config = load(path)  # told in the language it settles
    at = _command_position(arguments)
    if at == len(arguments) and not {"-h", "--help", "--version"} & set(arguments):
        arguments.append("open")
    elif at < len(arguments) and arguments[at] not in _COMMANDS and Path(arguments[at]).exists():
        arguments.insert(at, "open")
    return _parser().parse_args(arguments, argparse.Namespace(config=config))


def _command_position(arguments: list[str]) -> int:
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in _VALUED else 1
    return min(at, len(arguments))


def _value_of(option: str, arguments: list[str]) -> str | None:
    for at, argument in enumerate(arguments):
        if argument.startswith(option + "="):
            return argument.removeprefix(option + "=")
        if argument == option and at + 1 < len(arguments):
            return arguments[at + 1]
    return None


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="liseuse",
        description=_("Search, read and annotate a collection of articles, offline."),
        epilog=_(
            "Begin with `liseuse demo`, or `liseuse add FOLDER` and then `liseuse`.\n"
            "`liseuse COMMAND --help` explains a command and gives examples."
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--home", metavar="DIR", help=_("keep everything in DIR (or set LISEUSE_HOME)"))
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=_("language of the messages"))
    parser.add_argument("--no-color", action="store_true", help=_("no colours (or set NO_COLOR)"))
    parser.add_argument("-v", "--verbose", action="store_true", help=_("say more"))
    parser.add_argument("--version", action="version", version=f"liseuse {__version__}")
    _Commands(parser).declare()
    return parser


class _Commands:
    """The commands, each with its arguments and examples."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)

    def _command(self, name: str, summary: str, *examples: str) -> argparse.ArgumentParser:
        command = self._commands.add_parser(
            name,
            help=summary,
            description=summary,
            epilog="\n".join([_("examples:"), *(f"  liseuse {example}" for example in examples)]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        command.set_defaults(run=partial(_run, name))
        return command

    def declare(self) -> None:
        """Declare them all."""
        self._interface()
        self._articles()
        self._entities()
        self._notes()
        self._exchange()
        self._stores()

    def _interface(self) -> None:
        opens = self._command("open", _("open the interface, adding paths first if given"), "open ~/articles")
        opens.add_argument("paths", nargs="*", metavar="PATH")
        self._command("demo", _("open the interface on the sample collection"), "demo")

    def _articles(self) -> None:
        add = self._command(
            "add",
            _("add files and folders, and remember the folders"),
            "add ~/articles",
            "add a.html b.jsonl --json",
        )
        add.add_argument("paths", nargs="+", metavar="PATH")
        _json(add)
        sync = self._command("sync", _("look again at what was added: new, changed, moved, gone"), "sync")
        _json(sync)
        annotate = self._command(
            "annotate", _("find the entities of every article that has none yet"), "annotate"
        )
        _json(annotate)
        search = self._command(
            "search", _("print the articles that answer a query, best first"),
            'search "camp de gendarmerie"', "search 'djihad* -Niger'",
            "search 'date:2024-09 person:Goïta' --json",
        )  # fmt: skip
        search.add_argument("query", metavar="QUERY")
        search.add_argument("--limit", type=_natural, default=20, metavar="N", help=_("how many hits (20)"))
        search.add_argument(
            "--offset", type=_natural, default=0, metavar="N", help=_("leave out the first N")
        )
        search.add_argument("--sort", choices=("relevance", "date", "-date"), default="relevance")
        search.add_argument(
            "--facets", action="store_true", help=_("count by entity, source, language, month")
        )
        _json(search)
        show = self._command(
            "show", _("print one article with its entities and notes"), "show 3f2a", "show 3f2a --plain"
        )
        show.add_argument("id", metavar="ID", help=_("the article's id, or its first 4 digits or more"))
        show.add_argument(
            "--plain", action="store_true", help=_("linear text for screen readers: [person: Assimi Goïta]")
        )
        _json(show)
        entities = self._command(
            "entities",
            _("list who and what the articles name, with counts"),
            "entities",
            "entities sahel --type org",
        )
        entities.add_argument("pattern", nargs="?", default="", metavar="PATTERN")
        entities.add_argument("--type", choices=[kind.value for kind in EntityType])
        _json(entities)

    def _entities(self) -> None:
        entity = self._command(
            "entity",
            _("print all that is known of an entity: names, dates, contexts, company, notes"),
            "entity gsim",
            "entity 'Assimi Goïta' --sort left",
            "entity Barkhane --markdown > barkhane.md",
        )
        entity.add_argument("name", metavar="NAME", help=_("any of its names"))
        entity.add_argument("--type", choices=[kind.value for kind in EntityType])
        entity.add_argument(
            "--sort",
            choices=("date", "left", "right"),
            default="date",
            help=_("order of the contexts (date)"),
        )
        entity.add_argument(
            "--limit", type=_natural, default=40, metavar="N", help=_("how many contexts (40)")
        )
        entity.add_argument("--markdown", action="store_true", help=_("print Markdown"))
        _json(entity)
        corrections = self._command(
            "corrections",
            _("list what you have corrected of the entities; export it, merge a colleague's"),
            "corrections",
            "corrections export mine.jsonl",
            "corrections merge theirs.jsonl",
        )
        corrections.add_argument("action", nargs="?", choices=("list", "export", "merge"), default="list")
        corrections.add_argument("file", nargs="?", metavar="FILE")
        _json(corrections)

    def _notes(self) -> None:
        note = self._command(
            "note", _("make a note on a passage and print its id"),
            'note 3f2a --quote "six avions" --comment "non confirmé" --tag bilan',
            "note 3f2a --span 120:184 --tag group/jnim",
        )  # fmt: skip
        note.add_argument("id", metavar="ID")
        where = note.add_mutually_exclusive_group(required=True)
        where.add_argument("--quote", metavar="TEXT", help=_("the passage, word for word"))
        where.add_argument(
            "--span", type=_span, metavar="A:B", help=_("the passage, by its offsets in characters")
        )
        where.add_argument("--whole", action="store_true", help=_("the whole article"))
        note.add_argument("--comment", default="", metavar="TEXT")
        note.add_argument("--tag", action="append", default=[], metavar="TAG", help=_("may be repeated"))
        notes = self._command("notes", _("list the notes"), "notes", "notes avions --tag bilan --json")
        notes.add_argument(
            "query", nargs="?", metavar="QUERY", help=_("words of the comment, the quote or the tags")
        )
        notes.add_argument("--tag", action="append", default=[], metavar="TAG")
        notes.add_argument("--article", metavar="ID")
        _json(notes)
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
        _json(tags)
        verify = self._command(
            "verify",
            _("check that what is quoted stands in the articles; 1 if some does not"),
            "verify",
            "verify report.md --json",
        )
        verify.add_argument(
            "files", nargs="*", metavar="FILE", help=_("exported Markdown; else the notebook")
        )
        _json(verify)
        backup = self._command(
            "backup", _("copy the notebook, safely while it is in use"), "backup", "backup --list"
        )
        backup.add_argument("--list", action="store_true", help=_("list the copies instead, newest first"))
        _json(backup)
        restore = self._command(
            "restore",
            _("put a copy of the notebook in its place; what is there now is kept"),
            "restore notes-20261123T090000Z.sqlite",
        )
        restore.add_argument("file", metavar="FILE", help=_("a copy, or its name in `liseuse backup --list`"))

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
        export.add_argument("--query", metavar="Q")
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
        _json(reads)

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
        _json(doctor)
        purge = self._command(
            "purge", _("take deleted notes out of the file for good"), "purge", "purge --yes --backups"
        )
        purge.add_argument("--yes", action="store_true", help=_("do it; else say how many there are"))
        purge.add_argument("--backups", action="store_true", help=_("out of the backups too"))
        _json(purge)


def _run(name: str, options: argparse.Namespace) -> int:
    """Run a command, importing the module it is in and not the others."""
    function = f"{name}_" if iskeyword(name) else name
    return int(getattr(import_module(f"reader.cli.{_COMMANDS[name]}"), function)(options))


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help=_("print one JSON object"))


def _natural(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError
    return number


def _span(text: str) -> tuple[int, int]:
    start, end = text.split(":")
    return _natural(start), _natural(end)
