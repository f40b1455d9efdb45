"""Files and folders that are their owner's only, whatever the umask, and that survive a power cut."""

import os
from pathlib import Path


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


def sync_folder(path: Path) -> None:
    """Write a folder's names to the disk."""
    opened = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
