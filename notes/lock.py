"""One interface writes in a notebook; a second one reads.

Commands write in short transactions and need no lock.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_AGAIN_SECONDS: Final = 0.05


class InstanceLock:
    """A lock beside the notebook, held for as long as its process lives: a kill leaves none behind."""

    def __init__(self, notebook: Path) -> None:
        self._path = notebook.with_name("notes.lock")
        self._file: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this process has it."""
        return self._file is not None

    def take(self) -> bool:
        """Try to take it, without waiting; tell whether it is held now. Raises OSError."""
        if self._file is None:
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                return False
            os.fchmod(file, 0o600)
            self._file = file
        return True

    @contextmanager
    def alone(self, patience: float) -> Iterator[None]:
        """Have it while something is done. Raises TimeoutError after so many seconds, OSError."""
        end = time.monotonic() + patience
        while not self.take():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(_AGAIN_SECONDS)
        try:
            yield
        finally:
            self.release()

    def release(self) -> None:
        """Give it back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
