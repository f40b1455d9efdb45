"""The first thing on the screen, before anything is imported: Textual takes a third of a second to load."""

import sys
from collections.abc import Sequence
from itertools import pairwise

_state = {"shown": False}


def is_wanted(arguments: Sequence[str]) -> bool:
    """Tell whether a command line opens the interface and has nothing to say before."""
    words = [word for before, word in pairwise(["", *arguments]) if before not in ("--home", "--lang")]
    words = [word for word in words if not word.startswith("-") or word in ("-h", "--help", "--version")]
    return words in ([], ["open"], ["demo"])


def show() -> None:
    """Take the terminal's other screen and say who is coming, if that is a terminal."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        _state["shown"] = True
        sys.stdout.write("\x1b[?1049h\x1b[2J\x1b[H\x1b[1m Liseuse\x1b[0m")
        sys.stdout.flush()


def take_away() -> None:
    """Give the terminal's own screen back: something is to be said there instead."""
    if _state["shown"]:
        _state["shown"] = False
        sys.stdout.write("\x1b[?1049l")
        sys.stdout.flush()
