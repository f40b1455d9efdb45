"""The parent's side of parsing: asks the worker for a file's records, and survives whatever befalls it."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

from index.article import Draft
from index.formats import Refusal, Unreadable
from index.places import Stamp

PATIENCE_SECONDS: Final = 60.0
"""How long the worker may say nothing about a file before it is ended."""

_LOST: Final = 3
"""Times as long it may take over all the records of a file that it refuses in the end."""
_CHUNK: Final = 1 << 16
_WORKER: Final = (sys.executable, "-P", "-m", "index.parse_worker")  # -P: no code from the current folder


class _Broken(Unreadable):
    """The worker ended in the middle."""

    def __init__(self) -> None:
        super().__init__("the file broke its reader")


class Parser:
    """Parses files in a child process with limits on memory and time; starts it anew when a file broke it."""

    def __init__(self, patience: float = PATIENCE_SECONDS, command: Sequence[str] = _WORKER) -> None:
        self._patience = patience
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the worker."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process, self._rest = None, b""

    def records(self, path: bytes, known: str = "") -> Iterator[tuple[Draft | Refusal | Stamp, int]]:
        """Yield a file's records, each with how far the file is read in bytes, and at the end its stamp.

        None but the stamp if `known` is still the digest of its bytes.

        Raises Unreadable for a file that cannot be understood, that hangs, or that
        needs too much memory. The worker is of no use to another file until this is
        exhausted; a caller that stops early closes the parser.
        """
        said, lost = self._first_answer(path, known), 0.0
        while True:
            if reason := said.get("unreadable"):
                raise Unreadable(reason)
            if stamp := said.get("end"):
                yield Stamp(**stamp), stamp["size"]
                return
            yield _record(said), said["at"]
            asked = time.monotonic()
            said = json.loads(self._line())
            lost += time.monotonic() - asked if "refusal" in said else 0.0
            if lost > _LOST * self._patience:
                self.close()
                raise Unreadable(f"took longer than {_LOST * self._patience:.0f} s over what it refused")

    def _first_answer(self, path: bytes, known: str) -> dict[str, Any]:
        """Ask for a file and return what is said first of it.

        A worker that breaks at once is blamed on the file only if it has read no other.
        """
        was_used = self._process is not None
        with suppress(_Broken, BrokenPipeError):
            self._ask(path, known)
            said: dict[str, Any] = json.loads(self._line())
            if not (was_used and said.get("spent")):
                return said
        self.close()
        if not was_used:
            raise _Broken
        return self._first_answer(path, known)

    def _ask(self, path: bytes, known: str) -> None:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert self._process.stdin
        self._process.stdin.write(f"{path.hex()} {known}\n".encode())
        self._process.stdin.flush()

    def _line(self) -> bytes:
        """Return the worker's next line. Raises Unreadable if it dies or says nothing for too long."""
        assert self._process
        assert self._process.stdout
        end = time.monotonic() + self._patience
        pieces = [self._rest]
        while b"\n" not in pieces[-1]:
            pieces.append(self._more(end))
        line, _, self._rest = b"".join(pieces).partition(b"\n")
        return line

    def _more(self, end: float) -> bytes:
        assert self._process
        assert self._process.stdout
        ready = select.select([self._process.stdout], [], [], max(end - time.monotonic(), 0))[0]
        if ready and (data := os.read(self._process.stdout.fileno(), _CHUNK)):
            return data
        self.close()
        raise _Broken if ready else Unreadable(f"took longer than {self._patience:.0f} s")


def _record(said: dict[str, Any]) -> Draft | Refusal:
    return Draft(**said["draft"]) if "draft" in said else Refusal(**said["refusal"])
