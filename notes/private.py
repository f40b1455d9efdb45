"""Files and folders that are their owner's only, whatever the umask, and that survive a power cut."""

import errno
import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_LINKS: Final = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK)
"""What a file system says that gives a file one name only."""
_TEMPORARY: Final = re.compile(r"\.[0-9a-f]{12}\.tmp(-journal|-wal|-shm)?")


def folder(path: Path) -> None:
    """Make a folder and those above it, 0700 each; folders that exist are left as they are."""
    if path.is_dir():
        return
    folder(path.parent)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if path.is_dir():  # another process was faster
            return
        raise
    path.chmod(0o700)
    sync_folder(path.parent)


def create(path: Path) -> int:
    """Make a new file, 0600, and return it open for writing. Raises FileExistsError, for links too."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    file = os.open(path, flags, 0o600)
    os.fchmod(file, 0o600)
    return file


def temporary(folder: Path) -> Path:
    """Return a name for a file that is being made in a folder; `sweep` knows it."""
    return folder / f".{secrets.token_hex(6)}.tmp"


def place(temporary: Path, path: Path) -> bool:
    """Give a finished file its name, unless something has that name; tell whether. Raises OSError.

    It may keep the name it was made under: `discard` takes that.
    """
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):
            return False
        temporary.rename(path)
    return True


def discard(temporary: Path) -> None:
    """Remove a file that was being made, and what SQLite keeps beside it; what stays, `sweep` finds."""
    for path in (temporary, Path(f"{temporary}-journal")):
        with suppress(OSError):
            path.unlink()


def sweep(folder: Path, *, older: float = 0.0) -> None:
    """Remove what was being made in a folder when its maker was killed, if it is so many seconds old."""
    before = time.time() - older
    for path in folder.iterdir() if folder.is_dir() else ():
        if _TEMPORARY.fullmatch(path.name):
            with suppress(FileNotFoundError):  # its maker lives, and is done
                found = path.lstat()
                if stat.S_ISREG(found.st_mode) and found.st_mtime <= before:
                    path.unlink()


def sync_folder(path: Path) -> None:
    """Write a folder's names to the disk."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
