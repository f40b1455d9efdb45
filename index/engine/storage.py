"""The index's folder: ours alone, with a file that says which version of what made it.

Nothing in it is unpickled, wherever it came from; what is not as this version writes it is
no index, and is made again from the library.
"""

import json
import os
import re
import stat
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Final

from whoosh import versionstring
from whoosh.filedb.filestore import FileStorage

from index.engine.codec.contents import ContentsFile
from index.engine.codec.segment import NAME
from index.engine.schema import SCHEMA_VERSION
from index.engine.untyped import Whoosh
from index.errors import IndexStale
from index.regular import Irregular, content, made

_VERSION_FILE: Final = "version.json"
_PRIVATE: Final = 0o700
_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
_FORMAT: Final = 2
"""To be raised with any change to the files of a segment or to the table of contents."""
_TOC: Final = re.compile(rf"_{NAME}_\d+\.toc")
_DRAFT: Final = re.compile(rf"_{NAME}_\d+\.toc\..+")
_CHECKSUM: Final = 4
_LARGEST: Final = 16 << 20
"""Bytes of the version file and of a table of contents; one of a hundred segments has 30,000."""


class PrivateStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's files in a folder, readable by their owner alone.

    A table of contents ends in the CRC-32 of what comes before, which is looked at before
    any of it is read, and it takes its name when the disk has it whole.
    """

    def open_file(self, name: str, *rest: Whoosh, **options: Whoosh) -> Whoosh:
        """Open a file. Raises IndexStale for a table of contents that is not as it was written."""
        if _TOC.fullmatch(name):
            try:
                data = content(Path(self.folder) / name, _LARGEST)
            except Irregular:
                data = b""
            if zlib.crc32(data[:-_CHECKSUM]).to_bytes(_CHECKSUM) != data[-_CHECKSUM:]:
                raise IndexStale("the index's table of contents is damaged")
        return _plain(super().open_file(name, *rest, **options))

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Whoosh's signature
        """Give a table of contents its name: from then on it is the index. The disk has it all."""
        folder = Path(self.folder)
        with (folder / oldname).open("rb+") as file:
            checksum = zlib.crc32(file.read()).to_bytes(_CHECKSUM)
            file.write(checksum)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(folder)  # the segment's name, before anything speaks of it
        (folder / oldname).rename(folder / newname)
        sync_folder(folder)

    def create_file(self, name: str, *_rest: Whoosh, **_options: Whoosh) -> Whoosh:
        """Create a file, with mode 0600 whatever the umask."""
        return ContentsFile(made(Path(self.folder) / name), name=name)


def _plain(file: Whoosh) -> ContentsFile:
    return ContentsFile(file.file, name=file._name, onclose=file.onclose)  # noqa: SLF001 - Whoosh has no other way


def expected() -> dict[str, object]:
    """Return what the version file of a usable index says."""
    return {"schema": SCHEMA_VERSION, "format": _FORMAT, "whoosh": versionstring()}


def check(path: Path) -> None:
    """Raise IndexStale unless the folder holds an index that this program made and no one else can change."""
    try:
        found = path.lstat()
        said = json.loads(content(path / _VERSION_FILE, _LARGEST))
        is_plain = all(stat.S_ISREG(file.lstat().st_mode) for file in _files(path))
    except FileNotFoundError:
        raise IndexStale("there is no index yet") from None
    except (OSError, ValueError, RecursionError) as error:
        message = f"the index cannot be read: {error}"
        raise IndexStale(message) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & _OTHERS:
        raise IndexStale("the index's folder is open to others")
    if not is_plain:
        raise IndexStale("what is in the index's folder is no file of an index")
    if said != expected():
        message = f"the index was made by another version: {said}"
        raise IndexStale(message)


def _files(path: Path) -> Iterator[Path]:
    """Yield what has the name of a file of an index."""
    return chain(path.glob(f"{NAME}_*"), path.glob(f"_{NAME}_*"))


def prepare(path: Path) -> None:
    """Make the folder, private, and remove what an index has left in it. Other files stay.

    A link in its place is removed: it could lead to a folder of anybody's.
    """
    if path.is_symlink():
        path.unlink()
    path.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
    path.chmod(_PRIVATE)
    (path / _VERSION_FILE).unlink(missing_ok=True)
    lock = path / f"{NAME}_WRITELOCK"
    for file in _files(path):
        if file != lock or not stat.S_ISREG(file.lstat().st_mode):
            file.unlink(missing_ok=True)
    lock.touch(0o600)


def seal(path: Path) -> None:
    """Write the version file: what is in the folder may be opened from now on."""
    draft = path / (_VERSION_FILE + ".new")
    draft.unlink(missing_ok=True)
    with made(draft) as file:
        file.write(json.dumps(expected()).encode())
    draft.replace(path / _VERSION_FILE)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Have the disk take a folder's names."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(path: Path) -> None:
    """Remove what a writer that was killed has left and Whoosh does not know for its own."""
    for file in path.iterdir():
        if _DRAFT.fullmatch(file.name):
            file.unlink(missing_ok=True)
