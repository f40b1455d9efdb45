"""The log of corrections: one file of JSON lines that is only ever appended to.

It is the analyst's own work, so a line is on the disk before `append` returns, and
no line is ever changed: a correction is undone by another line. A line cut short
by a crash is passed over, and the next begins on a line of its own.
"""

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from index.entities.corrections import Correction, Kind, in_force, in_order
from index.errors import CorrectionsLocked
from index.regular import MAX_CORRECTIONS, content, opened

_LINE: Final = re.compile(rb"[^\r\n]+")
_LONGEST: Final = 4 << 20
"""Bytes of a line; what is longer names nothing, and could be made to take much memory."""


class CorrectionLog:
    """The corrections of one analyst. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self) -> list[Correction]:
        """Return all that was ever appended; a file that is not there is empty. Raises CorrectionsLocked."""
        return list(read(self._bytes()))

    def in_force(self) -> list[Correction]:
        """Return the corrections that hold. Raises CorrectionsLocked."""
        return in_force(self.lines())

    def digest(self) -> str:
        """Return a name for the log as it is: another log has another. Raises CorrectionsLocked."""
        return hashlib.sha256(self._bytes()).hexdigest()

    def _bytes(self) -> bytes:
        try:
            return content(self.path, MAX_CORRECTIONS)
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise CorrectionsLocked(f"the corrections cannot be read: {error.strerror or error}") from error

    def append(self, *corrections: Correction) -> None:
        """Keep new corrections: on the disk when this returns, all of them or none. Raises CorrectionsLocked.

        They are the last, whatever the clock says.
        """
        last = max(self.lines(), key=lambda one: one.moment, default=None)
        self._write([last := one.after(last) for one in corrections])

    def _write(self, corrections: Iterable[Correction]) -> None:
        data = b"".join(json.dumps(one.to_json(), ensure_ascii=False).encode() + b"\n" for one in corrections)
        try:
            with _locked(self.path) as file:
                _append(file, data)
        except OSError as error:
            raise CorrectionsLocked(f"the correction was not kept: {error.strerror or error}") from error

    def undo(self) -> Correction | None:
        """Undo the last correction that holds and return it, or None. Raises CorrectionsLocked."""
        held = self.in_force()
        if not held:
            return None
        self.append(_about(held[-1], Kind.UNDO))
        return held[-1]

    def redo(self) -> Correction | None:
        """Do again what was undone last, unless something was corrected since, and return it, or None."""
        lines = self.lines()
        stack: list[str] = []
        for one in in_order(lines):
            if one.kind is Kind.UNDO:
                stack.append(one.to)
            elif one.kind is Kind.REDO:
                stack = [undone for undone in stack if undone != one.to]
            else:
                stack.clear()
        again = next((one for one in lines if stack and one.id == stack[-1]), None)
        if again:
            self.append(_about(again, Kind.REDO))
        return again

    def merge(self, other: Iterable[Correction]) -> int:
        """Add the lines of another log that this one lacks and return how many. Raises CorrectionsLocked."""
        known = {one.id for one in self.lines()}
        new = list({one.id: one for one in other if one.id not in known}.values())
        if new:
            self._write(new)
        return len(new)


def read(data: bytes) -> Iterator[Correction]:
    """Yield the corrections of a log's bytes; what is none (a line cut short) is passed over."""
    return (one for one in read_lines(data) if one)


def read_lines(data: bytes) -> Iterator[Correction | None]:
    """Yield of each line of a log's bytes the correction, or None where it holds none."""
    for line in _LINE.finditer(data):
        yield _correction(line[0]) if len(line[0]) <= _LONGEST else None


def _correction(line: bytes) -> Correction | None:
    try:
        record = json.loads(line)
        return Correction.from_json(record) if isinstance(record, dict) else None
    except (ValueError, RecursionError):
        return None


def _about(one: Correction, kind: Kind) -> Correction:
    return Correction.of(kind, one.name, one.type, to=one.id)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not path.exists()
    file = opened(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
        if is_new:
            _sync_folder(path.parent)
    finally:
        os.close(file)


def _append(file: int, data: bytes) -> None:
    size = os.fstat(file).st_size
    if size and os.pread(file, 1, size - 1) != b"\n":
        data = b"\n" + data
    try:
        written = 0
        while written < len(data):
            written += os.write(file, data[written:])
        os.fsync(file)
    except OSError:
        os.ftruncate(file, size)
        raise


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
