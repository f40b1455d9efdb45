"""The index's folder: ours alone, with a file that says which version of what made it.

Whoosh unpickles what it opens, so nothing is opened before the folder is known to be
ours and the version file to be this version's.
"""

import json
import os
import stat
from pathlib import Path
from typing import Final

from whoosh import versionstring
from whoosh.filedb.filestore import FileStorage

from index.engine.schema import SCHEMA_VERSION
from index.engine.untyped import Whoosh
from index.errors import IndexStale

NAME: Final = "MAIN"
_VERSION_FILE: Final = "version.json"
_PRIVATE: Final = 0o700
_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


class PrivateStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's files in a folder, readable by their owner alone."""

    def create_file(self, name: str, *rest: Whoosh, **options: Whoosh) -> Whoosh:
        """Create a file, with mode 0600 whatever the umask."""
        file = super().create_file(name, *rest, **options)
        (Path(self.folder) / name).chmod(0o600)
        return file


def expected() -> dict[str, object]:
    """Return what the version file of a usable index says."""
    return {"schema": SCHEMA_VERSION, "whoosh": versionstring()}


def check(path: Path) -> None:
    """Raise IndexStale unless the folder holds an index that this program made and no one else can change."""
    try:
        found = path.lstat()
        said = json.loads((path / _VERSION_FILE).read_text())
    except FileNotFoundError:
        raise IndexStale("there is no index yet") from None
    except (OSError, ValueError) as error:
        message = f"the index cannot be read: {error}"
        raise IndexStale(message) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & _OTHERS:
        raise IndexStale("the index's folder is open to others")
    if said != expected():
        message = f"the index was made by another version: {said}"
        raise IndexStale(message)


def prepare(path: Path) -> None:
    """Make the folder, private, and remove what an index has left in it. Other files stay."""
    path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    path.chmod(_PRIVATE)
    (path / _VERSION_FILE).unlink(missing_ok=True)
    for pattern in (f"{NAME}_*", f"_{NAME}_*"):
        for file in path.glob(pattern):
            if file.is_file() and not file.name.endswith("LOCK"):
                file.unlink()
    (path / f"{NAME}_WRITELOCK").touch(0o600)


def seal(path: Path) -> None:
    """Write the version file: what is in the folder may be opened from now on."""
    draft = path / (_VERSION_FILE + ".new")
    draft.write_text(json.dumps(expected()))
    draft.chmod(0o600)
    draft.replace(path / _VERSION_FILE)


def flush(path: Path) -> None:
    """Have the disk take what was written: Whoosh does not ask it to."""
    for file in [*path.glob(f"{NAME}_*.*"), *path.glob(f"_{NAME}_*.toc"), path]:
        handle = os.open(file, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
