"""The standard streams: that they are there, that they take any text, that they are done with at the end.

And what the environment says of the terminal behind them.

No `typing` here: it costs 4 ms, before the first thing is on the screen.
"""

import io
import os
import sys

WIDEST, TALLEST = 4096, 2048
"""Cells of a terminal; three screens of 8K in the smallest letters have fewer."""
_STRICT = ("strict", "surrogateescape")


def prepare() -> None:
    """Open what is missing of the standard streams on nothing, let stdout take any text, doubt its size.

    A missing descriptor would be given to the next file that is opened, such as the notebook: what is
    printed would go into it. What the encoding of stdout has no sign for is shown as `?`.
    """
    for number in range(3):
        _hold(number)
    sys.stdin = sys.stdin or _opened(0, "r")
    sys.stdout = sys.stdout or _opened(1, "w")
    sys.stderr = sys.stderr or _opened(2, "w")
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors in _STRICT:
        sys.stdout.reconfigure(errors="replace")
    _forget("COLUMNS", WIDEST)
    _forget("LINES", TALLEST)


def _forget(name: str, most: int) -> None:
    """Forget a size that no terminal has: with none Rich prints nothing, with millions it pads for ever."""
    said = os.environ.get(name, "1")
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(most)) and 0 < int(said) <= most):
        del os.environ[name]


def _hold(number: int) -> None:
    """Open a descriptor on the null device unless it is open; those below it are."""
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)  # the lowest that is free: this one
        os.set_inheritable(nowhere, True)  # noqa: FBT003 - it takes no keywords


def _opened(number: int, mode: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(number, mode, closefd=False), encoding="utf-8", errors="replace")


def use_utf8() -> None:
    """Write in UTF-8 from here on, whatever the locale: a document is evidence. To a terminal, as before."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors=sys.stdout.errors)


def finish() -> None:
    """Drop what could not be said: Python would say it again at exit, and end with 120."""
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)
