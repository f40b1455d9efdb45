"""From paths a user names to files that are safe to open."""

import errno
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Final

from index.places import Stamp
from index.regular import opened

MAX_FILE: Final = 1 << 30
"""Bytes of one file; `LISEUSE_MAX_FILE_MB` sets another limit."""

_PASSED_OVER: Final = re.compile(
    rb"\..*|.*~|#.*#|~\$.*"  # hidden, and the copies that editors and Office make
    rb"|__MACOSX|Thumbs\.db|desktop\.ini",  # what file managers leave behind
    re.IGNORECASE | re.DOTALL,
)
_PAGE: Final = re.compile(rb"(.+)\.x?html?", re.IGNORECASE | re.DOTALL)
_PAGE_FOLDERS: Final = (b"_files", b"_fichiers")
"""How browsers end the name of the folder with the pictures and scripts of a page they save."""


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

    Links inside folders are not followed. Passed over in folders are hidden names,
    editors' copies, and the folder of pictures and scripts beside a saved page. A
    path that cannot be used is yielded with its problem.
    """
    for path in paths:
        absolute = os.path.abspath(os.fsencode(path))
        if b"\0" in absolute:  # no system has such a name; Python raises ValueError for it
            yield Found(absolute, problem=os.strerror(errno.ENOENT), missing=True)
            continue
        try:
            mode = os.stat(absolute).st_mode
        except OSError as error:
            yield _problem(absolute, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _folder(absolute)
        else:
            yield _file(os.path.realpath(absolute))


def _folder(top: bytes) -> Iterator[Found]:
    # With a stack of our own: os.walk calls itself for each level, and folders can be deeper than Python.
    ahead, seen = [top], set()
    while ahead:
        folder = ahead.pop()
        try:
            about = os.stat(folder)
            with os.scandir(folder) as entries:
                names = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
        except OSError as error:
            yield _problem(folder, error)
            continue
        if (about.st_dev, about.st_ino) in seen:  # mounted into itself
            continue
        seen.add((about.st_dev, about.st_ino))
        wanted = sorted(_wanted(names))
        yield from (_file(os.path.join(folder, name)) for name in wanted if not names[name])
        ahead += (os.path.join(folder, name) for name in reversed(wanted) if names[name])


def _wanted(names: Iterable[bytes]) -> set[bytes]:
    pages = [page[1] for page in map(_PAGE.fullmatch, names) if page]
    of_pages = {page + ending for page in pages for ending in _PAGE_FOLDERS}
    return {name for name in names if name not in of_pages and not _PASSED_OVER.fullmatch(name)}


def _problem(path: bytes, error: OSError) -> Found:
    missing = isinstance(error, FileNotFoundError | NotADirectoryError)
    return Found(path, problem=error.strerror or "cannot be read", missing=missing)


def _file(path: bytes) -> Found:
    try:
        about = os.lstat(path)
    except OSError as error:
        return _problem(path, error)
    if stat.S_ISLNK(about.st_mode):
        return Found(path, problem="a link: links are not followed")
    if not stat.S_ISREG(about.st_mode):
        return Found(path, problem="not a regular file")
    if about.st_size > (most := max_file()):
        return Found(path, problem=f"larger than {most >> 20} MiB (LISEUSE_MAX_FILE_MB sets the limit)")
    return Found(path, about.st_size, about.st_mtime_ns)


def max_file() -> int:
    """Return how many bytes a file may have."""
    said = os.environ.get("LISEUSE_MAX_FILE_MB", "")
    return int(said) << 20 if said.isdecimal() and 0 < len(said) < 10 else MAX_FILE  # noqa: PLR2004 - a petabyte


def open_safely(path: bytes) -> tuple[BufferedReader, Stamp]:
    """Open a regular file for reading, never waiting and never through a link.

    Raises Irregular if what is there now is not a regular file, or OSError.
    """
    handle = opened(path, os.O_RDONLY | os.O_NOFOLLOW)
    about = os.fstat(handle)
    return os.fdopen(handle, "rb"), Stamp(about.st_size, about.st_mtime_ns)
