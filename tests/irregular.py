"""What may lie where a file is expected, and is none; and what a parser must not follow to the end."""

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KINDS = ("pipe", "device", "folder", "sparse")
NESTED = {
    "arrays": "a = " + "[" * 5_000,
    "tables": "a = " + "{a=" * 5_000,
    "key": ".".join(["a"] * 200_000) + " = 1",
    "number": "a = " + "9" * 5_000,
}


def lay(path: Path, kind: str) -> Path:
    """Lay something there that is no file, or one that no memory holds."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        path.touch()
        os.truncate(path, 1 << 40)
    return path


@contextmanager
def in_bounds(seconds: int = 60, memory: int = 2 << 30) -> Iterator[None]:
    """Fail rather than wait for ever or take the machine's memory: what is tested here did both."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, hard))
    before = signal.signal(signal.SIGALRM, _late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _late(*_signal: object) -> None:
    raise AssertionError("it waits")
