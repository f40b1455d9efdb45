"""Where a notebook lies: on this machine, on another, or in a folder that a program copies about."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Final

_REMOTE: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs",
     "fuse.sshfs", "fuse.rclone", "fuse.davfs", "davfs", "fuse.s3fs", "virtiofs"}
)  # fmt: skip
_SYNCED: Final = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents",
                  "nextcloud", "owncloud", "pcloud", "mega", "kdrive", "syncthing")  # fmt: skip
_MOUNT: Final = re.compile(r"\S+ (?P<point>\S+) (?P<kind>\S+) ")
_MARKS: Final = (".stfolder", ".dropbox", ".sync", ".owncloudsync.log", ".nextcloudsync.log")


class Place(StrEnum):
    """What kind of place a folder is."""

    LOCAL = "local"
    NETWORK = "network"
    """Locks and the order of writes depend on the server."""
    SYNCED = "synced"
    """Copied while it is written: a copy may be torn, two machines make two notebooks."""


def place_of(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> Place:
    """Return what kind of place a folder is, as far as can be told from its path and the mounts."""
    folder = folder.absolute()
    above = (folder, *folder.parents)
    if any(part.name.lower().startswith(_SYNCED) for part in above if part.name):
        return Place.SYNCED
    if any((each / mark).exists() for each in above for mark in _MARKS):
        return Place.SYNCED
    return Place.NETWORK if _filesystem(folder, mounts) in _REMOTE else Place.LOCAL


def _filesystem(folder: Path, mounts: Path) -> str:
    """Return the type of the mount a folder is under; empty where that cannot be known."""
    try:
        lines = mounts.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounted = (_MOUNT.match(line) for line in lines)
    points = ((found["point"].replace("\\040", " "), found["kind"]) for found in mounted if found)
    return max(((len(p), kind) for p, kind in points if folder.is_relative_to(p)), default=(0, ""))[1]
