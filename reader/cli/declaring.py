"""How a command is declared: its arguments, help that teaches, and the module it is a function of."""

import argparse
from functools import partial
from importlib import import_module
from keyword import iskeyword
from typing import Final

from reader.i18n import _

COMMANDS: Final = {
    **dict.fromkeys(("open", "demo"), "interface"),
    **dict.fromkeys(("add", "sync"), "adding"),
    **dict.fromkeys(("annotate", "search", "entities"), "articles"),
    "show": "showing",
    **dict.fromkeys(("entity", "corrections"), "entities"),
    **dict.fromkeys(("note", "notes", "tags"), "notebook"),
    **dict.fromkeys(("edit", "delete", "undo"), "revising"),
    **dict.fromkeys(("export", "import"), "exchange"),
    "verify": "verifying",
    **dict.fromkeys(("backup", "restore"), "keeping"),
    "doctor": "doctor",
    "purge": "purging",
}
"""The module of `reader.cli` that each command is a function of."""

_DIGITS: Final = 12
"""Of a number that can be meant; Python takes ever longer to read more."""


class Declaring:
    """Declares commands of a parser."""

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


def _run(name: str, options: argparse.Namespace) -> int:
    """Run a command, importing the module it is in and not the others."""
    function = f"{name}_" if iskeyword(name) else name
    return int(getattr(import_module(f"reader.cli.{COMMANDS[name]}"), function)(options))


def json_too(command: argparse.ArgumentParser) -> None:
    """Let a command print JSON instead."""
    command.add_argument("--json", action="store_true", help=_("print one JSON object"))


def natural(text: str) -> int:
    """Return a number, none negative. Raises ArgumentTypeError."""
    if not text.isdecimal() or len(text) > _DIGITS:
        raise argparse.ArgumentTypeError(_("{text} is no number: give 0, 1, 2 …", text=text))
    return int(text)


def span_of(text: str) -> tuple[int, int]:
    """Return the span `A:B`. Raises ArgumentTypeError."""
    start, colon, end = text.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal() and len(text) <= 2 * _DIGITS):
        raise argparse.ArgumentTypeError(
            _(
                "{text} is no passage: give its first character and the one after its last, as 120:184",
                text=text,
            )
        )
    return int(start), int(end)
