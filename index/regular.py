"""Opening what a path names, never waiting: a regular file of a bounded size, or a reason why not.

A named pipe would be waited for until somebody writes into it, and a device can be
read without end; either may lie where a file is expected, or be where a link leads.
"""

import errno
import os
import stat
from io import BufferedWriter
from pathlib import Path
from typing import Final

MAX_CORRECTIONS: Final = 256 << 20
MAX_GAZETTEER: Final = 8 << 20
"""Bytes; ours have 0.1 MiB."""
_NEVER_WAITING: Final = os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC


class Irregular(OSError):
    """What a path names is no regular file, or is too large; `strerror` is the reason."""


def opened(path: bytes | Path, flags: int = os.O_RDONLY) -> int:
    """Return the descriptor of a regular file, made for its owner alone where `flags` make it.

    Links are followed unless `flags` forbid it. Raises Irregular and OSError.
    """
    file = os.open(path, flags | _NEVER_WAITING, 0o600)
    kind = os.fstat(file).st_mode
    if stat.S_ISREG(kind):
        return file
    os.close(file)
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), os.fspath(path))
    raise Irregular(errno.EINVAL, "not a regular file", os.fspath(path))


def made(path: Path) -> BufferedWriter:
    """Make a file for its owner alone, and open it for writing. Raises FileExistsError, for links too."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    os.fchmod(file, 0o600)
    return os.fdopen(file, "wb")


def content(path: Path, most: int) -> bytes:
    """Return what a regular file holds: `most` bytes or fewer. Raises Irregular and OSError."""
    with os.fdopen(opened(path), "rb") as stream:
        # A sparse file is refused before memory is taken for it; what grows meanwhile, after.
        data = stream.read(most + 1) if os.fstat(stream.fileno()).st_size <= most else None
    if data is None or len(data) > most:
        raise Irregular(errno.EFBIG, f"larger than {most >> 20} MiB", os.fspath(path))
    return data


def text_of(data: bytes) -> str:
    """Return a file's text, its lines ended alike. Raises UnicodeDecodeError."""
    return data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
