"""A program in a pseudo-terminal: what it paints, and when."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

_SIZE = (40, 120)
CHILDREN = 120
"""Seconds in which a child of the lowest priority gets its turn on a machine that is busy with other tests."""


def _environment() -> dict[str, str]:
    """Return the environment without the size of another terminal, which pytest-xdist tells its workers."""
    return {name: value for name, value in os.environ.items() if name not in {"LINES", "COLUMNS"}}


class Terminal:
    """Runs a command in a pseudo-terminal of 120 by 40 cells, with true colour."""

    def __init__(self, command: Sequence[str], env: dict[str, str], cwd: Path | None = None) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *_SIZE, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            cwd=cwd,
            env={**_environment(), "TERM": "xterm-256color", "COLORTERM": "truecolor", **env},
        )
        os.close(theirs)
        self._terminal = ours
        self.seen = b""

    def read(self, seconds: float) -> bytes:
        """Return what comes within some seconds, as soon as something comes; empty if nothing does."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return b""
        try:
            data = os.read(self._terminal, 1 << 20)
        except OSError:
            return b""
        self.seen += data
        return data

    def wait_for(self, text: str, seconds: float = 30) -> float:
        """Return the seconds from the start until `text` was painted."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(0.05)
            if text.encode() in self.seen:
                return time.perf_counter() - self.started
        message = f"{text!r} was not painted in {seconds} s"
        raise TimeoutError(message)

    def settle(self, quiet: float = 0.5, most: float = 10) -> None:
        """Read until nothing comes for a while, or for `most` seconds where progress is painted all the time."""
        end = time.perf_counter() + most
        while self.read(quiet) and time.perf_counter() < end:
            pass

    def wait_until(self, seen: Callable[[], object], seconds: float = 30) -> None:
        """Read until something is so; raise TimeoutError if it never is."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if seen():
                return
            self.read(0.05)
        message = f"not seen in {seconds} s; the last that was painted: {self.seen[-500:]!r}"
        raise TimeoutError(message)

    def send(self, keys: bytes) -> None:
        """Send keys, waiting for nothing."""
        os.write(self._terminal, keys)

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size and tell the program, as a terminal does."""
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process.send_signal(signal.SIGWINCH)

    def end(self, seconds: float = 10) -> int:
        """Wait for the program to end and return its exit code; what it painted last is read."""
        end = time.perf_counter() + seconds
        while self._process.poll() is None and time.perf_counter() < end:
            self.read(0.05)
        self.read(0.1)
        return self._process.wait(1)

    @property
    def pid(self) -> int:
        """The program's process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the program has not ended."""
        return self._process.poll() is None

    def press(
        self, keys: bytes, quiet: float = 0.06, patience: float = 1.0, most: float = 10.0
    ) -> tuple[float, float]:
        """Send keys and return the seconds to the first and to the last byte of what they cause.

        Both are 0 when nothing comes in `patience` seconds. Something always comes where progress is
        painted more often than `quiet`: then it is the last byte of `most` seconds.
        """
        sent = time.perf_counter()
        os.write(self._terminal, keys)
        first = last = None
        while self.read(quiet if first else patience):
            last = time.perf_counter()
            first = first or last
            if last - sent > most:
                break
        return (first or sent) - sent, (last or sent) - sent

    def hang_up(self) -> int:
        """Take the terminal away and return the exit code of the program that had it."""
        os.close(self._terminal)
        self._terminal = -1
        return self._process.wait(10)

    def close(self) -> None:
        """End the program."""
        self._process.kill()
        self._process.wait()
        if self._terminal >= 0:
            os.close(self._terminal)
