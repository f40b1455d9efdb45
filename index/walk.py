"""From paths a user names to files that are safe to open."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from index.places import Stamp


class Unsafe(Exception):
    """A path that is not a regular file we may read; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, by its absolute path as bytes, or the reason why a path is none."""

    path: bytes
    size: int = 0
    modified: int = 0
    problem: str = ""
    missing: bool = False
    """Whether the problem is that nothing is there."""


def walk(paths: Iterable[str | bytes | os.PathLike[str]]) -> Iterator[Found]:
    """Yield the files that `paths` name, folders searched to the bottom, in a stable order.

    Links inside folders are not followed and hidden names are passed over. A path
    that cannot be used is yielded with its problem.
    """
    for path in paths:
        absolute = os.path.abspath(os.fsencode(path))
        try:
            mode = os.stat(absolute).st_mode
        except OSError as error:
            missing = isinstance(error, FileNotFoundError | NotADirectoryError)
            yield Found(absolute, problem=error.strerror or "cannot be read", missing=missing)
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(absolute)
        else:
            yield _file(os.path.realpath(absolute))


def _folder(top: bytes) -> Iterator[Found]:
    problems: list[OSError] = []
    for folder, folders, names in os.walk(top, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith(b"."))
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        for name in sorted([*names, *links]):
            if not name.startswith(b"."):
                yield _file(os.path.join(folder, name))
    for error in problems:
        yield Found(os.fsencode(error.filename), problem=error.strerror or "cannot be read")


def _file(path: bytes) -> Found:
    try:
        about = os.lstat(path)
    except OSError as error:
        return Found(path, problem=error.strerror or "cannot be read")
    if stat.S_ISLNK(about.st_mode):
        return Found(path, problem="a link: links are not followed")
    if not stat.S_ISREG(about.st_mode):
        return Found(path, problem="not a regular file")
    return Found(path, about.st_size, about.st_mtime_ns)


def open_safely(path: bytes) -> tuple[BinaryIO, Stamp]:
    """Open a regular file for reading, never waiting and never through a link.

    Raises Unsafe if what is there now is not a regular file, or OSError.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        message = "not a regular file"
        raise Unsafe(message)
    return os.fdopen(handle, "rb"), Stamp(about.st_size, about.st_mtime_ns)
