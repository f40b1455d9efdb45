"""What can be typed: the options and commands of the contract (design, 1.3), with help that teaches."""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from index.article import EntityType
from reader import __version__, i18n
from reader.cli.declaring import COMMANDS, json_too, natural
from reader.cli.note_arguments import NoteCommands
from reader.cli.parser import Parser
from reader.config import Config, load
from reader.i18n import _
from reader.naming import typed_type
from reader.paths import places

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
    elif at < len(arguments) and arguments[at] not in COMMANDS and Path(arguments[at]).exists():
        arguments.insert(at, "open")
    of_all = at == len(arguments) or {"-h", "--help"} & set(arguments[:at])
    return _parsed(arguments, config, only="" if of_all else arguments[at])


def _parsed(arguments: list[str], config: Config, only: str) -> argparse.Namespace:
    """Return the options; of a query that the shell has taken apart, say that it wants quotes."""
    parser = _parser(only)
    options, extra = parser.parse_known_args(arguments, argparse.Namespace(config=config))
    if getattr(options, "query", None) and extra and not any(one.startswith("--") for one in extra):
        query = shlex.quote(" ".join([options.query, *extra]))
        parser.error(_("put a query of several words in quotes: {query}", query=query))
    return parser.parse_args(arguments, options) if extra else options


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


def _parser(only: str = "") -> argparse.ArgumentParser:
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
    parser.add_argument(
        "--version", action="version", version=f"liseuse {__version__}", help=_("print the version")
    )
    _Commands(parser).declare(only)
    return parser


class _Commands(NoteCommands):
    """The commands, each with its arguments and examples."""

    def declare(self, only: str) -> None:
        """Declare them all, or no more than the interface where only that is wanted: it shall paint soon."""
        self._interface()
        if only in {"open", "demo"}:
            return
        self._articles()
        self._entities()
        self.declare_notes()
        self._exchange()
        self._stores()

    def _interface(self) -> None:
        opens = self._command("open", _("open the interface, adding paths first if given"), "open ~/articles")
        opens.add_argument("paths", nargs="*", metavar="PATH")
        opens.set_defaults(json=False)  # what is added is told as `add` tells it
        self._command("demo", _("open the interface on the sample collection"), "demo")

    def _articles(self) -> None:
        add = self._command(
            "add",
            _("add files and folders, and remember the folders"),
            "add ~/articles",
            "add a.html b.jsonl --json",
        )
        add.add_argument("paths", nargs="+", metavar="PATH")
        json_too(add)
        sync = self._command("sync", _("look again at what was added: new, changed, moved, gone"), "sync")
        json_too(sync)
        annotate = self._command(
            "annotate", _("find the entities of every article that has none yet"), "annotate"
        )
        json_too(annotate)
        search = self._command(
            "search", _("print the articles that answer a query, best first"),
            'search "camp de gendarmerie"', "search 'djihad* -Niger'",
            "search 'date:2024-09 person:Goïta' --json",
        )  # fmt: skip
        search.add_argument("query", metavar="QUERY")
        search.add_argument("--limit", type=natural, default=20, metavar="N", help=_("how many hits (20)"))
        search.add_argument("--offset", type=natural, default=0, metavar="N", help=_("leave out the first N"))
        search.add_argument("--sort", choices=("relevance", "date", "-date"), default="relevance")
        search.add_argument(
            "--facets", action="store_true", help=_("count by entity, source, language, month")
        )
        json_too(search)
        show = self._command(
            "show", _("print one article with its entities and notes"), "show 3f2a", "show 3f2a --plain"
        )
        show.add_argument("id", metavar="ID", help=_("the article's id, or its first 4 digits or more"))
        show.add_argument(
            "--plain", action="store_true", help=_("linear text for screen readers: [person: Assimi Goïta]")
        )
        json_too(show)
        entities = self._command(
            "entities",
            _("list who and what the articles name, with counts"),
            "entities",
            "entities sahel --type org",
        )
        entities.add_argument("pattern", nargs="?", default="", metavar="PATTERN")
        entities.add_argument("--type", type=typed_type, choices=[kind.value for kind in EntityType])
        json_too(entities)

    def _entities(self) -> None:
        entity = self._command(
            "entity",
            _("print all that is known of an entity: names, dates, contexts, company, notes"),
            "entity gsim",
            "entity 'Assimi Goïta' --sort left",
            "entity Barkhane --markdown > barkhane.md",
        )
        entity.add_argument("name", metavar="NAME", help=_("any of its names"))
        entity.add_argument("--type", type=typed_type, choices=[kind.value for kind in EntityType])
        entity.add_argument(
            "--sort",
            choices=("date", "left", "right"),
            default="date",
            help=_("order of the contexts (date)"),
        )
        entity.add_argument(
            "--limit", type=natural, default=40, metavar="N", help=_("how many contexts (40)")
        )
        entity.add_argument("--markdown", action="store_true", help=_("print Markdown"))
        json_too(entity)
        corrections = self._command(
            "corrections",
            _("list what you have corrected of the entities; export it, merge a colleague's"),
            "corrections",
            "corrections export mine.jsonl",
            "corrections merge theirs.jsonl",
        )
        corrections.add_argument("action", nargs="?", choices=("list", "export", "merge"), default="list")
        corrections.add_argument("file", nargs="?", metavar="FILE")
        json_too(corrections)
