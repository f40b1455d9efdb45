"""Child processes that do the heavy work: niced, silent, and talked to in lines of JSON."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Final

_SECONDS_TO_END: Final = 1.0
"""For all children together: they have nothing to do before they end, but may have to wait for a turn."""
Report = Callable[[dict[str, Any]], None]


class Child:
    """Runs `python -m module args`; calls `on_report` with each object it prints, `on_end` when it is gone.

    Both are called from a thread of this object's. The child's stderr goes nowhere:
    the interface paints there.
    """

    def __init__(
        self, module: str, args: Sequence[str], on_report: Report, on_end: Callable[[int], None]
    ) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *args],  # -P: never code from the folder we are in
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C in the terminal is for the interface alone
        )
        thread = threading.Thread(target=self._listen, args=(on_report, on_end), name=module, daemon=True)
        thread.start()

    def say(self, command: dict[str, Any]) -> None:
        """Send the child a command; one that is gone does not hear it."""
        if self._process.stdin:
            with suppress(OSError, ValueError):
                self._process.stdin.write(json.dumps(command).encode() + b"\n")
                self._process.stdin.flush()

    def stop(self) -> None:
        """End the child: it loses nothing, since what it has done is committed batch by batch."""
        self._process.terminate()

    def see_end(self, seconds: float) -> None:
        """Wait for a child that was told to stop, so many seconds at most; one that stays is killed."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _listen(self, on_report: Report, on_end: Callable[[int], None]) -> None:
        for line in self._process.stdout or ():
            with suppress(ValueError):
                report = json.loads(line)
                if isinstance(report, dict):
                    on_report(report)
        with suppress(OSError), self._process:
            pass  # closes the pipes, waits
        on_end(self._process.wait())


def see_end(children: Collection[Child]) -> None:
    """End children and see that they do: on a busy machine they would outlive the program.

    Takes a second at most; the terminal is to be given back before.
    """
    for child in children:
        child.stop()
    end = monotonic() + _SECONDS_TO_END
    for child in children:
        child.see_end(max(0.0, end - monotonic()))
