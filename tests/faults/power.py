"""Power cuts, simulated: a program's writes, seen by strace, replayed to a cut and no further.

What a file holds and what names a folder has are lost at a cut unless they were
synced; of what was not, a disk may have kept nothing, the first part, or any part,
sectors of 512 bytes at a time. A unit of this model is one system call.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Model = Literal["none", "prefix", "subset"]

_SECTOR = 512
_CALLS = (
    "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,lseek,close"
)
_LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """A system call that changes a file, or an acknowledgement (a write to standard output)."""

    kind: Literal["make", "write", "cut", "sync", "rename", "unlink", "said"]
    path: str = ""
    other: str = ""
    at: int = 0
    data: bytes = b""


def recorded(command: Sequence[str], home: Path, log: Path) -> list[Call]:
    """Run a command under strace and return what it did to the files under `home`, in order."""
    subprocess.run(
        [
            "strace",
            "-f",
            "-qq",
            "-y",
            "-xx",
            "-s",
            "1048576",
            "-o",
            str(log),
            "-e",
            f"trace={_CALLS}",
            *command,
        ],
        check=True,
        stdout=subprocess.PIPE,
        timeout=300,
    )
    return list(_Log(str(home)).calls(log.read_text(errors="replace")))


class _Log:
    """A log of strace, read; keeps where each descriptor stands."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._at: dict[str, int] = {}

    def calls(self, text: str) -> Iterator[Call]:
        for line in text.splitlines():
            if (found := _LINE.match(line)) and int(found[3]) >= 0:
                yield from getattr(self, f"_{found[1]}", self._nothing)(found[2], int(found[3]))

    def _nothing(self, _args: str, _code: int) -> Iterator[Call]:
        return iter(())

    def _openat(self, args: str, _code: int) -> Iterator[Call]:
        path = self._paths(args)
        if path and "O_CREAT" in args:
            yield Call("make", path[0])

    def _pwrite64(self, args: str, code: int) -> Iterator[Call]:
        if path := self._file(args):
            yield Call("write", path, at=int(args.rsplit(", ", 1)[1]), data=_data(args)[:code])

    def _write(self, args: str, code: int) -> Iterator[Call]:
        if args.startswith("1<"):
            yield Call("said", data=_data(args))
        elif path := self._file(args):
            yield Call("write", path, at=self._at.get(path, 0), data=_data(args)[:code])
            self._at[path] = self._at.get(path, 0) + code

    def _fsync(self, args: str, _code: int) -> Iterator[Call]:
        if path := self._file(args):
            yield Call("sync", path)

    _fdatasync = _fsync

    def _ftruncate(self, args: str, _code: int) -> Iterator[Call]:
        if path := self._file(args):
            yield Call("cut", path, at=int(args.rsplit(", ", 1)[1]))

    def _rename(self, args: str, _code: int) -> Iterator[Call]:
        if len(paths := self._paths(args)) == 2:
            yield Call("rename", paths[0], paths[1])

    _renameat = _renameat2 = _rename

    def _unlink(self, args: str, _code: int) -> Iterator[Call]:
        if paths := self._paths(args):
            yield Call("unlink", paths[0])

    _unlinkat = _unlink

    def _file(self, args: str) -> str:
        found = re.match(r"\d+<([^>]*)>", args)
        path = _unescaped(found[1]) if found else ""
        return path if path.startswith(self._home) else ""

    def _paths(self, args: str) -> list[str]:
        paths = [bytes.fromhex(s.replace("\\x", "")).decode() for s in _STRING.findall(args)]
        return [path for path in paths if path.startswith(self._home)]


def _unescaped(text: str) -> str:
    return re.sub(r"(?:\\x[0-9a-f]{2})+", lambda m: bytes.fromhex(m[0].replace("\\x", "")).decode(), text)


def _data(args: str) -> bytes:
    found = _STRING.search(args)
    return bytes.fromhex(found[1].replace("\\x", "")) if found else b""


@dataclass(slots=True)
class Disk:
    """What is safe on a disk, and what has been done since."""

    files: dict[int, bytes] = field(default_factory=dict)
    """The content of each file that is safe, by its number."""
    names: dict[str, int] = field(default_factory=dict)
    """The names that are safe, and the files they are of."""
    now: dict[str, int] = field(default_factory=dict)
    """The names as the program sees them."""
    writes: dict[int, list[Call]] = field(default_factory=dict)
    renamings: list[Call] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    _count: int = 0

    def do(self, call: Call) -> None:
        """Take a call into account."""
        match call.kind:
            case "make" if call.path not in self.now:
                self._count += 1
                self.now[call.path] = self._count
                self._later(call)
            case "write" | "cut":
                self.writes.setdefault(self.now[call.path], []).append(call)
            case "rename":
                self._later(call)
                self.now[call.other] = self.now.pop(call.path)
            case "unlink" if call.path in self.now:
                self._later(call)
                del self.now[call.path]
            case "sync":
                self._sync(call.path)
            case _:
                pass

    def _later(self, call: Call) -> None:
        self.renamings.append(call)
        self.numbers.append(self.now[call.path])

    def _sync(self, path: str) -> None:
        if path in self.now:
            number = self.now[path]
            self.files[number] = _applied(self.files.get(number, b""), self.writes.pop(number, []))
            return
        # A folder: its names are as the program sees them. Their order is kept.
        kept = [
            (c, n)
            for c, n in zip(self.renamings, self.numbers, strict=True)
            if os.path.dirname(c.path) != path
        ]
        for call, number in zip(self.renamings, self.numbers, strict=True):
            if os.path.dirname(call.path) == path:
                _name(self.names, call, number)
        self.renamings, self.numbers = [c for c, _ in kept], [n for _, n in kept]

    def after_cut(self, model: Model, chance: random.Random) -> dict[str, bytes]:
        """Return the files that are there when the power is back."""
        names = dict(self.names)
        pending = list(zip(self.renamings, self.numbers, strict=True))
        for call, number in pending[: _kept(len(pending), model, chance)]:
            _name(names, call, number)
        return {path: self._content(number, model, chance) for path, number in names.items()}

    def _content(self, number: int, model: Model, chance: random.Random) -> bytes:
        writes = self.writes.get(number, [])
        if model == "subset":
            writes = [part for call in writes for part in _sectors(call) if chance.random() < 0.5]
        return _applied(self.files.get(number, b""), writes[: _kept(len(writes), model, chance)])


def _kept(count: int, model: Model, chance: random.Random) -> int:
    """Return how many of some steps the disk has done: names change in order, whatever the model."""
    return 0 if model == "none" else chance.randint(0, count)


def _name(names: dict[str, int], call: Call, number: int) -> None:
    if call.kind == "make":
        names[call.path] = number
    else:
        names.pop(call.path, None)
        if call.kind == "rename":
            names[call.other] = number


def _sectors(call: Call) -> Iterator[Call]:
    if call.kind == "cut":
        yield call
    for at in range(0, len(call.data), _SECTOR):
        yield Call("write", call.path, at=call.at + at, data=call.data[at : at + _SECTOR])


def _applied(content: bytes, calls: Sequence[Call]) -> bytes:
    held = bytearray(content)
    for call in calls:
        if call.kind == "cut":
            del held[call.at :]
            held.extend(bytes(call.at - len(held)))
        else:
            held.extend(bytes(max(call.at + len(call.data) - len(held), 0)))
            held[call.at : call.at + len(call.data)] = call.data
    return bytes(held)


def cuts(calls: Sequence[Call], count: int, seed: int) -> Iterator[tuple[Model, dict[str, bytes], bytes]]:
    """Yield, for random cuts, the model, the files that are left, and what had been said before."""
    chance = random.Random(seed)
    places = sorted(chance.randrange(1, len(calls) + 1) for _ in range(count))
    disk, said, done = Disk(), b"", 0
    for place in places:
        for call in calls[done:place]:
            disk.do(call)
            said += call.data if call.kind == "said" else b""
        done = place
        model: Model = ("none", "prefix", "subset")[chance.randrange(3)]
        yield model, disk.after_cut(model, chance), said
