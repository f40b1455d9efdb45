"""How things are printed: JSON for programs, Rich for people, nothing of it interpreted as markup."""

import json
import os
import sys
from argparse import Namespace
from typing import TYPE_CHECKING, Any, Final

from reader import streams
from reader.cli.failures import DONE
from reader.paths import places
from reader.render import printed
from reader.workspace import Workspace

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

TYPE_STYLES: Final = {
    "person": "underline dark_orange3",
    "org": "bold dodger_blue2",
    "place": "italic green4",
    "event": "bold italic magenta",
    "other": "",
}


def print_json(fields: dict[str, Any]) -> int:
    """Print one JSON object with the format's version, in ASCII, and return success."""
    print(json.dumps({"version": 1, **fields}, ensure_ascii=True))
    return DONE


def print_text(text: str) -> None:
    """Print a document: the exact text into a file or a pipe, what may be painted on a terminal."""
    streams.use_utf8()
    sys.stdout.write(printed(text) if sys.stdout.isatty() else text)


def console(options: Namespace, *, error: bool = False) -> "Console":
    """Return a console for stdout or stderr that takes text as text."""
    from reader.cli.printer import Printer  # noqa: PLC0415 - Rich, 20 ms, to print only

    no_color = options.no_color or bool(os.environ.get("NO_COLOR"))
    return Printer(
        file=sys.stderr if error else sys.stdout,
        no_color=no_color or None,
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=not (sys.stderr if error else sys.stdout).isatty(),
    )


def progress(options: Namespace) -> "Progress":
    """Return a progress bar on stderr, with the rate and the time left; none where that is no terminal."""
    from rich.progress import (  # noqa: PLC0415 - 40 ms, for long work only
        BarColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %", markup=False),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
        console=console(options, error=True),
        disable=not sys.stderr.isatty(),
    )


def workspace(options: Namespace) -> Workspace:
    """Return the workspace that the options mean."""
    return Workspace(places(options.home))
