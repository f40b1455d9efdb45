"""Writing documents: each file appears whole or not at all, and no other file is touched."""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from notes import private
from notes.export.document import Document

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write(documents: Iterable[Document], target: Path) -> list[Path]:
    """Write documents into the folder `target`, made if need be, and return where they are.

    A file of the same name is replaced; a link of that name is replaced, not followed.
    Raises OSError, and ValueError for a name that would leave the folder.
    """
    wanted = list(documents)
    for document in wanted:
        _check(document.name)
    private.folder(target)
    folder = os.open(target, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for document in wanted:
            _replace(folder, document)
        os.fsync(folder)
    finally:
        os.close(folder)
    return [target / document.name for document in wanted]


def _check(name: str) -> None:
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        message = f"not a file name: {name!r}"
        raise ValueError(message)


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
