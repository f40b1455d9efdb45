"""The first thing on the screen, before anything is imported: Textual takes a third of a second to load."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise

_state = {"shown": False}
_PLAIN = (
    b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Takes back whatever the terminal may have been asked for."""


def is_wanted(arguments: Sequence[str]) -> bool:
    """Tell whether a command line opens the interface and has nothing to say before."""
    words = [word for before, word in pairwise(["", *arguments]) if before not in ("--home", "--lang")]
    words = [word for word in words if not word.startswith("-") or word in ("-h", "--help", "--version")]
    return words in ([], ["open"], ["demo"])


def show() -> None:
    """Take the terminal's other screen and say who is coming, if that is a terminal.

    Until the interface has its own answer, SIGTERM and SIGHUP give that screen back before they end the
    program; so does SIGINT, but for the time from `hand_over` to `take_back`.
    """
    if sys.stdin.isatty() and sys.stdout.isatty():
        _state["shown"] = True
        sys.stdout.write("\x1b[?1049h\x1b[2J\x1b[H\x1b[1m Liseuse\x1b[0m")
        sys.stdout.flush()
        _give_back_at_the_end()


def _give_back_at_the_end() -> None:
    import signal  # noqa: PLC0415 - once there is something to see
    import termios  # noqa: PLC0415

    before = termios.tcgetattr(0)

    def told(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        try:
            termios.tcsetattr(0, termios.TCSANOW, before)
            os.write(1, _PLAIN)  # the stream may be in the middle of a write
        except (OSError, termios.error):
            pass  # the terminal is gone
        os.kill(os.getpid(), number)

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup has it
            signal.signal(number, told)


def hand_over() -> None:
    """Let Ctrl+C be an exception again, which the command line explains."""
    if _state["shown"]:
        import signal  # noqa: PLC0415 - as above

        if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def take_back() -> None:
    """Have Ctrl+C end the program again: asyncio would make of the exception a task that is cancelled."""
    if _state["shown"]:
        _give_back_at_the_end()


def take_away() -> None:
    """Give the terminal's own screen back: something is to be said there instead."""
    if _state["shown"]:
        _state["shown"] = False
        sys.stdout.write("\x1b[?1049l")
        sys.stdout.flush()
