"""Writing documents: each file appears whole or not at all, and no other file is touched."""

import errno
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from notes import private
from notes.export.document import Document

_DATABASE: Final = b"SQLite format 3\0"
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write(documents: Iterable[Document], target: Path) -> list[Path]:
    """Write documents into the folder `target`, made if need be, and return where they are.

    A file of the same name is replaced; a link of that name is replaced, not followed. A database, such
    as anybody's notebook, a pipe and a device are not. Raises OSError, FileExistsError for these, and
    then nothing is written; ValueError for a name that would leave the folder.
    """
    wanted = list(documents)
    for document in wanted:
        _check(document.name)
    private.folder(target)
    for document in wanted:
        _check_target(target / document.name)
    folder = os.open(target, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for document in wanted:
            try:
                _replace(folder, document)
            except OSError as error:  # the system tells the name of what it opened, not of what it wrote
                raise OSError(error.errno, error.strerror, str(target / document.name)) from error
        os.fsync(folder)
    finally:
        os.close(folder)
    return [target / document.name for document in wanted]


def _check(name: str) -> None:
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        message = f"not a file name: {name!r}"
        raise ValueError(message)


def _check_target(path: Path) -> None:
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(kind):
        return
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(kind):
        raise FileExistsError(errno.EEXIST, "not written over: no file", str(path))
    with path.open("rb") as file:
        if file.read(len(_DATABASE)) == _DATABASE:
            raise FileExistsError(errno.EEXIST, "not written over: a database", str(path))


def _replace(folder: int, document: Document) -> None:
    temporary = f".{secrets.token_hex(8)}.tmp"
    file = os.open(temporary, _NEW, 0o600, dir_fd=folder)
    try:
        with os.fdopen(file, "wb") as stream:
            os.fchmod(file, 0o600)
            stream.write(document.data)
            stream.flush()
            os.fsync(file)
        os.replace(temporary, document.name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        os.unlink(temporary, dir_fd=folder)
        raise
