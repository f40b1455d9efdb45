"""What the terminal sends, made safe before keys are read out of it.

Textual's driver stops the program at a byte that is not UTF-8 or at a key code that is no
character, and its parser takes for keys what stands after an escape in a
pasted text: pasting a page could delete a note.
"""

from __future__ import annotations

import os
import re
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, TextIO

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.keys import Keys
from textual.message import Message

from index.sanitise import clean
from reader.streams import TALLEST, WIDEST

_READ: Final = 4096
_WAIT: Final = 0.1
"""Seconds; how long an escape may wait for the rest of a key before it is the Escape key."""
_UNFINISHED: Final = re.compile(r"(\r|\x1b(\[(2(01?)?)?)?)\Z")
"""An end of a pasted text that may be the beginning of a line break or of the end of the paste."""


class PasteGuard:
    """Cleans what is pasted: between the marks of a bracketed paste there is text, and no keys."""

    def __init__(self) -> None:
        self._pasting = False
        self._before = ""

    def __call__(self, data: str) -> str:
        """Return what may be parsed of what has come; what cannot be judged yet waits for more."""
        safe = ""
        while data:
            piece, data = self._pasted(data) if self._pasting else self._typed(data)
            safe += piece
        return safe

    def _typed(self, data: str) -> tuple[str, str]:
        known = len(self._before)  # parsed already; a mark may have begun there
        head, mark, rest = (self._before + data).partition(BRACKETED_PASTE_START)
        self._pasting = bool(mark)
        self._before = "" if mark else (head + mark)[1 - len(BRACKETED_PASTE_START) :]
        return (head + mark)[known:], rest

    def _pasted(self, data: str) -> tuple[str, str]:
        text, mark, rest = (self._before + data).partition(BRACKETED_PASTE_END)
        self._pasting = not mark
        unfinished = None if mark else _UNFINISHED.search(text)
        self._before = unfinished[0] if unfinished else ""
        return clean(text.removesuffix(self._before)) + mark, rest


class KeyParser(XTermParser):
    """Textual's parser, without its error at a key that is none: the sequence is passed over."""

    @lru_cache(maxsize=1024)  # noqa: B019 - as Textual has it; the parser lives as long as the program
    def _parse_extended_key(self, sequence: str) -> list[events.Key] | None:
        try:
            return super()._parse_extended_key(sequence)
        except (ValueError, OverflowError):
            return [events.Key(Keys.Ignore, sequence)]


class Output:
    """What is written on: a terminal that is gone takes everything, in silence.

    Textual's thread that writes ends at an error, and its queue of thirty, soon full, holds up for ever
    whoever writes: closing the window left the program running, and the notebook locked.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write as far as there is somebody who reads."""
        with suppress(OSError):
            self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Send what was written on its way, as `write`."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """Return the file's descriptor."""
        return self._file.fileno()


class GuardedDriver(LinuxDriver):
    """Textual's driver, whose decoder goes on, with a guard on pastes and an output that bears a hangup."""

    def start_application_mode(self) -> None:
        """Begin to write and to read."""
        self._file: Any = self._file if isinstance(self._file, Output) else Output(self._file)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        """Read until told to end, or until the terminal is gone; what is not UTF-8 becomes U+FFFD."""
        parser, guard = KeyParser(self._debug), PasteGuard()
        decode = getincrementaldecoder("utf-8")(errors="replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_WAIT):
                    if not (data := self._read()):
                        self._app.call_later(self._app.action_quit)
                        return
                    if text := guard(decode(data)):
                        self._tell(parser.feed(text))
                self._tell(parser.tick())

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _READ)
        except OSError:  # the terminal was taken away
            return b""

    def _tell(self, messages: Iterable[Message]) -> None:
        for message in messages:
            if not _is_absurd(message):
                self.process_message(message)


def _is_absurd(message: Message) -> bool:
    """Tell whether a terminal is said to have a size that none has: it would be painted without end."""
    return isinstance(message, events.Resize) and (
        message.size.width > WIDEST or message.size.height > TALLEST
    )
