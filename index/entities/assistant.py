"""A second process of the annotation, for as long as there is much to do."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_MUCH: Final = 200
"""Articles from which on a second model, seconds to load and 350 MB, is worth its while."""


class Assistant:
    """Annotates from the other end of what is pending; started by the first `consider` that finds it is much.

    Of a text that both take at the same time the same mentions are kept twice. A context
    manager: it ends with the block, and with this process however that ends.
    """

    def __init__(self, library: Path, gazetteer: Path | None, say: Callable[[bytes], None]) -> None:
        """Hand each line of its events to `say`, from a thread of its own."""
        self._arguments = ["--assist", str(library), *([str(gazetteer)] if gazetteer else [])]
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._listener = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.kill()  # what it has not kept is done again
            self._listener.join()
            self._process.communicate()

    def consider(self, pending: int) -> None:
        """Start it if so many articles are worth it and a processor is there for it."""
        if self._process is None and pending >= _MUCH and (os.cpu_count() or 1) > 1:
            self._process = _started(self._arguments)
            self._listener.start()

    def _listen(self) -> None:
        assert self._process
        assert self._process.stdout
        for line in self._process.stdout:
            self._say(line)


def _started(arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-P", "-m", "index.entities.worker", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
